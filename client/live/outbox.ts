import type { Timers } from './api.js'
import type { ChartBase, ChartEvent } from './model.js'
import type { Mutate } from './queue.js'
import { type ChangeKey, isSettled, type PendingChange } from './pending.js'

/** The changes that this client asked for on one chart, from the moment of asking until the stream shows them. */
export interface Outbox {
  get(): readonly PendingChange[]
  /**
   * Draws the change now, and sends it when earlier ones of its key are answered.
   * @param send is called once, with the version to say that was seen and the `mutate` to use
   * @param resultOf the version that the outcome made; null where nothing was changed, and the drawing is taken back
   */
  put<O>(
    change: PendingChange,
    send: (seen: number, mutate: Mutate) => Promise<O>,
    resultOf: (outcome: O) => number | null,
  ): Promise<O>
  /** Answers what waits until all that is under way now is shown or taken back; for 10 s at most. */
  settling(matching?: (change: PendingChange) => boolean): () => Promise<void>
  /**
   * Drops what the server's word shows by now; all that is answered, where it is `whole`: a snapshot shows everything
   * that came before it. Like `clear`, calls nobody: whoever calls it draws anew.
   */
  reconcile(base: ChartBase, whole: boolean): void
  /** The person's own changes of lines move the order on: a reorder made after them has seen those. */
  ownEvents(events: readonly ChartEvent[]): void
  clear(): void
}

/** Gives a change its turn: what `work` does with the `mutate` it is handed goes out when there is a connection. */
export type Run = <O>(change: PendingChange, work: (mutate: Mutate) => Promise<O>) => Promise<O>

export function createOutbox(timers: Timers, changed: () => void, run: Run): Outbox {
  let changes: readonly PendingChange[] = []
  const lanes = new Map<ChangeKey, Promise<unknown>>()
  const waiters = new Set<() => void>()

  return {
    get: () => changes,
    async put(change, send, resultOf) {
      const before = lanes.get(change.key)
      const sent = run(change, async (mutate) => {
        await before?.catch(() => {})
        return send(change.seen, mutate)
      })
      lanes.set(change.key, sent)
      become([...changes, change])
      try {
        const outcome = await sent
        const result = resultOf(outcome)
        if (result === null) remove(change)
        else answered(change, result)
        return outcome
      } catch (error) {
        remove(change)
        throw error
      } finally {
        if (lanes.get(change.key) === sent) lanes.delete(change.key)
      }
    },
    settling(matching = () => true) {
      const awaited = changes.filter(matching)
      return () =>
        new Promise((resolve) => {
          const timer = timers.setTimeout(done, MOST_WAIT_MS)
          waiters.add(look)
          look()
          function look(): void {
            if (!awaited.some((change) => changes.includes(change))) done()
          }
          function done(): void {
            timers.clearTimeout(timer)
            waiters.delete(look)
            resolve()
          }
        })
    },
    reconcile(base, whole) {
      const left = changes.filter((it) => !isSettled(base, it) && !(whole && it.result !== null))
      if (left.length !== changes.length) replace(left)
    },
    ownEvents(events) {
      for (const { order } of events) {
        if (!order) continue
        for (const change of changes)
          if (change.key === 'order' && change.result === null && order.version === change.seen + 1) change.seen++
      }
    },
    clear: () => replace([]),
  }

  function answered(change: PendingChange, result: number): void {
    change.result = result
    for (const later of changes)
      if (later !== change && later.key === change.key && later.result === null && later.seen === result - 1)
        later.seen = result
    // The stream may have shown it already: whoever owns the outbox looks, as after any change.
    become([...changes])
  }

  function remove(change: PendingChange): void {
    become(changes.filter((it) => it !== change))
  }

  function become(next: readonly PendingChange[]): void {
    changes = next
    changed()
    wake()
  }

  function replace(next: readonly PendingChange[]): void {
    changes = next
    wake()
  }

  function wake(): void {
    for (const look of [...waiters]) look()
  }
}

const MOST_WAIT_MS = 10_000
