import type { Access } from '../../schema/access.js'
import type { ChartAction } from '../../schema/values.js'
import { directoryOf } from '../accounts/index.js'
import { maskedFields } from '../auth/masking.js'
import type { Session } from '../auth/session.js'
import { possibleActions, presentChart, seenCharts } from '../charts/index.js'
import { documentsLoader, presentDocument, presentVersion, versionsLoader } from '../documents/index.js'
import { badInput } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { presentSuggestion, viewOf, withdrawnIn, workingSetOf } from '../suggestions/index.js'
import { chartsHolding } from './node.store.js'

/**
 * Things by their id alone: charts, documents, lines. One statement finds which chart an id belongs to; whether the
 * viewer sees it is decided by that chart, through the same loader as everywhere. Absent and hidden are one answer.
 */
export async function nodesById(
  session: Session,
  ids: readonly string[],
): Promise<((object & { id: string }) | null)[]> {
  if (ids.length > 100) throw badInput('ids', 'has more than 100 entries.')
  const holders = await chartsHolding(session, ids.filter(isUuid))
  const directory = await directoryOf(session)
  return Promise.all(
    ids.map(async (id) => {
      const holder = holders.get(id)
      const seen = holder && (await seenCharts(session).load(holder.chartId))
      if (!seen) return null
      switch (holder.type) {
        case 'Chart':
          return presentChart(seen.row, seen.sight, directory)
        case 'Document': {
          // Lists of documents and lines are clinical: who sees none of them finds none by id either.
          if (!seen.sight.classes.has('CLINICAL')) return null
          const view = (await documentsLoader(session).load(seen.row.id)).find((d) => d.id === id)
          return view ? presentDocument(view, seen.sight, directory) : null
        }
        case 'DocumentVersion': {
          if (!seen.sight.classes.has('CLINICAL')) return null
          const document = (await documentsLoader(session).load(seen.row.id)).find((d) => d.id === holder.ownerId)
          // Words that were withdrawn, or whose labels the sight does not admit, are found by no id.
          if (!document || presentDocument(document, seen.sight, directory).version === null) return null
          const view = (await versionsLoader(session).load(holder.ownerId)).find((v) => v.id === id)
          return view ? presentVersion(view, seen.sight, directory) : null
        }
        case 'Suggestion': {
          if (!seen.sight.classes.has('CLINICAL')) return null
          const set = await workingSetOf(session, seen.row)
          const line = set.lines.find((l) => l.id === id)
          return line ? presentSuggestion(viewOf(set, line), seen.sight, directory, withdrawnIn(set)) : null
        }
      }
    }),
  ) as Promise<((object & { id: string }) | null)[]>
}

export async function explainAccess(session: Session, id: string, action: ChartAction): Promise<Access> {
  const seen = await seenCharts(session).load(id)
  if (!seen) return { masked: [], can: [] }
  const can = possibleActions(seen.sight, seen.row).filter((a) => a === action)
  return { masked: [...maskedFields('Chart', seen.sight)], can }
}
