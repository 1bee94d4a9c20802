import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newAccessed } from '../../server/auth/accessed.js'
import type { Claims } from '../../server/auth/request.js'
import { assignChart, unassignChart } from '../../server/charts/assignChart.command.js'
import { breakGlass } from '../../server/charts/breakGlass.command.js'
import { pendChart } from '../../server/charts/pendChart.command.js'
import { releaseChart } from '../../server/charts/releaseChart.command.js'
import { labelDocument } from '../../server/documents/labelDocument.command.js'
import { ChartroomError } from '../../server/kernel/errors.js'
import { openBlindPass } from '../../server/passes/openBlindPass.command.js'
import { addComment } from '../../server/review/addComment.command.js'
import { look, type Looked, type State } from '../../server/review/chartLook.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import { type VendorWorld, vendorWorld } from '../clients/support.js'
import { fragmentsOf } from '../security/selections.js'
import { type AddedChart, type ChartWorld, memberId, requestAs } from '../support/charts.js'
import { schema } from './streamSupport.js'

const CODER = 'coder@demo.test'
const SUPERVISOR = 'supervisor@demo.test'
const PRIVACY = 'privacy@demo.test'
const AUDITOR = 'auditor@demo.test'
const PEOPLE = [
  CODER,
  'coder2@demo.test',
  'reviewer@demo.test',
  AUDITOR,
  SUPERVISOR,
  'cdi@demo.test',
  'compliance@demo.test',
  PRIVACY,
  'lakeside@demo.test',
]

let vendors: VendorWorld
let world: ChartWorld
/** Everybody who may come, by name: people, two programs, and some who may no more. */
const claims = new Map<string, Claims>()
beforeAll(async () => {
  vendors = await vendorWorld()
  const { server, clock } = vendors
  for (const email of PEOPLE) claims.set(email, (await server.signInAs(email)).claims)
  world = { db: server.db, demo: server.demo, services: server.app.services, clock, claims } as unknown as ChartWorld
  const expired = (await server.signInAs(CODER)).claims
  await server.db.ownerSql`update auth_session set expires_at = 'epoch' where id = ${expired.sessionId}`
  claims.set('expired', expired)
  claims.set('unknown', { ...claims.get(CODER)!, sessionId: randomUUID() })
  claims.set('another person', { ...claims.get(CODER)!, userId: claims.get(AUDITOR)!.userId })
  const disabled = await server.signInAs('provider@demo.test')
  await server.db.ownerSql`
    update member set disabled_at = now() where id = ${memberId(world, 'provider@demo.test')}`
  claims.set('disabled', disabled.claims)
  for (const [name, scopes] of [
    ['program', undefined],
    ['small program', ['system/Chart.rs']],
  ] as const) {
    const client = await vendors.register(scopes)
    await vendors.tokenOf(client)
    const [token] = await server.db.ownerSql<{ id: string }[]>`
      select id from client_token where client_id = ${client.id} order by issued_at desc limit 1`
    const { orgId } = claims.get(CODER)!
    claims.set(name, { orgId, userId: client.id, sessionId: token!.id, clientId: client.id })
  }
}, 60_000)
afterAll(() => vendors.close())

// ---- a history ----------------------------------------------------------------------------------------------------

type Act = (chart: AddedChart, n: number) => Promise<unknown>
const as = (email: string) => requestAs(world, email)
const input = ({ chartId }: AddedChart) => ({ commandId: randomUUID(), chartId })
const someone = (n: number): string => memberId(world, PEOPLE[n % (PEOPLE.length - 1)]!)
const part = (n: number) => (['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI'] as const)[n % 4]!

