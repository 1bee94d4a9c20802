import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { demoPassword } from '../server/accounts/index.js'
import { openKeyFile } from '../server/vault/keyFile.js'
import { createVault } from '../server/vault/vault.js'
import type { Figure, Finding, Print } from './figure.js'
import { Actor } from './history/actor.js'
import { check } from './history/check.js'
import { type Bus, Cluster, natsMissing } from './history/cluster.js'
import { Commands } from './history/commands.js'
import { CORRUPTIONS } from './history/corruptions.js'
import { FAULTS, type FaultName, plannedOn } from './history/faults.js'
import type { Fault, FaultKind } from './history/judged.js'
import { Random } from './history/random.js'
import type { History } from './history/record.js'
import { playRound, type Round, type Stage } from './history/round.js'
import { PEOPLE, type PersonName } from './history/rules.js'
import { Viewer } from './history/viewer.js'
import { World } from './history/world.js'

/** A whole run; `ROUNDS` asks for fewer, `SEED` for another course of things, `FAULT` for one fault alone. */
const WHOLE_RUN = 200
const VIEWERS = 50
const CHARTS = 20
/** Longer than every wait within it. */
const ROUND_MS = 300_000
/** Faults of one round that are printed in full. */
const PRINTED = 5

/**
 * Rounds of work by several hands on twenty charts that fifty viewers follow through two nodes, with something broken in
 * the middle of each; and a checker that judges what everybody was told, which is itself shown to see what is wrong.
 */
