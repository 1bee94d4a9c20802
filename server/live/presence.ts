import type { Clock } from '../kernel/clock.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import type { Hub } from './hub.js'

export const PRESENCE: ServiceKey<PresenceBoard> = serviceKey('presence')

/** Where somebody is on a chart. In memory only: never logged, never persisted. */
export interface Focus {
  readonly presenceId: string
  readonly orgId: string
  readonly chartId: string
  readonly memberId: string
  readonly suggestionId: string | null
  readonly versionId: string | null
  readonly start: number | null
  readonly end: number | null
  /** A soft lock: shown to others, enforced by nothing. */
  readonly editing: boolean
}

/** Presence expires 30 s after the last heartbeat. */
const EXPIRES_MS = 30_000
/** Windows of one member on one chart: whoever opens more is no longer shown in the one heard of longest ago. */
export const PLACES_PER_MEMBER = 20
/** At most ten updates a second per chart. */
const COALESCE_MS = 100

export interface PresenceBoard {
  /** A heartbeat: who is where now. */
  here(focus: Focus): void
  leave(orgId: string, chartId: string, presenceId: string): void
  on(orgId: string, chartId: string): readonly Focus[]
  /** Wakes those who follow a chart's presence (keyed by organisation and chart), and those whose access changes. */
  readonly hub: Hub
  close(): void
}

export const presenceKey = (orgId: string, chartId: string): string => `${orgId}/${chartId}`

type Places = Map<string, { readonly focus: Focus; readonly until: number }>

/** Nobody fills a node's memory, or everybody's page, with places of their own. */
function dropBeyondLimit(chart: Places, { presenceId, memberId }: Focus): void {
  const others = [...chart].filter(([id, { focus }]) => focus.memberId === memberId && id !== presenceId)
  others.sort(([, a], [, b]) => a.until - b.until)
  for (const [id] of others.slice(0, Math.max(0, others.length + 1 - PLACES_PER_MEMBER))) chart.delete(id)
}

/** @param hub the node's own, so that a change of access wakes who follows a presence as it wakes who follows a log. */
export function createPresenceBoard(clock: Clock, hub: Hub): PresenceBoard {
  const charts = new Map<string, Places>()
  const pending = new Set<string>()
  let flush: NodeJS.Timeout | undefined
  const expire = setInterval(() => dropExpired(), 5_000)
  expire.unref()

  return {
    hub,
    here(focus) {
      const key = presenceKey(focus.orgId, focus.chartId)
      const chart: Places = charts.get(key) ?? new Map()
      const now = clock.now().getTime()
      const before = chart.get(focus.presenceId)
      chart.set(focus.presenceId, { focus, until: now + EXPIRES_MS })
      dropBeyondLimit(chart, focus)
      charts.set(key, chart)
      // One that had expired comes back, even to the same place: whoever looked meanwhile did not see it.
      if (!before || before.until <= now || JSON.stringify(before.focus) !== JSON.stringify(focus)) changed(key)
    },
    leave(orgId, chartId, presenceId) {
      const key = presenceKey(orgId, chartId)
      if (charts.get(key)?.delete(presenceId)) changed(key)
    },
    on(orgId, chartId) {
      const now = clock.now().getTime()
      const all = [...(charts.get(presenceKey(orgId, chartId))?.values() ?? [])]
      return all.filter((p) => p.until > now).map((p) => p.focus)
    },
    close() {
      clearInterval(expire)
      clearTimeout(flush)
    },
  }

  function changed(key: string): void {
    pending.add(key)
    flush ??= setTimeout(() => {
      flush = undefined
      for (const k of pending) hub.wakeStream(k)
      pending.clear()
    }, COALESCE_MS)
  }

  function dropExpired(): void {
    const now = clock.now().getTime()
    for (const [key, chart] of charts) {
      for (const [id, { until }] of chart) {
        if (until > now) continue
        chart.delete(id)
        changed(key)
      }
      if (chart.size === 0) charts.delete(key)
    }
  }
}
