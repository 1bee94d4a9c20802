import { createHash } from 'node:crypto'
import type { Clock } from '../kernel/clock.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import type { Hub } from './hub.js'
import { EXPIRES_MS, type Focus, type Place } from './presence.model.js'
import { PRESENCE_KINDS, placeIn, wordOf } from './presenceWords.js'
import type { Waker } from './wake.js'

export const PRESENCE: ServiceKey<PresenceBoard> = serviceKey('presence')

/** Who follows a chart's presence on a socket: what they said of themselves goes with it. */
export interface Watcher {
  readonly orgId: string
  readonly chartId: string
  readonly memberId: string
  readonly sessionId: string
  /** The one presence that belongs to it; where it names none, all that its sign-in has on the chart. */
  readonly presenceId: string | null
}

/** Windows of one member on one chart: whoever opens more is no longer shown in the one heard of longest ago. */
export const PLACES_PER_MEMBER = 20
/** At most ten updates a second per chart; also of what one tells other nodes. */
const COALESCE_MS = 100
const EXPIRY_EVERY_MS = 1_000
/** Whoever follows again so soon, as a client does that asks for more, has not left. */
const RELEASE_MS = 400

export interface PresenceBoard {
  /** A heartbeat: who is where now. @param sessionId the sign-in that says so */
  here(focus: Focus, sessionId?: string): void
  /** @param memberId whose it is: said to other nodes also where this one has not heard of it yet */
  leave(orgId: string, chartId: string, presenceId: string, memberId?: string): void
  on(orgId: string, chartId: string): readonly Focus[]
  /** @returns to be called once, when the socket or the subscription has ended: a moment later the places are released */
  watching(watcher: Watcher): () => void
  /** Wakes those who follow a chart's presence (keyed by organisation and chart), and those whose access changes. */
  readonly hub: Hub
  /** Says goodbye for whoever still watches here. */
  close(): void
}

export const presenceKey = (orgId: string, chartId: string): string => `${orgId}/${chartId}`

/** Tells the sign-ins of one person apart on every node, and opens none of them. */
export const signInTag = (sessionId: string): string =>
  createHash('sha256').update(`presence ${sessionId}`).digest('hex').slice(0, 16)

/**
 * @param hub the node's own, so that a change of access wakes who follows a presence as it wakes who follows a log
 * @param waker by which the boards of all nodes are one; without it this one is alone
 */
export function createPresenceBoard(clock: Clock, hub: Hub, waker?: Pick<Waker, 'wire'>): PresenceBoard {
  return new Board(clock, hub, waker)
}

class Board implements PresenceBoard {
  readonly #charts = new Map<string, Map<string, Place>>()
  readonly #watchers = new Map<string, Set<Watcher>>()
  readonly #releasing = new Map<Watcher, NodeJS.Timeout>()
  /** Charts whose followers are to be woken. */
  readonly #changed = new Set<string>()
  /** What is to be told to other nodes, the last word on each presence. */
  readonly #untold = new Map<string, string>()
  readonly #tell: ((word: string) => void) | undefined
  readonly #expiry: NodeJS.Timeout
  #flush: NodeJS.Timeout | undefined

  constructor(
    readonly clock: Clock,
    readonly hub: Hub,
    waker: Pick<Waker, 'wire'> | undefined,
  ) {
    this.#tell = waker?.wire(PRESENCE_KINDS, { heard: (parts) => this.#heard(parts), connected: () => this.#greet() })
    this.#expiry = setInterval(() => this.#dropExpired(), EXPIRY_EVERY_MS)
    this.#expiry.unref()
    this.#greet()
  }