const ACTS: Readonly<Record<string, Act>> = {
  comment: (chart) => addComment(as(CODER), { ...input(chart), body: 'said' }),
  decide: (chart, n) =>
    decideOnSuggestion(as(CODER), {
      commandId: randomUUID(),
      suggestionId: chart.suggestionIds[n % chart.suggestionIds.length]!,
      seenVersion: 1,
      decision: 'ACCEPT',
    }),
  assign: (chart, n) =>
    assignChart(as(SUPERVISOR), { ...input(chart), memberId: someone(n), part: part(n >> 3), reason: 'WORKLOAD' }),
  unassign: (chart, n) =>
    unassignChart(as(SUPERVISOR), { ...input(chart), memberId: someone(n), part: part(n >> 3), reason: 'WORKLOAD' }),
  breakGlass: (chart) => breakGlass(as(PRIVACY), { ...input(chart), reason: 'DEADLINE', note: 'Nobody else is here.' }),
  blindPass: (chart) => openBlindPass(as(AUDITOR), input(chart)),
  pend: (chart) => pendChart(as(CODER), { ...input(chart), reason: 'OTHER', note: 'waits' }),
  release: (chart) => releaseChart(as(CODER), input(chart)),
  async label(chart, n) {
    const [document] = await world.db.ownerSql<{ id: string; version: number }[]>`
      select d.id, v.number as version from document d join document_version v on v.id = d.current_version_id
      where d.chart_id = ${chart.chartId} limit 1`
    const labels = ([[], ['PART2'], ['HIV']] as const)[n % 3]!
    return labelDocument(as(n % 2 ? PRIVACY : CODER), {
      commandId: randomUUID(),
      documentId: document!.id,
      seenVersion: document!.version,
      labels: [...labels],
      reason: 'LABELLED_IN_ERROR',
    })
  },
}

async function live(chart: AddedChart, acts: readonly { readonly what: string; readonly n: number }[]): Promise<void> {
  for (const { what, n } of acts)
    await ACTS[what]!(chart, n).catch((error: unknown) => {
      if (!(error instanceof ChartroomError)) throw error
    })
}

// ---- those who come -----------------------------------------------------------------------------------------------

interface Comes {
  readonly who: string
  readonly after: number
  readonly resumed: number
}

const fresh = (): State => ({
  position: 0,
  previous: null,
  sight: undefined,
  chart: undefined as never,
  gate: '',
  epoch: '',
  until: undefined,
})

const DOCUMENT = parse(
  `subscription ($id: ID!) { chartStream(chartId: $id) { __typename ${fragmentsOf(schema, 'ChartStreamItem', 5).join(' ')} } }`,
)

/** What would leave, byte for byte, and everything that the next look and the records rest on. */
async function told(looking: Promise<Looked>, state: State): Promise<string> {
  const looked = await looking.catch((error: unknown) => error as Error)
  if (looked instanceof Error) return `${looked.name} ${looked.message}`
  const { items, leaving, ...rest } = looked
  const frames = []
  for (const item of items) {
    const contextValue = { services: world.services, accessed: newAccessed() }
    const variableValues = { id: 'chart' }
    const result = await execute({ schema, document: DOCUMENT, rootValue: item, contextValue, variableValues })
    expect(result.errors).toBeUndefined()
    frames.push(result)
  }
  const standing = { ...state, sight: state.sight?.key }
  return JSON.stringify([frames, rest, leaving && { ...leaving, sight: leaving.sight.key }, standing])
}

/** Sight tags that clients may bring: one of each person who has looked. */
async function tagsOf(chartId: string): Promise<string[]> {
  const tags: string[] = []
  for (const email of PEOPLE.slice(0, 5)) {
    const { items } = await look(world.services, claims.get(email)!, chartId, NOTHING, fresh())
    const { sight } = items[0] as { sight?: string }
    if (sight) tags.push(sight)
  }
  return tags
}
const NOTHING = { after: undefined, resumed: undefined }

const readings = (): number =>
  world.db.statements.filter((text) => text.includes('r(session_id, user_id, place)')).length

