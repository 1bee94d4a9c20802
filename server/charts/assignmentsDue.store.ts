import type { Database } from '../db/pool.js'

/** Assignments that have run out, in all organisations: ids only, by the one function that may ask this. */
export function assignmentsDue(database: Database, now: Date): Promise<{ orgId: string; chartId: string }[]> {
  return database.outsideOrganisations<{ orgId: string; chartId: string }[]>`
    select org_id, chart_id from assignments_due(${now})` as unknown as Promise<{ orgId: string; chartId: string }[]>
}
