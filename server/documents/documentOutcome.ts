import { type ChartCommand, type ChartRow, chartEvent, saveChart } from '../charts/index.js'
import type { DocumentProblem } from './import.decider.js'

/** What a command on a document leads to. */
export type DocumentCommandOutcome =
  | { readonly kind: 'DocumentSaved'; readonly chartId: string; readonly documentId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly DocumentProblem[] }

export const documentSaved = (chart: ChartRow, documentId: string): DocumentCommandOutcome => ({
  kind: 'DocumentSaved',
  chartId: chart.id,
  documentId,
})

export const refusal = (code: string, message: string, field?: string): DocumentCommandOutcome => ({
  kind: 'CommandInvalid',
  problems: [field ? { code, message, field } : { code, message }],
})

export const WITHDRAWN_ALREADY = refusal('WITHDRAWN', 'The document was withdrawn; add it again if it belongs here.')

export const versionMoved = (current: number): DocumentCommandOutcome =>
  refusal(
    'VERSION_CHANGED',
    `The document has version ${current} by now. Look at that one, then decide again.`,
    'seenVersion',
  )

/** A document that comes after the submission is flagged and never reopens the chart by itself. */
export async function flagIfLate({ session, append }: ChartCommand, chart: ChartRow): Promise<ChartRow> {
  if (chart.status !== 'SUBMITTED' && chart.status !== 'EXPORTED') return chart
  const late = { ...chart, lateDocument: true }
  await saveChart(session, chart, { lateDocument: true })
  append(chartEvent('LATE_DOCUMENT_FLAGGED', late))
  return late
}
