import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attempt, Cast, Cause } from './causes.js'
import { eventsCommitted } from './commits.store.js'
import { type Frame, Watcher } from './watcher.js'

/** How a stream stands when access behind it changes. */
export const MODES = ['idle', 'flowing', 'full'] as const
export type Mode = (typeof MODES)[number]

/** What one run found. Times are milliseconds after the commit of the change as the database knows it. */
export interface Run {
  /** Events delivered under the sight of before, and how many were committed while the change was made. */
  readonly delivered: number
  readonly racing: number
  /** While events flow: how many were committed from then until the flow was stopped after the change. */
  readonly flowed: number | undefined
  /** Events committed after the change and delivered under the sight of before. */
  readonly late: number
  readonly change: number
  /** To `complete` and to the closing of the socket, where the stream and the sign-in end. */
  readonly complete: number | undefined
  readonly close: number | undefined
  /** To the last event of before; undefined where none left after the change. */
  readonly lastEvent: number | undefined
  /** With a queue that was full: what stood before the change, was for this follower, and had not been sent. */
  readonly unsent: number | undefined
}

/** Enough that neither the sockets nor the server hold all of it. */
const FULL = {
  comments: { streams: 12, events: 240, hands: 8 },
  states: { streams: 14, events: 400, hands: 1 },
} as const
const BACKLOG_BODY = 'A word of the record. '.repeat(180)
/** With which the server closes a socket whose sign-in or token has ended. */
const SIGN_IN_ENDED = 4403
/** How long the streams have to open before the clock ends what lets them. */
const LEAD_MS: Readonly<Record<Mode, number>> = { idle: 2_000, flowing: 2_000, full: 10_000 }

/** One chart, its streams on one socket, one change. */
export async function run(cause: Cause, mode: Mode, url: string, cast: Cast): Promise<Run> {
  const chart = await cast.supervisor.newChart(cast.queueId)
  const { chartId } = chart
  const attempt = await cause.prepare(cast, chart)
  const watchers: Watcher[] = []
  try {
    return await measured(cause, mode, url, cast, chartId, attempt, watchers)
  } finally {
    for (const watcher of watchers) watcher.close()
    await attempt.undo?.()
  }
}

async function measured(
  cause: Cause,
  mode: Mode,
  url: string,
  cast: Cast,
  chartId: string,
  attempt: Attempt,
  watchers: Watcher[],
): Promise<Run> {
  const open = async (): Promise<Watcher> => {
    const watcher = await Watcher.on(url, await attempt.ticket())
    watchers.push(watcher)
    return watcher
  }
  await cast.writer.review(chartId)
  const { say, takes } = await speaker(cause, cast, chartId)
  const before = (await eventsCommitted(cast.sql, chartId)).at(-1)!.cursor
  const full = cause.states ? FULL.states : FULL.comments
  if (mode === 'full')
    for (let i = 0; i < full.events / full.hands; i++)
      await Promise.all(Array.from({ length: full.hands }, () => say(BACKLOG_BODY)))

  await attempt.arm?.(LEAD_MS[mode])
  const watcher = await open()
  const ids = Array.from({ length: mode === 'full' ? full.streams : 1 }, (_, i) => `stream-${i}`)
  let backlog: ReadonlySet<string> = new Set()
  if (mode === 'full') {
    watcher.pause()
    for (const id of ids)
      watcher.subscribe(id, chartId, before, cause.states)
      // Until the server has sent what it could and waits for the reader; meanwhile somebody of the same access reads all.
    ;[backlog] = await Promise.all([heard(cause, cast, await open(), chartId, before), sleep(1_200)])
  } else {
    watcher.subscribe(ids[0]!, chartId, null, cause.states)
    await watcher.until(() => watcher.of(ids[0]!).length > 0)
  }

  let talking = mode === 'flowing'
  const flowing = Date.now()
  const talk = async (): Promise<void> => {
    while (talking) await say('meanwhile ')
  }
  const talks = cause.states ? [talk()] : [talk(), talk()]
  if (mode === 'flowing') await sleep(60)
  takes()
  const started = Date.now()
  const committed = await attempt.take()
  const answered = Date.now()
  if (mode === 'flowing') await sleep(40)
  talking = false
  await Promise.all(talks)
  const stopped = Date.now()
  if (mode !== 'idle') for (let i = 0; i < 4; i++) await say('after ')
  const reading = Date.now()
  watcher.resume()

  const tells = ({ type, text }: Frame): boolean =>
    type === 'next' && text.includes(cause.ends ? `"reason":"${cause.ends}"` : '"AccessChanged"')
  // Where nothing of the sign-in or token is in force any more, a full socket may be closed before each of its streams
  // had its turn to tell.
  const shut = (): boolean => cause.ends !== undefined && watcher.closed?.code === SIGN_IN_ENDED
  await watcher.until(() => shut() || ids.every((id) => watcher.of(id).some(tells)))
  if (cause.ends) await watcher.until(() => shut() || ids.every((id) => watcher.of(id).at(-1)!.type === 'complete'))
  if (cause.closes) await watcher.until(() => watcher.closed !== undefined)
  await sleep(30)
  const events = await eventsCommitted(cast.sql, chartId)

  // Of a full socket the reader sees nothing before it reads: from then on it is measured.
  const from = mode === 'full' ? Math.max(reading, committed) : committed
  const streams = ids.map((id) =>
    found(watcher.of(id), tells, cause.ends !== undefined, committed, events, watcher.closed?.at),
  )
  const since = (at: number | undefined): number | undefined => (at === undefined ? undefined : Math.max(0, at - from))
  const completed = ids.map((id) => watcher.of(id).find(({ type }) => type === 'complete')?.at ?? watcher.closed?.at)
  const sent = sum(streams.map((s) => s.delivered.filter((cursor) => backlog.has(cursor)).length))
  return {
    delivered: sum(streams.map((s) => s.delivered.length)),
    racing: events.filter(({ at }) => at >= started && at <= answered).length,
    flowed: mode === 'flowing' ? events.filter(({ at }) => at >= flowing && at <= stopped).length : undefined,
    late: sum(streams.map((s) => s.late)),
    change: Math.max(0, ...streams.map((s) => s.changedAt - from)),
    complete: cause.ends ? since(Math.max(...completed.map((at) => at ?? Number.NaN))) : undefined,
    close: since(watcher.closed && cause.closes ? watcher.closed.at : undefined),
    lastEvent: later(streams.map((s) => s.lastBefore).filter((at) => at !== undefined && at > from) as number[], from),
    unsent: mode === 'full' ? ids.length * backlog.size - sent : undefined,
  }
}

