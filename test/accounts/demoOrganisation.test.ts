import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword, seedDemoOrganisation } from '../../server/accounts/demoOrganisation.js'
import { createSignIn } from '../../server/accounts/signIn.js'
import { ROLES } from '../../server/auth/viewer.js'
import { facilityByKey, listFacilities } from '../../server/facilities/index.js'
import { systemClock } from '../../server/kernel/clock.js'
import { queueByName } from '../../server/queues/index.js'
import { type TestDatabase, testDatabase, testVault } from '../support/postgres.js'

let db: TestDatabase
let signIn: ReturnType<typeof createSignIn>
beforeAll(async () => {
  db = await testDatabase()
  signIn = createSignIn({
    applicationUrl: db.applicationUrl,
    baseUrl: 'http://chartroom.test',
    allowedOrigins: () => [],
    idleMinutes: 15,
    maxHours: 12,
    secret: db.vault.derive('sign-in'),
    clock: systemClock,
  })
})
afterAll(async () => {
  await signIn?.close()
  await db?.drop()
})

const seed = () => seedDemoOrganisation({ owner: db.ownerSql, signIn, vault: db.vault })

describe('the demo organisations', () => {
  it('are made once, whoever asks how often, with somebody in every role', async () => {
    const [first, second] = await Promise.all([seed(), seed()])
    const third = await seed()
    // Two that start at once may make one organisation each; whoever comes later makes nothing.
    expect([first.made || second.made, third.made]).toEqual([true, false])
    for (const other of [second, third]) expect({ ...other, made: true }).toEqual({ ...first, made: true })
    const roles = new Set(Object.values(first.harbor.members).flatMap((member) => member.roles))
    expect([...roles].sort()).toEqual([...ROLES].sort())
    expect(await db.ownerSql`select name from organisation order by name`).toEqual([
      { name: first.harbor.name },
      { name: first.lakeside.name },
    ])
  })

  it('hold their facilities under agreements in force, each seen from inside only', async () => {
    const { harbor, lakeside } = await seed()
    const read = <T>(orgId: string, work: Parameters<typeof db.database.read<T>>[1]) => db.database.read(orgId, work)
    const facilities = await read(harbor.organisationId, (tx) =>
      listFacilities(tx, harbor.organisationId, '2026-03-02'),
    )
    expect(facilities.map(({ key, purposes }) => [key, purposes])).toEqual([
      ['north', ['OPERATIONS', 'PAYMENT']],
      ['south', ['OPERATIONS', 'PAYMENT']],
    ])
    expect(new Set(facilities.map(({ coveredEntityId }) => coveredEntityId)).size).toBe(2)
    const early = await read(harbor.organisationId, (tx) =>
      facilityByKey(tx, harbor.organisationId, 'north', '2023-12-31'),
    )
    expect(early).toMatchObject({ id: harbor.facilities.north, purposes: [] })
    const across = await read(lakeside.organisationId, async (tx) => [
      await listFacilities(tx, harbor.organisationId, '2026-03-02'),
      await queueByName(tx, harbor.organisationId, 'Inpatient'),
    ])
    expect(across).toEqual([[], undefined])
    const own = await read(lakeside.organisationId, (tx) => queueByName(tx, lakeside.organisationId, 'Inpatient'))
    expect(own).toEqual({ id: lakeside.queues.Inpatient })
  })

  it('have one password per installation', () => {
    expect(demoPassword(db.vault)).toBe(demoPassword(db.vault))
    expect(demoPassword(db.vault)).not.toBe(demoPassword(testVault()))
    expect(demoPassword(db.vault)).toMatch(/^[0-9a-z]{5}-[0-9a-z]{5}-[0-9a-z]{5}$/)
  })
})
