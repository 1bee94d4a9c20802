import type { Database } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { ChartroomError } from '../kernel/errors.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import { type AccessEntry, chainOn } from './record.model.js'
import { appendRecords, keepOperationTexts, lockHead } from './trail.store.js'

/** Writes access records (45 CFR 164.312(b)). */
export interface Trail {
  /**
   * Resolves when the entries are durable. What an answer would show leaves only then.
   * @throws ChartroomError UNAVAILABLE where they could not be written: the read fails with it
   */
  record(orgId: string, entries: readonly AccessEntry[]): Promise<void>
  /** Keep the text of an operation for records that name its hash: durable with the next record. Without literals. */
  operationText(hash: string, text: string): void
  /** Takes nothing more, and resolves when everything taken is written or refused. Idempotent. */
  close(): Promise<void>
}

export const TRAIL: ServiceKey<Trail> = serviceKey('trail')

/** The chain of what belongs to no organisation: attempts to sign in to accounts that nobody has. */
export const NO_ORGANISATION = '00000000-0000-0000-0000-000000000000'

export interface TrailOptions {
  readonly database: Database
  readonly clock: Clock
  /** Told once per batch that could not be written. */
  readonly onTrouble: (error: unknown) => void
  /** Entries of one organisation that wait at most; further ones are refused. Default 10,000. */
  readonly mostWaiting?: number
}

/**
 * Group commit: while a batch of an organisation is being written, what arrives collects and becomes the next one. A
 * lone record costs one commit and waits for nobody; of many at once, each waits for at most two and shares both.
 */
export function createTrail({ database, clock, onTrouble, mostWaiting = 10_000 }: TrailOptions): Trail {
  const chains = new Map<string, Chain>()
  const texts = createTexts()
  let closed = false

  return {
    record(orgId, entries) {
      if (entries.length === 0) return Promise.resolve()
      const chain = chainOf(orgId)
      if (closed || chain.entries + entries.length > mostWaiting) return Promise.reject(notRecorded())
      const at = clock.now()
      return new Promise((resolve, reject) => {
        chain.waiting.push({ entries: entries.map((entry) => ({ entry, at })), resolve, reject })
        chain.entries += entries.length
        chain.writing ??= writeAll(orgId, chain)
      })
    },
    operationText: texts.want,
    async close() {
      closed = true
      await Promise.all([...chains.values()].map(async (chain) => chain.writing))
    },
  }

  function chainOf(orgId: string): Chain {
    let chain = chains.get(orgId)
    if (!chain) chains.set(orgId, (chain = { waiting: [], entries: 0, writing: undefined }))
    return chain
  }

  /** Never rejects: each batch tells its own callers. */
  async function writeAll(orgId: string, chain: Chain): Promise<void> {
    while (chain.waiting.length > 0) {
      const batch = takeBatch(chain)
      try {
        await writeBatch(orgId, batch)
        for (const { resolve } of batch) resolve()
      } catch (error) {
        // Not tried again: where the connection was lost in the commit it may have come through, and twice is wrong too.
        onTrouble(error)
        for (const { reject } of batch) reject(notRecorded())
      }
    }
    chain.writing = undefined
  }

  async function writeBatch(orgId: string, batch: readonly Waiting[]): Promise<void> {
    const newTexts = texts.wanted()
    await database.write(orgId, async (tx) => {
      const head = await lockHead(tx, orgId)
      await keepOperationTexts(tx, newTexts)
      const entries = batch.flatMap((waiting) => waiting.entries)
      await appendRecords(tx, orgId, chainOn(head, orgId, entries))
    })
    texts.kept(newTexts)
  }
}

interface Waiting {
  readonly entries: readonly { readonly entry: AccessEntry; readonly at: Date }[]
  resolve(): void
  reject(error: Error): void
}

interface Chain {
  waiting: Waiting[]
  /** In `waiting`. */
  entries: number
  /** Undefined while there is nothing to write. */
  writing: Promise<void> | undefined
}

/** Callers whose entries fit into one transaction; one caller's entries are never split. */
function takeBatch(chain: Chain): Waiting[] {
  let count = 0
  let length = 0
  for (const { entries } of chain.waiting) {
    if (length > 0 && count + entries.length > MOST_IN_BATCH) break
    count += entries.length
    length++
  }
  chain.entries -= count
  return chain.waiting.splice(0, length)
}

const MOST_IN_BATCH = 500

/** Which texts are still to be written. What was forgotten is offered to the database again, which keeps the first. */
function createTexts() {
  const kept = new Set<string>()
  const pending = new Map<string, string>()
  return {
    want(hash: string, text: string): void {
      // Where nothing can be written, what waits must not grow either.
      if (!kept.has(hash) && pending.size < MOST_REMEMBERED) pending.set(hash, text)
    },
    wanted: (): ReadonlyMap<string, string> => new Map(pending),
    kept(texts: ReadonlyMap<string, string>): void {
      for (const hash of texts.keys()) {
        pending.delete(hash)
        kept.add(hash)
        if (kept.size > MOST_REMEMBERED) kept.delete(kept.values().next().value!)
      }
    },
  }
}

const MOST_REMEMBERED = 10_000

/** A command has happened when its record fails; sent again under its id, it is recorded and answered. */
const notRecorded = (): ChartroomError =>
  new ChartroomError(
    'UNAVAILABLE',
    'This access could not be recorded, so it is not answered. Try again soon; send a command with the same commandId.',
  )
