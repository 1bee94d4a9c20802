import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { forgetExpired } from '../../server/db/expired.js'
import { type TestDatabase, testDatabase } from '../support/postgres.js'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const NOW = new Date('2026-05-12T12:00:00Z')
const before = (ms: number) => new Date(NOW.getTime() - ms)
const DAY = 86_400_000

it('removes expired uploads and outcomes older than seven days, of every organisation, and nothing else', async () => {
  const rows = [
    { at: before(7 * DAY + 1_000), goes: true },
    { at: before(7 * DAY - 1_000), goes: false },
  ]
  const kept: string[] = []
  for (const orgId of [randomUUID(), randomUUID()])
    for (const { at, goes } of rows) {
      const commandId = randomUUID()
      if (!goes) kept.push(commandId)
      await db.ownerSql`insert into command_outcome ${db.ownerSql({
        orgId,
        actorId: randomUUID(),
        commandId,
        name: 'claimChart',
        inputHash: 'x',
        outcome: db.ownerSql.json({ kind: 'ChartSaved' }) as never,
        at,
      })}`
    }
  for (const [expiresAt, state] of [
    [before(1), 'CREATED'],
    [before(-DAY), 'STORED'],
  ] as const)
    await db.ownerSql`insert into upload ${db.ownerSql({
      orgId: randomUUID(),
      id: randomUUID(),
      memberId: randomUUID(),
      ticketHash: 'x',
      state,
      declaredBytes: 1,
      createdAt: before(DAY),
      expiresAt,
    })}`

  expect(await forgetExpired(db.database, NOW)).toBe(3)
  const left = await db.ownerSql<{ commandId: string }[]>`select command_id from command_outcome`
  expect(left.map((r) => r.commandId).sort()).toEqual(kept.sort())
  expect(await db.ownerSql`select state from upload`).toMatchObject([{ state: 'STORED' }])
  expect(await forgetExpired(db.database, NOW)).toBe(0)
})
