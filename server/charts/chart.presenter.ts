import type { AbstractVersion, Chart, ChartState } from '../../schema/charts.js'
import type { CodeOrder, Edit } from '../../schema/suggestions.js'
import type { Directory } from '../accounts/index.js'
import type { MaskReason } from '../../schema/values.js'
import { carryingPart2, maskedFields, seenUnder } from '../auth/masking.js'
import { isBlind, type Sight, sees } from '../auth/sight.js'
import {
  ABSTRACT_CLASSES,
  type AbstractVersionView,
  type ChartRow,
  type ChartView,
  type EditView,
  type OrderView,
  todayOf,
  viewOfChart,
} from './chart.model.js'
import { possibleActions } from './chartAccess.js'
import { type DocumentsToday, inheritedLabels } from './documentsToday.model.js'
import { admitsLabels, seenWithLabels, sightThrough } from './labels.presenter.js'

/** A chart leaves only through here. What it says depends on the view and the sight, and on nothing else. */
export function presentChartState(
  view: ChartView,
  sight: Sight,
  directory: Directory,
  today: DocumentsToday,
): ChartState {
  return chartFields('ChartState', view, sight, directory, today) as unknown as ChartState
}

export function presentChart(row: ChartRow, sight: Sight, directory: Directory): Chart {
  const view = viewOfChart(row)
  const chart = chartFields('Chart', view, sight, directory, todayOf(row))
  Object.defineProperty(chart, ROW, { value: row, enumerable: false })
  return Object.assign(chart, {
    facility: directory.facility(view.facilityId),
    queue: directory.queue(view.queueId),
  }) as unknown as Chart
}

function chartFields(
  typeName: 'Chart' | 'ChartState',
  view: ChartView,
  sight: Sight,
  directory: Directory,
  today: DocumentsToday,
): object {
  const values = clinicalValues(view, sight, today)
  const chart = seenUnder(sight, {
    __typename: typeName,
    id: view.id,
    patientId: view.patientId,
    status: view.status,
    identityHold: view.identityHold,
    restricted: view.restricted,
    lateDocument: view.lateDocument,
    receivedAt: view.receivedAt,
    submissionCount: view.submissionCount,
    engineState: view.engineState,
    coderOfRecord: directory.member(view.coderOfRecordId),
    assignedUntil: view.assignedUntil,
    accountNumber: view.accountNumber,
    patientClass: view.patientClass,
    inpatientOrderAt: view.inpatientOrderAt,
    admittedAt: view.admittedAt,
    dischargedAt: view.dischargedAt,
    serviceDate: view.serviceDate,
    payer: view.payer,
    serviceLine: view.serviceLine,
    ...values.shown,
    totalChargesCents: view.totalChargesCents,
    abstractVersions: view.abstractVersions
      .filter((line) => sees(sight, ABSTRACT_CLASSES[line.field]) && !isBlind(sight))
      .map((line) => presentAbstractVersion(line, sight, directory, today)),
    get access() {
      const masked = [...maskedFields(typeName, sight), ...values.hidden.map((field) => ({ field, reason: LABEL }))]
      return { masked, can: possibleActions(sight, view) }
    },
  })
  return values.part2.size > 0 ? carryingPart2(chart, values.part2) : chart
}

const LABEL: MaskReason = 'LABEL'

/** The clinical fields of the abstract. They inherit the labels of what they cite, like codes; account facts are no content. */
const CLINICAL_VALUES = [
  ['DISPOSITION', 'disposition'],
  ['ATTENDING_PROVIDER', 'attendingProvider'],
  ['OPERATING_PROVIDER', 'operatingProvider'],
] as const

/** Their values as a sight sees them, which of them a label hides, and which are content of Part 2 records. */
function clinicalValues(view: ChartView, sight: Sight, today: DocumentsToday) {
  const shown: Partial<Record<(typeof CLINICAL_VALUES)[number][1], string | null>> = {}
  const hidden: string[] = []
  const part2 = new Set<string>()
  for (const [field, name] of CLINICAL_VALUES) {
    const evidence = view.abstractVersions.find((line) => line.field === field)?.evidence ?? []
    const labels = inheritedLabels(evidence, today)
    const admitted = admitsLabels(sight, labels)
    shown[name] = admitted ? view[name] : null
    if (!admitted && sees(sight, 'CLINICAL')) hidden.push(name)
    if (admitted && labels.includes('PART2')) part2.add(name)
  }
  return { shown, hidden, part2 }
}

function presentAbstractVersion(
  { field, version, decidedBy, decidedAt, evidence, evidenceStale }: AbstractVersionView,
  sight: Sight,
  directory: Directory,
  today: DocumentsToday,
): AbstractVersion {
  return seenUnder(sight, {
    field,
    version,
    decidedBy: directory.member(decidedBy ?? null),
    decidedAt: (decidedAt ?? null) as Date | null,
    evidence: (evidence ?? [])
      .filter((e) => !today.has(e.documentId) && admitsLabels(sight, inheritedLabels([e], today)))
      .map((e) => seenUnder(sight, { ...e })),
    evidenceStale: evidenceStale ?? false,
  })
}

const ROW = Symbol('chart row')

/** The row behind a presented chart, for what hangs on it: documents, lines, comments. */
export function rowBehind(chart: object): ChartRow {
  const row = (chart as { [ROW]?: ChartRow })[ROW]
  if (!row) throw new Error('not a chart that the presenter made')
  return row
}

export const presentOrder = (view: OrderView, sight: Sight): CodeOrder =>
  seenUnder(sight, {
    version: view.version,
    principalId: view.principalId,
    suggestionIds: [...view.suggestionIds],
  })

/** @param labels of the chart's documents: an edit names codes, and not what they stand on */
export const presentEdit = (view: EditView, sight: Sight, directory: Directory, labels: readonly string[]): Edit =>
  seenWithLabels(sight, labels, {
    key: view.key,
    ruleId: view.ruleId,
    severity: view.severity,
    overridable: view.overridable,
    suggestionIds: [...view.suggestionIds],
    message: view.message,
    source: view.source,
    override:
      view.override &&
      seenUnder(sightThrough(sight, labels), {
        reason: view.override.reason,
        by: directory.member(view.override.memberId),
        at: view.override.at as unknown as Date,
      }),
  })
