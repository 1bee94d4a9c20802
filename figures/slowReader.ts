import { setTimeout as sleep } from 'node:timers/promises'
import { addPeople, analyse, type FollowedChart, makeTickets } from './fanout/people.store.js'
import { placeOf } from './fanout/contest.js'
import { type Ground, makeCharts, type Side, startSide, withGround } from './fanout/ground.js'
import { judge, keyOf, median } from './fanout/judge.js'
import { STANDINGS } from './fanout/sights.js'
import type { Committed, Connecting, Memory, Published, Received, Target } from './fanout/wire.js'
import type { Figure, Finding, Print } from './figure.js'

/** How much is measured. */
export interface SlowPlan {
  readonly subscribers: number
  readonly rounds: number
  /** Of a round. */
  readonly events: number
  readonly rate: number
}

const PLAN: SlowPlan = { subscribers: 1_000, rounds: 4, events: 400, rate: 40 }
export const QUICK_SLOW: SlowPlan = { subscribers: 30, rounds: 2, events: 400, rate: 100 }

/**
 * On the one socket that stands still, each with a wide document: what the systems of both ends take before the server
 * notices (3 to 4 MB) is filled many times over, and before the server would think that nobody is there any more.
 */
const STREAMS_OF_PAUSED = 25
const SLOW_READER = 1013
/** The others may wait so much longer than in the slowest of the rounds in which it reads. */
const NOISE = 1.25

/** Without it; beside it as it reads all of its streams; beside it as it reads nothing. */
const ARMS = ['without', 'reading', 'paused'] as const
type Arm = (typeof ARMS)[number]

/** Everybody reads but one, who has many streams on one socket and stops: round for round without it, reading, and not. */
export const slowReader: Figure = {
  name: 'slow-reader',
  shows: `one of 1,000 that stops reading is closed by name (${SLOW_READER}) and misses nothing after it resumes; the process lives, and the others wait no longer`,
  run: (print) => measureSlowReader(process.env.FIGURES_QUICK ? QUICK_SLOW : PLAN, print),
}

export function measureSlowReader(plan: SlowPlan, print: Print): Promise<Finding> {
  return withGround(async (ground) => {
    const [chart] = await makeCharts(ground, 1)
    const sessions = await addPeople(
      ground.owner,
      [chart!],
      Array.from({ length: plan.subscribers }, () => STANDINGS[0]!),
    )
    await analyse(ground.owner)
    const side = await startSide('chartroom', ground, placeOf(ground, chart!), [])
    try {
      return await measure(ground, plan, side, chart!, sessions, print)
    } finally {
      await side.end()
    }
  })
}

