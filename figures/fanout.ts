import { Contest, type Entrant, type Name, NAMES, type Round } from './fanout/contest.js'
import { withGround } from './fanout/ground.js'
import { type Faults, median } from './fanout/judge.js'
import type { Committed, Fault } from './fanout/wire.js'
import type { Figure, Finding, Print } from './figure.js'

/** How much is measured. */
export interface Plan {
  readonly subscribers: readonly number[]
  readonly groups: readonly number[]
  readonly contestants: readonly Name[]
  /** With this many the limits hold. */
  readonly judgedAt: number
  readonly rounds: number
  /** Of a round, in which as much is published as is received. */
  readonly roundMs: number
  readonly window: number
  /** Events a second where waiting is measured: the same for both. */
  readonly pacedRate: number
  readonly fault?: Fault
}

const PLAN: Plan = {
  subscribers: [100, 1_000, 5_000],
  groups: [1, 20],
  contestants: NAMES,
  judgedAt: 1_000,
  rounds: 5,
  roundMs: 2_500,
  window: 8,
  pacedRate: 20,
}

/** Small enough to try whether it runs: its ratios say little. */
export const QUICK: Plan = {
  ...PLAN,
  subscribers: [40],
  judgedAt: 40,
  rounds: 2,
  roundMs: 300,
}

const LEAST_OF_RAW = 0.8
const MOST_CPU = 1.25
const LEAST_OF_GRAPHQL_WS = 4
const MOST_IDLE_KIB = 25
const MOST_P99 = 3
/** Of the events a resumed subscriber may have missed, each another number. */
const MOST_BEHIND = 40

/**
 * One chart, its subscribers and its events, beside what others serve the same with. Every contestant is a process of its
 * own that commits and seals each event in the same way before it sends it; every receiver checks the chain.
 */
export const fanout: Figure = {
  name: 'fanout',
  shows: `to 1,000 subscribers in one group at least ${LEAST_OF_RAW} of what raw ws broadcasts with at most ${MOST_CPU} times its processor time, also after all have reconnected; in 20 groups at least ${LEAST_OF_GRAPHQL_WS} times graphql-ws; at most ${MOST_IDLE_KIB} KiB for an idle one and ${MOST_P99} times raw's p99`,
  run: (print) => measureFanout(process.env.FIGURES_QUICK ? QUICK : PLAN, print),
}

export function measureFanout(plan: Plan, print: Print): Promise<Finding> {
  return withGround(async (ground) => {
    const contest = await Contest.prepare(ground, Math.max(...plan.subscribers), print)
    const found: Found[] = []
    for (const groups of plan.groups)
      for (const subscribers of plan.subscribers) found.push(await compete(contest, plan, subscribers, groups, print))
    return verdict(plan, found, contest)
  })
}

/** What was found with so many subscribers in so many groups; ratios are of the same round, and their median is told. */
interface Found {
  readonly subscribers: number
  readonly groups: number
  readonly rows: ReadonlyMap<Name, Row>
  /** Only in one group with as many subscribers as are judged. */
  readonly p99: { readonly own: number; readonly raw: number; readonly ratio: number } | undefined
  readonly resumed: { readonly ofRaw: number; readonly cpuOfRaw: number; readonly ms: number } | undefined
}

interface Row {
  readonly rate: number
  readonly ofRaw: number
  readonly ofGraphqlWs: number
  readonly cpu: number
  readonly cpuOfRaw: number
  readonly idleKiB: number
  readonly liveKiB: number
  readonly bytes: number
  readonly eventsPerFrame: number
}

async function compete(
  contest: Contest,
  plan: Plan,
  subscribers: number,
  groups: number,
  print: Print,
): Promise<Found> {
  const entrants: Entrant[] = []
  try {
    for (const name of plan.contestants) entrants.push(await contest.enter(name, subscribers, groups, plan.fault))
    const rounds = new Map<Name, Round[]>(entrants.map(({ name }) => [name, []]))
    for (let round = -1; round < plan.rounds; round++)
      for (const entrant of inTurn(entrants, round)) {
        const one = await contest.round(entrant, asFastAsRead(plan))
        // The first is to warm up.
        if (round >= 0) rounds.get(entrant.name)!.push(one)
      }
    const rows = new Map(entrants.map((entrant) => [entrant.name, rowOf(entrant, rounds)]))
    print(`  ${subscribers} subscribers in ${groups === 1 ? '1 group' : `${groups} groups`}`)
    for (const [name, row] of rows) print(`    ${told(name, row)}`)
    const own = entrants.find(({ name }) => name === 'Chartroom')
    const raw = entrants.find(({ name }) => name === 'raw ws')
    if (groups !== 1 || subscribers !== plan.judgedAt || !own || !raw)
      return { subscribers, groups, rows, p99: undefined, resumed: undefined }
    const p99 = await waiting(contest, plan, own, raw)
    print(`    p99 from commit to arrival: ${p99.own.toFixed(1)} ms, raw ${p99.raw.toFixed(1)} ms`)
    const resumed = await again(contest, plan, own, raw, p99.committed)
    print(`    after all have reconnected (${Math.round(resumed.ms)} ms): ${resumed.ofRaw.toFixed(2)} of raw`)
    return { subscribers, groups, rows, p99, resumed }
  } finally {
    await Promise.all(entrants.map(({ side }) => side.end()))
  }
}

