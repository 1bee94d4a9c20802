import type { Session } from '../auth/session.js'
import { type ChartRow, codingDate, type DocumentView, saveChart } from '../charts/index.js'
import { enqueue } from '../jobs/index.js'

/**
 * Let the engine read what is new on a locked chart: queued in the caller's transaction, and said on the chart. Without
 * a date there is no code table to read by; the chart is queued once its abstract has one.
 *
 * @returns the chart as it is then
 */
export async function queueEngine(session: Session, chart: ChartRow): Promise<ChartRow> {
  if (codingDate(chart) === null) return chart
  await enqueue(session.tx, 'engine-run', { orgId: chart.orgId, chartId: chart.id }, chart.id)
  await saveChart(session, chart, { engineState: 'QUEUED' })
  return { ...chart, engineState: 'QUEUED' }
}

/** Current versions that the engine has yet to read: with text, and not withdrawn. */
export const unreadOf = (documents: readonly DocumentView[]): DocumentView[] =>
  readable(documents).filter(({ version }) => !version.readByEngine)

/** What the engine can read of a chart: scans have no text, and withdrawn words count for nothing. */
export const readable = (documents: readonly DocumentView[]): DocumentView[] =>
  documents.filter(({ withdrawnAt, version }) => withdrawnAt === null && !version.scan && version.textLength > 0)
