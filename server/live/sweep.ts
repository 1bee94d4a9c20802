import type { Database } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { isUuid } from '../kernel/ids.js'
import type { Following, Hub } from './hub.js'
import { changesSince, type Known } from './sweep.store.js'

/** Sign-ins that matter besides those of followers. */
export interface SessionWatcher {
  sessions(): Iterable<{ readonly orgId: string; readonly sessionId: string }>
  /** It is not in force, or not any more. Told again each second for as long as it is among `sessions`. */
  ended(sessionId: string): void
}

export interface Sweep {
  /** Look now, and not only when the second is over; several at once are one. */
  now(): void
  watch(watcher: SessionWatcher): void
  /** For tests and figures: one look, from its beginning. */
  once(): Promise<void>
  stop(): Promise<void>
}

const EVERY_MS = 1_000
/** Whoever signs out again and again makes nobody look more often than this. */
const AT_MOST_EVERY_MS = 100
/** Sweeps after which everybody is looked at, whatever changed. */
const ALL_EVERY = 30

/**
 * Once a second, one statement for all that is followed on this node: heads of logs, epochs of access, and which sign-ins
 * and tokens are in force. It makes up for whatever wake-up was lost. The answer has only what has changed, so that a
 * thousand idle followers cost as much as one.
 */
export function startSweep(options: {
  readonly database: Pick<Database, 'outsideOrganisations'>
  readonly hub: Hub
  readonly clock: Clock
  readonly onTrouble: (what: string) => void
}): Sweep {
  const { database, hub, clock, onTrouble } = options
  let known = new Map<string, Known>()
  /** From where on changes of standing are read; null where nothing is known that they could change. */
  let horizon: string | null = null
  let sweeps = 0
  /** Woken by the last sweep, and looked at again by the next. */
  let behind: readonly Following[] = []
  const watchers: SessionWatcher[] = []
  let looking: Promise<void> | undefined
  let asked = false
  let soon: NodeJS.Timeout | undefined
  let lastAt = 0
  // One at a time: a slow database must not be asked more often because it is slow.
  const timer = setInterval(() => void (looking ?? look()), EVERY_MS)
  timer.unref()

  return {
    now() {
      if (looking) {
        asked = true
        return
      }
      const wait = lastAt + AT_MOST_EVERY_MS - performance.now()
      if (wait <= 0) void look()
      else soon ??= setTimeout(() => void (looking ?? look()), wait)
    },
    watch: (watcher) => void watchers.push(watcher),
    async once() {
      await looking
      await look()
    },
    async stop() {
      clearInterval(timer)
      clearTimeout(soon)
      asked = false
      await looking
    },
  }

  function look(): Promise<void> {
    clearTimeout(soon)
    soon = undefined
    lastAt = performance.now()
    looking = sweep()
      .catch(() => onTrouble('sweep failed'))
      .finally(() => {
        looking = undefined
        if (!asked) return
        asked = false
        soon ??= setTimeout(() => void (looking ?? look()), AT_MOST_EVERY_MS)
      })
    return looking
  }

  async function sweep(): Promise<void> {
    const followed = whatIsFollowed()
    if (followed.size === 0) {
      known = followed
      horizon = null
      behind = []
      return
    }
    const logs = new Set<string>()
    let people = false
    let gone = false
    for (const { org, of, id, isNow } of await changesSince(database, followed, horizon, clock.now())) {
      const part = followed.get(org)
      if (of === 'HORIZON') horizon = isNow
      else if (of === 'ORGANISATION') {
        part!.epoch = isNow ?? undefined
        people = true
      } else if (of === 'LOG') {
        part!.logs.set(id, isNow ?? undefined)
        logs.add(id)
      } else if (part!.sessions.has(id)) {
        part!.sessions.set(id, isNow ?? undefined)
        people = true
      }
    }
    known = followed
    for (const { sessions } of known.values()) for (const session of sessions.values()) gone ||= session === undefined
    // Whoever was not behind is behind now only where something changed. The belt: now and then all are looked at.
    const all = people || gone || ++sweeps % ALL_EVERY === 0
    const suspects = new Set(behind)
    for (const [streamId, followings] of hub.streams()) {
      const log = logOf(streamId)
      if (all || (log !== undefined && logs.has(log))) for (const following of followings) suspects.add(following)
    }
    behind = [...suspects].filter((it) => hub.has(it) && isBehind(it))
    for (const following of behind) following.wake()
    for (const watcher of all ? watchers : []) {
      for (const { orgId, sessionId } of watcher.sessions()) {
        const part = known.get(orgId)?.sessions
        if (part?.has(sessionId) && part.get(sessionId) === undefined) watcher.ended(sessionId)
      }
    }
  }

  /** Each log and each sign-in once, with what was known of it. */
  function whatIsFollowed(): Map<string, Known> {
    const followed = new Map<string, Known>()
    const of = (orgId: string): Known => {
      let part = followed.get(orgId)
      if (!part) followed.set(orgId, (part = { epoch: known.get(orgId)?.epoch, logs: new Map(), sessions: new Map() }))
      return part
    }
    for (const [streamId, followings] of hub.streams()) {
      const log = logOf(streamId)
      for (const { orgId, sessionId } of followings) {
        const part = of(orgId)
        const before = known.get(orgId)
        if (log !== undefined && !part.logs.has(log)) part.logs.set(log, before?.logs.get(log))
        if (!part.sessions.has(sessionId)) part.sessions.set(sessionId, before?.sessions.get(sessionId))
      }
    }
    for (const watcher of watchers) {
      for (const { orgId, sessionId } of watcher.sessions()) {
        const { sessions } = of(orgId)
        if (!sessions.has(sessionId)) sessions.set(sessionId, known.get(orgId)?.sessions.get(sessionId))
      }
    }
    return followed
  }

  /** Whether there is anything that it has not seen: a later head, another access, or an end. */
  function isBehind(following: Following): boolean {
    const part = known.get(following.orgId)
    // It came while the statement ran: it looks by itself.
    if (!part?.sessions.has(following.sessionId)) return false
    const session = part.sessions.get(following.sessionId)
    if (session === undefined) return true
    const [memberId, personal] = session.split('.', 2) as [string, string]
    if (memberId !== following.memberId) return true
    const personEpoch = `${personal}.${part.epoch}`
    const epoch = following.epoch()
    const log = logOf(following.streamId)
    if (log === undefined) return !(epoch === personEpoch || epoch.startsWith(`${personEpoch}/`))
    if (!part.logs.has(log)) return false
    const state = part.logs.get(log)
    if (state === undefined) return true
    const [head, chartEpoch] = cut(state)
    return (
      Number(head) > following.position() ||
      epoch.length !== personEpoch.length + 1 + chartEpoch.length ||
      !epoch.startsWith(personEpoch) ||
      !epoch.endsWith(chartEpoch)
    )
  }
}

/** Before and after the first point. */
function cut(text: string): [string, string] {
  const at = text.indexOf('.')
  return [text.slice(0, at), text.slice(at + 1)]
}

/**
 * The log behind what is followed: a presence (`organisation/chart`) has none of its own, but the access of its chart.
 * Undefined where nothing of the kind stands behind it.
 */
function logOf(streamId: string): string | undefined {
  const log = streamId.slice(streamId.lastIndexOf('/') + 1)
  return isUuid(log) ? log : undefined
}
