import DataLoader from 'dataloader'
import { noteRefused, noteSeen } from '../auth/accessed.js'
import { remembered, type Session } from '../auth/session.js'
import type { Sight } from '../auth/sight.js'
import { notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { noteShown, withBasis } from './clientBasis.js'
import type { ChartRow } from './chart.model.js'
import { findCharts } from './chart.store.js'
import { isVisible, sightOn } from './chartAccess.js'

export interface SeenChart {
  readonly row: ChartRow
  readonly sight: Sight
}

/** Charts by id for this session's viewer; null for one that is absent or not visible: the two are the same answer. */
export function seenCharts(session: Session): DataLoader<string, SeenChart | null> {
  return remembered(
    session,
    seenCharts,
    () =>
      new DataLoader(
        async (ids: readonly string[]) => {
          const rows = new Map((await findCharts(session, ids.filter(isUuid))).map((row) => [row.id, row]))
          const based = await withBasis(session, rows.values())
          return ids.map((id) => {
            const row = rows.get(id)
            if (!row || !isVisible(session, row) || !based.has(row.id)) {
              noteRefused(session, row)
              return null
            }
            noteSeen(session, row)
            noteShown(session, row)
            return { row, sight: sightOn(session, row) }
          })
        },
        { maxBatchSize: 200 },
      ),
  )
}

/** @throws NOT_FOUND */
export async function seeChart(session: Session, id: string): Promise<SeenChart> {
  const seen = await seenCharts(session).load(id)
  if (!seen) throw notFound()
  return seen
}
