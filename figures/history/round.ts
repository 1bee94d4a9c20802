import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from './actor.js'
import { check } from './check.js'
import type { Bus, Cluster } from './cluster.js'
import type { Commands, Spec } from './commands.js'
import { type FaultName, inject } from './faults.js'
import type { Fault } from './judged.js'
import { Random } from './random.js'
import type { Class, Commit, History } from './record.js'
import type { PersonName } from './rules.js'
import type { Viewer } from './viewer.js'
import type { Chart, World } from './world.js'

export interface Stage {
  readonly cluster: Cluster
  /** The bus of the rounds to come. */
  readonly next: Bus
  readonly cast: Readonly<Record<PersonName | 'admin', Actor>>
  readonly viewers: readonly Viewer[]
  readonly commands: Commands
  readonly world: World
}

export interface Round {
  readonly faults: readonly Fault[]
  readonly history: History
  /** Milliseconds from the last act and the healing until everybody had everything. */
  readonly quietAfter: number
  /** Milliseconds from sending a command to the arrival of its event, of every event of this round. */
  readonly delays: readonly number[]
}

const HANDS = 6
/** Commands while nothing is wrong; while a fault lasts there are more, slowly. */
const COMMANDS = 36
const MOST_COMMANDS = 150
/** After the healing everybody has everything within so long, or has lost it. */
const PATIENCE_MS = 30_000

/** Work goes on, something breaks in the middle of it, and when all is quiet what everybody was told is judged. */
export async function playRound(stage: Stage, fault: FaultName, seed: number): Promise<Round> {
  // A chance of its own for everybody: what one of them does next does not hang on who is quicker.
  const [breaking, changing, ...hands] = Array.from({ length: HANDS + 2 }, (_, i) => new Random(seed * 64 + i))
  const started = performance.now()
  let lasts = true
  let sent = 0
  const broken = inject(fault, stage.cluster, stage.next, breaking!).finally(() => (lasts = false))
  const hand = async (random: Random, own: number): Promise<void> => {
    while (sent < COMMANDS || (lasts && sent < MOST_COMMANDS)) {
      const slow = sent++ >= COMMANDS
      await act(stage, own, fault === 'readers throttled', random)
      await sleep(slow ? random.int(100, 400) : random.int(0, 30))
    }
  }
  await Promise.all([broken, changeAccess(stage, fault, changing!), ...hands.map(hand)])
  const quietAfter = await untilQuiet(stage)
  const ended = stage.cluster.ended
  if (ended.length > 0) throw new Error(`${ended.join(' and ')} ended, though nobody ended it`)
  const history = await stage.world.history(stage.viewers.flatMap(({ streams }) => streams))
  return { faults: check(history), history, quietAfter, delays: delaysOf(history, started) }
}

/** Comments above all; decisions by one hand for each line; now and then a chart waits, or goes on. */
async function act({ cast, world, commands }: Stage, own: number, long: boolean, random: Random): Promise<void> {
  const chart = random.pick(world.charts)
  const { id: chartId } = chart
  const chance = random.next()
  if (chance < 0.15) {
    const line = random.pick(world.charts.filter((_, i) => i % HANDS === own)).line
    if (line) await decide(cast.reviewer, commands, line)
  } else if (chance < 0.25) {
    const spec: Spec = random.chance(0.5)
      ? { name: 'pendChart', inputType: 'PendChartInput', events: 1, input: { chartId, reason: 'SECOND_OPINION' } }
      : { name: 'unpendChart', inputType: 'UnpendChartInput', events: undefined, input: { chartId } }
    await commands.send(cast.coder, spec)
  } else {
    const body = `${random.uuid()} ${long ? 'A word of the record. '.repeat(120) : ''}`
    const spec: Spec = { name: 'addComment', inputType: 'AddCommentInput', events: 1, input: { chartId, body } }
    await commands.send(random.chance(0.8) ? cast.reviewer : cast.coder, spec)
  }
}

async function decide(actor: Actor, commands: Commands, line: NonNullable<Chart['line']>): Promise<void> {
  const { done, data } = await commands.send(actor, {
    name: 'decideOnSuggestion',
    inputType: 'DecideOnSuggestionInput',
    selection: '... on SuggestionDecided { suggestion { version } }',
    events: undefined,
    input: {
      suggestionId: line.id,
      seenVersion: line.version,
      decision: line.accepted ? 'RETURN_TO_PROPOSED' : 'ACCEPT',
    },
  })
  if (!done) return
  line.version = (data as { suggestion: { version: number } }).suggestion.version
  line.accepted = !line.accepted
}

/** One after the other, so that their order is known. At the end every member has back what was taken. */
async function changeAccess({ world }: Stage, fault: FaultName, random: Random): Promise<void> {
  await sleep(random.int(10, 120))
  const times = fault === 'access of charts changed' ? 10 : 2
  for (let i = 0; i < times; i++) {
    const chart = random.pick(world.charts)
    const part = random.pick(['coder', 'cdi'] as const)
    await (world.hasPart(chart, part) ? world.leavePart(chart, part) : world.takePart(chart, part))
    await sleep(random.int(0, 60))
  }
  if (fault !== 'access of members changed') return
  for (const person of random.shuffled(['auditor', 'coder2', 'cdi'] as const).slice(0, 2)) {
    const giveBack = await world.takeFromMember(person)
    await sleep(random.int(50, 400))
    await giveBack()
  }
}

/** Until every viewer has what is last for it, under the access of the moment, or patience ends. */
async function untilQuiet({ world, viewers }: Stage): Promise<number> {
  const started = performance.now()
  for (;;) {
    const logs = await world.readLogs()
    const behind = viewers.some((viewer) =>
      world.charts.some(({ id }) => {
        const sees = world.seesNow(viewer.person, id)
        const stands = viewer.standsAt(id)
        if (sees === null || stands === undefined) return (sees === null) !== (stands === undefined)
        return stands.last !== lastFor(logs.get(id)!, sees) || stands.shows.join() !== shownAmong(sees)
      }),
    )
    const waited = performance.now() - started
    if (!behind || waited > PATIENCE_MS) return waited
    await sleep(100)
  }
}

const lastFor = (log: readonly Commit[], sees: readonly Class[]): string | null =>
  log.findLast(({ classes }) => classes.some((it) => sees.includes(it)))?.cursor ?? null

/** As a viewer tells it of a snapshot. */
const shownAmong = (sees: readonly Class[]): string =>
  (['ACCOUNT_REF', 'CLINICAL'] as const).filter((it) => sees.includes(it)).join()

function delaysOf({ logs, commands, streams }: History, started: number): number[] {
  const sentAt = new Map(commands.filter((it) => it.sentAt >= started).map(({ id, sentAt: at }) => [id, at]))
  const commits = new Map<string, number>()
  for (const log of logs.values())
    for (const { cursor, commandId } of log) {
      const at = commandId === null ? undefined : sentAt.get(commandId)
      if (at !== undefined) commits.set(cursor, at)
    }
  return streams.flatMap(({ items }) =>
    items.flatMap((item) =>
      item.kind === 'events'
        ? item.events.flatMap(({ cursor }) => {
            const at = commits.get(cursor)
            return at === undefined ? [] : [item.at - at]
          })
        : [],
    ),
  )
}
