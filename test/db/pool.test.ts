import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../server/db/pool.js'
import { type TestDatabase, testDatabase } from '../support/postgres.js'

const ORG = '00000000-0000-7000-8000-000000000001'

let db: TestDatabase
let database: Database
beforeAll(async () => {
  db = await testDatabase()
  database = openDatabase({ url: db.applicationUrl, max: 1 })
})
afterAll(async () => {
  await database.close()
  await db.drop()
})

type Tx = Parameters<Parameters<Database['read']>[1]>[0]

/** What the connection knows of an organisation inside a transaction, and once that has ended before its time. */
const organisations = async (tx: Tx): Promise<(string | null)[]> => {
  const known = async () =>
    (await tx<{ org: string | null }[]>`select nullif(current_setting('chartroom.org', true), '') as org`)[0]!.org
  const inside = await known()
  await tx.unsafe('commit')
  return [inside, await known()]
}

it('keeps no organisation once a transaction has ended', async () => {
  expect(await database.read(ORG, organisations)).toEqual([ORG, null])
  expect(await database.write(ORG, organisations)).toEqual([ORG, null])
})
