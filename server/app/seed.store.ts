import type { OwnerSql } from '../db/owner.js'

/** Whether an organisation has any chart at all. */
export async function hasCharts(owner: OwnerSql, orgId: string): Promise<boolean> {
  return owner.begin(async (tx) => {
    // Row level security binds the owner too.
    await tx`select set_config('chartroom.org', ${orgId}, true)`
    const [row] = await tx`select from chart where org_id = ${orgId} limit 1`
    return row !== undefined
  })
}
