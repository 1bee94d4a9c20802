import { WebSocket } from 'ws'
import { type Chartroom, createChartroom, type LiveChart, type StreamItem } from '../client/live/index.js'
import { received } from './projection.js'

/** Somebody in the story: signed in with a password over HTTP, following charts over a WebSocket of their own. */
export interface Actor {
  readonly name: string
  readonly room: Chartroom
  /** Opens a chart and keeps everything the stream delivers. */
  follow(chartId: string): Followed
}

export interface Followed {
  readonly live: LiveChart
  /** Spans of the stream: each begins with a snapshot or a resume, and holds the events delivered after it, in order. */
  readonly spans: { from: string | null; events: unknown[] }[]
  readonly cursors: string[]
}

export async function signIn(url: string, name: string, email: string, password: string): Promise<Actor> {
  const room = createChartroom({ url, webSocket: WebSocket, credentials: { email, password } })
  const result = await room.signIn({ email, password })
  if (!result.signedIn) throw new Error(`${name} could not sign in`)
  return {
    name,
    room,
    follow(chartId) {
      const spans: Followed['spans'] = []
      const cursors: string[] = []
      const live = room.openChart(chartId, { onItem: (item) => keep(item, spans, cursors) })
      return { live, spans, cursors }
    },
  }
}

function keep(item: StreamItem, spans: Followed['spans'], cursors: string[]): void {
  switch (item.__typename) {
    case 'ChartSnapshot':
      spans.push({ from: item.cursor ?? null, events: [] })
      return
    case 'AccessChanged':
      spans.push({ from: item.snapshot.cursor ?? null, events: [] })
      return
    case 'ChartEvents':
      for (const event of item.events) {
        spans.at(-1)?.events.push(received(event as never))
        cursors.push(event.cursor)
      }
      return
    default:
      return
  }
}
