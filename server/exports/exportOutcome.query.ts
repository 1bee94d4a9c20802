import { seenUnder } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { seeChart, todayOf } from '../charts/index.js'
import type { CodeSystem } from '../codesets/model.js'
import { type FrozenSnapshot, snapshotOf } from '../submissions/index.js'
import { type Claimed, claimLimitWarnings } from './claimLimits.js'
import { presentExport, presentWarning } from './export.presenter.js'
import { exportById } from './export.store.js'
import type { ExportOutcome } from './exportChart.command.js'

/** The outcome of an export, as its caller sees the record now. */
export async function presentExported(outcome: ExportOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const { row, sight } = await seeChart(session, outcome.chartId)
  const record = await exportById(session, row, outcome.exportId)
  const submission = record && (await snapshotOf(session, row, record.submissionNumber))
  if (!record || !submission) throw new Error('the export of an outcome is gone')
  return seenUnder(sight, {
    __typename: outcome.kind,
    export: presentExport(record, sight, todayOf(row).labels),
    warnings: claimLimitWarnings(claimed(submission.snapshot)).map(presentWarning),
  })
}

const claimed = ({ chart, lines }: FrozenSnapshot): Claimed => ({
  chart: { patientClass: chart.patientClass as Claimed['chart']['patientClass'] },
  lines: lines.map((line) => ({ ...line, system: line.system as CodeSystem })),
})
