import { openDatabase } from '../../server/db/pool.js'
import { openKeyFile } from '../../server/vault/keyFile.js'
import { createVault } from '../../server/vault/vault.js'
import { answer, steadyNow } from './child.js'
import { type EventLog, type Logged, openEventLog } from './eventLog.store.js'
import type { Committed, Fault, Memory, Opening, Published, Publishing, Template } from './wire.js'

/** What a contestant is, in a process of its own. */
export interface Contestant {
  /** Listens. @returns where */
  open(opening: Opening): Promise<string>
  /** Subscribers that will get what is sent from now on. */
  count(): number
  /** Hands on what was just committed. */
  send(event: Logged): void
}

/** How long a publisher waits for its receivers before it says that they stand still. */
const PATIENCE_MS = 20_000

export function contend(contestant: Contestant): void {
  let log: EventLog | undefined
  let completed = 0
  let release: (() => void) | undefined

  answer({
    async open(opening: Opening) {
      if (opening.place) {
        const database = openDatabase({ url: opening.databaseUrl, max: 2 })
        log = await openEventLog(database, createVault(openKeyFile(opening.keyFile)), opening.place)
      }
      return contestant.open(opening)
    },
    head: () => log!.head,
    count: () => contestant.count(),
    completed(events: number) {
      completed = events
      release?.()
    },
    async publish({ ms, events, window, rate }: Publishing): Promise<Published> {
      completed = 0
      const began = steadyNow()
      const committed: Committed[] = []
      while (committed.length < events && steadyNow() - began < ms) {
        if (!(await credit(() => committed.length - completed < window))) break
        if (rate !== undefined) await until(began + (committed.length * 1_000) / rate)
        const event = await log!.append()
        committed.push([event.cursor, steadyNow()])
        contestant.send(event)
      }
      return { began, committed }
    },
    /** Microseconds that this process has computed for, with all its threads. */
    cpu() {
      const { user, system } = process.cpuUsage()
      return user + system
    },
    /** What it holds while nothing happens: collected, and given a moment to hand back what it needed before. */
    async memory(): Promise<Memory> {
      for (let i = 0; i < 4; i++) {
        globalThis.gc!()
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
      const { rss, heapUsed, external } = process.memoryUsage()
      return { resident: rss / 1024, live: (heapUsed + external) / 1024 }
    },
  })

  /** @returns false where nothing moved for too long */
  async function credit(given: () => boolean): Promise<boolean> {
    const deadline = steadyNow() + PATIENCE_MS
    while (!given()) {
      if (steadyNow() > deadline) return false
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000)
        release = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      release = undefined
    }
    return true
  }
}

async function until(time: number): Promise<void> {
  const left = time - steadyNow()
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
}

/** The event as a group is shown it: the same bytes that Chartroom sends to that sight. */
export const eventOf = (template: Template, { cursor, previous, at }: Logged): object => ({
  ...template,
  cursor,
  previous,
  at,
})

export const itemOf = (template: Template, event: Logged): object => ({
  __typename: 'ChartEvents',
  events: [eventOf(template, event)],
})

/** The frame of the protocol, with an id of the usual length. */
export const frameOf = (template: Template, event: Logged): string =>
  JSON.stringify({ id: FRAME_ID, type: 'next', payload: { data: { chartStream: itemOf(template, event) } } })

const FRAME_ID = '00000000-0000-4000-8000-000000000000'

/**
 * Makes one mistake early in a run, as a broken server might: loses an event, sends one twice, or two the wrong way round.
 * @returns what is to be sent now
 */
export function withFault(fault: Fault | undefined): (event: Logged) => Logged[] {
  let sent = 0
  let kept: Logged | undefined
  return (event) => {
    sent++
    if (fault === 'lose' && sent === 3) return []
    if (fault === 'double' && sent === 5) return [event, event]
    if (fault === 'reorder' && sent === 5) {
      kept = event
      return []
    }
    const now = kept ? [event, kept] : [event]
    kept = undefined
    return now
  }
}
