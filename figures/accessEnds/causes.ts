import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { commandCommitted, rowCommitted } from './commits.store.js'
import type { NewChart, Person } from './person.js'

/** Who changes what, and who writes while it changes. */
export interface Cast {
  readonly admin: Person
  readonly writer: Person
  readonly supervisor: Person
  readonly officer: Person
  readonly secondOfficer: Person
  readonly otherCoder: Person
  readonly specialist: Person
  readonly queueId: string
  /** Of the node that serves the streams. */
  readonly url: string
  /** Somebody at the node of the streams; signed in anew only where the sign-in was ended. */
  readonly viewer: (email: string) => Promise<Person>
  readonly sql: postgres.Sql
  /** A token of this program that the clock ends so many milliseconds from now, or within the second after. */
  readonly issued: (program: Program, ms: number) => Promise<string>
}

/** A program of a third party, by what it shows of itself. */
export interface Program {
  readonly clientId: string
  readonly secret: string
}

/** Somebody who may follow a chart, and the one thing that will end it. */
export interface Attempt {
  /** Where the clock will end it: sets so, just before the streams open. Gives them so many milliseconds. */
  arm?(ms: number): Promise<unknown>
  ticket(): Promise<string>
  /** Takes the access away. The time of its commit, in milliseconds since the epoch. */
  take(): Promise<number>
  /** Puts back what stood before, for the next run. */
  undo?(): Promise<unknown>
}

/** One way in which access is taken away. */
export interface Cause {
  readonly name: string
  /** The reason with which the stream ends; undefined where it narrows. */
  readonly ends?: string
  /** The sign-in ends with it: then the socket is closed too. */
  readonly closes?: true
  /** By the clock: the instant is known before, and nobody commits anything at it. */
  readonly clock?: true
  /** Its follower is told of the chart's states and of no comment: a third party, or somebody without a part on it. */
  readonly states?: true
  /** Only of a chart that nobody codes. */
  readonly idle?: true
  prepare(cast: Cast, chart: NewChart): Promise<Attempt>
}

const CODER = 'coder@demo.test'
const WATCHER = 'coder2@demo.test'
/** From the moment it is set until it comes, where the streams are open already. */
const SOON_MS = 700

