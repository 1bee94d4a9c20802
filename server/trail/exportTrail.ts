import type { Database } from '../db/pool.js'
import type { AccessRecord, ChainHead } from './record.model.js'
import { CHAIN_START } from './record.model.js'
import { type SignedHead, signHead } from './signedHead.js'
import { readHead, readRecords } from './trail.store.js'

/** Signs and writes heads and whole chains, for a place that the database's owner does not rule. */
export interface TrailExport {
  readonly database: Database
  /** `vault.derive('trail head')`. */
  readonly key: Uint8Array
  readonly now: () => Date
}

/** The signed head of each organisation that has a record, as it stands now. */
export async function signedHeads(
  { database, key, now }: TrailExport,
  orgIds: readonly string[],
): Promise<SignedHead[]> {
  const heads: SignedHead[] = []
  for (const orgId of orgIds) {
    const head = await readHead(database, orgId)
    if (head && head.seq > 0) heads.push(signHead(key, orgId, head, now()))
  }
  return heads
}

/** JSON lines: the records of each organisation in order, and after them the signed head of what was written. */
export async function* exportedLines(
  { database, key, now }: TrailExport,
  orgIds: readonly string[],
): AsyncGenerator<string> {
  for (const orgId of orgIds) {
    let head: ChainHead = CHAIN_START
    for await (const record of readRecords(database, orgId)) {
      head = record
      yield `${JSON.stringify(record satisfies AccessRecord)}\n`
    }
    if (head.seq > 0) yield `${JSON.stringify(signHead(key, orgId, head, now()))}\n`
  }
}
