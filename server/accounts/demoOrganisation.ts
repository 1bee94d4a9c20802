import type postgres from 'postgres'
import type { Role } from '../auth/viewer.js'
import type { Tx } from '../db/pool.js'
import { addAgreement, addCoveredEntity, addFacility } from '../facilities/index.js'
import { newId } from '../kernel/ids.js'
import { addQueue } from '../queues/index.js'
import type { Vault } from '../vault/vault.js'
import { type DemoOrganisation, describe, findOrganisation, oneSeedAtATime, turnTo } from './demoOrganisation.store.js'
import { addMember, addTeam, asOwner, createOrganisation } from './people.store.js'
import type { SignIn } from './signIn.js'

export interface DemoOrganisations {
  readonly harbor: DemoOrganisation
  /** A second tenant, so that one can try what must not cross. */
  readonly lakeside: DemoOrganisation
  /** Of every demo account: the same for one installation, another for every other. */
  readonly password: string
  /** False when both were there already; nothing of them was changed then. */
  readonly made: boolean
}

/**
 * Two made-up organisations with people of every role. Idempotent, also when several processes start at once.
 * @param owner the owner's connection (the application role may not make organisations)
 */
export async function seedDemoOrganisation(options: {
  owner: postgres.Sql
  signIn: SignIn
  vault: Vault
}): Promise<DemoOrganisations> {
  const { owner, signIn, vault } = options
  const password = demoPassword(vault)
  const harbor = await seed(owner, signIn, password, HARBOR)
  const lakeside = await seed(owner, signIn, password, LAKESIDE)
  return {
    harbor: harbor.organisation,
    lakeside: lakeside.organisation,
    password,
    made: harbor.made || lakeside.made,
  }
}

/** Derived from the installation's key file, so that it can be shown again and is never stored. 75 bits. */
export function demoPassword(vault: Vault): string {
  const letters = [...vault.derive('demo password').subarray(0, 15)].map((byte) => ALPHABET[byte % 32])
  return [letters.slice(0, 5), letters.slice(5, 10), letters.slice(10)].map((part) => part.join('')).join('-')
}

interface Plan {
  readonly name: string
  readonly facilities: readonly { key: string; name: string; coveredEntity: string }[]
  /** Queue name to team name. */
  readonly queues: Readonly<Record<string, string>>
  readonly people: readonly { email: string; name: string; roles: Role[]; teams: 'every team' | 'none' }[]
}

const HARBOR: Plan = {
  name: 'Harbor Coding Services (demo)',
  facilities: [
    { key: 'north', name: 'North Harbor Hospital', coveredEntity: 'North Harbor Health (demo)' },
    { key: 'south', name: 'South Harbor Hospital', coveredEntity: 'South Harbor Medical Group (demo)' },
  ],
  queues: { Inpatient: 'Inpatient coders', 'Emergency and clinic': 'Emergency and clinic coders' },
  people: [
    { email: 'coder@demo.test', name: 'Dana Whitfield', roles: ['CODER'], teams: 'every team' },
    { email: 'coder2@demo.test', name: 'Marcus Okafor', roles: ['CODER'], teams: 'every team' },
    { email: 'reviewer@demo.test', name: 'Irene Castellano', roles: ['AUDITOR'], teams: 'every team' },
    { email: 'auditor@demo.test', name: 'Peter Lindqvist', roles: ['AUDITOR'], teams: 'none' },
    { email: 'cdi@demo.test', name: 'Rosa Delgado', roles: ['CDI'], teams: 'every team' },
    { email: 'supervisor@demo.test', name: 'Helen Brandt', roles: ['SUPERVISOR'], teams: 'every team' },
    { email: 'compliance@demo.test', name: 'Victor Amadi', roles: ['COMPLIANCE'], teams: 'none' },
    { email: 'privacy@demo.test', name: 'Nora Feldman', roles: ['PRIVACY_OFFICER'], teams: 'none' },
    // What one privacy officer asks for is approved by a second one.
    { email: 'privacy2@demo.test', name: 'Judith Osei', roles: ['PRIVACY_OFFICER'], teams: 'none' },
    { email: 'admin@demo.test', name: 'Samir Haddad', roles: ['ADMIN'], teams: 'none' },
    { email: 'provider@demo.test', name: 'Dr. Alice Moreau', roles: ['PROVIDER'], teams: 'none' },
  ],
}

const LAKESIDE: Plan = {
  name: 'Lakeside Coding (demo)',
  facilities: [{ key: 'lake', name: 'Lakeside General Hospital', coveredEntity: 'Lakeside General (demo)' }],
  queues: { Inpatient: 'Inpatient coders' },
  people: [{ email: 'lakeside@demo.test', name: 'Tom Vasquez', roles: ['CODER'], teams: 'every team' }],
}

async function seed(owner: postgres.Sql, signIn: SignIn, password: string, plan: Plan) {
  // Accounts first: they live outside organisations, and making one that is there already changes nothing.
  const userIds = new Map<string, string>()
  for (const { email, name } of plan.people) {
    userIds.set(email, (await signIn.createAccount({ email, name, password })).userId)
  }
  const known = await findOrganisation(owner, plan.name)
  const orgId = known ?? newId()
  return asOwner(owner, orgId, async (tx) => {
    await oneSeedAtATime(tx)
    const meanwhile = await findOrganisation(tx, plan.name)
    if (meanwhile) {
      // Another process made it between the two looks: from here on this transaction is about that one.
      await turnTo(tx, meanwhile)
      return { organisation: await describe(tx, meanwhile, plan.name), made: false }
    }
    await make(tx, orgId, plan, userIds)
    return { organisation: await describe(tx, orgId, plan.name), made: true }
  })
}

async function make(tx: Tx, orgId: string, plan: Plan, userIds: ReadonlyMap<string, string>): Promise<void> {
  await createOrganisation(tx, { id: orgId, name: plan.name, kind: 'BUSINESS_ASSOCIATE' })
  const facilityIds: string[] = []
  for (const { key, name, coveredEntity } of plan.facilities) {
    const coveredEntityId = await addCoveredEntity(tx, { orgId, name: coveredEntity })
    await addAgreement(tx, { orgId, coveredEntityId, ...AGREEMENT })
    facilityIds.push(await addFacility(tx, { orgId, coveredEntityId, key, name }))
  }
  const teamIds: string[] = []
  for (const [queue, team] of Object.entries(plan.queues)) {
    const teamId = await addTeam(tx, { orgId, name: team })
    teamIds.push(teamId)
    await addQueue(tx, { orgId, name: queue, teamIds: [teamId] })
  }
  for (const { email, name, roles, teams } of plan.people) {
    const userId = userIds.get(email)!
    await addMember(tx, {
      orgId,
      userId,
      displayName: name,
      roles,
      facilityIds,
      teamIds: teams === 'every team' ? teamIds : [],
    })
  }
}

/** Coding for payment and its quality control, which is operations (45 CFR 164.501). */
const AGREEMENT = {
  purposes: ['PAYMENT', 'OPERATIONS'],
  effectiveFrom: '2024-01-01',
  contact: 'privacy@demo.test',
  noticeHours: 24,
  qualifiedServiceOrganisation: true,
} as const

/** Crockford's base 32 in lower case: nothing that is mistaken for something else when typed. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
