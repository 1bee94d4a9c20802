import { ChartStreamDocument, type ChartStreamSubscription } from '../generated/graphql.js'
import type { Timers } from './api.js'
import { type Chain, follow, startChain } from './chain.js'
import type { ChartroomClientError } from './errors.js'
import { withRecent } from './feed.js'
import type {
  AccessNotice,
  ChartBase,
  ChartEvent,
  EndedReason,
  EngineProgress,
  LiveState,
  Part2Notice,
  RecentEvent,
  StreamFacts,
  StreamItem,
} from './model.js'
import { reduce } from './reduce.js'
import type { Operation, Socket } from './socket.js'
import { backoff } from './timers.js'

/** What the stream of a chart has told so far. */
export interface StreamView {
  readonly state: LiveState
  readonly endedReason: EndedReason | null
  readonly accessNotice: AccessNotice | null
  readonly part2Notice: Part2Notice | null
  readonly base: ChartBase | null
  readonly engine: EngineProgress | null
  readonly recentEvents: readonly RecentEvent[]
  readonly facts: StreamFacts
}

export interface StreamHooks {
  onItem?: ((item: StreamItem) => void) | undefined
  /** Events that were folded in, in order, before `changed`. */
  onEvents(events: readonly ChartEvent[]): void
  /** The access behind it changed, or the stream is over: nothing learnt before may be kept. */
  onAccess(): void
  changed(): void
}

export interface ChartStream {
  get(): StreamView
  dismissAccessNotice(): void
  /** Whoever it was shown to is gone. */
  forget(): void
  close(): void
}

