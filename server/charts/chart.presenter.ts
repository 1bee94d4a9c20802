import type { AbstractVersion, Chart, ChartState } from '../../schema/charts.js'
import type { CodeOrder, Edit } from '../../schema/suggestions.js'
import type { Directory } from '../accounts/index.js'
import { maskedFields, seenUnder } from '../auth/masking.js'
import { type Sight, sees } from '../auth/sight.js'
import {
  ABSTRACT_CLASSES,
  type AbstractVersionView,
  type ChartRow,
  type ChartView,
  type EditView,
  type OrderView,
  viewOfChart,
} from './chart.model.js'
import { possibleActions } from './chartAccess.js'
import { type DocumentsToday, inheritedLabels, NOTHING_TODAY } from './documentsToday.model.js'
import { admitsLabels } from './labels.presenter.js'

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
  // The row cites no withdrawn document: a withdrawal takes its citations out (suggestions/citations). Events keep them.
  const chart = chartFields('Chart', view, sight, directory, NOTHING_TODAY)
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
  return seenUnder(sight, {
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
    disposition: view.disposition,
    attendingProvider: view.attendingProvider,
    operatingProvider: view.operatingProvider,
    totalChargesCents: view.totalChargesCents,
    abstractVersions: view.abstractVersions
      .filter((line) => sees(sight, ABSTRACT_CLASSES[line.field]))
      .map((line) => presentAbstractVersion(line, sight, directory, today)),
    get access() {
      return { masked: maskedFields(typeName, sight), can: possibleActions(sight, view) }
    },
  })
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

export const presentEdit = (view: EditView, sight: Sight, directory: Directory): Edit =>
  seenUnder(sight, {
    key: view.key,
    ruleId: view.ruleId,
    severity: view.severity,
    overridable: view.overridable,
    suggestionIds: [...view.suggestionIds],
    message: view.message,
    source: view.source,
    override:
      view.override &&
      seenUnder(sight, {
        reason: view.override.reason,
        by: directory.member(view.override.memberId),
        at: view.override.at as unknown as Date,
      }),
  })
