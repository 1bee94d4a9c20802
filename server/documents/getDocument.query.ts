import type { DocumentEntry } from '../../schema/documents.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { type DocumentView, findCharts, type SeenChart, seeChart, seenCharts, sightOn } from '../charts/index.js'
import { badInput, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { documentsLoader, isInScope, textLoader } from './document.loader.js'
import { presentDocumentEntry } from './document.presenter.js'
import { chartOfDocument, documentById } from './document.store.js'

export interface SeenDocument extends SeenChart {
  readonly document: DocumentView
}

/** One document with the chart through which it is seen; undefined where either is absent or not visible. */
export async function findDocument(session: Session, id: string): Promise<SeenDocument | undefined> {
  const chartId = await chartOfDocument(session, id)
  const seen = chartId === undefined ? null : await seenCharts(session).load(chartId)
  const document = seen && (await documentById(session, seen.row, id))
  return seen && document && isInScope(session, document.version) ? { ...seen, document } : undefined
}

/** The documents of a chart by id and state alone; null where the chart is absent or not visible. */
export async function entriesOf(request: Request, chartId: string): Promise<DocumentEntry[] | null> {
  const session = await request.reading()
  const seen = isUuid(chartId) ? await seenCharts(session).load(chartId) : null
  if (!seen) return null
  const views = await documentsLoader(session).load(chartId)
  return views.map((view) => presentDocumentEntry(view, seen.sight))
}

/** @throws NOT_FOUND */
export async function seeDocument(session: Session, id: string): Promise<SeenDocument> {
  const seen = await findDocument(session, id)
  if (!seen) throw notFound()
  return seen
}

/**
 * A chart as its importer sees it. Right after the import also where the rules show it to others only (a restricted
 * chart, another team's worklist): nothing is said that the importer did not send. @throws NOT_FOUND later on
 */
export async function seeImported(session: Session, chartId: string, fresh: boolean): Promise<SeenChart> {
  if (!fresh) return seeChart(session, chartId)
  const [row] = await findCharts(session, [chartId])
  if (!row) throw notFound()
  return { row, sight: sightOn(session, row) }
}

/**
 * The text of a version, or a part of it; null where it is withdrawn.
 *
 * @param start UTF-16 units, default 0
 * @param end UTF-16 units, default the end
 * @throws BAD_INPUT where the part is none of the text
 */
export async function textPart(
  session: Session,
  versionId: string,
  start: number | null,
  end: number | null,
): Promise<string | null> {
  const text = await textLoader(session).load(versionId)
  if (text === null) return null
  const from = start ?? 0
  const to = end ?? text.length
  if (from < 0 || to > text.length || from > to) throw badInput('start', 'and end must lie within the text.')
  return text.slice(from, to)
}
