import { directoryIn } from '../accounts/index.js'
import { CLOCK, type Claims, DATABASE } from '../auth/request.js'
import type { Sight } from '../auth/sight.js'
import { isEventVisible, sealerIn } from '../charts/index.js'
import { documentsTodayIn } from '../documents/index.js'
import { type ServiceKey, type Services, serviceKey } from '../kernel/services.js'
import { MOST_TIMER_MS, type Rest } from '../live/follow.js'
import { type LoggedEvent, readAfter } from '../live/log.js'
import { LIVE_METRICS } from '../live/metrics.js'
import type { Mark, Outlet, Sent } from '../live/outlet.js'
import type { AccessEntry } from '../trail/record.model.js'
import { TRAIL } from '../trail/writer.js'
import { type FeedRow, feedRow, type Newcomers } from './chartFeed.store.js'
import { gateOf } from './chartGate.js'
import { BATCH, eventsItem, opening, presentEvents, type State, type Surroundings } from './chartLook.js'
import { age } from './streamMetrics.js'
import type { StreamRecords } from './streamRecords.js'

/** The feeds of this node, by `organisation/chart`. */
export const FEEDS: ServiceKey<Map<string, ChartFeed>> = serviceKey('chart feeds')

/** One subscriber, as the feed of its chart knows it. */
export interface Subscriber {
  readonly claims: Claims
  readonly chartId: string
  readonly memberId: string
  /** What an auditor does on a chart changes what the auditor may see of it. */
  readonly audits: boolean
  readonly state: State
  readonly records: StreamRecords
  readonly outlet: Outlet
}

interface Member extends Subscriber {
  /** The member's epoch and the organisation's, as in `epochOf`. */
  readonly epoch: string
  /** The sign-in whose standing is read: its socket may go on with another. */
  sessionId: string
  /** Until when the sign-in stands, in ms; undefined before the feed has read it. */
  standsUntil: number | undefined
  readonly out: (wokenAt?: number, error?: unknown) => void
}

/** Everybody who is to receive the same bytes. */
export interface Group {
  readonly sight: Sight
  readonly outletKey: string
  /** The last cursor that its members have. */
  previous: string | null
  readonly members: Set<Member>
}

/** What a sight sees of a batch. */
interface Shown {
  readonly visible: readonly LoggedEvent[]
  readonly items: readonly object[]
}

/** Lets others in between where something takes long. */
function pauses(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < LONGEST_MS) return undefined
    return new Promise((resolve) =>
      setImmediate(() => {
        since = performance.now()
        resolve()
      }),
    )
  }
}

const LONGEST_MS = 5

/** A clock that stands still (or that was put back) is asked again only so often. */
const EARLY_MS = 5

/** By the clock, in ms. */
const endOf = ({ state, standsUntil }: Member): number =>
  Math.min(state.until?.getTime() ?? Number.POSITIVE_INFINITY, standsUntil ?? Number.POSITIVE_INFINITY)

interface Arrived extends Newcomers {
  readonly members: readonly Member[]
}

const newcomersOf = (members: readonly Member[]): Arrived => ({
  members,
  sessionIds: members.map((it) => it.sessionId),
  memberIds: members.map((it) => it.memberId),
  epochs: members.map((it) => it.epoch),
})

/** Takes one subscriber into the feed of its chart whenever it has nothing of its own to be told. */
export function restIn(services: Services, subscriber: Subscriber): Rest {
  const feeds = services.get(FEEDS)
  const { claims, chartId, state } = subscriber
  const name = `${claims.orgId}/${chartId}`
  let feed: ChartFeed | undefined
  let member: Member | undefined
  return {
    get together() {
      return feed
    },
    enter(out) {
      feed = feeds.get(name) ?? new ChartFeed(services, claims.orgId, chartId, (empty) => leaveOut(empty))
      feeds.set(name, feed)
      const [epoch] = state.epoch.split('/') as [string]
      member = { ...subscriber, out, epoch, sessionId: claims.sessionId, standsUntil: undefined }
      return feed.enter(member)
    },
    disturb: () => void (member && feed?.disturb(member)),
    leave: () => void (member && feed?.leave(member)),
  }

  function leaveOut(empty: ChartFeed): void {
    if (feeds.get(name) === empty) feeds.delete(name)
  }
}

