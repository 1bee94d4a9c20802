import postgres from 'postgres'
import { inTransaction, openTransaction } from './transaction.js'

/**
 * A connection inside a transaction whose organisation is set, or (loudly named) one without.
 * Statements are tagged templates, prepared by postgres.js; columns come back in camelCase.
 */
export type Tx = postgres.ISql<Record<string, never>>

/** A read transaction that stays open while one request is answered: a consistent snapshot on one connection. */
export interface OpenRead {
  readonly tx: Tx
  /** How many statements have run in it, begin and commit left out. */
  statements(): number
  end(): Promise<void>
}

export interface Database {
  /** One read-only, repeatable-read transaction under the organisation's row level security. */
  read<T>(orgId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  openRead(orgId: string): Promise<OpenRead>
  /**
   * One read-committed transaction; commits when `work` resolves, rolls back when it throws.
   * @param counted told how many statements ran in it, however it ended
   */
  write<T>(orgId: string, work: (tx: Tx) => Promise<T>, counted?: (statements: number) => void): Promise<T>
  /**
   * Statements outside any organisation: sign-in, tickets, code sets, jobs. Row level security shows such a
   * connection no row of patient data at all.
   */
  readonly outsideOrganisations: postgres.Sql
  /** A client of its own for LISTEN and NOTIFY. */
  readonly signals: postgres.Sql
  close(): Promise<void>
}

export interface PoolOptions {
  /** Signs in as the application role, which owns nothing and cannot bypass row level security. */
  readonly url: string
  /** Straight to the server where `url` goes through a transaction pooler. */
  readonly directUrl?: string
  readonly max?: number
  /** Called with the text (never the values) of each statement: the statement counts beside the API tests. */
  readonly onStatement?: (text: string) => void
}

export function openDatabase({ url, directUrl, max = 10, onStatement }: PoolOptions): Database {
  const connect = () => postgres(url, { ...settings, max, connection: { ...session, application_name: 'chartroom' } })
  let sql = connect()
  const signals = postgres(directUrl ?? url, {
    ...settings,
    max: 2,
    // A notice does not wait for the disk, and makes no writer's commit wait with it: what a crash loses of them was
    // never more than a wake-up.
    connection: { application_name: 'chartroom-signals', synchronous_commit: 'off' },
  })
  const outside = postgres(url, {
    ...settings,
    max: 4,
    connection: { ...session, application_name: 'chartroom-outside' },
  })

  return {
    outsideOrganisations: outside,
    signals,
    async read(orgId, work) {
      const open = await this.openRead(orgId)
      try {
        return await work(open.tx)
      } finally {
        await open.end()
      }
    },
    async openRead(orgId) {
      const pool = sql
      const open = await openTransaction(pool, 'isolation level repeatable read read only').catch(renewing(pool))
      await open.tx`select set_config('chartroom.org', ${orgId}, true)`.catch(async (error: unknown) => {
        await open.end()
        throw error
      })
      const counted = counting(open.tx as unknown as Tx, open.assertAlive, onStatement)
      return { tx: counted.tx, statements: counted.count, end: () => open.end() }
    },
    write(orgId, work, counted) {
      const pool = sql
      return inTransaction(pool, async (tx, assertAlive) => {
        await tx`select set_config('chartroom.org', ${orgId}, true)`
        const counter = counting(tx as unknown as Tx, assertAlive, onStatement)
        try {
          return await work(counter.tx)
        } finally {
          counted?.(counter.count())
        }
      }).catch(renewing(pool))
    },
    async close() {
      await Promise.all([sql.end({ timeout: 5 }), outside.end({ timeout: 5 }), signals.end({ timeout: 5 })])
    },
  }

  /** Take a new pool where one of the old one's connections hangs; what runs on the old one ends as it will. */
  function renewing(pool: postgres.Sql): (error: unknown) => never {
    return (error) => {
      if (cannotConnect(error) && sql === pool) {
        sql = connect()
        void pool.end({ timeout: 15 }).catch(() => {})
      }
      throw error
    }
  }
}

/** A pool's connection that was written to in the very moment it closed never connects again: only a new pool does. */
const cannotConnect = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'CONNECT_TIMEOUT'

const session = {
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 30_000,
  lock_timeout: 10_000,
} as const

/** Dates are calendar dates, so they stay text; bigints are positions and amounts below 2^53. */
const settings = {
  transform: { undefined: null, column: { from: postgres.toCamel, to: postgres.fromCamel } },
  types: {
    date: { to: 1082, from: [1082], serialize: (x: string) => x, parse: (x: string) => x },
    bigint: { to: 20, from: [20], serialize: (x: number) => String(x), parse: (x: string) => Number(x) },
  },
  onnotice: () => {},
  idle_timeout: 0,
  connect_timeout: 5,
} as unknown as postgres.Options<Record<string, never>>

/** Counts statements as they are sent. Fragments look like queries until they are awaited; only `then` tells. */
function counting(
  tx: Tx,
  assertAlive: () => void,
  onStatement?: (text: string) => void,
): { tx: Tx; count: () => number } {
  let count = 0
  const counted = new Proxy(tx, {
    apply(target, self, args: unknown[]) {
      assertAlive()
      const result: unknown = Reflect.apply(target as unknown as (...a: unknown[]) => unknown, self, args)
      const template = (args[0] as { raw?: readonly string[] } | undefined)?.raw
      if (template) whenSent(result, () => sent(template.join('?')))
      return result
    },
    get(target, key) {
      const member: unknown = Reflect.get(target, key)
      if (key !== 'unsafe' || typeof member !== 'function') return member
      return (text: string, ...rest: unknown[]) => {
        assertAlive()
        const result: unknown = Reflect.apply(member, target, [text, ...rest])
        whenSent(result, () => sent(text))
        return result
      }
    },
  })
  return { tx: counted, count: () => count }

  function sent(text: string): void {
    count++
    onStatement?.(text)
  }
}

function whenSent(query: unknown, notice: () => void): void {
  const pending = query as { then: (...a: unknown[]) => unknown }
  const original = pending.then.bind(pending)
  let seen = false
  pending.then = (...args: unknown[]) => {
    if (!seen) notice()
    seen = true
    return original(...args)
  }
}
