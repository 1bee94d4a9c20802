import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openAudit } from '../../server/audits/openAudit.command.js'
import { openSecondLook } from '../../server/audits/openSecondLook.command.js'
import { recordFinding } from '../../server/audits/recordFinding.command.js'
import { type Request, readOnce } from '../../server/auth/request.js'
import { assignChart, unassignChart } from '../../server/charts/assignChart.command.js'
import { breakGlass } from '../../server/charts/breakGlass.command.js'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { deadlineOn, seenCharts } from '../../server/charts/index.js'
import { pendChart } from '../../server/charts/pendChart.command.js'
import { releaseChart } from '../../server/charts/releaseChart.command.js'
import { unpendChart } from '../../server/charts/unpendChart.command.js'
import { labelDocument } from '../../server/documents/labelDocument.command.js'
import { ChartroomError } from '../../server/kernel/errors.js'
import { prepareJobs } from '../../server/jobs/index.js'
import { openBlindPass } from '../../server/passes/openBlindPass.command.js'
import { revealBlindPass } from '../../server/passes/revealBlindPass.command.js'
import { addComment } from '../../server/review/addComment.command.js'
import { FEEDS } from '../../server/review/chartFeed.js'
import { gateOf } from '../../server/review/chartGate.js'
import { epochOf } from '../../server/review/chartLook.js'
import { reopenChart } from '../../server/submissions/reopenChart.command.js'
import { returnChart } from '../../server/submissions/returnChart.command.js'
import { submitChart } from '../../server/submissions/submitChart.command.js'
import { askForHelp } from '../../server/suggestions/askForHelp.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import {
  type AddedChart,
  addChart,
  addPart,
  type ChartWorld,
  chartWorld,
  lastCursor,
  memberId,
  requestAs,
} from '../support/charts.js'
import { Follower, signInAnew } from './streamSupport.js'

const CODER = 'coder@demo.test'
const CODER2 = 'coder2@demo.test'
const REVIEWER = 'reviewer@demo.test'
const AUDITOR = 'auditor@demo.test'
const SUPERVISOR = 'supervisor@demo.test'
const PRIVACY = 'privacy@demo.test'
const EVERYBODY = [CODER, CODER2, REVIEWER, AUDITOR, SUPERVISOR, 'cdi@demo.test', 'compliance@demo.test', PRIVACY]

let world: ChartWorld
beforeAll(async () => {
  world = await chartWorld()
  await prepareJobs(world.db.ownerSql)
})
afterAll(() => world.close())
afterEach(async () => {
  expect(world.hub.size).toBe(0)
  // A look that was under way when the last one left ends by itself.
  await vi.waitFor(() => expect(world.services.get(FEEDS).size).toBe(0))
  expect(world.errors).toEqual([])
})

const say = (email: string, chartId: string, body: string) =>
  addComment(requestAs(world, email), { commandId: randomUUID(), chartId, body })

