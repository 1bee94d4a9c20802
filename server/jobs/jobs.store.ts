import PgBoss from 'pg-boss'
import type postgres from 'postgres'
import type { Tx } from '../db/pool.js'
import { JOB_NAMES, type JobData, type JobName, QUEUES } from './queues.js'

/**
 * The queue's tables and statements: pg-boss over our own driver, in a schema of its own. A job is sent in the
 * transaction of the change that needs it, so that neither can be there without the other.
 */
const SCHEMA = 'pgboss'

/**
 * Make or update the queue's tables, as their owner, under the migration's lock; then let the application use them.
 * Idempotent.
 */
export async function prepareJobs(owner: postgres.Sql): Promise<void> {
  const boss = new PgBoss({ db: onPool(owner), schema: SCHEMA, migrate: true, supervise: false, schedule: false })
  await boss.start()
  for (const name of JOB_NAMES) {
    const { retryLimit, retryDelay, abandonedAfter } = QUEUES[name]
    // "short": one job waits per key, however often it is asked for; a running one does not count.
    const policy = 'short' as const
    const options = { name, policy, retryLimit, retryDelay, retryBackoff: true, expireInSeconds: abandonedAfter }
    await boss.createQueue(name, options)
    await boss.updateQueue(name, options)
  }
  await boss.stop({ graceful: false })
  await owner`grant usage on schema pgboss to chartroom_app`
  await owner`grant select, insert, update, delete on all tables in schema pgboss to chartroom_app`
}

/**
 * Queue a job in the caller's transaction. Where one with the same key waits already, that one will do: it starts after
 * this transaction, because it locks the same chart first.
 */
export async function enqueue<N extends JobName>(
  tx: Tx,
  name: N,
  data: JobData[N],
  key: string,
  startAfter?: Date,
): Promise<void> {
  await sender.send(name, data, { singletonKey: key, db: inTransaction(tx), ...(startAfter && { startAfter }) })
}

/** Jobs that run, or could run now; those of a later day are not counted. */
export async function dueJobs(sql: postgres.Sql, names: readonly JobName[]): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from pgboss.job
    where name = any(${names as string[]}::text[])
      and (state = 'active' or state = 'retry' or (state = 'created' and start_after <= now()))`
  return row!.count
}

/** The queue as the application role uses it. */
export const bossOn = (sql: postgres.Sql): PgBoss =>
  new PgBoss({
    db: onPool(sql),
    schema: SCHEMA,
    migrate: false,
    supervise: true,
    schedule: false,
    // Done jobs leave the table soon, because it is looked through for abandoned ones every few seconds.
    archiveCompletedAfterSeconds: 60 * 60,
    deleteAfterDays: 7,
  })

/** Say that these jobs are still being worked on. */
export async function heartbeat(sql: postgres.Sql, name: JobName, ids: readonly string[]): Promise<void> {
  await sql`
    update pgboss.job set started_on = now()
    where name = ${name} and id = any(${ids as string[]}::uuid[]) and state = 'active'`
}

/** Builds the statement of `send`; it never has a connection of its own. */
const sender = new PgBoss({
  schema: SCHEMA,
  db: { executeSql: () => Promise.reject(new Error('a job is sent inside a transaction')) },
})

const inTransaction = (tx: Tx): PgBoss.Db => ({
  executeSql: async (text, values) => ({ rows: [...(await tx.unsafe(text, parameters(values)))] }),
})

const onPool = (sql: postgres.Sql): PgBoss.Db => ({
  async executeSql(text, values) {
    if (values?.length > 0) return { rows: [...(await sql.unsafe(text, parameters(values)))] }
    // Without parameters pg-boss may send a whole transaction as one text: it needs a connection of its own.
    const reserved = await sql.reserve()
    try {
      return { rows: [...(await reserved.unsafe(text))] }
    } catch (error) {
      await reserved.unsafe('rollback').catch(() => {})
      throw error
    } finally {
      reserved.release()
    }
  },
})

const parameters = (values: readonly unknown[] | undefined): never[] =>
  (values ?? []).map((value) => value ?? null) as never[]
