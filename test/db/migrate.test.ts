import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateDatabase } from '../../server/db/migrate.js'
import { emptyDatabase } from '../support/postgres.js'

const password = randomBytes(16).toString('hex')
const tag = randomBytes(4).toString('hex')
const keeper = `keeper_${tag}`
const guest = `guest_${tag}`
let database: Awaited<ReturnType<typeof emptyDatabase>>
let superuser: postgres.Sql
let applicationUser: string | undefined

beforeAll(async () => {
  database = await emptyDatabase()
  superuser = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  await superuser.unsafe(
    `create role ${keeper} login createrole password 'keep'; create role ${guest} login password 'canary'`,
  )
  await superuser.unsafe(`alter database ${new URL(database.ownerUrl).pathname.slice(1)} owner to ${keeper}`)
})
afterAll(async () => {
  await superuser.unsafe(`drop schema public cascade; drop schema if exists drizzle cascade`)
  if (applicationUser) await superuser.unsafe(`drop role ${applicationUser}`)
  await superuser.unsafe(`drop owned by ${keeper} cascade; reassign owned by ${keeper} to current_user`)
  await superuser.end()
  await database.drop()
})

describe('an address that cannot work is told in a sentence without its password', () => {
  it.each([
    ['a port where nothing listens', (url: URL) => void (url.port = '1'), /No PostgreSQL listens at 127\.0\.0\.1:1\//],
    ['a wrong password', (url: URL) => void (url.password = 'canary'), /refused the password of/],
    ['a database that is not there', (url: URL) => void (url.pathname = '/nowhere'), /nowhere does not exist/],
    [
      'a role that owns nothing',
      (url: URL) => void Object.assign(url, { username: guest, password: 'canary' }),
      /GRANT/,
    ],
  ])('%s', async (_what, change, sentence) => {
    const url = new URL(database.ownerUrl)
    change(url)
    const error: Error = await migrateDatabase(url.toString(), password).then(
      () => expect.fail(),
      (it: Error) => it,
    )
    expect(error.name).toBe('DatabaseError')
    expect(error.message).toMatch(sentence)
    expect(error.message).not.toContain(url.password)
  })
})

describe('an owner that is no superuser', () => {
  it('migrates, and makes a login that sees no organisation of its own accord', async () => {
    await superuser.unsafe(`grant chartroom_app to ${keeper} with admin option`)
    const url = Object.assign(new URL(database.ownerUrl), { username: keeper, password: 'keep' }).toString()
    const { applicationUrl } = await migrateDatabase(url, password)
    expect(await migrateDatabase(url, password)).toEqual({ applicationUrl })
    applicationUser = new URL(applicationUrl).username

    const owner = postgres(url, { max: 1, onnotice: () => {} })
    await owner`select set_config('chartroom.org', '00000000-0000-4000-8000-000000000001', false)`
    await owner`insert into organisation (id, name, kind) values (chartroom_org(), 'One', 'COVERED_ENTITY')`
    await owner.end()
    const application = postgres(applicationUrl, { max: 1, onnotice: () => {} })
    expect(await application`select from organisation`).toHaveLength(0)
    await application.end()
  })
})