const asFastAsRead = ({ roundMs, window, fault }: Plan) =>
  fault ? { ms: 60_000, events: 12, window: 1_000 } : { ms: roundMs, events: 100_000, window }

/** Each is as often first as any other. */
function inTurn<T>(all: readonly T[], round: number): readonly T[] {
  const first = ((round % all.length) + all.length) % all.length
  return [...all.slice(first), ...all.slice(0, first)]
}

function rowOf({ name, idleKiB, liveKiB }: Entrant, rounds: ReadonlyMap<Name, readonly Round[]>): Row {
  const own = rounds.get(name)!
  const ratio = (to: Name, what: (round: Round) => number): number =>
    median(own.map((round, i) => what(round) / (rounds.get(to)?.[i] ? what(rounds.get(to)![i]!) : Number.NaN)))
  return {
    rate: median(own.map(({ rate }) => rate)),
    ofRaw: ratio('raw ws', ({ rate }) => rate),
    ofGraphqlWs: ratio('graphql-ws', ({ rate }) => rate),
    cpu: median(own.map(({ cpu }) => cpu)),
    cpuOfRaw: ratio('raw ws', ({ cpu }) => cpu),
    idleKiB,
    liveKiB,
    bytes: median(own.map(({ received }) => received.bytesPerFrame)),
    eventsPerFrame: median(own.map(({ received }) => received.messages / received.frames)),
  }
}

const told = (name: string, row: Row): string =>
  `${name.padEnd(12)} ${String(Math.round(row.rate)).padStart(7)} events/s  ${row.ofRaw.toFixed(2)} of raw  ` +
  `${row.cpu.toFixed(1)} us each, ${row.cpuOfRaw.toFixed(2)} of raw  ${row.idleKiB.toFixed(1)} KiB idle (${row.liveKiB.toFixed(1)} of heap)  ` +
  `${row.bytes} bytes a frame, ${row.eventsPerFrame.toFixed(2)} events in it`

/** From commit to arrival at a rate that both serve with ease, in turns. */
async function waiting(contest: Contest, plan: Plan, own: Entrant, raw: Entrant) {
  const p99s = { own: [] as number[], raw: [] as number[] }
  const paced = { ms: plan.roundMs, events: 100_000, window: 1_000, rate: plan.pacedRate }
  let committed: readonly Committed[] = []
  for (let round = 0; round < plan.rounds; round++)
    for (const [key, entrant] of inTurn([['own', own] as const, ['raw', raw] as const], round)) {
      const one = await contest.round(entrant, paced)
      p99s[key].push(one.received.p99)
      if (key === 'own') committed = one.committed
    }
  return {
    /** What Chartroom sent last. */
    committed,
    own: median(p99s.own),
    raw: median(p99s.raw),
    ratio: median(p99s.own.map((p99, i) => p99 / p99s.raw[i]!)),
  }
}

