import type { LiveChart, OpenChartOptions, Timers, Viewer } from './api.js'
import { chartCommands } from './commands.js'
import { ChartroomClientError, isCode } from './errors.js'
import type { Http } from './http.js'
import type { ChartBase, ChartEvent, ChartModel, Conflict, EndedReason } from './model.js'
import { createModel } from './modelView.js'
import { createOutbox } from './outbox.js'
import { drawPending } from './pending.js'
import { joinPresence, type PresenceKeeper } from './presence.js'
import type { CommandQueue } from './queue.js'
import type { Socket } from './socket.js'
import { openStream } from './stream.js'
import { createTextCache } from './texts.js'

export interface LiveChartOptions extends OpenChartOptions {
  readonly id: string
  readonly http: Http
  readonly socket: Socket
  readonly timers: Timers
  readonly queue: CommandQueue
  readonly viewer: () => Promise<Viewer>
  readonly onClose: () => void
  /** The stream says that the session is over. */
  readonly onSignedOut: () => void
}

export interface OpenedChart {
  readonly chart: LiveChart
  /** Whoever it was shown to is gone: it ends, and nothing of it is kept. */
  forget(): void
}

/** The store of one chart: what the stream told, the person's own changes over it, and who else is here. */
export function openLiveChart(options: LiveChartOptions): OpenedChart {
  const { id, http, socket, timers, queue } = options
  const listeners = new Set<() => void>()
  const watchers = new Set<(event: ChartEvent) => void>()
  const texts = createTextCache(http)
  const outbox = createOutbox(timers, refresh, ({ command, name }, work) =>
    queue.run({ chartId: id, command, subject: name === '' ? null : name }, work),
  )
  const model = createModel(id)
  let conflicts: readonly Conflict[] = []
  let me: Viewer['member'] | null = null
  let presence: PresenceKeeper | undefined
  let snapshots = 0
  let hidden = 0
  let over = false

  const stream = openStream(socket, timers, id, {
    onItem: options.onItem,
    onEvents(events) {
      outbox.ownEvents(events.filter(isMine))
      for (const event of events) for (const watch of [...watchers]) watch(event)
    },
    onAccess() {
      texts.clear()
      conflicts = []
    },
    changed: () => refresh(),
  })
  if (options.presence !== false) presence = joinPresence({ http, socket, timers, chartId: id, changed: refresh })
  // Only to name the person in what is drawn before the server has answered, and to know the person's own events.
  options.viewer().then(
    ({ member }) => {
      me = member
    },
    () => {},
  )
  const stopQueue = queue.on(refresh)
  refresh()

  const chart: LiveChart = {
    id,
    get state() {
      return model.get().state
    },
    get endedReason() {
      return model.get().endedReason
    },
    get accessNotice() {
      return model.get().accessNotice
    },
    getSnapshot: model.get,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ready: () => until((it) => it.chart !== null),
    until,
    ...chartCommands({
      chartId: id,
      run: (command, subject, work) => queue.run({ chartId: id, command, subject }, work),
      outbox,
      timers,
      base: () => stream.get().base,
      drawn: () => drawPending(stream.get().base!, outbox.get()),
      ready,
      me: () => me,
      addConflict(conflict) {
        conflicts = [...conflicts, conflict]
        refresh()
      },
      watchCursor,
    }),
    documentText: (versionId) => texts.get(versionId),
    focus: (focus) => presence?.focus(focus),
    dismissConflict(conflictId) {
      conflicts = conflicts.filter((it) => it.id !== conflictId)
      refresh()
    },
    dismissAccessNotice: () => stream.dismissAccessNotice(),
    simulateDrop: () => socket.drop(),
    close() {
      stream.close()
      presence?.close()
      stopQueue()
      options.onClose()
    },
  }
  return {
    chart,
    forget() {
      stream.forget()
      stopQueue()
      options.onClose()
    },
  }

  function refresh(): void {
    const view = stream?.get()
    if (!view) return
    if (view.base) {
      outbox.reconcile(view.base, view.facts.snapshots !== snapshots)
      snapshots = view.facts.snapshots
      forgetHidden(view.base)
    }
    if (view.state === 'ended' && !over) {
      over = true
      outbox.clear()
      presence?.close()
      if (view.endedReason !== null && SIGNED_OUT.has(view.endedReason)) options.onSignedOut()
    }
    if (!model.show(view, outbox.get(), conflicts, presence?.get() ?? [], queue.waiting(id))) return
    for (const listener of [...listeners]) listener()
  }

  /** The words of a document go with the document. */
  function forgetHidden(base: ChartBase): void {
    const now = base.documents.filter(({ version }) => !version).length
    if (now > hidden) texts.keepOnly(base.documents)
    hidden = now
  }

  function isMine(event: ChartEvent): boolean {
    return me !== null && event.actor?.id === me.id
  }

  function watchCursor(): { current(): string | null; stop(): void } {
    let cursor = stream.get().base?.cursor ?? null
    const watch = (event: ChartEvent): void => {
      if (event.previous === cursor && isMine(event)) cursor = event.cursor
    }
    watchers.add(watch)
    return { current: () => cursor, stop: () => watchers.delete(watch) }
  }

  async function ready(): Promise<ChartBase> {
    await until((it) => it.chart !== null)
    const { base } = stream.get()
    if (!base) throw new ChartroomClientError('NOT_FOUND')
    return base
  }

  function until(fits: (model: ChartModel) => boolean): Promise<ChartModel> {
    return new Promise((resolve, reject) => {
      listeners.add(look)
      look()
      function look(): void {
        const now = model.get()
        const fit = fits(now)
        if (!fit && now.state !== 'ended') return
        listeners.delete(look)
        if (fit) resolve(now)
        else reject(endedError(now.endedReason))
      }
    })
  }
}

const SIGNED_OUT: ReadonlySet<EndedReason> = new Set(['SIGNED_OUT', 'SESSION_EXPIRED', 'MEMBER_DISABLED'])

/** The stream's end as an error: its own code, or that the chart is no longer there to be seen. */
function endedError(reason: EndedReason | null): ChartroomClientError {
  if (isCode(reason)) return new ChartroomClientError(reason)
  if (reason !== null && SIGNED_OUT.has(reason))
    return new ChartroomClientError('UNAUTHENTICATED', undefined, { endedReason: reason })
  if (reason === 'REFUSED') return new ChartroomClientError('REQUEST_REFUSED')
  return new ChartroomClientError('NOT_FOUND', undefined, { endedReason: reason })
}
