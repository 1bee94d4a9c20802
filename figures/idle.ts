import { setTimeout as sleep } from 'node:timers/promises'
import { addPeople, analyse, copyChart, followedCharts, makeTickets } from './fanout/people.store.js'
import { steadyNow } from './fanout/child.js'
import { type Ground, makeCharts, type Side, startSide, withGround } from './fanout/ground.js'
import { STANDINGS } from './fanout/sights.js'
import {
  type Counted,
  countStatements,
  forgetStatements,
  STATEMENT_COUNTER,
  statementsAsked,
} from './fanout/statements.store.js'
import type { Connecting } from './fanout/wire.js'
import type { Figure, Finding, Print } from './figure.js'

/** How much is measured. */
export interface IdlePlan {
  readonly charts: number
  readonly subscribers: number
  readonly seconds: number
}

const PLAN: IdlePlan = { charts: 500, subscribers: 10_000, seconds: 60 }
export const QUICK_IDLE: IdlePlan = { charts: 5, subscribers: 50, seconds: 6 }

const MOST_CPU_PERCENT = 3
/** A second, of the sweep: one, and the fraction by which a timer is early. */
const MOST_SWEEPS = 1.1
/** Of everything else that nobody's subscription may cause: less than this is a clean-up that was due just then. */
const LEAST_COUNTED = 0.1

/** Nothing happens on many charts that many follow: what the server asks of its database meanwhile, and computes. */
export const idle: Figure = {
  name: 'idle',
  shows: `10,000 idle subscribers on 500 charts cost one statement a second and no other, and less than ${MOST_CPU_PERCENT} % of a processor`,
  run: (print) => measureIdle(process.env.FIGURES_QUICK ? QUICK_IDLE : PLAN, print),
}

export const measureIdle = (plan: IdlePlan, print: Print): Promise<Finding> =>
  withGround(async (ground) => {
    const [first] = await makeCharts(ground, 1)
    const copies = await copyChart(ground.owner, first!, plan.charts - 1)
    const charts = await followedCharts(ground.owner, [first!.chartId, ...copies])
    const sessions = await addPeople(
      ground.owner,
      charts,
      Array.from({ length: plan.subscribers }, () => STANDINGS[0]!),
    )
    await analyse(ground.owner)
    await countStatements(ground.owner)
    const side = await startSide('chartroom', ground, undefined, [])
    try {
      const alone = await watch(ground, side, plan.seconds)
      print(`  with nobody: ${told(alone)}`)
      const tickets = await makeTickets(ground.owner, ground.orgId, sessions)
      const connecting: Connecting = {
        protocol: 'graphql-transport-ws',
        url: side.url,
        targets: tickets.map((ticket, i) => ({ chartId: charts[i % charts.length]!.chartId, ticket })),
        head: null,
        snapshots: true,
      }
      const started = steadyNow()
      await side.receivers.ask('connect', connecting)
      print(`  ${plan.subscribers} subscribers opened in ${Math.round((steadyNow() - started) / 1_000)} s`)
      // What was written because they came is written.
      await sleep(SETTLING_MS)
      const watched = await watch(ground, side, plan.seconds)
      print(`  with all of them: ${told(watched)}`)
      const gone = await side.receivers.ask<number>('gone')
      return verdict(alone, watched, gone)
    } finally {
      await side.end()
    }
  }, STATEMENT_COUNTER)

const SETTLING_MS = 5_000

/** What was asked a second, and how much was computed. */
interface Watched {
  readonly perSecond: ReadonlyMap<string, number>
  readonly cpuPercent: number
}

async function watch({ owner, databaseUrl }: Ground, { server }: Side, seconds: number): Promise<Watched> {
  await forgetStatements(owner)
  const [started, cpu] = [steadyNow(), await server.ask<number>('cpu')]
  await sleep(seconds * 1_000)
  const asked: Counted[] = await statementsAsked(owner, new URL(databaseUrl).username)
  const computed = (await server.ask<number>('cpu')) - cpu
  const took = steadyNow() - started
  return {
    perSecond: new Map(asked.map(({ statement, calls }) => [statement, (calls * 1_000) / took])),
    cpuPercent: computed / 10 / took,
  }
}

const told = ({ perSecond, cpuPercent }: Watched): string =>
  `${[...perSecond.values()].reduce((a, b) => a + b, 0).toFixed(2)} statements a second, ${cpuPercent.toFixed(2)} % of a processor`

function verdict(alone: Watched, watched: Watched, gone: number): Finding {
  const more = [...watched.perSecond]
    .map(([statement, rate]) => ({ statement, rate: rate - (alone.perSecond.get(statement) ?? 0) }))
    .filter(({ rate }) => rate >= LEAST_COUNTED)
    .sort((a, b) => b.rate - a.rate)
  const rate = more.reduce((sum, one) => sum + one.rate, 0)
  return {
    holds: more.length === 1 && rate <= MOST_SWEEPS && watched.cpuPercent < MOST_CPU_PERCENT && gone === 0,
    figures: {
      'statements a second that subscribers cause': rate.toFixed(2),
      'different ones': more.length,
      ...Object.fromEntries(
        more.slice(0, 8).map((one, i) => [`${i + 1}`, `${one.rate.toFixed(2)} ${one.statement.slice(0, 110)}`]),
      ),
      'processor, %': watched.cpuPercent.toFixed(2),
      'the same with nobody': alone.cpuPercent.toFixed(2),
      'sockets that the server closed': gone,
    },
  }
}
