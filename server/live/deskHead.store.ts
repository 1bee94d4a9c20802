import type { Tx } from '../db/pool.js'

/**
 * Where a board stands (by its organisation's id) or an inbox (by its member's): another value after every commit that can
 * change what is shown of it. What follows one compares it each second (sweep.ts), so that a lost wake-up costs delay and
 * nothing else.
 */
export async function deskHead(tx: Tx, orgId: string, id: string): Promise<string> {
  const [row] = await tx<{ head: string | null }[]>`select desk_head(${orgId}, ${id}) as head`
  return row!.head?.slice('0.'.length) ?? ''
}