async function measure(
  ground: Ground,
  plan: SlowPlan,
  side: Side,
  chart: FollowedChart,
  sessions: readonly string[],
  print: Print,
): Promise<Finding> {
  const [slow, ...quick] = sessions
  const open = async (of: readonly string[], more: Partial<Target> = {}): Promise<void> => {
    const tickets = await makeTickets(ground.owner, ground.orgId, of)
    const targets = tickets.map((ticket) => ({ chartId: chart.chartId, ticket, ...more }))
    const connecting: Connecting = {
      protocol: 'graphql-transport-ws',
      url: side.url,
      targets,
      head: null,
      snapshots: true,
    }
    await side.receivers.ask('connect', connecting)
  }
  const publish = async (events: number): Promise<{ committed: readonly Committed[]; received: Received }> => {
    await side.receivers.ask('begin')
    const publishing = { ms: 600_000, events, window: 1_000_000, rate: plan.rate }
    const { committed } = await side.server.ask<Published>('publish', publishing)
    return { committed, received: await side.receivers.ask<Received>('finish', { committed, patienceMs: 10_000 }) }
  }
  await open(quick)
  const one = quick.length
  await publish(Math.ceil(plan.events / 10))

  const p95: Record<Arm, number[]> = { without: [], reading: [], paused: [] }
  const codes: (number | undefined)[] = []
  const memory: number[] = []
  let [wrong, missed, unsent] = [0, 0, 0]
  const heard = (arm: Arm, { received }: { received: Received }): void => {
    p95[arm].push(received.p95)
    wrong += received.lost + received.doubled + received.reordered + received.unknown + received.broken
  }
  for (let round = 0; round < plan.rounds; round++) {
    heard('without', await publish(plan.events))
    for (const arm of ['reading', 'paused'] as const) {
      await open([slow!], { operations: STREAMS_OF_PAUSED, wide: true })
      await side.receivers.ask('disregard', one)
      if (arm === 'paused') await side.receivers.ask('pause', one)
      const published = await publish(plan.events)
      heard(arm, published)
      if (arm === 'reading') {
        await side.receivers.ask('drop', one)
        continue
      }
      memory.push((await side.server.ask<Memory>('memory')).resident / 1024)

      // It reads again: what had left for it, and then that it was closed.
      await side.receivers.ask('resume', one)
      codes.push((await closing(side, one))?.code)
      const streams = await side.receivers.ask<Stream[]>('keysOf', one)
      await side.receivers.ask('drop', one)
      for (const stream of streams) {
        unsent += published.committed.length - stream.keys.length
        missed += await rest(side, open, slow!, stream, published.committed)
      }
    }
    const [without, reading, paused] = ARMS.map((arm) => p95[arm].at(-1)!.toFixed(1))
    print(
      `  round ${round + 1}: p95 ${without} ms, beside one that reads ${reading} ms, that does not ${paused} ms; closed with ${codes.at(-1) ?? 'nothing'}`,
    )
  }
  const unchanged = median(p95.paused) <= Math.max(...p95.reading) * NOISE
  const gone = await side.receivers.ask<number>('gone')
  return {
    holds:
      unchanged &&
      gone === 0 &&
      wrong === 0 &&
      missed === 0 &&
      unsent > 0 &&
      codes.every((code) => code === SLOW_READER),
    figures: {
      'p95 of the others, ms': median(p95.without).toFixed(1),
      'beside one that reads': median(p95.reading).toFixed(1),
      'beside one that does not': median(p95.paused).toFixed(1),
      'single rounds beside one that reads': p95.reading.map((ms) => ms.toFixed(1)).join(', '),
      'closed with': codes.map((code) => code ?? 'nothing').join(', '),
      'events that had not left for it': unsent,
      'events it missed or had twice after it resumed': missed,
      'of the others, events lost, doubled, out of order': wrong,
      'others closed': gone,
      'memory of the server, MiB': memory.map(Math.round).join(', '),
    },
  }
}

interface Stream {
  readonly keys: readonly number[]
  readonly last: string | null
  readonly broken: number
}

/** How its socket ended, when it has read what was sent before; undefined where it was not closed. */
async function closing(side: Side, i: number): Promise<{ code: number } | undefined> {
  for (let waited = 0; waited < 200; waited++) {
    const closed = await side.receivers.ask<{ code: number } | undefined>('closed', i)
    if (closed) return closed
    await sleep(50)
  }
  return undefined
}

/** Resumes one stream from its last cursor. How many events were missed or came twice, before and after. */
async function rest(
  side: Side,
  open: (of: readonly string[], more: Partial<Target>) => Promise<void>,
  session: string,
  { keys, last, broken }: Stream,
  committed: readonly Committed[],
): Promise<number> {
  const all = committed.map(([cursor]) => keyOf(cursor))
  const place = await side.receivers.ask<number>('count')
  await open([session], last === null ? {} : { after: last })
  let resumed: readonly Stream[] = []
  for (let waited = 0; waited < 400; waited++) {
    resumed = await side.receivers.ask<Stream[]>('keysOf', place)
    if (keys.length + resumed[0]!.keys.length >= all.length) break
    await sleep(25)
  }
  await side.receivers.ask('drop', place)
  const { lost, doubled, reordered, unknown } = judge(all, [...keys, ...resumed[0]!.keys])
  return lost + doubled + reordered + unknown + broken + resumed[0]!.broken
}
