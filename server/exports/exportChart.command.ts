import type { ExportChartInput } from '../../schema/inputs.js'
import type { ExportFormat } from '../../schema/values.js'
import type { Request } from '../auth/request.js'
import {
  type ChartCommand,
  type ChartRow,
  chartEvent,
  forbiddenReason,
  onChart,
  saveChart,
  seenCharts,
} from '../charts/index.js'
import { basisFor, type DisclosureDecision, recordDisclosureMade, recordReliance } from '../consents/index.js'
import { ChartroomError } from '../kernel/errors.js'
import { newId } from '../kernel/ids.js'
import type { Services } from '../kernel/services.js'
import { canonicalJson, sha256 } from '../kernel/text.js'
import { refusals } from './billing.js'
import { toCsv } from './csv.js'
import type { ExportProblem } from './export.model.js'
import { insertExport } from './export.store.js'
import { serialiseFhir, toFhirBundle } from './fhirBundle.js'
import { type ReadSubmission, readSubmission } from './readSubmission.js'
import { FHIR_VALIDATOR } from './service.js'
import type { SubmissionSnapshot } from './snapshot.model.js'

export type ExportOutcome =
  | { readonly kind: 'ChartExported'; readonly chartId: string; readonly exportId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly ExportProblem[] }

/**
 * Write one submission as a validated FHIR R4 Bundle or as CSV, and keep what was written. The same submission gives the
 * same bytes each time, as long as no document was withdrawn or labelled, nobody was renamed and no consent that it leaves
 * under changed in between.
 *
 * An export is a disclosure for payment: nothing leaves against a restriction or without a basis, and what leaves under a
 * consent is recorded as relied on. The purpose is a constant; no request names one.
 *
 * Reading, writing out and validating take up to a second and are done before the chart is locked. Under the lock it is
 * only checked that what was read is still so; if it is not, it is read again.
 */
export async function exportChart(request: Request, input: ExportChartInput): Promise<ExportOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const prepared = await prepare(request, input)
    try {
      return await onChart<ExportOutcome>(
        request,
        { name: 'exportChart', input, chartId: input.chartId, action: 'export' },
        (command) => keep(command, input, prepared),
      )
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error
    }
  }
  throw new ChartroomError('UNAVAILABLE')
}

const ATTEMPTS = 3

/** Ends the transaction without an outcome, so that the command can be tried again under the same id. */
class ChangedMeanwhile extends Error {}

type Prepared =
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'NO_SUBMISSION' }
  | {
      readonly kind: 'READY'
      readonly read: ReadSubmission
      readonly decision: DisclosureDecision
      readonly content: string
      readonly problems: readonly ExportProblem[]
    }

/** Nothing for whoever may not export the chart: why not is said by the command, in the one place that decides it. */
async function prepare(request: Request, input: ExportChartInput): Promise<Prepared> {
  const session = await request.reading()
  const seen = await seenCharts(session).load(input.chartId)
  if (!seen || forbiddenReason(seen.sight, 'export', seen.row)) return { kind: 'NOTHING' }
  const read = await readSubmission(session, seen.row, input.submissionNumber ?? null)
  const decision = read && (await basisFor(session, seen.row, read.disclosure, false))
  // The transaction ends here: the rest needs no database.
  await request.close()
  if (!read || !decision) return { kind: 'NO_SUBMISSION' }
  if (!decision.allowed) return { kind: 'READY', read, decision, content: '', problems: [] }
  const snapshot = { ...read.snapshot, notices: decision.notices }
  return { kind: 'READY', read, decision, ...(await WRITERS[input.format](snapshot, request.services)) }
}

interface Written {
  readonly content: string
  readonly problems: readonly ExportProblem[]
}

const WRITERS: Readonly<Record<ExportFormat, (snapshot: SubmissionSnapshot, services: Services) => Promise<Written>>> =
  {
    CSV: (snapshot) => Promise.resolve({ content: toCsv(snapshot), problems: [] }),
    async FHIR_R4(snapshot, services) {
      const content = serialiseFhir(toFhirBundle(snapshot))
      const issues = await services.get(FHIR_VALIDATOR).validate(content)
      const errors = issues.filter((issue) => issue.severity === 'error').slice(0, 20)
      const problems = errors.map(({ path, problem }) => ({
        code: 'FHIR_INVALID',
        message: `The Bundle would not be valid FHIR R4 at ${path}: ${problem}`,
      }))
      return { content, problems }
    },
  }

async function keep(command: ChartCommand, input: ExportChartInput, prepared: Prepared): Promise<ExportOutcome> {
  const { session, chart, append } = command
  if (prepared.kind === 'NOTHING') throw new ChangedMeanwhile()
  if (prepared.kind === 'NO_SUBMISSION')
    return {
      kind: 'CommandInvalid',
      problems: [
        {
          code: 'SUBMISSION_UNKNOWN',
          message: 'The chart has no submission of that number.',
          field: 'submissionNumber',
        },
      ],
    }
  const { read, decision, content, problems } = prepared
  if (!stillSo(chart, read, input)) throw new ChangedMeanwhile()
  // Decided anew, and held so until the commit: a withdrawal or restriction of this moment is before it or after it.
  const now = await basisFor(session, chart, read.disclosure, true)
  if (canonicalJson(now) !== canonicalJson(decision)) throw new ChangedMeanwhile()
  if (!now.allowed) return { kind: 'CommandInvalid', problems: refusals(now.reasons) }
  if (problems.length > 0) return { kind: 'CommandInvalid', problems }

  const id = newId(session.now.getTime())
  await insertExport(session, chart, {
    id,
    submissionId: read.submission.id,
    format: input.format,
    memberId: session.viewer.memberId,
    at: session.now.toISOString(),
    sha256: sha256(content),
    content,
  })
  const { purpose } = read.disclosure
  for (const consentId of now.consentIds) await recordReliance(session, { consentId, disclosureId: id, purpose })
  await recordDisclosureMade(session, chart, {
    id,
    kind: 'CODED_SUBMISSION',
    submissionNumber: read.submission.number,
    disclosure: read.disclosure,
    decision: now,
  })
  // The chart counts as exported when its newest submission has left; an earlier one that leaves again changes nothing.
  const status = read.submission.number === chart.submissionCount ? ('EXPORTED' as const) : chart.status
  if (status !== chart.status) await saveChart(session, chart, { status })
  append(chartEvent('CHART_EXPORTED', { ...chart, status }, { submission: read.submission }))
  return { kind: 'ChartExported', chartId: chart.id, exportId: id }
}

/** Submissions are frozen: only which is newest can change, and what may be shown of the documents they cite. */
const stillSo = (chart: ChartRow, read: ReadSubmission, input: ExportChartInput): boolean =>
  chart.accessEpoch === read.accessEpoch &&
  chart.patientId === read.patientId &&
  (input.submissionNumber ?? chart.submissionCount) === read.submission.number
