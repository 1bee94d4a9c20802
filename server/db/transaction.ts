import type postgres from 'postgres'

/**
 * Transactions that survive the loss of their connection. postgres.js (3.4.9) sends `commit` and `rollback` also on a
 * connection that has closed meanwhile; the write then fails outside any promise and ends the process. So once the
 * connection is lost nothing more is sent on it: what still runs is refused, and the library's own ending is never
 * reached. The server has rolled back by itself.
 */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
  readonly code = 'CONNECTION_CLOSED'
  constructor() {
    super('the connection to the database was lost')
  }
}

export interface OpenTransaction {
  readonly tx: postgres.TransactionSql
  /** Throws where the connection is gone; ask before every statement. */
  assertAlive(): void
  /** Commits what was read; nothing where the connection is gone. Safe to call twice. */
  end(): Promise<void>
}

/** A transaction that stays open until `end`. */
export async function openTransaction(sql: postgres.Sql, mode: string): Promise<OpenTransaction> {
  let lost = false
  let ended = false
  let release: () => void = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let begun: Promise<unknown> = Promise.resolve()
  const tx = await new Promise<postgres.TransactionSql>((resolve, reject) => {
    begun = sql.begin(mode, async (opened) => {
      resolve(opened)
      await held
      if (lost) await never()
    })
    begun.catch((error: unknown) => {
      lost = true
      reject(error instanceof Error ? error : new ConnectionLost())
    })
  })
  return {
    tx,
    assertAlive() {
      if (lost) throw new ConnectionLost()
    },
    async end() {
      if (ended) return
      ended = true
      if (lost) return
      release()
      await begun.catch(() => {})
    },
  }
}

/** One transaction around `work`; commits when it resolves, rolls back when it throws. */
export function inTransaction<T>(
  sql: postgres.Sql,
  work: (tx: postgres.TransactionSql, assertAlive: () => void) => Promise<T>,
): Promise<T> {
  let lost = false
  const assertAlive = (): void => {
    if (lost) throw new ConnectionLost()
  }
  const begun = sql.begin(async (tx) => {
    try {
      const result = await work(tx, assertAlive)
      if (lost) await never()
      return { result }
    } catch (error) {
      // The loss of a connection is told to the waiting statement first; a turn later it is known here too.
      await new Promise((resolve) => setImmediate(resolve))
      if (lost || isLoss(error)) await never()
      throw error
    }
  })
  begun.catch(() => {
    lost = true
  })
  return begun.then(({ result }) => result)
}

const isLoss = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code
  return (
    typeof code === 'string' &&
    (code.startsWith('CONNECTION_') || ['ECONNRESET', 'EPIPE', '57P01', '57P02'].includes(code))
  )
}

const never = (): Promise<never> => new Promise(() => {})
