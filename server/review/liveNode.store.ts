import type { Tx } from '../db/pool.js'

/** The heads of these charts' logs, in one statement. */
export async function headsOf(
  tx: Tx,
  orgId: string,
  chartIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx<{ id: string; headSeq: number }[]>`
    select id, head_seq from chart_stream where org_id = ${orgId} and id = any(${chartIds as string[]}::uuid[])`
  return new Map(rows.map(({ id, headSeq }) => [id, headSeq]))
}