describe('a feed', () => {
  it('runs a selection once for everybody of equal sight, whoever and how many they are', async () => {
    const chart = await addChart(world, { coder: CODER, lines: Array.from({ length: 6 }, () => ({ code: 'I10' })) })
    await addPart(world, chart.chartId, CODER2, 'SECOND_LOOK')
    const people = [...Array<string>(6).fill(CODER), ...Array<string>(5).fill(SUPERVISOR)]
    const followers = await Promise.all(people.map((email) => Follower.on(world, email, chart.chartId)))
    await Promise.all(followers.map((f) => f.untilType('ChartSnapshot')))
    // Whoever looks alone meanwhile joins with the next event: the first one settles everybody.
    await accept(requestAs(world, CODER), chart.suggestionIds[0]!)
    const settled = await lastCursor(world, chart.chartId)
    await Promise.all(followers.map((f) => f.untilCursor(settled)))
    const before = executions(followers)
    for (const suggestionId of chart.suggestionIds.slice(1)) {
      await accept(requestAs(world, CODER), suggestionId)
      const cursor = await lastCursor(world, chart.chartId)
      await Promise.all(followers.map((f) => f.untilCursor(cursor)))
    }
    const frames = [followers[0]!, followers.at(-1)!].map(
      (f) => f.items.slice(f.items.findIndex((it) => holds(it, settled)) + 1).length,
    )
    // No more executions than frames of the two groups: one each, however many stand in them.
    expect(executions(followers) - before).toBeGreaterThan(0)
    expect(executions(followers) - before).toBeLessThanOrEqual(frames[0]! + frames[1]!)
    const [one, ...others] = followers.slice(0, 6).map((f) => f.events.map((e) => e.cursor))
    for (const other of others) expect(other).toEqual(one)
    await Promise.all(followers.map((f) => f.stop()))
  })

  it('goes on with the others where one of them fails to be recorded, leaves or is put out', async () => {
    const { chartId } = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
    const followers = await Promise.all([1, 2, 3, 4].map(() => Follower.on(world, CODER, chartId)))
    await Promise.all(followers.map((f) => f.untilType('ChartSnapshot')))
    const leaving = followers.pop()!
    await Promise.all([say(CODER, chartId, 'one leaves'), leaving.stop()])
    await say(CODER, chartId, 'and the rest stays')
    const cursor = await lastCursor(world, chartId)
    await Promise.all(followers.map((f) => f.untilCursor(cursor)))
    for (const f of followers) expect(new Set(f.cursors).size).toBe(f.cursors.length)
    await Promise.all(followers.map((f) => f.stop()))
  })
  it('gives nothing more to whoever signed out or has another membership, while the others rest on', async () => {
    const ended: readonly ((of: { sessionId: string; memberId: string }, sql: typeof world.db.ownerSql) => unknown)[] =
      [
        ({ sessionId }, sql) => sql`delete from auth_session where id = ${sessionId}`,
        ({ sessionId }, sql) => sql`update auth_session set expires_at = 'epoch' where id = ${sessionId}`,
        ({ memberId: id }, sql) =>
          sql`update member set roles = '{}', access_epoch = access_epoch + 1 where id = ${id}`,
        ({ memberId: id }, sql) => sql`update member set disabled_at = now() where id = ${id}`,
      ]
    for (const end of ended) {
      const chart = await addChart(world, { coder: CODER, lines: [{ code: 'I10' }] })
      await addPart(world, chart.chartId, CODER2, 'SECOND_LOOK')
      const claims = await signInAnew(world, CODER2)
      const leaving = await Follower.as(world, claims, chart.chartId)
      const staying = await Promise.all([CODER, CODER].map((email) => Follower.on(world, email, chart.chartId)))
      const all = [leaving, ...staying]
      await Promise.all(all.map((f) => f.untilType('ChartSnapshot')))
      const settle = async () => {
        await say(CODER, chart.chartId, 'rests')
        const cursor = await lastCursor(world, chart.chartId)
        await Promise.all(staying.map((f) => f.untilCursor(cursor)))
      }
      // Twice: the first look reads who came, the second what changed since.
      await settle()
      await settle()
      const [member] = await world.db.ownerSql<{ roles: string[]; disabledAt: Date | null }[]>`
        select roles, disabled_at from member where id = ${memberId(world, CODER2)}`
      // Under way while another event is read, and committed with one of its own: nobody is told by a wake-up.
      let commit!: () => void
      const held = new Promise<void>((resolve) => (commit = resolve))
      let begun!: () => void
      const underWay = new Promise<void>((resolve) => (begun = resolve))
      const ending = world.db.ownerSql.begin(async (tx) => {
        await end({ sessionId: claims.sessionId, memberId: memberId(world, CODER2) }, tx as never)
        begun()
        await held
      })
      await underWay
      await settle()
      commit()
      await ending
      await say(CODER, chart.chartId, 'CANARY after')
      const after = await lastCursor(world, chart.chartId)
      await Promise.all(staying.map((f) => f.untilCursor(after)))
      await leaving.until((items) => ['StreamEnded', 'AccessChanged'].includes(items.at(-1)!.__typename))
      expect(JSON.stringify(leaving.items.filter((it) => it.__typename === 'ChartEvents'))).not.toContain('CANARY')
      expect(leaving.cursors).not.toContain(after)
      await Promise.all(all.map((f) => f.stop()))
      await world.db.ownerSql`
        update member set roles = ${member!.roles}, disabled_at = ${member!.disabledAt}, access_epoch = access_epoch + 1
        where id = ${memberId(world, CODER2)}`
    }
  })
})

