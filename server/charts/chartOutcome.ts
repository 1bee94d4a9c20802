import type { ChartEventType, FieldClass } from '../../schema/values.js'
import type { NewEvent } from '../live/log.js'
import { type ChartRow, viewOfChart } from './chart.model.js'
import type { EventPayload } from './views.model.js'

/** What commands on the chart itself lead to. */
export type ChartOutcome =
  | { readonly kind: 'ChartSaved'; readonly chartId: string }
  | { readonly kind: 'AlreadyDone'; readonly chartId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly { code: string; message: string; field?: string }[] }

export const saved = (chart: ChartRow): ChartOutcome => ({ kind: 'ChartSaved', chartId: chart.id })
export const alreadyDone = (chart: ChartRow): ChartOutcome => ({ kind: 'AlreadyDone', chartId: chart.id })
export const invalid = (code: string, message: string, field?: string): ChartOutcome => ({
  kind: 'CommandInvalid',
  problems: [field ? { code, message, field } : { code, message }],
})

/** An event about the chart itself: its state after the change, and whatever else changed with it. */
export const chartEvent = (
  type: ChartEventType,
  after: ChartRow,
  more: EventPayload = {},
  classes: readonly FieldClass[] = ['WORK'],
): NewEvent<EventPayload> => ({
  type,
  subjectId: after.id,
  citedDocumentIds: [],
  classes,
  payload: { chart: viewOfChart(after), ...more },
})