/** Ways in which somebody's own access ends. */
export const MEMBER_CAUSES: readonly Cause[] = [
  { name: 'a role is taken away from the coder of record', prepare: coderWho(changed({ roles: ['AUDITOR'] })) },
  {
    name: 'all roles that see charts are taken away',
    ends: 'UNASSIGNED',
    prepare: coderWho(changed({ roles: ['PROVIDER'] })),
  },
  { name: 'a team is left', ends: 'NO_LONGER_VISIBLE', states: true, prepare: watcherWho(changed({ teamIds: [] })) },
  {
    name: 'a facility is taken away',
    ends: 'NO_LONGER_VISIBLE',
    states: true,
    prepare: watcherWho(changed({ facilityIds: [] })),
  },
  {
    name: 'a member is disabled',
    ends: 'MEMBER_DISABLED',
    closes: true,
    prepare: coderWho(({ admin, sql }, viewer) => async () => {
      const { version } = await membershipOf(admin, viewer.memberId)
      const input = { memberId: viewer.memberId, seenVersion: version }
      const id = await admin.sent('disableMember', 'MemberCommandInput', input)
      const undo = () => admin.sent('enableMember', 'MemberCommandInput', { ...input, seenVersion: version + 1 })
      return { committed: await commandCommitted(sql, id), undo }
    }),
  },
  {
    name: 'the coder gives the chart back on another page',
    prepare: coderWho(({ sql }, viewer, { chartId }) => async () => {
      const id = await viewer.sent('releaseChart', 'ChartCommandInput', { chartId })
      return { committed: await commandCommitted(sql, id) }
    }),
  },
  {
    name: 'a supervisor takes the coder off the chart',
    prepare: coderWho(({ supervisor, sql }, viewer, { chartId }) => async () => {
      const assignment = { chartId, memberId: viewer.memberId, part: 'CODER_OF_RECORD', reason: 'WORKLOAD' }
      const id = await supervisor.sent('unassignChart', 'AssignChartInput', assignment)
      return { committed: await commandCommitted(sql, id) }
    }),
  },
  {
    name: 'a supervisor gives the chart to another coder',
    prepare: coderWho(({ supervisor, otherCoder, sql }, _, { chartId }) => async () => {
      const assignment = { chartId, memberId: otherCoder.memberId, part: 'CODER_OF_RECORD', reason: 'ABSENCE' }
      const id = await supervisor.sent('assignChart', 'AssignChartInput', assignment)
      return { committed: await commandCommitted(sql, id) }
    }),
  },
  {
    name: 'an auditor closes the audit',
    async prepare({ viewer, otherCoder, sql }, { chartId, facilityId }) {
      const who = await viewer('auditor@demo.test')
      await sql`
        insert into member_facility (org_id, member_id, facility_id)
        select org_id, id, ${facilityId} from member where id = ${who.memberId} on conflict do nothing`
      await otherCoder.claim(chartId)
      const code = { code: 'I10', system: 'ICD10CM', role: 'FIRST_LISTED' }
      await otherCoder.sent('addSuggestion', 'AddSuggestionInput', { chartId, ...code })
      const { chart } = await otherCoder.act<{ chart: { cursor: string } }>(
        'query ($id: ID!) { chart(id: $id) { cursor } }',
        { id: chartId },
      )
      await otherCoder.sent('submitChart', 'SubmitChartInput', { chartId, seenCursor: chart.cursor })
      const { openAudit } = await who.command<{ openAudit: { audit: { id: string; version: number } } }>(
        'openAudit',
        'OpenAuditInput',
        '__typename ... on AuditOpened { audit { id version } } ... on CommandInvalid { problems { message } }',
        { chartId, reason: 'FOCUSED' },
      )
      const { id: auditId, version: seenVersion } = openAudit.audit
      const take = async () =>
        commandCommitted(sql, await who.sent('closeAudit', 'CloseAuditInput', { auditId, seenVersion }))
      return { ticket: who.ticket, take }
    },
  },
  {
    name: 'the assignment ends by the clock',
    clock: true,
    prepare: coderWho(
      ({ sql }, _, { chartId }) =>
        () =>
          instant(
            (at) => sql`
            update chart set assigned_until = ${at}, access_epoch = access_epoch + 1 where id = ${chartId}`,
          ),
    ),
  },
  {
    name: 'broken glass mends itself by the clock',
    clock: true,
    // Broken glass shows no comment's words.
    states: true,
    async prepare({ viewer, sql }, { chartId }) {
      const who = await viewer('supervisor@demo.test')
      await who.sent('breakGlass', 'BreakGlassInput', { chartId, reason: 'DEADLINE', note: 'Bill due today' })
      const take = () =>
        instant(
          (at) => sql`
          with shortened as (update break_glass set until = ${at} where chart_id = ${chartId})
          update chart set access_epoch = access_epoch + 1 where id = ${chartId}`,
        )
      return { ticket: who.ticket, take: async () => (await take()).committed }
    },
  },
  {
    name: 'a question to supervisors closes by the clock',
    clock: true,
    async prepare({ viewer, otherCoder, sql }, { chartId }) {
      const who = await viewer('supervisor@demo.test')
      await otherCoder.claim(chartId)
      const { addSuggestion } = await otherCoder.command<{ addSuggestion: { suggestion: { id: string } } }>(
        'addSuggestion',
        'AddSuggestionInput',
        '__typename ... on SuggestionAdded { suggestion { id } }',
        { chartId, code: 'I10', system: 'ICD10CM' },
      )
      // A question is never changed: this one is written with its end.
      const asked = armed(
        (at) => sql`
        insert into help (org_id, id, chart_id, suggestion_id, member_id, reason, asked_at, until)
        select org_id, gen_random_uuid(), chart_id, id, ${otherCoder.memberId}, 'GUIDELINE', now(), ${at}
        from suggestion where id = ${addSuggestion.suggestion.id}`,
      )
      return { ticket: who.ticket, arm: asked.arm, take: async () => (await asked.take()).committed }
    },
  },
  {
    name: 'a supervisor ends the sign-in',
    ends: 'SIGNED_OUT',
    closes: true,
    prepare: coderWho(({ supervisor, sql }, viewer) => async () => {
      const id = await supervisor.sent('endSession', 'EndSessionInput', { sessionId: viewer.sessionId })
      return { committed: await commandCommitted(sql, id) }
    }),
  },
  {
    name: 'the sign-in runs out',
    ends: 'SESSION_EXPIRED',
    closes: true,
    prepare: coderWho(({ sql }, viewer) => async () => {
      await sql`update auth_session set expires_at = now() where id = ${viewer.sessionId}`
      return { committed: await rowCommitted(sql, 'auth_session', viewer.sessionId) }
    }),
  },
]