/** Follows one chart: goes on from the last cursor after a drop, and from a new snapshot where that is not possible. */
export function openStream(socket: Socket, timers: Timers, chartId: string, hooks: StreamHooks): ChartStream {
  let view: StreamView = NOTHING_YET
  let chain: Chain = startChain(null)
  /** Null asks for a snapshot. */
  let after: string | null = null
  /** What the server said we may see, when it last sent all of it. */
  let sight: string | null = null
  let failures = 0
  let waiting: unknown
  let stop = subscribe()

  return {
    get: () => view,
    dismissAccessNotice: () => become({ accessNotice: null }),
    forget: () => end('UNAUTHENTICATED'),
    close: () => end('CLOSED'),
  }

  function subscribe(): () => void {
    let current = true
    const operation: Operation = {
      payload: () => ({ query: ChartStreamDocument.toString(), variables: { chartId, after, sight } }),
      started() {
        if (after === null) {
          if (view.state === 'offline') become({ state: view.base ? 'resuming' : 'connecting' })
          return
        }
        // Where nothing happened meanwhile there is nothing to send, and no news is good news.
        become({ state: 'live', facts: { ...view.facts, resumes: view.facts.resumes + 1 } })
      },
      next: (data, extensions) => {
        if (current) receive((data as ChartStreamSubscription).chartStream, noticeIn(extensions))
      },
      dropped: () => become({ state: view.base ? 'resuming' : 'connecting' }),
      offline: () => become({ state: 'offline' }),
      completed: () => again(),
      refused: (error) => refused(error),
    }
    const unsubscribe = socket.subscribe(operation)
    return () => {
      current = false
      unsubscribe()
    }
  }

  function receive(item: StreamItem, part2Notice: Part2Notice | null): void {
    hooks.onItem?.(item)
    switch (item.__typename) {
      case 'ChartSnapshot':
        chain = startChain(item.cursor)
        after = item.cursor
        sight = item.sight
        return become({
          state: 'live',
          part2Notice,
          base: reduce(null, item),
          recentEvents: [],
          facts: { ...view.facts, snapshots: view.facts.snapshots + 1 },
        })
      case 'ChartEvents':
        return receiveEvents(item.events, part2Notice)
      case 'AccessChanged':
        hooks.onAccess()
        chain = startChain(item.snapshot.cursor)
        after = item.snapshot.cursor
        sight = item.snapshot.sight
        return become({
          state: 'live',
          part2Notice,
          base: reduce(null, { __typename: 'ChartSnapshot', ...item.snapshot }),
          accessNotice: { change: item.change, reason: item.accessReason },
          recentEvents: [],
          facts: { ...view.facts, snapshots: view.facts.snapshots + 1 },
        })
      case 'ResyncRequired':
        return resync()
      case 'StreamEnded':
        // Another node, or this one soon, goes on with it.
        return item.endReason === 'SERVER_STOPPING' ? again() : end(item.endReason)
    }
  }

  function receiveEvents(events: readonly ChartEvent[], part2Notice: Part2Notice | null): void {
    if (!view.base) return resync()
    const received = follow(chain, events)
    const { fresh } = received
    chain = received.chain
    after = chain.last
    if (fresh.length > 0) failures = 0
    const base = fresh.length > 0 ? reduce(view.base, { __typename: 'ChartEvents', events: fresh }) : view.base
    hooks.onEvents(fresh)
    become({
      state: 'live',
      // Every event with such content carries it; what came without takes nothing back.
      part2Notice: part2Notice ?? view.part2Notice,
      base,
      engine: engineAfter(view.engine, fresh),
      recentEvents: withRecent(view.recentEvents, fresh, view.base.chart.coderOfRecord),
      facts: {
        ...view.facts,
        events: view.facts.events + fresh.length,
        duplicates: view.facts.duplicates + received.duplicates,
        gaps: view.facts.gaps + (received.gap ? 1 : 0),
      },
    })
    if (received.gap) resync()
  }

  function resync(): void {
    after = null
    sight = null
    again()
  }

  /** Subscribe anew: the first time at once, and more slowly where that does not help. */
  function again(): void {
    stop()
    if (view.state === 'ended') return
    become({ state: view.base ? 'resuming' : 'connecting' })
    const delay = failures === 0 ? 0 : backoff(failures, timers.random())
    failures++
    timers.clearTimeout(waiting)
    waiting = timers.setTimeout(() => {
      stop = subscribe()
    }, delay)
  }

  function refused(error: ChartroomClientError): void {
    if (error.code === 'NOT_FOUND' || error.code === 'UNAUTHENTICATED') return end(error.code)
    if (PASSING.has(error.code)) {
      failures = Math.max(failures, 1)
      return again()
    }
    end('REFUSED')
  }

  function end(reason: EndedReason): void {
    if (view.state === 'ended') return
    timers.clearTimeout(waiting)
    hooks.onAccess()
    // Whom the server shows the chart no more keeps nothing of it; who closes it may look at what was last.
    const rest = reason === 'CLOSED' ? {} : { base: null, part2Notice: null, recentEvents: [], engine: null }
    become({ state: 'ended', endedReason: reason, ...rest })
    stop()
  }

  function become(change: Partial<StreamView>): void {
    if (view.state === 'ended') return
    view = { ...view, ...change }
    hooks.changed()
  }
}

const NOTHING_YET: StreamView = {
  state: 'connecting',
  endedReason: null,
  accessNotice: null,
  part2Notice: null,
  base: null,
  engine: null,
  recentEvents: [],
  facts: { events: 0, duplicates: 0, gaps: 0, resumes: 0, snapshots: 0 },
}

const PASSING: ReadonlySet<string> = new Set(['UNAVAILABLE', 'INTERNAL', 'RATE_LIMITED', 'NETWORK'])

function engineAfter(before: EngineProgress | null, events: readonly ChartEvent[]): EngineProgress | null {
  let engine = before
  for (const event of events) {
    if (event.type === 'ENGINE_FINISHED' || event.type === 'ENGINE_FAILED') engine = null
    else if (event.engine) engine = event.engine
  }
  return engine
}

/** The statement beside the data of an answer, and the scope of the one consent it rests on. */
function noticeIn(extensions: unknown): Part2Notice | null {
  const { part2Notice } = (extensions ?? {}) as { readonly part2Notice?: Readonly<Record<string, unknown>> }
  const { version, text, consentId, scope } = part2Notice ?? {}
  if (typeof version !== 'string' || typeof text !== 'string') return null
  const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  return { version, text, consentId: textOf(consentId), scope: textOf(scope) }
}