const accept = (request: Request, suggestionId: string) =>
  decideOnSuggestion(request, { commandId: randomUUID(), suggestionId, seenVersion: 1, decision: 'ACCEPT' })
const executions = (followers: readonly Follower[]): number => followers.reduce((n, f) => n + f.executions(), 0)
const holds = (item: Follower['items'][number], cursor: string): boolean =>
  item.__typename === 'ChartEvents' && item.events.some((event) => event.cursor === cursor)

// ---- what the feed rests on ---------------------------------------------------------------------------------------

interface Standing {
  readonly gate: string
  readonly person: string
  readonly sight: string
  readonly until: Date | null
}

async function standing(email: string, chartId: string): Promise<Standing | undefined> {
  return readOnce(world.services, world.claims.get(email)!, async (session) => {
    const seen = await seenCharts(session).load(chartId)
    if (!seen) return undefined
    const [person] = epochOf(session, seen.row).split('/') as [string]
    return { gate: gateOf(seen.row), person, sight: seen.sight.key, until: deadlineOn(session, chartId) }
  })
}

type Act = (request: Request, chart: AddedChart, random: number) => Promise<unknown>
const input = (chart: AddedChart) => ({ commandId: randomUUID(), chartId: chart.chartId })
const pend: Act = (request, chart) => pendChart(request, { ...input(chart), reason: 'OTHER', note: 'waits' })
const unpend: Act = (request, chart) => unpendChart(request, input(chart))
const someone = (random: number): string => memberId(world, EVERYBODY[random % EVERYBODY.length]!)
const part = (random: number) => (['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI'] as const)[random % 4]!
const reason = 'WORKLOAD' as const

/** Everything that a person does to one chart which somebody's access may rest on. */
const ACTS: Readonly<Record<string, Act>> = {
  claim: (request, chart) => claimChart(request, input(chart)),
  release: (request, chart) => releaseChart(request, input(chart)),
  pend,
  unpend,
  assign: (request, chart, r) =>
    assignChart(request, { ...input(chart), memberId: someone(r), part: part(r >> 4), reason }),
  unassign: (request, chart, r) =>
    unassignChart(request, { ...input(chart), memberId: someone(r), part: part(r >> 4), reason }),
  breakGlass: (request, chart) =>
    breakGlass(request, { ...input(chart), reason: 'DEADLINE', note: 'Nobody else is here.' }),
  askForHelp: (request, chart) =>
    askForHelp(request, { commandId: randomUUID(), suggestionId: chart.suggestionIds[0]!, reason: 'GUIDELINE' }),
  submit: async (request, chart) =>
    submitChart(request, { ...input(chart), seenCursor: await lastCursor(world, chart.chartId) }),
  reopen: (request, chart) => reopenChart(request, { ...input(chart), reason: 'CODER_ERROR' }),
  return: (request, chart) => returnChart(request, { ...input(chart), note: 'Look again.' }),
  secondLook: (request, chart) => openSecondLook(request, input(chart)),
  audit: (request, chart) => openAudit(request, { ...input(chart), reason: 'RANDOM_SAMPLE' }),
  finding: async (request, chart) => {
    const [audit] = await world.db.ownerSql<{ id: string }[]>`
      select id from audit where chart_id = ${chart.chartId} order by id desc limit 1`
    return recordFinding(request, {
      commandId: randomUUID(),
      auditId: audit?.id ?? randomUUID(),
      element: 'SECONDARY_DIAGNOSIS',
      kind: 'AGREE',
      explanation: 'Supported.',
    })
  },
  blindPass: (request, chart) => openBlindPass(request, input(chart)),
  reveal: async (request, chart) => {
    const [pass] = await world.db.ownerSql<{ id: string }[]>`
      select id from coding_pass where chart_id = ${chart.chartId} and revealed_at is null limit 1`
    return revealBlindPass(request, { commandId: randomUUID(), passId: pass?.id ?? randomUUID() } as never)
  },
  label: async (request, chart, r) => {
    const [document] = await world.db.ownerSql<{ id: string; version: number }[]>`
      select d.id, v.number as version from document d join document_version v on v.id = d.current_version_id
      where d.chart_id = ${chart.chartId} limit 1`
    const labels = r % 3 === 0 ? [] : r % 3 === 1 ? (['PART2'] as const) : (['HIV'] as const)
    return labelDocument(request, {
      commandId: randomUUID(),
      documentId: document!.id,
      seenVersion: document!.version,
      labels: [...labels],
      reason: 'LABELLED_IN_ERROR',
    })
  },
  decide: (request, chart) => accept(request, chart.suggestionIds[1]!),
  comment: (request, chart) => say(EVERYBODY[0]!, chart.chartId, 'said').catch(() => request.claims),
}

