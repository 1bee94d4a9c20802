import type { Print } from '../figure.js'
import { analyse, askForHelp, type FollowedChart, makeTickets, addPeople } from './people.store.js'
import { type Ground, makeCharts, type Side, startSide } from './ground.js'
import { addFaults, type Faults, NO_FAULTS } from './judge.js'
import { STANDINGS } from './sights.js'
import type {
  Committed,
  Connecting,
  Fault,
  LogPlaceOfChart,
  Memory,
  Protocol,
  Published,
  Publishing,
  Received,
  Target,
  Template,
} from './wire.js'

/** The contestants: what each sends with, and how one listens to it. */
const CONTESTANTS = {
  Chartroom: { side: 'chartroom', protocol: 'graphql-transport-ws' },
  'raw ws': { side: 'raw', protocol: 'plain' },
  'graphql-ws': { side: 'graphqlWs', protocol: 'graphql-transport-ws' },
  'GraphQL Yoga': { side: 'yoga', protocol: 'events' },
  mercurius: { side: 'mercurius', protocol: 'graphql-transport-ws' },
  Hocuspocus: { side: 'hocuspocus', protocol: 'hocuspocus' },
} as const satisfies Readonly<Record<string, { side: string; protocol: Protocol }>>
export type Name = keyof typeof CONTESTANTS
export const NAMES = Object.keys(CONTESTANTS) as Name[]

const PATIENCE_MS = 5_000

/** One contestant with its subscribers, all of them connected. */
export interface Entrant {
  readonly name: Name
  readonly side: Side
  readonly subscribers: number
  readonly groups: number
  /** Of each subscriber, where nobody else is measured: KiB of the server's memory while nothing happens. */
  readonly idleKiB: number
  /** The same, of what is in use of its heap. */
  readonly liveKiB: number
}

/** What one round found of one contestant. */
export interface Round {
  /** Events received a second, of all subscribers together. */
  readonly rate: number
  /** Microseconds of the server's processor time for each. */
  readonly cpu: number
  readonly received: Received
  readonly committed: readonly Committed[]
}

/** Everything that stands before anybody is measured: people with their sessions, a chart for each contestant. */
export class Contest {
  faults: Faults & { readonly broken: number } = { ...NO_FAULTS, broken: 0 }
  readonly strange = new Set<string>()

  private constructor(
    readonly ground: Ground,
    private readonly charts: ReadonlyMap<Name, FollowedChart>,
    private readonly ofOne: readonly string[],
    private readonly ofTwenty: readonly string[],
    private readonly templates: readonly Template[],
  ) {}

  /** @param most subscribers at once */
  static async prepare(ground: Ground, most: number, print: Print): Promise<Contest> {
    const made = await makeCharts(ground, NAMES.length)
    const charts = new Map(NAMES.map((name, i) => [name, made[i]!]))
    const followed = charts.get('Chartroom')!
    await askForHelp(ground.owner, followed)
    const standings = (different: number) => Array.from({ length: most }, (_, i) => STANDINGS[i % different]!)
    const ofOne = await addPeople(ground.owner, [followed], standings(1))
    const ofTwenty = await addPeople(ground.owner, [followed], standings(STANDINGS.length))
    await analyse(ground.owner)
    const templates = await templatesOf(ground, placeOf(ground, followed), ofTwenty.slice(0, STANDINGS.length))
    const different = new Set(templates.map((template) => JSON.stringify(template))).size
    print(`  ${STANDINGS.length} sights on one chart; their events read in ${different} ways`)
    return new Contest(ground, charts, ofOne, ofTwenty, templates)
  }

  /** A server of its own with so many subscribers in so many groups, and nothing sent yet. */
  async enter(name: Name, subscribers: number, groups: number, fault?: Fault): Promise<Entrant> {
    const place = placeOf(this.ground, this.charts.get(name)!)
    const side = await startSide(CONTESTANTS[name].side, this.ground, place, this.templates.slice(0, groups), fault)
    // The first few are met by code that has not run yet: they are no part of the measured memory.
    const few = Math.min(100, subscribers >> 1)
    await this.connect(name, side, 0, few, groups)
    const before = await side.server.ask<Memory>('memory')
    await this.connect(name, side, few, subscribers, groups)
    const after = await side.server.ask<Memory>('memory')
    const each = (of: keyof Memory): number => (after[of] - before[of]) / (subscribers - few)
    return { name, side, subscribers, groups, idleKiB: each('resident'), liveKiB: each('live') }
  }