/** Everybody drops at once and comes back, each with a cursor of their own: exactly what they missed, then all of it. */
async function again(contest: Contest, plan: Plan, own: Entrant, raw: Entrant, committed: readonly Committed[]) {
  const { side, subscribers, groups } = own
  const heads = await side.receivers.ask<(string | null)[]>('heads')
  const known = committed.filter((_, i) => i >= committed.length - MOST_BEHIND - 1)
  const missed = await side.server.ask<{ committed: Committed[] }>('publish', { ms: 60_000, events: 1, window: 1_000 })
  const log = [...known, ...missed.committed]
  if (new Set(heads).size !== 1) contest.strange.add('Chartroom: subscribers stood at different events')
  await side.receivers.ask('drop')
  const placed = Array.from({ length: subscribers }, (_, i) => i % log.length)
  const started = performance.now()
  await contest.connect('Chartroom', side, 0, subscribers, groups, (i) => log[placed[i]!]![0])
  const found = await side.receivers.ask<Faults & { broken: number; strange: string[] }>('resumed', {
    tails: placed.map((place) => log.slice(place + 1)),
    patienceMs: 30_000,
  })
  const ms = performance.now() - started
  contest.note('Chartroom, resumed', found)
  const pairs: { rate: number; cpu: number }[] = []
  for (let round = -1; round < plan.rounds; round++) {
    const of = new Map<Name, Round>()
    for (const entrant of inTurn([own, raw], round))
      of.set(entrant.name, await contest.round(entrant, asFastAsRead(plan)))
    const [mine, its] = [of.get('Chartroom')!, of.get('raw ws')!]
    if (round >= 0) pairs.push({ rate: mine.rate / its.rate, cpu: mine.cpu / its.cpu })
  }
  return { ofRaw: median(pairs.map(({ rate }) => rate)), cpuOfRaw: median(pairs.map(({ cpu }) => cpu)), ms }
}

function verdict(plan: Plan, found: readonly Found[], contest: Contest): Finding {
  const at = (groups: number): Found | undefined =>
    found.find((one) => one.groups === groups && one.subscribers === plan.judgedAt)
  const [one, many] = [at(1), at(20)]
  const own = one?.rows.get('Chartroom')
  const ownOfMany = many?.rows.get('Chartroom')
  // Where there are most of them, what is each one's own counts most. A process that had needed more before grows by
  // nothing that the system sees: then what its heap keeps is what counts.
  const most = found.filter(({ groups }) => groups === 1).sort((a, b) => b.subscribers - a.subscribers)[0]
  const kept = most?.rows.get('Chartroom')
  const idle = kept && Math.max(kept.idleKiB, kept.liveKiB)
  const perFrame = Math.max(own?.eventsPerFrame ?? Number.NaN, ownOfMany?.eventsPerFrame ?? Number.NaN)
  const checks: readonly (readonly [string, number | undefined, (value: number) => boolean])[] = [
    [`of raw, one group of ${plan.judgedAt} (at least ${LEAST_OF_RAW})`, own?.ofRaw, (v) => v >= LEAST_OF_RAW],
    [`processor time to raw's (at most ${MOST_CPU})`, own?.cpuOfRaw, (v) => v <= MOST_CPU],
    [`of raw, all reconnected (at least ${LEAST_OF_RAW})`, one?.resumed?.ofRaw, (v) => v >= LEAST_OF_RAW],
    [`processor time, all reconnected (at most ${MOST_CPU})`, one?.resumed?.cpuOfRaw, (v) => v <= MOST_CPU],
    [
      `of graphql-ws, 20 groups (at least ${LEAST_OF_GRAPHQL_WS})`,
      ownOfMany?.ofGraphqlWs,
      (v) => v >= LEAST_OF_GRAPHQL_WS,
    ],
    [`p99 from commit to arrival to raw's (at most ${MOST_P99})`, one?.p99?.ratio, (v) => v <= MOST_P99],
    [`KiB of an idle subscriber (at most ${MOST_IDLE_KIB})`, idle, (v) => v <= MOST_IDLE_KIB],
    ['events in a frame (one)', perFrame, (v) => v < 1.05],
  ]
  const { lost, doubled, reordered, unknown, broken } = contest.faults
  return {
    holds: contest.isClean && checks.every(([, value, holds]) => value !== undefined && holds(value)),
    figures: {
      ...Object.fromEntries(checks.map(([name, value]) => [name, value === undefined ? 'none' : value.toFixed(2)])),
      'events lost': lost,
      'events doubled': doubled,
      'events out of order': reordered,
      'events that nobody committed': unknown,
      'links of the chain that do not hold': broken,
      'what else came': contest.strange.size === 0 ? 'nothing' : [...contest.strange].join(' | '),
      ...Object.fromEntries(
        found.flatMap(({ subscribers, groups, rows }) =>
          [...rows].map(([name, row]) => [
            `${name}, ${subscribers} in ${groups}`,
            `${Math.round(row.rate)} events/s, ${row.ofRaw.toFixed(2)} of raw, CPU ${row.cpuOfRaw.toFixed(2)}, ${row.idleKiB.toFixed(1)} KiB, ${row.liveKiB.toFixed(1)} of heap`,
          ]),
        ),
      ),
    },
  }
}