/** What a follower of this access hears of what was said: it reads all of it. */
async function heard(cause: Cause, cast: Cast, reader: Watcher, chartId: string, after: string) {
  const last = (await eventsCommitted(cast.sql, chartId)).at(-1)!.cursor
  reader.subscribe('reader', chartId, after, cause.states)
  const cursors = () => reader.of('reader').flatMap(({ text }) => cursorsIn(text))
  await reader.until(() => cursors().includes(last))
  reader.close()
  return new Set(cursors())
}

/**
 * Makes an event of the chart that its streams hear: a comment, or, where the follower hears of none, that the chart
 * waits and goes on. Once its access is taken the chart may be gone, and there may be nothing to say of it.
 */
async function speaker(cause: Cause, cast: Cast, chartId: string) {
  let taking = false
  let gone = false
  const unless = async (act: () => Promise<unknown>): Promise<void> => {
    if (gone) return sleep(5)
    try {
      await act()
    } catch (error) {
      if (!taking) throw error
      gone = true
    }
  }
  const takes = (): void => void (taking = true)
  if (!cause.states)
    return { takes, say: (words: string) => unless(() => cast.writer.comment(chartId, `${words}${randomUUID()}`)) }
  if (cause.idle) {
    // Nobody may have it in hand: somebody is put on it beside its coding, and taken off again.
    let stands = false
    const say = () =>
      unless(() => {
        stands = !stands
        const part = { chartId, memberId: cast.specialist.memberId, part: 'CDI', reason: 'WORKLOAD' }
        return cast.supervisor.sent(stands ? 'assignChart' : 'unassignChart', 'AssignChartInput', part)
      })
    return { takes, say }
  }
  const coder = await cast.viewer('coder@demo.test')
  await coder.claim(chartId)
  let waits = false
  const say = () =>
    unless(() => {
      waits = !waits
      return waits
        ? coder.sent('pendChart', 'PendChartInput', { chartId, reason: 'SECOND_OPINION' })
        : coder.sent('unpendChart', 'UnpendChartInput', { chartId })
    })
  return { takes, say }
}

interface Found {
  readonly delivered: readonly string[]
  readonly late: number
  readonly changedAt: number
  readonly lastBefore: number | undefined
}

/** What one stream delivered before it told of the change, judged by the times of the commits. */
function found(
  frames: readonly Frame[],
  tells: (frame: Frame) => boolean,
  ends: boolean,
  committed: number,
  events: readonly { readonly cursor: string; readonly at: number }[],
  closedAt: number | undefined,
): Found {
  const told = frames.findIndex(tells)
  const index = told < 0 ? frames.length : told
  // Past its end a stream says nothing more; past a change it goes on under the new sight.
  const old = frames.slice(0, index)
  const beyond = ends ? frames.slice(index + 1).filter(({ type }) => type === 'next') : []
  const place = new Map(events.map((event) => [event.cursor, event.at]))
  const delivered: string[] = []
  let late = beyond.length
  let lastBefore: number | undefined
  for (const { text, at } of old) {
    const cursors = cursorsIn(text)
    for (const cursor of cursors) {
      const commit = place.get(cursor)
      if (commit === undefined) continue
      delivered.push(cursor)
      if (commit > committed) late++
    }
    if (cursors.length > 0) lastBefore = at
  }
  return { delivered, late, changedAt: frames[index]?.at ?? closedAt!, lastBefore }
}

interface Message {
  readonly payload?: { readonly data?: { readonly chartStream?: { readonly events?: readonly { cursor: string }[] } } }
}

const cursorsIn = (text: string): string[] =>
  ((JSON.parse(text) as Message).payload?.data?.chartStream?.events ?? []).map(({ cursor }) => cursor)

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
const later = (times: readonly number[], from: number): number | undefined =>
  times.length > 0 ? Math.max(...times) - from : undefined
