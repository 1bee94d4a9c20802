/** What is asked and answered between the figure, its receivers and its contestants. */

export const PROTOCOLS = ['graphql-transport-ws', 'plain', 'events', 'hocuspocus'] as const
export type Protocol = (typeof PROTOCOLS)[number]

const LINE = 'suggestion { id code title status role rank poa reason }'
const watching = (
  lines: string,
) => `subscription Watch($chartId: ID!, $after: String) { chartStream(chartId: $chartId, after: $after) {
  __typename
  ... on ChartSnapshot { cursor }
  ... on ChartEvents { events { cursor previous type at ${lines} } }
  ... on AccessChanged { change }
  ... on StreamEnded { ended: reason }
  ... on ResyncRequired { resync: reason } } }`

/** Twelve fields, two deep: which code was decided, and how it stands now. */
export const DOCUMENT = watching(LINE)
/** The same many times over, for whoever is to have much to read. */
export const WIDE_DOCUMENT = watching([...'abcdefghijkl'].map((name) => `${name}: ${LINE}`).join(' '))

/** An event as one sight is shown it, without what is new in each. */
export type Template = Readonly<Record<string, unknown>>

export interface Target {
  /** The chart; of a rival, the group. */
  readonly chartId: string
  readonly ticket?: string
  readonly after?: string
  /** Subscriptions on this socket; one where it is left out. */
  readonly operations?: number
  readonly wide?: true
}

export interface Connecting {
  readonly protocol: Protocol
  readonly url: string
  readonly targets: readonly Target[]
  /** Where the chain begins, for a rival without snapshots. */
  readonly head: string | null
  /** Whether the server opens each stream with a snapshot. */
  readonly snapshots: boolean
}

/** One event as its publisher knows it: its cursor, and the steady time at which its commit was answered. */
export type Committed = readonly [cursor: string, at: number]

export interface Publishing {
  /** Until then, or until so many were published. */
  readonly ms: number
  readonly events: number
  /** Committed and not yet with everybody. */
  readonly window: number
  /** Events a second; undefined for as fast as the window allows. */
  readonly rate?: number | undefined
}

export interface Published {
  readonly began: number
  readonly committed: readonly Committed[]
}

export interface Received {
  /** Events that arrived, of all receivers together. */
  readonly messages: number
  readonly frames: number
  readonly bytesPerFrame: number
  readonly lost: number
  readonly doubled: number
  readonly reordered: number
  readonly unknown: number
  /** Events that did not name the one before them. */
  readonly broken: number
  /** The first of what else came; empty where nothing did. */
  readonly strange: readonly string[]
  /** Steady time of the last arrival. */
  readonly until: number
  /** From the answered commit to the arrival, ms. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Of a server, KiB: what the system counts for it, and what of its heap is in use. */
export interface Memory {
  readonly resident: number
  readonly live: number
}

export interface LogPlaceOfChart {
  readonly orgId: string
  readonly chartId: string
  readonly patientId: string
  readonly actorId: string
}

/** What a contestant needs before it listens. */
export interface Opening {
  readonly databaseUrl: string
  readonly keyFile: string
  readonly dataDir: string
  /** Undefined for a server that publishes nothing. */
  readonly place: LogPlaceOfChart | undefined
  /** By group; a rival sends these, with what is new in each event. */
  readonly templates: readonly Template[]
  /** A fault that a rival makes on purpose, to show that it is noticed. */
  readonly fault?: Fault | undefined
}

export const FAULTS = ['lose', 'double', 'reorder'] as const
export type Fault = (typeof FAULTS)[number]
