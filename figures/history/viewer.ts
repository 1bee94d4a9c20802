import WebSocket from 'ws'
import type { Class, Item, Stream, Told } from './record.js'
import type { Random } from './random.js'

const STREAM = `subscription Watch($id: ID!, $after: String, $sight: ID) {
  chartStream(chartId: $id, after: $after, sight: $sight) { __typename
    ... on ChartSnapshot { ...snapshot }
    ... on ChartEvents { events { cursor previous type at actor { id displayName }
      chart { ...state } suggestion { id version status code } comment { id body author { id } } pend { id reason } } }
    ... on AccessChanged { change snapshot { ...snapshot } }
    ... on StreamEnded { endReason: reason }
    ... on ResyncRequired { resyncReason: reason } } }
fragment state on ChartState { id status accountNumber submissionCount coderOfRecord { id } access { can masked { field reason } } }
fragment snapshot on ChartSnapshot { cursor sight chart { ...state } comments { id } suggestions { id status } }`

/** How often it asks whether the other side is there, and how long it waits for the answer. */
const PING_MS = 800
const PONG_WITHIN_MS = 2_500
/** Before it asks again for what it was refused. */
const ASK_AGAIN_MS = 700

interface Followed {
  readonly stream: Stream & { readonly items: Item[] }
  after: string | null
  sight: string | null
  shows: readonly Class[]
  /** Of the subscription on the connection of the moment; undefined while there is none. */
  id: string | undefined
  retry: NodeJS.Timeout | undefined
}

/** Where sockets are opened, the one that is preferred first; and what opens them. */
export interface Ways {
  readonly urls: readonly string[]
  ticket(): Promise<string>
}

/**
 * Somebody who follows charts on one socket, speaks graphql-transport-ws, resumes with the last cursor and sight, and
 * writes down every item as it came: it drops no double and fills no gap.
 */
export class Viewer {
  resumes = 0
  connections = 0
  received = 0
  readonly closes = new Map<number, number>()
  readonly #followed = new Map<string, Followed>()
  readonly #byId = new Map<string, Followed>()
  #ws: WebSocket | undefined
  #acknowledged = false
  #closed = false
  #attempt = 0
  #next = 0
  #ping: NodeJS.Timeout | undefined
  #again: NodeJS.Timeout | undefined

  constructor(
    readonly name: string,
    readonly person: string,
    private readonly ways: Ways,
    private readonly random: Random,
  ) {}

