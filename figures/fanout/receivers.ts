import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { answer, steadyNow, tell } from './child.js'
import { EventSocket, FrameSocket, type Receiving, type ReceivingSocket } from './frameSocket.js'
import { addFaults, judge, keyOf, NO_FAULTS, quantile } from './judge.js'
import { Reader } from './reader.js'
import {
  type Committed,
  type Connecting,
  DOCUMENT,
  type Protocol,
  type Received,
  type Target,
  WIDE_DOCUMENT,
} from './wire.js'

/** The load generator, a process of its own: many sockets, each event of each of them checked. */

interface Held {
  readonly target: Target
  readonly readers: readonly Reader[]
  socket: ReceivingSocket
  closed: { readonly code: number; readonly reason: string } | undefined
}

let held: Held[] = []
/** How many readers have the nth event of the round. */
let having: number[] = []
let awaited = 0
let lastArrival = 0

const AT_ONCE = 64

answer({
  async connect({ targets, ...how }: Connecting) {
    const made: Held[] = new Array<Held>(targets.length)
    let next = 0
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, targets.length) }, async () => {
        while (next < targets.length) {
          const i = next++
          made[i] = await open(targets[i]!, how)
        }
      }),
    )
    held.push(...made)
    awaited = readers().filter((reader) => reader.awaited).length
  },
  begin() {
    having = []
    lastArrival = 0
    for (const reader of readers()) reader.begin()
  },
  /** Waits for what was committed, and says what became of it. */
  async finish({ committed, patienceMs }: { committed: readonly Committed[]; patienceMs: number }): Promise<Received> {
    const waitedFor = readers().filter((reader) => reader.awaited)
    let before = -1
    let since = steadyNow()
    while (waitedFor.some((reader) => reader.keys.length < committed.length)) {
      const now = total(waitedFor)
      if (now !== before) [before, since] = [now, steadyNow()]
      if (steadyNow() - since > patienceMs) break
      await sleep(5)
    }
    return judged(waitedFor, committed)
  },
  /** What a resumed reader got: exactly the events after its cursor. */
  async resumed({ tails, patienceMs }: { tails: readonly (readonly Committed[])[]; patienceMs: number }) {
    const until = steadyNow() + patienceMs
    const all = readers()
    while (all.some((reader, i) => reader.keys.length < tails[i]!.length) && steadyNow() < until) await sleep(5)
    let faults = NO_FAULTS
    for (const [i, reader] of all.entries()) faults = addFaults(faults, judge(keysOf(tails[i]!), reader.keys))
    return { ...faults, broken: sum(all.map((reader) => reader.broken)), strange: strangers(all) }
  },
  lastFrames: () => readers().map(({ sample }) => sample),
  heads: () => readers().map(({ last }) => last),
  /** Rounds neither wait for it nor count it. */
  disregard(i: number) {
    for (const reader of held[i]!.readers) reader.awaited = false
    awaited = readers().filter((reader) => reader.awaited).length
  },
  pause: (i: number) => held[i]!.socket.pause(),
  resume: (i: number) => held[i]!.socket.resume(),
  closed: (i: number) => held[i]!.closed,
  keysOf: (i: number) => held[i]!.readers.map(({ keys, last, broken }) => ({ keys, last, broken })),
  count: () => held.length,
  /** How many sockets the servers have closed. */
  gone: () => held.filter(({ closed }) => closed !== undefined).length,
  async drop(i: number | undefined) {
    const going = i === undefined ? held : [held[i]!]
    held = i === undefined ? [] : held.filter((_, place) => place !== i)
    awaited = readers().filter((reader) => reader.awaited).length
    for (const { socket } of going) socket.destroy()
    while (going.some(({ closed }) => closed === undefined)) await sleep(5)
  },
})

const readers = (): Reader[] => held.flatMap((one) => one.readers)
const total = (all: readonly Reader[]): number => sum(all.map(({ keys }) => keys.length))
const keysOf = (committed: readonly Committed[]): number[] => committed.map(([cursor]) => keyOf(cursor))
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
const strangers = (all: readonly Reader[]): string[] => [...new Set(all.flatMap(({ strange }) => strange))].slice(0, 3)

/** Tells when everybody has one event more. */
function arrived({ keys, awaited: counts }: Reader): void {
  lastArrival = steadyNow()
  if (!counts) return
  const n = keys.length
  having[n] = (having[n] ?? 0) + 1
  if (having[n] === awaited) tell(n)
}

