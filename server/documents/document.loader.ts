import DataLoader from 'dataloader'
import { scopeOn } from '../auth/scope.js'
import { remembered, type Session } from '../auth/session.js'
import type { DocumentVersionView, DocumentView } from '../charts/index.js'
import { amendmentsOf } from './amendment.store.js'
import { documentCounts, documentsOfCharts, textsOf, versionsOfDocuments } from './document.store.js'

/** What prefetch cannot foresee, batched and kept for one session. Keys are ids the caller has already judged. */

/** Current documents by chart id. */
export const documentsLoader = (session: Session): DataLoader<string, DocumentView[]> =>
  remembered(
    session,
    documentsLoader,
    () =>
      new DataLoader(async (chartIds: readonly string[]) => {
        const found = await documentsOfCharts(session, chartIds)
        return chartIds.map((id) => (found.get(id) ?? []).filter((view) => isInScope(session, view.version)))
      }),
  )

/** A third party whose scope names document types finds the others nowhere. */
export function isInScope({ viewer }: Session, version: DocumentVersionView): boolean {
  const category = viewer.client && scopeOn(viewer.client, 'DocumentReference')?.category
  return !category || category.includes(version.type)
}

/** How many documents, by chart id. */
export const documentCountLoader = (session: Session): DataLoader<string, number> =>
  remembered(
    session,
    documentCountLoader,
    () =>
      new DataLoader(async (chartIds: readonly string[]) => {
        const found = await documentCounts(session, chartIds)
        return chartIds.map((id) => found.get(id) ?? 0)
      }),
  )

/** All versions, newest first, by document id. */
export const versionsLoader = (session: Session): DataLoader<string, DocumentVersionView[]> =>
  remembered(
    session,
    versionsLoader,
    () =>
      new DataLoader(async (documentIds: readonly string[]) => {
        const found = await versionsOfDocuments(session, documentIds)
        return documentIds.map((id) => (found.get(id) ?? []).filter((version) => isInScope(session, version)))
      }),
  )

/** What goes with a document wherever it goes, by its id. */
export const amendmentsLoader = (session: Session): DataLoader<string, string[]> =>
  remembered(
    session,
    amendmentsLoader,
    () =>
      new DataLoader(async (documentIds: readonly string[]) => {
        const found = await amendmentsOf(session, documentIds)
        return documentIds.map((id) => found.get(id) ?? [])
      }),
  )

/** Stored text by version id; null where there is none to see (unknown, or withdrawn). */
export const textLoader = (session: Session): DataLoader<string, string | null> =>
  remembered(
    session,
    textLoader,
    () =>
      new DataLoader(async (versionIds: readonly string[]) => {
        const found = await textsOf(session, versionIds)
        return versionIds.map((id) => found.get(id)?.text ?? null)
      }),
  )