/** Whom the act is likely to be let to, and everybody else now and then. */
function whoDoes(what: string): string[] {
  const coders = [CODER, CODER, CODER2]
  const others: Readonly<Record<string, readonly string[]>> = {
    assign: [SUPERVISOR],
    unassign: [SUPERVISOR],
    breakGlass: [SUPERVISOR, PRIVACY],
    return: [SUPERVISOR],
    reopen: [SUPERVISOR, CODER],
    secondLook: [REVIEWER],
    audit: [AUDITOR, REVIEWER],
    finding: [AUDITOR, REVIEWER],
    blindPass: [AUDITOR, REVIEWER],
    reveal: [AUDITOR, REVIEWER],
    label: [PRIVACY, CODER],
  }
  return [
    ...Array<readonly string[]>(4)
      .fill(others[what] ?? coders)
      .flat(),
    ...EVERYBODY,
  ]
}

/** A chart's way through everybody's hands, so that something surely happens. */
const A_LIFE = [
  { who: CODER, what: 'claim', random: 0 },
  { who: CODER, what: 'askForHelp', random: 0 },
  { who: PRIVACY, what: 'label', random: 1 },
  { who: AUDITOR, what: 'blindPass', random: 0 },
  { who: AUDITOR, what: 'reveal', random: 0 },
  { who: REVIEWER, what: 'secondLook', random: 0 },
  // To the CDI specialist.
  { who: SUPERVISOR, what: 'assign', random: (3 << 4) + 5 },
  { who: SUPERVISOR, what: 'unassign', random: (3 << 4) + 5 },
  { who: CODER, what: 'decide', random: 0 },
  { who: CODER, what: 'comment', random: 0 },
  { who: CODER, what: 'pend', random: 0 },
  { who: CODER, what: 'unpend', random: 0 },
  { who: PRIVACY, what: 'breakGlass', random: 0 },
  { who: PRIVACY, what: 'label', random: 0 },
  { who: CODER, what: 'release', random: 0 },
  { who: CODER2, what: 'claim', random: 0 },
]

describe('while a chart’s gate and a person’s epochs stand', () => {
  it('so does what the person sees of it, whatever anybody does, but for what auditors do themselves', async () => {
    let moved = 0
    let done = 0
    const act = fc
      .constantFrom(...Object.keys(ACTS))
      .chain((what) =>
        fc.record({ what: fc.constant(what), who: fc.constantFrom(...whoDoes(what)), random: fc.nat({ max: 255 }) }),
      )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 15, maxLength: 25 }), async (acts) => {
        const chart = await addChart(world, {
          coder: null,
          documents: [{ text: 'Hypertension.' }],
          lines: [{ code: 'I10', status: 'ACCEPTED', decidedBy: CODER }, { code: 'E11.9' }],
        })
        const before = new Map<string, Standing | undefined>()
        for (const email of EVERYBODY) before.set(email, await standing(email, chart.chartId))
        for (const { who, what, random } of acts) {
          await ACTS[what]!(requestAs(world, who), chart, random).then(
            () => done++,
            (error: unknown) => {
              if (!(error instanceof ChartroomError)) throw error
            },
          )
          for (const email of EVERYBODY) {
            const [then, now] = [before.get(email), await standing(email, chart.chartId)]
            before.set(email, now)
            if (then?.sight === now?.sight) continue
            moved++
            const toldByGate = then?.gate !== now?.gate || then?.person !== now?.person
            const ownAct = who === email && (email === REVIEWER || email === AUDITOR)
            expect(toldByGate || ownAct, `${what} by ${who} moved the sight of ${email}`).toBe(true)
          }
        }
      }),
      { numRuns: 8, endOnFailure: true, examples: [[A_LIFE]] },
    )
    expect(moved).toBeGreaterThan(8)
    expect(done).toBeGreaterThan(15)
  }, 180_000)
})
