import type { TypedDocumentString } from '../generated/graphql.js'
import type { Chartroom, QueueLimits, Timers } from './api.js'
import { ChartroomClientError, isPassing } from './errors.js'
import type { CommandName, QueuedCommand } from './model.js'
import { backoff } from './timers.js'

/**
 * The commands of each chart that are not answered yet, in memory alone. While the server can be reached they go out as
 * they come; once one got no answer, the later ones of its chart stand behind it and go out one after the other, in the
 * order in which they were asked for. An attempt is always the same in every byte, so that nothing happens twice.
 */
export interface CommandQueue {
  /** Those that wait for the connection, of one chart or of all, oldest first. The same list until it changes. */
  waiting(chartId?: string): readonly QueuedCommand[]
  on(listener: () => void): () => void
  /**
   * @param work does the command with the `mutate` it is given, which tries until there is an answer
   * @throws QUEUE_FULL, QUEUE_EXPIRED, and whatever `work` throws
   */
  run<O>(what: CommandOf, work: (mutate: Mutate) => Promise<O>): Promise<O>
  /** The connection was lost: from now on commands stand in a row, the first of which tries. */
  lost(): void
  /** There is a connection: whoever waits is tried now. */
  returned(): void
  /** Whose commands these were is gone: nothing of them is sent. */
  abandon(error: ChartroomClientError): void
}

export type Mutate = Chartroom['mutate']

export interface CommandOf {
  readonly chartId: string
  readonly command: CommandName
  /** The line, comment or field it is about. */
  readonly subject: string | null
}

export interface QueueOptions {
  readonly timers: Timers
  readonly limits: QueueLimits | undefined
  /** One attempt; `variables` have their command id. */
  readonly send: Mutate
  /** Gives the variables of a command its id. */
  readonly prepare: (document: string, variables: object) => object
}

export const MOST_WAITING = 200
export const LONGEST_WAIT_SECONDS = 600

export function createCommandQueue({ timers, limits = {}, send, prepare }: QueueOptions): CommandQueue {
  const { most = MOST_WAITING, longestSeconds = LONGEST_WAIT_SECONDS } = limits
  const lanes = new Map<string, Entry[]>()
  const listeners = new Set<() => void>()
  let away = false
  let lists = new Map<string | undefined, readonly QueuedCommand[]>()

  return {
    waiting(chartId) {
      const known = lists.get(chartId)
      if (known) return known
      const entries = chartId === undefined ? [...lanes.values()].flat() : (lanes.get(chartId) ?? [])
      const waiting = entries.filter(({ held }) => held)
      const list = waiting.length === 0 ? NONE : waiting.sort((a, b) => a.number - b.number).map(told)
      lists.set(chartId, list)
      return list
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async run(what, work) {
      const lane = lanes.get(what.chartId) ?? []
      const mustWait = lane.some(({ held }) => held)
      if (mustWait && [...lanes.values()].flat().filter(({ held }) => held).length >= most)
        throw new ChartroomClientError('QUEUE_FULL')
      const entry: Entry = { ...what, number: ++count, at: timers.now(), held: false, attempted: false }
      lanes.set(what.chartId, lane)
      lane.push(entry)
      if (away) {
        entry.held = true
        changed()
      }
      try {
        if (mustWait) await hold(entry)
        return await work((document, variables) => attempts(entry, document, variables))
      } finally {
        lane.splice(lane.indexOf(entry), 1)
        if (lane.length === 0) lanes.delete(what.chartId)
        if (entry.held) changed()
        for (const later of [...lane]) later.look?.()
      }
    },
    lost() {
      away = true
    },
    returned() {
      away = false
      for (const entry of everybody()) entry.hurry?.()
    },
    abandon(error) {
      for (const entry of everybody()) {
        entry.over = error
        entry.abandon?.(error)
      }
    },
  }

  function everybody(): Entry[] {
    return [...lanes.values()].flat()
  }

  async function attempts<R, V>(entry: Entry, document: TypedDocumentString<R, V>, variables: unknown): Promise<R> {
    const prepared = prepare(document.toString(), variables as object)
    for (let attempt = 0; ; attempt++) {
      // It stood behind another change until now.
      if (entry.over) throw entry.over
      try {
        const answer = await send(document, prepared as never)
        away = false
        return answer
      } catch (error) {
        if (!isPassing(error)) throw error
        entry.attempted = true
        away = true
        await hold(entry, backoff(attempt, timers.random()))
      }
    }
  }

  /** Until nobody stands before it and the delay is over, or somebody says that there is a connection. */
  function hold(entry: Entry, delay?: number): Promise<void> {
    if (entry.over) return Promise.reject(entry.over)
    const left = entry.at + longestSeconds * 1_000 - timers.now()
    if (left <= 0) return Promise.reject(expired(entry))
    // Those that went out beside it may have no answer either: from here on they stand in a row.
    for (const it of lanes.get(entry.chartId)!) it.held = true
    changed()
    return new Promise((resolve, reject) => {
      let due = delay === undefined
      const soon = delay === undefined ? undefined : timers.setTimeout(() => entry.hurry?.(), delay)
      const late = timers.setTimeout(() => entry.abandon?.(expired(entry)), left)
      entry.hurry = () => {
        due = true
        entry.look?.()
      }
      entry.look = () => {
        if (!due || lanes.get(entry.chartId)?.find(({ held }) => held) !== entry) return
        settle()
        resolve()
      }
      entry.abandon = (error) => {
        settle()
        reject(error)
      }
      entry.look()
      function settle(): void {
        timers.clearTimeout(soon)
        timers.clearTimeout(late)
        entry.look = entry.hurry = entry.abandon = undefined
      }
    })
  }

  function changed(): void {
    lists = new Map()
    for (const listener of [...listeners]) listener()
  }
}

let count = 0

interface Entry extends CommandOf {
  /** In the order in which they were asked for. */
  readonly number: number
  readonly at: number
  /** It waits, or has waited and is under way now: those after it do not overtake it. */
  held: boolean
  attempted: boolean
  /** Why it is not tried any more. */
  over?: ChartroomClientError
  look?: (() => void) | undefined
  hurry?: (() => void) | undefined
  abandon?: ((error: ChartroomClientError) => void) | undefined
}

const told = ({ chartId, command, subject, at, attempted }: Entry): QueuedCommand => ({
  chartId,
  command,
  subject,
  since: new Date(at).toISOString(),
  attempted,
})

const NONE: readonly QueuedCommand[] = []

/** Where it was sent and no answer came, it may have been carried out: the chart tells. */
const expired = ({ attempted }: Entry): ChartroomClientError =>
  new ChartroomClientError('QUEUE_EXPIRED', undefined, { maybeDone: attempted })