export interface Taken {
  readonly committed: number
  undo?(): Promise<unknown>
}
type Take = () => Promise<Taken>
export interface Armed {
  arm(ms: number): Promise<unknown>
  readonly take: Take
}
type Taking = (cast: Cast, viewer: Person, chart: NewChart) => Take | Armed | Promise<Take | Armed>

/** Followed by its coder of record. */
export function coderWho(taking: Taking): Cause['prepare'] {
  return async (cast, chart) => {
    const viewer = await cast.viewer(CODER)
    await viewer.claim(chart.chartId)
    return attempt(viewer, await taking(cast, viewer, chart))
  }
}

/** Followed by somebody of its worklist who has no part on it. */
export function watcherWho(taking: Taking): Cause['prepare'] {
  return async (cast, chart) => {
    const viewer = await cast.viewer(WATCHER)
    return attempt(viewer, await taking(cast, viewer, chart))
  }
}

/** Followed by somebody of another part, who is let see it by `taking` itself. */
export const otherWho =
  (email: string, taking: Taking): Cause['prepare'] =>
  async (cast, chart) => {
    const viewer = await cast.viewer(email)
    return attempt(viewer, await taking(cast, viewer, chart))
  }

function attempt(viewer: Person, how: Take | Armed): Attempt {
  const { arm, take } = typeof how === 'function' ? { arm: undefined, take: how } : how
  let taken: Taken | undefined
  return {
    ticket: viewer.ticket,
    ...(arm && { arm }),
    async take() {
      taken = await take()
      return taken.committed
    },
    undo: async () => taken?.undo?.(),
  }
}

/** Set to come soon, and waited for until it has passed for the database too. */
export async function instant(set: (at: Date) => Promise<unknown>): Promise<Taken> {
  const at = new Date(Date.now() + SOON_MS)
  await set(at)
  return { committed: await past(at) }
}

/** Set with its end just before the streams open, where nobody can set it later. */
export function armed(set: (at: Date) => Promise<unknown>): Armed {
  let at: Date | undefined
  return {
    async arm(ms) {
      at = new Date(Date.now() + ms)
      await set(at)
    },
    take: async () => ({ committed: await past(at!) }),
  }
}

/** Once the instant has passed for the database too. */
export async function past(at: Date): Promise<number> {
  await sleep(Math.max(0, at.getTime() - Date.now() + 1))
  return at.getTime()
}

interface MembershipRow {
  readonly id: string
  readonly version: number
  readonly roles: string[]
  readonly facilities: { id: string }[]
  readonly teams: { id: string }[]
}

/** As `changeMember` takes it, with the version it is in. */
export async function membershipOf(admin: Person, memberId: string) {
  const { memberships } = await admin.act<{ memberships: MembershipRow[] }>(
    '{ memberships { id version roles facilities { id } teams { id } } }',
    {},
  )
  const { version, roles, facilities, teams } = memberships.find(({ id }) => id === memberId)!
  return {
    memberId,
    roles,
    facilityIds: facilities.map(({ id }) => id),
    teamIds: teams.map(({ id }) => id),
    version,
  }
}

function changed(change: object): Taking {
  return ({ admin, sql }, viewer) =>
    async () => {
      const { version, ...before } = await membershipOf(admin, viewer.memberId)
      const id = await admin.sent('changeMember', 'ChangeMemberInput', { ...before, ...change, seenVersion: version })
      const undo = () => admin.sent('changeMember', 'ChangeMemberInput', { ...before, seenVersion: version + 1 })
      return { committed: await commandCommitted(sql, id), undo }
    }
}
