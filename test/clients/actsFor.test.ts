import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scopeText } from '../../server/auth/scope.js'
import type { Viewer } from '../../server/auth/viewer.js'
import { loadViewer } from '../../server/auth/viewer.store.js'
import type { TestPerson } from '../support/server.js'
import { type Registered, type VendorWorld, vendorWorld } from './support.js'

const SCOPES = ['user/Chart.r', 'user/Patient.r']

let world: VendorWorld
let client: Registered
let coder: TestPerson
beforeAll(async () => {
  world = await vendorWorld()
  coder = await world.server.signInAs('coder@demo.test')
})
afterAll(() => world.close())

/** What the program is now, with a token that this person gave it. */
async function actingFor(person: TestPerson): Promise<Viewer> {
  const { db, demo } = world.server
  const tokenId = randomUUID()
  const now = world.clock.now()
  const { orgId, userId, sessionId } = person.claims
  await db.ownerSql`
    insert into client_token (org_id, id, client_id, scopes, issued_at, expires_at, member_id, user_id, session_id)
    values (${orgId}, ${tokenId}, ${client.id}, ${SCOPES}, ${now}, ${new Date(now.getTime() + 600_000)},
      ${demo.harbor.members['coder@demo.test']!.memberId}, ${userId}, ${sessionId})`
  const claims = { orgId, userId, sessionId: tokenId, clientId: client.id }
  return db.database.read(orgId, (tx) => loadViewer(tx, claims, now))
}

describe('a program that acts for a person', () => {
  it('reads where both the agreement and the person’s grants reach', async () => {
    const { db, demo } = world.server
    const { north, south } = demo.harbor.facilities as { north: string; south: string }
    const agreement = { scopes: SCOPES, facilityIds: [north, south] }
    client = await world.register(SCOPES, { agreement })
    expect([...(await actingFor(coder)).facilityIds].sort()).toEqual([north, south].sort())
    await db.ownerSql`
      delete from member_facility
      where member_id = ${demo.harbor.members['coder@demo.test']!.memberId} and facility_id = ${south}`
    expect((await actingFor(coder)).facilityIds).toEqual([north])
    client = await world.register(SCOPES, { agreement: { ...agreement, facilityIds: [south] } })
    expect((await actingFor(coder)).facilityIds).toEqual([])
  })
  it('is bound by what the agreement says now, whatever its registration and its token name', async () => {
    client = await world.register(SCOPES, { agreement: { scopes: SCOPES } })
    const scopes = async () => (await actingFor(coder)).client!.scopes.map(scopeText)
    expect(await scopes()).toEqual(SCOPES)
    await world.server.db
      .ownerSql`update vendor_agreement set scopes = ${['user/Chart.r']} where id = ${client.agreementId}`
    expect(await scopes()).toEqual(['user/Chart.r'])
  })
})
