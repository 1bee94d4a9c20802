import { setTimeout as sleep } from 'node:timers/promises'
import { Child, steadyNow } from './fanout/child.js'
import { type Ground, makeCharts, withGround } from './fanout/ground.js'
import type { Figure, Finding, Print } from './figure.js'
import { NATS_SERVER, NatsServer } from './natsServer.js'
import { judgeWriters, LEAST_KEPT, type Round, rateOf, type Turn, untold } from './writers/judge.js'
import { signInOf } from './writers/people.store.js'
import { ARMS, type Arm, type Fault, type Heard, type Opening, type Written } from './writers/wire.js'

/** How much is measured. */
export interface WritersPlan {
  /** Each on a chart of their own. */
  readonly writers: number
  readonly rounds: number
  /** Of an arm in a round. */
  readonly ms: number
}

const PLAN: WritersPlan = { writers: 8, rounds: 24, ms: 4_000 }
export const QUICK_WRITERS: WritersPlan = { writers: 4, rounds: 6, ms: 1_000 }

/** The last wake-up of an arm may be on its way for so long before it counts as lost. */
const PATIENCE_MS = 3_000

/** Two nodes on one database: on one people write, on the other what they write is followed; round for round on each bus and on none. */
export const writers: Figure = {
  name: 'writers',
  shows: `telling other nodes leaves writers at least ${LEAST_KEPT} of the rate of the same commits without wake-ups, over NOTIFY and over NATS`,
  run: (print) => measureWriters(process.env.FIGURES_QUICK ? QUICK_WRITERS : PLAN, print),
}

export async function measureWriters(plan: WritersPlan, print: Print, fault?: Fault): Promise<Finding> {
  if (!NATS_SERVER) return { holds: false, figures: { NATS: 'not measured: nats-server is not on this machine' } }
  const nats = await NatsServer.on()
  try {
    return await withGround((ground) => measure(ground, nats.address, plan, print, fault))
  } finally {
    await nats.kill()
  }
}

async function measure(
  ground: Ground,
  nats: string,
  plan: WritersPlan,
  print: Print,
  fault: Fault | undefined,
): Promise<Finding> {
  const charts = await makeCharts(ground, plan.writers)
  const opening: Opening = {
    databaseUrl: ground.databaseUrl,
    keyFile: ground.keyFile,
    nats,
    orgId: ground.orgId,
    chartIds: charts.map(({ chartId }) => chartId),
    claims: await signInOf(ground.owner, ground.orgId, ground.coderId),
  }
  const writer = Child.start('../writers/writer')
  const listener = Child.start('../writers/listener')
  const turn = async (arm: Arm, ms: number): Promise<Turn> => {
    // Whoever hears is there first: nobody who was turned to NATS is thought to have none.
    await listener.ask('turn', { arm, fault })
    await writer.ask('turn', { arm, fault })
    const written = await writer.ask<Written>('write', ms)
    await writer.ask('rest')
    return { arm, written, heard: await heardOf(listener, arm, written) }
  }
  try {
    await Promise.all([writer.ask('open', opening), listener.ask('open', opening)])
    // Plans are made, pages are in memory, files have grown once.
    for (const arm of ARMS) await turn(arm, plan.ms / 4)
    const rounds: Round[] = []
    for (let n = 0; n < plan.rounds; n++) {
      const round: Turn[] = []
      // Each arm is as often first as last: what the machine does meanwhile, and what grows, falls on all alike.
      for (const i of ARMS.keys())
        round.push(await turn(ARMS[(n + (n % 2 ? ARMS.length - i : i)) % ARMS.length]!, plan.ms))
      rounds.push(round)
      print(`  round ${n + 1}: ${round.map((it) => `${it.arm} ${Math.round(rateOf(it))}/s`).join(', ')}`)
    }
    return judgeWriters(rounds)
  } finally {
    await Promise.all([writer.end(), listener.end()])
  }
}

async function heardOf(listener: Child, arm: Arm, written: Written): Promise<Heard> {
  const until = steadyNow() + PATIENCE_MS
  for (;;) {
    const heard = await listener.ask<Heard>('heard')
    if (arm === 'without' || untold({ arm, written, heard }) === 0 || steadyNow() > until) return heard
    await sleep(50)
  }
}
