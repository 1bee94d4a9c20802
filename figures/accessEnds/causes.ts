import type postgres from 'postgres'
import type { Person } from './person.js'

export interface Applied {
  /** Not after the commit, in milliseconds since the epoch: what is measured from here is never too little. */
  readonly committed: number
  /** Puts back what stood before, for the next run. */
  undo(): Promise<void>
}

export interface Situation {
  readonly admin: Person
  readonly supervisor: Person
  readonly viewer: Person
  readonly chartId: string
  readonly sql: postgres.Sql
}

/** One way in which access is taken away. */
export interface Cause {
  readonly name: string
  readonly viewer: string
  /** Whether the viewer is the coder of record; else one who watches the worklist. */
  readonly codes: boolean
  /** The reason with which the stream ends; undefined where it narrows. */
  readonly ends: string | undefined
  apply(situation: Situation): Promise<Applied>
}

const CODER = 'coder@demo.test'
const WATCHER = 'coder2@demo.test'
const nothing = async (): Promise<void> => {}

export const CAUSES: readonly Cause[] = [
  {
    name: 'a role is taken away from the coder of record',
    viewer: CODER,
    codes: true,
    ends: undefined,
    apply: (it) => changed(it, { roles: ['AUDITOR'] }),
  },
  {
    name: 'all roles that see charts are taken away',
    viewer: CODER,
    codes: true,
    ends: 'UNASSIGNED',
    apply: (it) => changed(it, { roles: ['PROVIDER'] }),
  },
  {
    name: 'a team is left',
    viewer: WATCHER,
    codes: false,
    ends: 'NO_LONGER_VISIBLE',
    apply: (it) => changed(it, { teamIds: [] }),
  },
  {
    name: 'a facility is taken away',
    viewer: WATCHER,
    codes: false,
    ends: 'NO_LONGER_VISIBLE',
    apply: (it) => changed(it, { facilityIds: [] }),
  },
  {
    name: 'a member is disabled',
    viewer: CODER,
    codes: true,
    ends: 'MEMBER_DISABLED',
    async apply({ admin, viewer }) {
      const { version } = await membership(admin, viewer.memberId)
      const committed = Date.now()
      await memberCommand(admin, 'disableMember', { memberId: viewer.memberId, seenVersion: version })
      return {
        committed,
        undo: () => memberCommand(admin, 'enableMember', { memberId: viewer.memberId, seenVersion: version + 1 }),
      }
    },
  },
  {
    name: 'the chart is given back by its coder on another page',
    viewer: CODER,
    codes: true,
    ends: undefined,
    async apply({ viewer, chartId }) {
      const committed = Date.now()
      await viewer.release(chartId)
      return { committed, undo: nothing }
    },
  },
  {
    name: 'the assignment ends by the clock',
    viewer: CODER,
    codes: true,
    ends: undefined,
    async apply({ sql, chartId, viewer }) {
      // A stream that opens now learns of the end; the one that is open is woken as a reassignment would wake it.
      const at = new Date(Date.now() + 700)
      await sql`update chart set assigned_until = ${at}, access_epoch = access_epoch + 1 where id = ${chartId}`
      await pastInstant(at, () => viewer.act('query ($id: ID!) { chart(id: $id) { status } }', { id: chartId }))
      return { committed: at.getTime(), undo: nothing }
    },
  },
  {
    name: 'a supervisor ends the sign-in',
    viewer: CODER,
    codes: true,
    ends: 'SIGNED_OUT',
    async apply({ supervisor, viewer }) {
      const committed = Date.now()
      await supervisor.command('endSession', 'EndSessionInput', 'sessionId', { sessionId: viewer.sessionId })
      return { committed, undo: nothing }
    },
  },
  {
    name: 'the sign-in runs out',
    viewer: CODER,
    codes: true,
    ends: 'SESSION_EXPIRED',
    async apply({ sql, viewer }) {
      const committed = Date.now()
      await sql`update auth_session set expires_at = now() where id = ${viewer.sessionId}`
      return { committed, undo: nothing }
    },
  },
]

interface MembershipRow {
  readonly id: string
  readonly version: number
  readonly roles: string[]
  readonly facilities: { id: string }[]
  readonly teams: { id: string }[]
}

async function membership(admin: Person, memberId: string): Promise<MembershipRow> {
  const { memberships } = await admin.act<{ memberships: MembershipRow[] }>(
    '{ memberships { id version roles facilities { id } teams { id } } }',
    {},
  )
  return memberships.find(({ id }) => id === memberId)!
}

async function changed({ admin, viewer }: Situation, change: object): Promise<Applied> {
  const { version, roles, facilities, teams } = await membership(admin, viewer.memberId)
  const before = {
    memberId: viewer.memberId,
    roles,
    facilityIds: facilities.map(({ id }) => id),
    teamIds: teams.map(({ id }) => id),
  }
  const committed = Date.now()
  await memberCommand(admin, 'changeMember', { ...before, ...change, seenVersion: version })
  return {
    committed,
    undo: () => memberCommand(admin, 'changeMember', { ...before, seenVersion: version + 1 }),
  }
}

async function memberCommand(admin: Person, name: string, input: object): Promise<void> {
  const type = name === 'changeMember' ? 'ChangeMemberInput' : 'MemberCommandInput'
  await admin.command(name, type, '__typename', input)
}

/** Once the instant has passed for the database too. */
async function pastInstant(at: Date, then: () => Promise<unknown>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, at.getTime() - Date.now() + 1))
  await then()
}