function judged(all: readonly Reader[], committed: readonly Committed[]): Received {
  const keys = keysOf(committed)
  const at = new Map(committed.map(([cursor, when]) => [keyOf(cursor), when]))
  const waits = new Float64Array(total(all))
  let faults = NO_FAULTS
  let n = 0
  for (const reader of all) {
    // One that has what was committed, in order, is the rule; of the others is looked what went wrong.
    if (reader.keys.length !== keys.length || reader.keys.some((key, i) => key !== keys[i]))
      faults = addFaults(faults, judge(keys, reader.keys))
    for (const [i, key] of reader.keys.entries()) waits[n++] = reader.times[i]! - (at.get(key) ?? Number.NaN)
  }
  waits.sort()
  const frames = sum(all.map((reader) => reader.frames))
  return {
    messages: n,
    frames,
    bytesPerFrame: Math.round(sum(all.map(({ bytes }) => bytes)) / Math.max(1, frames)),
    ...faults,
    broken: sum(all.map(({ broken }) => broken)),
    strange: strangers(all),
    until: lastArrival,
    p50: quantile(waits, 0.5),
    p95: quantile(waits, 0.95),
    p99: quantile(waits, 0.99),
  }
}

async function open(target: Target, { protocol, url, head, snapshots }: Omit<Connecting, 'targets'>): Promise<Held> {
  const own = Array.from({ length: target.operations ?? 1 }, () => new Reader(arrived))
  for (const reader of own) reader.last = target.after ?? head
  const one: Held = { target, readers: own, socket: undefined as never, closed: undefined }
  const receiving: Receiving = {
    message: (payload) => own[0]!.take(payload),
    closed: (code, reason) => void (one.closed = { code, reason }),
  }
  const begun =
    protocol === 'graphql-transport-ws' ? overGraphql(one, url, receiving) : overOthers(one, protocol, url, receiving)
  await begun
  if (snapshots && target.after === undefined) await until(() => own.every((reader) => reader.started), one)
  return one
}

/** Opens the subscriptions of a socket as any client of the protocol does, each with an id of its own. */
async function overGraphql(one: Held, url: string, receiving: Receiving): Promise<void> {
  const { target, readers: own } = one
  const byId = new Map(own.map((reader) => [randomUUID() as string, reader]))
  let acknowledged = false
  const socket = new FrameSocket(url, 'graphql-transport-ws', {
    ...receiving,
    message(payload) {
      if (!acknowledged) acknowledged = payload.includes('connection_ack')
      else if (own.length === 1) own[0]!.take(payload)
      else byId.get(payload.toString('latin1', ID_AT, ID_AT + ID_LENGTH))?.take(payload)
    },
  })
  one.socket = socket
  await socket.opened
  socket.send(JSON.stringify({ type: 'connection_init', ...(target.ticket && { payload: { ticket: target.ticket } }) }))
  await until(() => acknowledged, one)
  const query = target.wide ? WIDE_DOCUMENT : DOCUMENT
  for (const id of byId.keys()) {
    const variables = { chartId: target.chartId, after: target.after }
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }))
  }
}

/** In `{"id":"…"`. */
const ID_AT = 7
const ID_LENGTH = 36

async function overOthers(one: Held, protocol: Protocol, url: string, receiving: Receiving): Promise<void> {
  const { target } = one
  if (protocol === 'events') {
    const body = JSON.stringify({ query: DOCUMENT, variables: { chartId: target.chartId } })
    one.socket = new EventSocket(url, body, receiving)
    return one.socket.opened
  }
  const socket = new FrameSocket(url, undefined, receiving)
  one.socket = socket
  await socket.opened
  if (protocol === 'plain') socket.send(target.chartId)
  else socket.send(hocuspocusToken(target.chartId))
}

/** The document's name, "authentication", "token", a token. */
function hocuspocusToken(name: string): Uint8Array {
  const text = (value: string): number[] => [value.length, ...Buffer.from(value)]
  return Uint8Array.from([...text(name), 2, 0, ...text('token')])
}

/** @throws where it does not come to hold within two minutes, or the server closes the socket before */
async function until(holds: () => boolean, one: Held): Promise<void> {
  const deadline = steadyNow() + 120_000
  while (!holds()) {
    const strange = one.readers.flatMap((reader) => reader.strange)[0]
    if (strange) throw new Error(`the server answered ${strange}`)
    if (one.closed) throw new Error(`the server closed the socket with ${one.closed.code} ${one.closed.reason}`)
    if (steadyNow() > deadline) throw new Error('the server did not answer')
    await sleep(2)
  }
}