export const history: Figure = {
  name: 'history',
  shows:
    'through kills of servers and database, lost buses, cut and slow networks, restarts and changes of access, every viewer is told what it may see, all of it, once, in order, and no acknowledged command is lost',
  async run(print) {
    const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-figure-'))
    chmodSync(folder, 0o711)
    const cluster = await Cluster.start(folder)
    try {
      return await measure(cluster, folder, print)
    } finally {
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function measure(cluster: Cluster, folder: string, print: Print): Promise<Finding> {
  const rounds = wholeNumber(process.env.ROUNDS) ?? WHOLE_RUN
  const firstSeed = wholeNumber(process.env.SEED) ?? Math.floor(Math.random() * 1_000_000)
  const only = FAULTS.find((name) => name === process.env.FAULT)
  if (process.env.FAULT && !only) throw new Error(`FAULT is one of: ${FAULTS.join(', ')}.`)
  const missing = natsMissing()
  const buses: readonly Bus[] = missing ? ['NOTIFY'] : ['NOTIFY', 'NATS']
  if (missing) print(`  NATS is never stopped: ${missing}`)
  print(`  seeds ${firstSeed} to ${firstSeed + rounds - 1}`)

  await cluster.use(buses[0]!)
  const tally = new Tally()
  const cast = await signIn(cluster, demoPassword(createVault(openKeyFile(path.join(folder, 'keys.json')))))
  const viewers = seats(cluster, cast, firstSeed)
  let played = 0
  try {
    for (let stretch = 0; played < rounds; stretch++) {
      const [bus, next] = [buses[stretch % buses.length]!, buses[(stretch + 1) % buses.length]!]
      // Most often the last round of the stretch before turned them to it.
      await cluster.use(bus)
      const seed = firstSeed + played
      const random = new Random(seed)
      const commands = new Commands(new Random(seed + 1_000_000))
      const world = new World(cast, commands, random, cluster.databaseUrl)
      // What was followed before is over: nobody looks on while new charts are prepared.
      for (const viewer of viewers) viewer.follow([])
      await world.receive(CHARTS)
      await world.begin()
      // The first round begins at once: while they subscribe, events are made.
      for (const viewer of viewers) viewer.follow(world.charts.map(({ id }) => id))
      if (stretch === 0) for (const viewer of viewers) viewer.start()
      const stage: Stage = { cluster, next, cast, viewers, commands, world }
      let last: History | undefined
      const plan = plannedOn(bus, random)
      for (const fault of only ? plan.map(() => only) : plan) {
        if (played === rounds) break
        const began = performance.now()
        const round = await inTime(playRound(stage, fault, firstSeed + played), `round ${played + 1} (${fault})`)
        played++
        tally.round(fault, round, last === undefined)
        last = round.history
        const took = ((performance.now() - began) / 1_000).toFixed(1)
        print(`  round ${played} of ${rounds}, seed ${firstSeed + played - 1}, over ${bus}: ${fault}; ${took} s`)
        for (const { kind, what } of round.faults.slice(0, PRINTED)) print(`    ${kind} ${what}`)
        // What one round did wrong is not to be held against the next: new charts.
        if (round.faults.length > 0) break
      }
      if (last) tally.stretch(stage, last, random)
    }
    return finding(tally, cluster, viewers, { rounds, firstSeed, missing })
  } finally {
    for (const viewer of viewers) viewer.close()
  }
}

async function signIn(cluster: Cluster, password: string): Promise<Stage['cast']> {
  const cast = {} as Record<PersonName | 'admin', Actor>
  for (const name of [...PEOPLE, 'admin'] as const) cast[name] = await Actor.signIn(cluster, name, password)
  return cast
}

/** Half of them prefer one node, half the other; each goes to the other where its own does not answer. */
function seats(cluster: Cluster, cast: Stage['cast'], seed: number): Viewer[] {
  return Array.from({ length: VIEWERS }, (_, i) => {
    const person = PEOPLE[i % PEOPLE.length]!
    const urls = i % 2 === 0 ? [cluster.wireUrl(0), cluster.wireUrl(1)] : [cluster.wireUrl(1), cluster.wireUrl(0)]
    const ways = { urls, ticket: () => cast[person].ticket() }
    return new Viewer(`viewer ${i + 1}`, person, ways, new Random(seed * 128 + i))
  })
}

/** What is counted over all rounds. */
class Tally {
  readonly rounds = new Map<FaultName, number>()
  readonly faults: Fault[] = []
  readonly undisturbed: number[] = []
  readonly caught = new Set<string>()
  readonly missed = new Set<string>()
  quietAfter = 0
  commands = 0
  acknowledged = 0
  refused = 0
  again = 0
  events = 0

  /** @param first of its stretch: then everybody is only just subscribing. */
  round(fault: FaultName, round: Round, first: boolean): void {
    this.rounds.set(fault, (this.rounds.get(fault) ?? 0) + 1)
    this.faults.push(...round.faults)
    this.quietAfter = Math.max(this.quietAfter, round.quietAfter)
    if (fault === 'nothing' && !first) this.undisturbed.push(...round.delays)
  }

  /** When nothing more happens on these charts; and the checker shows on what was recorded of them what it sees. */
  stretch({ commands }: Stage, last: History, random: Random): void {
    this.commands += commands.all.length
    this.acknowledged += commands.all.filter(({ answer }) => answer === 'DONE').length
    this.refused += commands.all.filter(({ answer }) => answer === 'REFUSED').length
    this.again += commands.again
    for (const log of last.logs.values()) this.events += log.length
    if (this.faults.length > 0) return
    for (const { name, caughtAs, corrupt } of CORRUPTIONS) {
      if (this.caught.has(name) || this.missed.has(name)) continue
      const corrupted = corrupt(last, random)
      if (!corrupted) continue
      const caught = check(corrupted).some(({ kind }) => caughtAs.includes(kind))
      ;(caught ? this.caught : this.missed).add(name)
    }
  }

  count = (...kinds: FaultKind[]): number => this.faults.filter(({ kind }) => kinds.includes(kind)).length
}

function finding(
  tally: Tally,
  cluster: Cluster,
  viewers: readonly Viewer[],
  run: { readonly rounds: number; readonly firstSeed: number; readonly missing: string | undefined },
): Finding {
  const sum = (of: (viewer: Viewer) => number): number => viewers.reduce((total, viewer) => total + of(viewer), 0)
  const whole = run.rounds >= WHOLE_RUN
  const never = FAULTS.filter((name) => !tally.rounds.has(name))
  const untried = CORRUPTIONS.filter(({ name }) => !tally.caught.has(name) && !tally.missed.has(name))
  const delays = tally.undisturbed.sort((a, b) => a - b)
  const cut = cluster.wires.reduce((total, wire) => total + wire.cut, 0)
  const throttled = cluster.wires.reduce((total, wire) => total + wire.throttled, 0)
  return {
    // A whole run has seen every fault and shown every corruption; a short one says what it left out.
    holds:
      tally.faults.length === 0 &&
      tally.missed.size === 0 &&
      tally.caught.size > 0 &&
      (!whole || (never.length === 0 && untried.length === 0)),
    figures: {
      rounds: whole ? run.rounds : `${run.rounds}: a short run of ${WHOLE_RUN}`,
      seeds: `${run.firstSeed} to ${run.firstSeed + run.rounds - 1}`,
      'viewers × charts': `${VIEWERS} × ${CHARTS}`,
      ...Object.fromEntries([...tally.rounds].map(([name, times]) => [`rounds with ${name}`, times])),
      ...(never.length > 0 && { 'faults left out': never.join(', ') + (run.missing ? ` (${run.missing})` : '') }),
      injected: [
        ...[...cluster.injected].map(([what, times]) => `${times} × ${what}`),
        `${cut} × connection cut without a word`,
        `${throttled} × reader throttled`,
      ].join(', '),
      'commands sent': tally.commands,
      'commands acknowledged': tally.acknowledged,
      'commands refused': tally.refused,
      'attempts sent again': tally.again,
      'events committed': tally.events,
      'events delivered': sum(({ received }) => received),
      'connections opened': sum(({ connections }) => connections),
      'streams resumed': sum(({ resumes }) => resumes),
      'longest until quiet, ms': Math.round(tally.quietAfter),
      'undisturbed, command to event, ms': `p50 ${at(delays, 0.5)}, p99 ${at(delays, 0.99)}`,
      losses: tally.count('LOST', 'SNAPSHOT', 'WITHHELD'),
      duplicates: tally.count('DOUBLED'),
      'order faults': tally.count('ORDER', 'CHAIN', 'LOG'),
      leaks: tally.count('LEAK', 'FOREIGN', 'PHANTOM'),
      'differing bytes of equal sight': tally.count('BYTES'),
      'acknowledged commands lost': tally.count('COMMAND_LOST'),
      'commands done twice or by nobody': tally.count('COMMAND'),
      'corrupted histories caught': `${tally.caught.size} of ${CORRUPTIONS.length - untried.length}`,
      ...(tally.missed.size > 0 && { 'corruptions missed': [...tally.missed].join(', ') }),
      ...(untried.length > 0 && {
        'corruptions with no place in this run': untried.map(({ name }) => name).join(', '),
      }),
    },
  }
}

/** @throws where it does not come to an end: something waits for what will never come */
async function inTime<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come to an end`)), ROUND_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const at = (sorted: readonly number[], share: number): string =>
  sorted.length === 0
    ? '–'
    : String(Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!))

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error('ROUNDS and SEED are whole numbers from 1.')
  return Number(text)
}