/** One look alone for each of them, and then all at once, from the same states. */
async function compare(chartId: string, all: readonly Resuming[]): Promise<State[]> {
  const { services } = world
  const looks = async (together: boolean): Promise<{ readonly told: string[]; readonly states: State[] }> => {
    const states = all.map(({ state }) => ({ ...state }))
    const ways = all.map(({ who, after, resumed }, i) => () => {
      return look(services, claims.get(who)!, chartId, { after, resumed }, states[i]!)
    })
    const results: string[] = []
    if (together) {
      const looking = ways.map((way) => way())
      for (const [i, it] of (await Promise.allSettled(looking)).entries())
        results.push(
          await told(
            it.status === 'fulfilled' ? Promise.resolve(it.value) : Promise.reject(it.reason as Error),
            states[i]!,
          ),
        )
    } else for (const [i, way] of ways.entries()) results.push(await told(way(), states[i]!))
    return { told: results, states }
  }
  const alone = await looks(false)
  const before = readings()
  const together = await looks(true)
  // Of two organisations: one read for each of them, if so many.
  expect(readings() - before).toBeLessThanOrEqual(2)
  for (const [i, { who }] of all.entries()) expect(together.told[i], who).toBe(alone.told[i])
  return alone.states
}

interface Resuming {
  readonly who: string
  readonly after: string | undefined
  readonly resumed: string | undefined
  readonly state: State
}

describe('who looks together with others', () => {
  it('is told to the byte what they would be told alone, whoever they are and wherever they resume', async () => {
    const kinds = new Set<string>()
    const names = [...PEOPLE, 'expired', 'unknown', 'another person', 'disabled', 'program', 'small program']
    const act = fc.record({ what: fc.constantFrom(...Object.keys(ACTS)), n: fc.nat({ max: 63 }) })
    const comes = fc.record({ who: fc.constantFrom(...names), after: fc.nat({ max: 40 }), resumed: fc.nat({ max: 9 }) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 4, maxLength: 12 }),
        fc.array(act, { minLength: 1, maxLength: 4 }),
        fc.array(comes, { minLength: 8, maxLength: 24 }),
        async (before, meanwhile, coming) => {
          const chart = await vendors.server.addChart({
            coder: CODER,
            facility: 'north',
            documents: [{ text: 'Hypertension.' }],
            lines: [{ code: 'I10' }, { code: 'E11.9' }, { code: 'J44.9', status: 'ACCEPTED', decidedBy: CODER }],
          })
          const other = await vendors.server.addChart({ coder: CODER, facility: 'north' })
          await live(chart, before)
          await live(other, [{ what: 'comment', n: 0 }])
          const { chartId } = chart
          const cursors = [
            ...(await cursorsOf(chartId)),
            ...(await cursorsOf(other.chartId)),
            randomUUID(),
            'no cursor',
          ]
          const tags = [...(await tagsOf(chartId)), 'no tag']
          const all = [...coming, ...names.map((who, i): Comes => ({ who, after: i * 3, resumed: i }))].map(
            ({ who, after, resumed }): Resuming => ({
              who,
              after: after % 4 === 3 ? undefined : cursors[after % cursors.length],
              resumed: resumed < 5 ? undefined : tags[resumed % tags.length],
              state: fresh(),
            }),
          )
          const states = await compare(chartId, all)
          // And those who follow already, after access has changed for some of them.
          await live(chart, [...meanwhile, { what: 'release', n: 0 }])
          const following = all.flatMap((it, i) => (states[i]!.sight ? [{ ...it, state: states[i]! }] : []))
          const moved = await compare(chartId, following)
          for (const [i, { state }] of following.entries())
            kinds.add(state.sight!.key === moved[i]!.sight?.key ? 'same' : 'other')
          kinds.add(`${states.filter((it) => it.sight).length > 6}`)
        },
      ),
      { numRuns: 12, endOnFailure: true },
    )
    expect(kinds).toEqual(new Set(['same', 'other', 'true']))
  }, 180_000)
})

async function cursorsOf(chartId: string): Promise<string[]> {
  const rows = await world.db.ownerSql<{ cursor: string }[]>`
    select cursor from chart_event where stream_id = ${chartId} order by seq`
  return rows.map(({ cursor }) => cursor)
}