/**
 * One chart's log, read once on this node for everybody who follows it and whose access is what it was.
 *
 * A look is one consistent read: the chart's gate, whose standing changed (sign-in, membership), and the events after the
 * position at which all who rest stand. Whoever changed, whose deadline passed, or who audits and has just acted
 * is put out and looks alone (chartLook.ts); the others are served by group: equal document, variables and sight. So access
 * is decided for each event, and an event committed after a change of it leaves under no access of before; only the
 * decision is taken for all at once.
 */
export class ChartFeed {
  readonly #groups = new Set<Group>()
  readonly #members = new Map<Member, Group>()
  /** Came while a look was under way, or stand further on: they join where the feed comes to where they stand. */
  readonly #lobby = new Set<Member>()
  /** Of the members, those whose standing has not been read here; of the others, changes are. */
  readonly #newcomers = new Set<Member>()
  readonly #auditors = new Set<Member>()
  /** Changes of standing are read from here on; those that were read already are told again for a while. */
  #since: string | null = null
  #told: ReadonlySet<string> = new Set()
  #orgEpoch: number | undefined
  #position = 0
  #gate = ''
  #woken = false
  /** The first wake-up that no look has answered yet. */
  #wokenAt: number | undefined
  /** The one that the look under way answers. */
  #lookedFor: number | undefined
  #looking = false
  #timer: NodeJS.Timeout | undefined
  /** No later than the first instant at which somebody's access ends by the clock. */
  #earliest = Number.POSITIVE_INFINITY

  constructor(
    private readonly services: Services,
    private readonly orgId: string,
    private readonly chartId: string,
    private readonly whenEmpty: (feed: ChartFeed) => void,
  ) {}

  get groups(): Iterable<Group> {
    return this.#groups
  }

  /** Subscribers that are served together here. */
  get size(): number {
    return this.#members.size
  }

  get position(): number {
    return this.#position
  }

