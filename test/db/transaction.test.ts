import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/postgres.js'

const ORG = '00000000-0000-7000-8000-000000000001'
let db: TestDatabase
const uncaught: unknown[] = []
const keep = (error: unknown) => void uncaught.push(error)

beforeAll(async () => {
  db = await testDatabase()
  process.on('uncaughtException', keep)
})
afterAll(async () => {
  process.off('uncaughtException', keep)
  await db.drop()
})

type Sql = Parameters<Parameters<TestDatabase['database']['write']>[1]>[0]
const pidOf = async (tx: Sql): Promise<number> => (await tx<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]!.pid
const kill = (pid: number) => db.ownerSql`select pg_terminate_backend(${pid})`
const turns = async (n: number) => {
  for (let i = 0; i < n; i++) await new Promise((resolve) => setTimeout(resolve, 10))
}

/**
 * The pool answers, several times over. A connection that was written to in the moment it closed may fail to connect
 * once; the pool is renewed then, and nothing waits for ever.
 */
const healthy = async () => {
  for (let attempt = 0; attempt < 12; attempt++) {
    const failed = await askEverything().then(
      () => false,
      () => true,
    )
    if (!failed) return
  }
  await askEverything()
}
const askEverything = async () => {
  await Promise.all(Array.from({ length: 40 }, () => db.database.read(ORG, (tx) => tx`select 1`)))
  await Promise.all(Array.from({ length: 40 }, () => db.database.write(ORG, (tx) => tx`select 1`)))
}

it.each([
  [
    'a read that waits for a statement',
    async () => {
      const open = await db.database.openRead(ORG)
      const pid = await pidOf(open.tx)
      const waiting = open.tx`select pg_sleep(5)`
      const failed = expect(waiting).rejects.toThrow()
      await kill(pid)
      await failed
      await open.end()
    },
  ],
  [
    'a read between two statements',
    async () => {
      const open = await db.database.openRead(ORG)
      await kill(await pidOf(open.tx))
      await turns(5)
      await expect((async () => open.tx`select 1`)()).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
      await open.end()
    },
  ],
  [
    'a read that was only to be ended',
    async () => {
      const open = await db.database.openRead(ORG)
      await kill(await pidOf(open.tx))
      await turns(5)
      await open.end()
      await open.end()
    },
  ],
  [
    'a write that waits for a statement',
    async () => {
      await expect(
        db.database.write(ORG, async (tx) => {
          const pid = await pidOf(tx)
          setTimeout(() => void kill(pid).then(() => {}), 20)
          await tx`select pg_sleep(5)`
        }),
      ).rejects.toThrow()
    },
  ],
  [
    'a write between two statements',
    async () => {
      await expect(
        db.database.write(ORG, async (tx) => {
          await kill(await pidOf(tx))
          await turns(5)
          await tx`select 1`
        }),
      ).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    },
  ],
  [
    'a write that was only to be committed',
    async () => {
      await expect(
        db.database.write(ORG, async (tx) => {
          await kill(await pidOf(tx))
          await turns(5)
        }),
      ).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    },
  ],
  [
    'a write that fails by itself at the same moment',
    async () => {
      await expect(
        db.database.write(ORG, async (tx) => {
          await kill(await pidOf(tx))
          throw new Error('of its own')
        }),
      ).rejects.toThrow()
    },
  ],
])('%s: the loss of its connection is an error of its own and nobody else’s', async (_, lose) => {
  for (let round = 0; round < 5; round++) await lose()
  await turns(5)
  await healthy()
  expect(uncaught).toEqual([])
})

it('rolls back what failed by itself, and keeps what did not', async () => {
  await expect(
    db.database.write(ORG, async (tx) => {
      await tx`create temporary table gone (id int)`
      throw new Error('of its own')
    }),
  ).rejects.toThrow('of its own')
  expect(await db.database.write(ORG, async () => 'kept')).toBe('kept')
  expect(uncaught).toEqual([])
})
