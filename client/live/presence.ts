import { FocusDocument, PresenceStreamDocument, type PresenceStreamSubscription } from '../generated/graphql.js'
import type { Focus, Timers } from './api.js'
import type { Http } from './http.js'
import type { Present } from './model.js'
import type { Operation, Socket } from './socket.js'
import { backoff } from './timers.js'
import { newUuid } from './uuid.js'

export interface PresenceKeeper {
  /** The others. */
  get(): readonly Present[]
  focus(focus: Focus): void
  close(): void
}

export interface PresenceOptions {
  readonly http: Http
  readonly socket: Socket
  readonly timers: Timers
  readonly chartId: string
  readonly changed: () => void
}

/** Who else is on the chart; and says where this tab is, every 10 s, for it is forgotten after 30. */
export function joinPresence({ http, socket, timers, chartId, changed }: PresenceOptions): PresenceKeeper {
  const presenceId = newUuid()
  let here: Focus = {}
  let present: readonly Present[] = []
  let closed = false
  let wasDropped = false
  let failures = 0
  let heartbeat: unknown
  let soon: unknown
  let waiting: unknown
  let stop = subscribe()
  beat()

  return {
    get: () => present,
    focus(focus) {
      if (closed || sameFocus(here, focus)) return
      here = focus
      // A moving cursor is told a few times a second, not for each step.
      soon ??= timers.setTimeout(() => {
        soon = undefined
        beat()
      }, COALESCE_MS)
    },
    close() {
      if (closed) return
      closed = true
      for (const timer of [heartbeat, soon, waiting]) timers.clearTimeout(timer)
      stop()
      become([])
      send({ leaving: true })
    },
  }

  function beat(): void {
    if (closed) return
    timers.clearTimeout(heartbeat)
    send({ ...here, editing: here.editing ?? false })
    heartbeat = timers.setTimeout(beat, HEARTBEAT_MS)
  }

  /** A lost heartbeat is made good by the next; one that may not be sent is the stream's to report. */
  function send(focus: Focus & { readonly leaving?: boolean }): void {
    http.execute(FocusDocument, { input: { chartId, presenceId, ...focus } }).catch(() => {})
  }

  function subscribe(): () => void {
    const operation: Operation = {
      payload: () => ({ query: PresenceStreamDocument.toString(), variables: { chartId, presenceId } }),
      started() {},
      next(data) {
        failures = 0
        // Cut off, it was let go of on the server: it is said again.
        if (wasDropped) beat()
        wasDropped = false
        const { presence } = data as PresenceStreamSubscription
        become(presence.present.filter((it) => it.presenceId !== presenceId))
      },
      // Who was here may have left meanwhile: better to show nobody than somebody who is not.
      dropped() {
        wasDropped = true
        become([])
      },
      completed: again,
      refused: again,
    }
    return socket.subscribe(operation)
  }

  function again(): void {
    become([])
    if (closed) return
    timers.clearTimeout(waiting)
    waiting = timers.setTimeout(() => {
      stop = subscribe()
    }, 500 + backoff(++failures, timers.random()))
  }

  function become(next: readonly Present[]): void {
    if (next.length === 0 && present.length === 0) return
    present = next
    changed()
  }
}

const HEARTBEAT_MS = 10_000
const COALESCE_MS = 150

const sameFocus = (a: Focus, b: Focus): boolean =>
  (a.suggestionId ?? null) === (b.suggestionId ?? null) &&
  (a.versionId ?? null) === (b.versionId ?? null) &&
  (a.start ?? null) === (b.start ?? null) &&
  (a.end ?? null) === (b.end ?? null) &&
  (a.editing ?? false) === (b.editing ?? false)