  /** Connects those from one place to another; `after` of each where they resume. */
  async connect(
    name: Name,
    side: Side,
    from: number,
    to: number,
    groups: number,
    after?: (i: number) => string,
  ): Promise<void> {
    const sessions = (groups === 1 ? this.ofOne : this.ofTwenty).slice(from, to)
    const own = name === 'Chartroom'
    const tickets = own ? await makeTickets(this.ground.owner, this.ground.orgId, sessions) : []
    const { chartId } = this.charts.get(name)!
    const targets = sessions.map((_, i): Target => {
      const n = from + i
      if (!own) return { chartId: String(n % groups) }
      return { chartId, ticket: tickets[i]!, ...(after && { after: after(n) }) }
    })
    const connecting: Connecting = {
      protocol: CONTESTANTS[name].protocol,
      url: side.url,
      targets,
      head: own ? null : await side.server.ask<string | null>('head'),
      snapshots: own,
    }
    await side.receivers.ask('connect', connecting)
    while ((await side.server.ask<number>('count')) < to) await new Promise((resolve) => setTimeout(resolve, 10))
  }

  /** Publishes and waits until it has arrived everywhere. What went wrong is kept. */
  async round({ name, side, subscribers }: Entrant, publishing: Publishing): Promise<Round> {
    await side.receivers.ask('begin')
    const cpuBefore = await side.server.ask<number>('cpu')
    const { began, committed } = await side.server.ask<Published>('publish', publishing)
    const received = await side.receivers.ask<Received>('finish', { committed, patienceMs: PATIENCE_MS })
    const cpu = (await side.server.ask<number>('cpu')) - cpuBefore
    this.note(name, received)
    if (received.messages < subscribers) this.strange.add(`${name}: nothing arrived`)
    return {
      rate: (received.messages * 1_000) / (received.until - began),
      cpu: cpu / received.messages,
      received,
      committed,
    }
  }

  note(name: string, { broken, strange, ...faults }: Faults & { broken: number; strange: readonly string[] }): void {
    const { lost, doubled, reordered, unknown } = faults
    this.faults = {
      ...addFaults(this.faults, { lost, doubled, reordered, unknown }),
      broken: this.faults.broken + broken,
    }
    for (const what of strange) this.strange.add(`${name}: ${what}`)
  }

  get isClean(): boolean {
    return Object.values(this.faults).every((n) => n === 0) && this.strange.size === 0
  }
}

export const placeOf = (ground: Ground, { chartId, patientId }: FollowedChart): LogPlaceOfChart => ({
  orgId: ground.orgId,
  chartId,
  patientId,
  actorId: ground.coderId,
})

/** What Chartroom shows each sight of one event: so that its rivals send the very same. */
async function templatesOf(
  ground: Ground,
  place: LogPlaceOfChart,
  sessions: readonly string[],
): Promise<readonly Template[]> {
  const side = await startSide('chartroom', ground, place, [])
  try {
    const tickets = await makeTickets(ground.owner, ground.orgId, sessions)
    const connecting: Connecting = {
      protocol: 'graphql-transport-ws',
      url: side.url,
      targets: tickets.map((ticket) => ({ chartId: place.chartId, ticket })),
      head: null,
      snapshots: true,
    }
    await side.receivers.ask('connect', connecting)
    await side.receivers.ask('begin')
    const { committed } = await side.server.ask<Published>('publish', { ms: 60_000, events: 1, window: 1 })
    await side.receivers.ask('finish', { committed, patienceMs: PATIENCE_MS })
    const frames = await side.receivers.ask<string[]>('lastFrames')
    return frames.map((frame) => {
      const { payload } = JSON.parse(frame) as { payload: { data: { chartStream: { events: [Template] } } } }
      return payload.data.chartStream.events[0]
    })
  } finally {
    await side.end()
  }
}