  get streams(): Stream[] {
    return [...this.#followed.values()].map(({ stream }) => stream)
  }

  /** Where it stands on a chart; undefined while nothing of it is to be seen. */
  standsAt(chartId: string): { readonly last: string | null; readonly shows: readonly Class[] } | undefined {
    const followed = this.#followed.get(chartId)
    return followed?.id && followed.sight !== null ? { last: followed.after, shows: followed.shows } : undefined
  }

  start(): void {
    void this.#connect()
  }

  /** From now on these charts and no others. */
  follow(chartIds: readonly string[]): void {
    for (const followed of this.#followed.values()) {
      clearTimeout(followed.retry)
      if (followed.id && this.#acknowledged) this.#send({ id: followed.id, type: 'complete' })
    }
    this.#followed.clear()
    this.#byId.clear()
    for (const chartId of chartIds) {
      const stream = { viewer: this.name, person: this.person, chartId, items: [] }
      const followed: Followed = { stream, after: null, sight: null, shows: [], id: undefined, retry: undefined }
      this.#followed.set(chartId, followed)
      if (this.#acknowledged) this.#subscribe(followed)
    }
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#again)
    clearInterval(this.#ping)
    for (const { retry } of this.#followed.values()) clearTimeout(retry)
    this.#ws?.terminate()
  }

  async #connect(): Promise<void> {
    if (this.#closed) return
    const url = this.ways.urls[this.#attempt++ % this.ways.urls.length]!
    try {
      const ticket = await this.ways.ticket()
      if (this.#closed) return
      const ws = new WebSocket(`${url}/graphql`, 'graphql-transport-ws', { handshakeTimeout: PONG_WITHIN_MS })
      this.#ws = ws
      ws.on('error', () => {})
      ws.on('open', () => ws.send(JSON.stringify({ type: 'connection_init', payload: { ticket } })))
      ws.on('message', (data) => this.#hear(ws, String(data as Buffer)))
      ws.on('close', (code) => this.#lost(ws, code))
      this.#watch(ws)
    } catch {
      this.#later()
    }
  }

  #watch(ws: WebSocket): void {
    let heardAt = performance.now()
    ws.on('pong', () => (heardAt = performance.now()))
    ws.on('message', () => (heardAt = performance.now()))
    clearInterval(this.#ping)
    this.#ping = setInterval(() => {
      if (performance.now() - heardAt > PONG_WITHIN_MS) ws.terminate()
      else if (ws.readyState === WebSocket.OPEN) ws.ping()
    }, PING_MS)
  }

  #lost(ws: WebSocket, code: number): void {
    if (ws !== this.#ws) return
    this.closes.set(code, (this.closes.get(code) ?? 0) + 1)
    clearInterval(this.#ping)
    this.#ws = undefined
    this.#acknowledged = false
    this.#byId.clear()
    for (const followed of this.#followed.values()) {
      clearTimeout(followed.retry)
      followed.id = undefined
    }
    this.#later()
  }

  #later(): void {
    if (this.#closed) return
    this.#again = setTimeout(() => void this.#connect(), this.random.int(50, 400))
  }

  #send(message: object): void {
    this.#ws?.send(JSON.stringify(message))
  }

  #subscribe(followed: Followed): void {
    const { stream, after, sight } = followed
    const id = String(this.#next++)
    followed.id = id
    this.#byId.set(id, followed)
    if (after !== null) this.resumes++
    stream.items.push({ kind: 'opened', at: performance.now(), after })
    this.#send({ id, type: 'subscribe', payload: { query: STREAM, variables: { id: stream.chartId, after, sight } } })
  }

  #askAgain(followed: Followed): void {
    if (followed.id) this.#byId.delete(followed.id)
    followed.id = undefined
    clearTimeout(followed.retry)
    followed.retry = setTimeout(() => {
      if (this.#acknowledged && !this.#closed) this.#subscribe(followed)
    }, ASK_AGAIN_MS)
  }

  #hear(ws: WebSocket, text: string): void {
    if (ws !== this.#ws) return
    const message = JSON.parse(text) as Message
    if (message.type === 'connection_ack') {
      this.#acknowledged = true
      this.connections++
      for (const followed of this.#followed.values()) this.#subscribe(followed)
    } else if (message.type === 'ping') this.#send({ type: 'pong' })
    const followed = message.id === undefined ? undefined : this.#byId.get(message.id)
    if (!followed) return
    if (message.type === 'next') {
      const { data, errors } = message.payload as Result
      if (errors?.length) this.#refused(followed, errors)
      else if (data?.chartStream) this.#take(followed, data.chartStream)
    } else if (message.type === 'error') this.#refused(followed, message.payload as readonly Problem[])
    // After its last word, or for want of one: where it is still followed it is asked for again.
    else if (message.type === 'complete') this.#askAgain(followed)
  }

  #refused(followed: Followed, problems: readonly Problem[]): void {
    const code = problems[0]?.extensions?.code ?? 'unknown'
    // A database that is down is no word on what may be seen.
    if (code === 'NOT_FOUND') {
      Object.assign(followed, { after: null, sight: null })
      followed.stream.items.push({ kind: 'refused', at: performance.now(), code })
    }
    this.#askAgain(followed)
  }

  #take(followed: Followed, told: ToldItem): void {
    const at = performance.now()
    const { items } = followed.stream
    switch (told.__typename) {
      case 'ChartSnapshot':
        return this.#snapshot(followed, told, false, at)
      case 'AccessChanged':
        return this.#snapshot(followed, told.snapshot, true, at)
      case 'ChartEvents':
        this.received += told.events.length
        items.push({ kind: 'events', at, events: told.events.map(toldOf) })
        followed.after = told.events.at(-1)?.cursor ?? followed.after
        return undefined
      case 'ResyncRequired':
        items.push({ kind: 'resync', at })
        Object.assign(followed, { after: null, sight: null })
        return undefined
      case 'StreamEnded':
        // Another node, or this one soon, goes on with it.
        if (told.endReason === 'SERVER_STOPPING') return undefined
        items.push({ kind: 'ended', at, reason: told.endReason })
        Object.assign(followed, { after: null, sight: null })
        return undefined
    }
  }

  #snapshot(followed: Followed, snapshot: SnapshotTold, changed: boolean, at: number): void {
    const { cursor, sight, chart, comments } = snapshot
    const shows: Class[] = [
      ...(chart.accountNumber === null ? [] : (['ACCOUNT_REF'] as const)),
      ...(comments === null ? [] : (['CLINICAL'] as const)),
    ]
    const ids = comments?.map(({ id }) => id) ?? null
    followed.stream.items.push({ kind: 'snapshot', at, cursor, sight, shows, comments: ids, changed })
    Object.assign(followed, { after: cursor, sight, shows })
  }
}

interface Message {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}
interface Problem {
  readonly extensions?: { readonly code?: string }
}
interface Result {
  readonly data?: { readonly chartStream: ToldItem } | null
  readonly errors?: readonly Problem[]
}
interface SnapshotTold {
  readonly cursor: string | null
  readonly sight: string
  readonly chart: { readonly accountNumber: string | null }
  readonly comments: readonly { readonly id: string }[] | null
}
interface EventTold {
  readonly cursor: string
  readonly previous: string | null
  readonly type: string
  readonly chart: { readonly id: string; readonly accountNumber: string | null } | null
  readonly suggestion: { readonly id: string } | null
  readonly comment: { readonly id: string } | null
}
type ToldItem =
  | ({ readonly __typename: 'ChartSnapshot' } & SnapshotTold)
  | { readonly __typename: 'AccessChanged'; readonly snapshot: SnapshotTold }
  | { readonly __typename: 'ChartEvents'; readonly events: readonly EventTold[] }
  | { readonly __typename: 'StreamEnded'; readonly endReason: string }
  | { readonly __typename: 'ResyncRequired' }

const toldOf = (event: EventTold): Told => ({
  cursor: event.cursor,
  previous: event.previous,
  type: event.type,
  subjectId: event.comment?.id ?? event.suggestion?.id ?? event.chart?.id ?? null,
  shows: [
    ...(event.comment || event.suggestion ? (['CLINICAL'] as const) : []),
    ...(event.chart && event.chart.accountNumber !== null ? (['ACCOUNT_REF'] as const) : []),
  ],
  bytes: JSON.stringify(event),
})