  /** @returns false where the newcomer has events to read first */
  enter(member: Member): boolean {
    const { position, gate } = member.state
    if (!this.#looking && this.#members.size === 0) {
      this.#position = position
      this.#gate = gate
      this.#since = null
      this.#orgEpoch = undefined
      this.#earliest = Number.POSITIVE_INFINITY
    }
    if (position < this.#position) return false
    if (!this.#looking && this.#joinsNow(member)) this.#add(member)
    else {
      this.#lobby.add(member)
      this.wake()
    }
    return true
  }

  leave(member: Member): void {
    this.#lobby.delete(member)
    this.#remove(member)
    this.#closeIfEmpty()
  }

  /** Something happened that may concern one of them: what was committed, or another sign-in of theirs. */
  disturb(member: Member): void {
    const { sessionId } = member.claims
    if (member.sessionId !== sessionId && this.#members.has(member)) {
      member.sessionId = sessionId
      this.#newcomers.add(member)
    }
    this.wake()
  }

  /** Something was committed, or somebody's access changed, or an instant has come. */
  wake(): void {
    this.#woken = true
    this.#wokenAt ??= performance.now()
    if (!this.#looking) void this.#run()
  }

  async #run(): Promise<void> {
    this.#looking = true
    do {
      this.#woken = false
      this.#lookedFor = this.#wokenAt
      this.#wokenAt = undefined
      try {
        if (this.#members.size > 0) await this.#look(this.#lookedFor)
      } catch {
        // Each finds out alone what is wrong, and is told as it always is.
        this.#putOut([...this.#members.keys()])
      }
      this.#admit()
    } while ((this.#woken || this.#lobby.size > 0) && this.#members.size > 0)
    this.#looking = false
    this.#closeIfEmpty()
  }

  #admit(): void {
    for (const member of this.#lobby) {
      const { position, gate } = member.state
      if (this.#members.size > 0 && gate === this.#gate && position > this.#position) continue
      this.#lobby.delete(member)
      if (this.#members.size > 0 && this.#joinsNow(member)) this.#add(member)
      else member.out()
    }
  }

  #joinsNow({ state: { position, gate } }: Member): boolean {
    return position === this.#position && gate === this.#gate
  }

  async #look(wokenAt: number | undefined): Promise<void> {
    const newcomers = newcomersOf([...this.#newcomers])
    const clock = this.services.get(CLOCK)
    const from = this.#position
    const { orgId, chartId } = this
    const read = await this.services.get(DATABASE).read(orgId, async (tx) => {
      const now = clock.now()
      const row = await feedRow(tx, orgId, chartId, newcomers, this.#since, now)
      if (!row || gateOf(row) !== this.#gate || row.orgEpoch !== (this.#orgEpoch ??= row.orgEpoch)) return undefined
      const events = this.#upToNewcomers(await readAfter(tx, orgId, chartId, from, BATCH))
      if (events.length === 0) return { row, events }
      const [directory, today] = await Promise.all([directoryIn(tx, orgId, now), documentsTodayIn(tx, orgId, chartId)])
      return { row, events, surroundings: { directory, today } }
    })
    if (!read) return this.#putOut([...this.#members.keys()])

    const { row, events, surroundings } = read
    this.#settle(newcomers, row)
    // The instant may have passed while the log was read, which may hold what was committed after it.
    this.#putOutEnded(clock.now())
    if (this.#auditors.size > 0) {
      const actors = new Set(events.map((event) => event.actorId))
      this.#putOut([...this.#auditors].filter(({ memberId }) => actors.has(memberId)))
    }
    if (!surroundings) return
    const to = events.at(-1)!.seq
    await this.#deliver(row, events, from, to, surroundings, wokenAt)
    this.#position = to
    for (const { state } of this.#members.keys()) state.position = to
    this.#woken = true
  }

  /** Puts out whoever stands no longer as when they came. */
  #settle({ members, sessionIds }: Arrived, { standing, changes, horizon }: FeedRow): void {
    this.#since = horizon
    for (const [i, member] of members.entries()) {
      const until = standing[i]!
      // Its socket went on with another sign-in meanwhile: that one is read next.
      if (member.sessionId !== sessionIds[i]) continue
      if (until === 0) this.#putOut([member])
      else {
        this.#newcomers.delete(member)
        member.standsUntil = until
        this.#endsAt(until)
      }
    }
    const anew = changes.filter(([id]) => !this.#told.has(id))
    this.#told = new Set(changes.map(([id]) => id))
    if (anew.length === 0) return
    const changed = new Set(anew.flatMap(([, sessionId, memberId]) => [sessionId, memberId]))
    this.#putOut([...this.#members.keys()].filter((it) => changed.has(it.sessionId) || changed.has(it.memberId)))
  }

  #putOutEnded(now: Date): void {
    if (now.getTime() < this.#earliest) return
    this.#putOut([...this.#members.keys()].filter((member) => endOf(member) <= now.getTime()))
    this.#earliest = Number.POSITIVE_INFINITY
    for (const member of this.#members.keys()) this.#earliest = Math.min(this.#earliest, endOf(member))
    this.#arm()
  }

  /** Whoever stands further on joins exactly there. */
  #upToNewcomers(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
    let end = Number.POSITIVE_INFINITY
    for (const { state } of this.#lobby)
      if (state.gate === this.#gate && state.position > this.#position) end = Math.min(end, state.position)
    return events.filter((event) => event.seq <= end)
  }

  /** Everybody in a group stands at `from`; nobody comes in while this is at work. */
  async #deliver(
    row: FeedRow,
    events: readonly LoggedEvent[],
    from: number,
    to: number,
    surroundings: Surroundings,
    wokenAt: number | undefined,
  ): Promise<void> {
    const opened = opening(sealerIn(this.services, { ...row, orgId: this.orgId }))
    const seen = new Map<string, Shown>()
    const leaving: { readonly group: Group; readonly shown: Shown; readonly frames: readonly Sent[] }[] = []
    const pause = pauses()
    for (const group of this.#groups) {
      const { sight, previous } = group
      const key = `${previous}/${sight.key}`
      let shown = seen.get(key)
      if (!shown) {
        const visible = events.filter((event) => isEventVisible(event, sight))
        const presented = presentEvents(visible, opened, previous, sight, surroundings)
        seen.set(key, (shown = { visible, items: presented.map((event) => eventsItem([event])) }))
      }
      const [any] = group.members
      if (shown.items.length === 0 || !any) continue
      const frames: Sent[] = []
      let before: Mark = { position: from, previous }
      // Each event in a frame of its own, which is the same for whoever reads it sooner or later.
      for (const [i, item] of shown.items.entries()) {
        frames.push({ frame: await any.outlet.project(item), before })
        const { seq, cursor } = shown.visible[i]!
        before = { position: seq, previous: cursor }
        await pause()
      }
      leaving.push({ group, shown, frames })
    }
    await this.#record(leaving, from, to)
    const metrics = this.services.get(LIVE_METRICS)
    const sinceCommitMs = age(this.services, events)
    for (const { group, shown, frames } of leaving) {
      for (const { outlet } of group.members) outlet.write(frames)
      group.previous = shown.visible.at(-1)!.cursor
      const sinceWakeMs = wokenAt === undefined ? undefined : performance.now() - wokenAt
      const { size: readers } = group.members
      metrics.delivered({ path: 'SHARED', events: frames.length, readers, sinceWakeMs, sinceCommitMs })
    }
  }

  /** What is delivered is on record before it leaves; whoever it cannot be recorded for is delivered nothing. */
  async #record(frames: readonly { readonly group: Group }[], from: number, to: number): Promise<void> {
    const uncovered: Member[] = []
    const entries: AccessEntry[] = []
    for (const { group } of frames)
      for (const member of group.members) {
        if (member.records.covers(to)) continue
        const { chart, sight } = member.state
        const delivery = { chart, sight: sight!, from, to, snapshot: false, change: undefined }
        entries.push(...member.records.due(delivery))
        uncovered.push(member)
      }
    if (entries.length === 0) return
    await this.services
      .get(TRAIL)
      .record(this.orgId, entries)
      .catch((error: unknown) => this.#putOut(uncovered, error))
  }

  #add(member: Member): void {
    const { state, outlet } = member
    const sight = state.sight!
    let group: Group | undefined
    for (const it of this.#groups)
      if (it.sight === sight && it.outletKey === outlet.key && it.previous === state.previous) group = it
    if (!group) {
      group = { sight, outletKey: outlet.key, previous: state.previous, members: new Set() }
      this.#groups.add(group)
    }
    group.members.add(member)
    this.#members.set(member, group)
    this.#newcomers.add(member)
    if (member.audits) this.#auditors.add(member)
    this.#endsAt(endOf(member))
  }

  #remove(member: Member): void {
    const group = this.#members.get(member)
    if (!group) return
    this.#members.delete(member)
    this.#newcomers.delete(member)
    this.#auditors.delete(member)
    member.standsUntil = undefined
    group.members.delete(member)
    if (group.members.size === 0) this.#groups.delete(group)
    // What was not sent is read again, under the access of then.
    const unsent = member.outlet.purge()
    member.state.position = unsent ? unsent.position : this.#position
    member.state.previous = unsent ? unsent.previous : group.previous
  }

  #putOut(members: readonly Member[], error?: unknown): void {
    for (const member of members) {
      if (!this.#members.has(member)) continue
      this.#remove(member)
      member.out(this.#lookedFor ?? this.#wokenAt, error)
    }
  }

  #endsAt(end: number): void {
    if (end >= this.#earliest) return
    this.#earliest = end
    this.#arm()
  }

  /** One timer for everybody: at the first instant at which somebody's access, or sign-in, ends by the clock. */
  #arm(): void {
    clearTimeout(this.#timer)
    if (this.#earliest === Number.POSITIVE_INFINITY) return
    const left = this.#earliest - this.services.get(CLOCK).now().getTime()
    this.#timer = setTimeout(
      () => {
        this.#arm()
        this.wake()
      },
      Math.max(EARLY_MS, Math.min(left, MOST_TIMER_MS)),
    )
  }

  #closeIfEmpty(): void {
    if (this.#looking || this.#members.size + this.#lobby.size > 0) return
    clearTimeout(this.#timer)
    this.whenEmpty(this)
  }
}
