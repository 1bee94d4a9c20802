import { remembered, type Session } from '../auth/session.js'
import { type ChartRow, type DocumentsToday, documentsToday } from '../charts/index.js'
import { type OpportunityRow, opportunitiesOf } from './suggestion.store.js'
import { loadWorkingSet, type WorkingSet } from './workingSet.js'

/** The working set of a chart, read once per session however many fields ask for parts of it. */
export function workingSetOf(session: Session, chart: ChartRow): Promise<WorkingSet> {
  const sets = remembered(session, workingSetOf, () => new Map<string, Promise<WorkingSet>>())
  let set = sets.get(chart.id)
  if (!set) {
    set = loadWorkingSet(session, chart)
    sets.set(chart.id, set)
  }
  return set
}

export function opportunityRows(session: Session, chart: ChartRow): Promise<OpportunityRow[]> {
  const known = remembered(session, opportunityRows, () => new Map<string, Promise<OpportunityRow[]>>())
  let rows = known.get(chart.id)
  if (!rows) {
    rows = opportunitiesOf(session, chart)
    known.set(chart.id, rows)
  }
  return rows
}

/** What holds today of the documents that lines cite. */
export const todayIn = (set: WorkingSet): DocumentsToday => documentsToday(set.citable)