  here(focus: Focus, sessionId = ''): void {
    const place = { focus, tag: signInTag(sessionId), until: this.#now() + EXPIRES_MS, own: true }
    if (this.#put(place)) this.#say(focus, wordOf.here(place, this.#now()))
  }

  leave(orgId: string, chartId: string, presenceId: string, memberId?: string): void {
    const key = presenceKey(orgId, chartId)
    const owner = this.#charts.get(key)?.get(presenceId)?.focus.memberId
    const whose = memberId ?? owner
    if (whose === undefined || (owner !== undefined && owner !== whose)) return
    this.#drop(key, presenceId)
    this.#say({ orgId, chartId, presenceId }, wordOf.left(orgId, chartId, presenceId, whose))
  }

  on(orgId: string, chartId: string): readonly Focus[] {
    const now = this.#now()
    const all = [...(this.#charts.get(presenceKey(orgId, chartId))?.values() ?? [])]
    return all.filter((place) => place.until > now).map((place) => place.focus)
  }

  watching(watcher: Watcher): () => void {
    const key = presenceKey(watcher.orgId, watcher.chartId)
    const watchers = this.#watchers.get(key) ?? new Set()
    watchers.add(watcher)
    this.#watchers.set(key, watchers)
    return () => {
      if (!watchers.delete(watcher)) return
      if (watchers.size === 0 && this.#watchers.get(key) === watchers) this.#watchers.delete(key)
      this.#releasing.set(
        watcher,
        setTimeout(() => this.#release(watcher), RELEASE_MS),
      )
    }
  }

  close(): void {
    clearInterval(this.#expiry)
    for (const [watcher, timer] of this.#releasing) {
      clearTimeout(timer)
      this.#release(watcher)
    }
    for (const watchers of [...this.#watchers.values()])
      for (const watcher of [...watchers]) {
        watchers.delete(watcher)
        this.#release(watcher)
      }
    clearTimeout(this.#flush)
    this.#tellAll()
  }

  #now(): number {
    return this.clock.now().getTime()
  }

  /** @returns false where it is somebody else's */
  #put(place: Place): boolean {
    const { focus } = place
    const key = presenceKey(focus.orgId, focus.chartId)
    const chart = this.#charts.get(key) ?? new Map<string, Place>()
    const now = this.#now()
    const before = chart.get(focus.presenceId)
    if (before && before.until > now && before.focus.memberId !== focus.memberId) return false
    chart.set(focus.presenceId, place)
    dropBeyondLimit(chart, focus)
    this.#charts.set(key, chart)
    // One that had expired comes back, even to the same place: whoever looked meanwhile did not see it.
    if (!before || before.until <= now || JSON.stringify(before.focus) !== JSON.stringify(focus)) this.#change(key)
    return true
  }

  #drop(key: string, presenceId: string): boolean {
    const dropped = this.#charts.get(key)?.delete(presenceId) ?? false
    if (dropped) this.#change(key)
    return dropped
  }

  /** What belongs to nobody here any more is let go of, here and everywhere. */
  #release(watcher: Watcher): void {
    this.#releasing.delete(watcher)
    const { orgId, chartId } = watcher
    const key = presenceKey(orgId, chartId)
    for (const place of [...(this.#charts.get(key)?.values() ?? [])]) {
      if (!belongs(place, watcher) || this.#isWatched(key, place)) continue
      this.#drop(key, place.focus.presenceId)
      this.#say(place.focus, wordOf.released(orgId, chartId, place.focus.presenceId))
    }
  }

  #isWatched(key: string, place: Place): boolean {
    return [...(this.#watchers.get(key) ?? [])].some((watcher) => belongs(place, watcher))
  }

  #heard(parts: readonly string[]): void {
    const [kind, orgId = '', chartId = '', presenceId = '', memberId = ''] = parts
    const key = presenceKey(orgId, chartId)
    if (kind === 'pq') this.#announce()
    else if (kind === 'pl') {
      if (this.#charts.get(key)?.get(presenceId)?.focus.memberId === memberId) this.#drop(key, presenceId)
    } else if (kind === 'pr') {
      const place = this.#charts.get(key)?.get(presenceId)
      // It has moved here meanwhile: the others are told again.
      if (place && this.#isWatched(key, place)) this.#say(place.focus, wordOf.here(place, this.#now()))
      else this.#drop(key, presenceId)
    } else {
      const place = placeIn(parts, this.#now())
      if (place) this.#put(place)
    }
  }

  /** A node that comes, or comes back, asks who is where, and says what it knows itself. */
  #greet(): void {
    this.#tell?.(wordOf.question())
    this.#announce()
  }

  #announce(): void {
    const now = this.#now()
    for (const chart of this.#charts.values())
      for (const place of chart.values())
        if (place.own && place.until > now) this.#say(place.focus, wordOf.here(place, now))
  }

  #say(of: Pick<Focus, 'orgId' | 'chartId' | 'presenceId'>, word: string): void {
    if (!this.#tell) return
    this.#untold.set(`${presenceKey(of.orgId, of.chartId)}/${of.presenceId}`, word)
    this.#soon()
  }

  #change(key: string): void {
    this.#changed.add(key)
    this.#soon()
  }

  #soon(): void {
    this.#flush ??= setTimeout(() => {
      this.#flush = undefined
      for (const key of this.#changed) this.hub.wakeStream(key)
      this.#changed.clear()
      this.#tellAll()
    }, COALESCE_MS)
  }

  #tellAll(): void {
    for (const word of this.#untold.values()) this.#tell?.(word)
    this.#untold.clear()
  }

  /** Every node by itself: also of whoever was on a node that died. */
  #dropExpired(): void {
    const now = this.#now()
    for (const [key, chart] of this.#charts) {
      for (const [id, { until }] of chart) if (until <= now) this.#drop(key, id)
      if (chart.size === 0) this.#charts.delete(key)
    }
  }
}

/** Nobody releases what another person said, whatever id they name. */
function belongs({ focus, tag }: Place, watcher: Watcher): boolean {
  if (focus.memberId !== watcher.memberId) return false
  return watcher.presenceId === null ? tag === signInTag(watcher.sessionId) : focus.presenceId === watcher.presenceId
}

/** Nobody fills a node's memory, or everybody's page, with places of their own. */
function dropBeyondLimit(chart: Map<string, Place>, { presenceId, memberId }: Focus): void {
  const others = [...chart].filter(([id, { focus }]) => focus.memberId === memberId && id !== presenceId)
  others.sort(([, a], [, b]) => a.until - b.until)
  for (const [id] of others.slice(0, Math.max(0, others.length + 1 - PLACES_PER_MEMBER))) chart.delete(id)
}
