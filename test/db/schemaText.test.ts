import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packageRoot } from '../../server/db/migrate.js'
import { describeSchema } from '../../server/db/schemaText.js'
import { type TestDatabase, testDatabase } from '../support/postgres.js'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

it('migrations/schema.sql is what the migrations make (npm run migrations -- --dump)', async () => {
  const committed = readFileSync(path.join(packageRoot(), 'migrations', 'schema.sql'), 'utf8')
  expect(await describeSchema(db.ownerSql)).toBe(committed)
})

it('every table of an organisation is held by forced row level security, and the application owns nothing', async () => {
  const open = await db.ownerSql<{ relname: string }[]>`
    select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and (c.relname = 'organisation' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id'))
      and c.relname <> 'socket_ticket'
      and not (c.relrowsecurity and c.relforcerowsecurity)`
  expect(open.map((t) => t.relname)).toEqual([])
  const [owned] = await db.ownerSql<{ n: number }[]>`
    select count(*)::int as n from pg_class where pg_get_userbyid(relowner) like 'chartroom_app%' or pg_get_userbyid(relowner) like 'chartroom_login%'`
  expect(owned?.n).toBe(0)
})
