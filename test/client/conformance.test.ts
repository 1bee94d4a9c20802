import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartEvent, EndedReason, LiveState, StreamFacts, StreamItem } from '../../client/live/index.js'
import { createNodeChartroom } from '../../client/live/node.js'
import { systemTimers } from '../../client/live/timers.js'
import type { App } from '../../server/app/createApp.js'
import { CLOSE } from '../../server/live/closeCodes.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { FrameSocket } from './frameSocket.js'
import { play } from './history.js'
import { restart } from './restart.js'
import { scriptedServer } from './scriptedServer.js'

/*
 * Transcripts that a client in any language can follow (docs/live-client.md): what it sends, what it is sent, and where
 * it then stands. Our client follows them with a server that keeps to the script; where a server does what they say, the
 * real one is held to them too. Cursors and sights are names: e3 is the third event of a log, whatever its cursor is.
 */

interface Transcript {
  readonly says: string
  readonly rules: readonly string[]
  /** A server does not do this, and a client stands it all the same. */
  readonly faulty: boolean
  readonly steps: readonly Step[]
}

type Step =
  | { readonly out: { readonly after: string | null; readonly sight: string | null } }
  | { readonly in: Item }
  | { readonly complete: true }
  /** Null: cut, without a close frame. */
  | { readonly close: number | null }
  | { readonly because: string }
  | { readonly state: Standing }

interface Item {
  readonly __typename: 'ChartSnapshot' | 'ChartEvents' | 'AccessChanged' | 'StreamEnded' | 'ResyncRequired'
  readonly cursor?: string
  readonly sight?: string
  readonly events?: readonly { readonly cursor: string; readonly previous: string }[]
  readonly change?: string
  readonly reason?: string
  readonly snapshot?: { readonly cursor: string; readonly sight: string }
}

type Standing = Partial<StreamFacts> & {
  readonly state: LiveState
  readonly cursor: string | null
  readonly endedReason?: EndedReason
}

const folder = path.join(import.meta.dirname, 'conformance')
const TRANSCRIPTS = readdirSync(folder)
  .sort()
  .map((name) => [name.replace('.json', ''), readTranscript(name)] as const)

function readTranscript(name: string): Transcript {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Transcript
}

const LOG = play([1, 2, 3, 4, 5, 6, 7, 8].map((at) => ({ act: 'propose' as const, at })))
const placeOf = (name: string): number => Number(name.slice(1))
const cursorOf = (name: string): string => LOG.events[placeOf(name) - 1]!.cursor

/** What our own document asks for, filled into what a transcript says of an item. */
function filled({ __typename, cursor, sight, events, change, reason, snapshot }: Item): StreamItem {
  const whole = (at: { cursor: string; sight: string }) => ({ ...LOG.snapshots[placeOf(at.cursor)]!, sight: at.sight })
  const item = (): object => {
    switch (__typename) {
      case 'ChartSnapshot':
        return whole({ cursor: cursor!, sight: sight! })
      case 'ChartEvents':
        return {
          events: events!.map(
            (it): ChartEvent => ({ ...LOG.events[placeOf(it.cursor) - 1]!, previous: cursorOf(it.previous) }),
          ),
        }
      case 'AccessChanged':
        return { change, accessReason: 'ASSIGNMENT', snapshot: whole(snapshot!) }
      case 'StreamEnded':
        return { endReason: reason }
      case 'ResyncRequired':
        return { resyncReason: reason }
    }
  }
  return { __typename, ...item() } as StreamItem
}

describe('our client follows the transcript', () => {
  it.each(TRANSCRIPTS)('%s', async (_name, { steps }) => {
    const server = await scriptedServer()
    const room = createNodeChartroom({ url: server.url, timers: { ...systemTimers, random: () => 0 } })
    const chart = room.openChart('c', { presence: false })
    let subscriptions = 0
    try {
      for (const step of steps) {
        if ('out' in step) {
          await server.subscriptions(++subscriptions)
          const { after, sight } = step.out
          expect([server.asked.at(-1), server.sights.at(-1)]).toEqual([after && cursorOf(after), sight])
        } else if ('in' in step) server.send(filled(step.in))
        else if ('complete' in step) server.complete()
        else if ('close' in step) server.drop(step.close ?? undefined)
        else if ('state' in step) {
          const { state, cursor, endedReason, ...facts } = step.state
          const last = cursor && cursorOf(cursor)
          const shown = await chart.until((it) => it.state === state && it.cursor === last)
          expect(shown.facts).toMatchObject(facts)
          if (endedReason) expect(shown).toMatchObject({ endedReason, chart: null, suggestions: [] })
        }
      }
      expect(server.asked).toHaveLength(subscriptions)
    } finally {
      room.close()
      await server.close()
    }
  })
})

describe('the server keeps to the transcript', { timeout: 90_000 }, () => {
  const CODER = 'coder@demo.test'
  const DOCUMENT = `subscription Follow($chartId: ID!, $after: String, $sight: ID) {
    chartStream(chartId: $chartId, after: $after, sight: $sight) {
      __typename
      ... on ChartSnapshot { cursor sight }
      ... on ChartEvents { events { cursor previous } }
      ... on AccessChanged { change snapshot { cursor sight } }
      ... on StreamEnded { endReason: reason }
      ... on ResyncRequired { resyncReason: reason }
    }
  }`

  let server: TestServer
  let app: App
  beforeAll(async () => {
    server = await testServer()
    app = server.app
  })
  afterAll(async () => {
    await app?.close(500)
    await server?.close()
  })

  const COMMANDS: Readonly<Record<string, readonly [document: string, input: object]>> = {
    change: ['mutation($input: AddCommentInput!) { addComment(input: $input) { __typename } }', { body: 'a word' }],
    'access changes': ['mutation($input: ChartCommandInput!) { releaseChart(input: $input) { __typename } }', {}],
  }

  async function cause(what: string, chartId: string, person: TestPerson, names: Map<string, string>): Promise<void> {
    const command = COMMANDS[what]
    if (command) {
      const input = { commandId: crypto.randomUUID(), chartId, ...command[1] }
      const { errors } = await person.graphql(command[0], { input })
      expect(errors).toBeUndefined()
    } else if (what === 'the sign-in ends') await person.signOut()
    else if (what === 'the cursor is forgotten') names.set('e2', crypto.randomUUID())
    else if (what === 'the server restarts') app = await restart(server, app)
    else if (what === 'the server is too busy') for (const socket of app.sockets.open) socket.close(CLOSE.TRY_LATER)
    else throw new Error(`nobody knows how to make it so: ${what}`)
  }

  it.each(TRANSCRIPTS.filter(([, { faulty }]) => !faulty))('%s', async (_name, { steps }) => {
    const { chartId } = await server.addChart({ coder: CODER })
    const person = await server.signInAs(CODER)
    /** What the names of the transcript stand for here. */
    const names = new Map<string, string>()
    const bind = (name: string, value: string): void => {
      expect(names.get(name) ?? value).toBe(value)
      names.set(name, value)
    }
    let socket: FrameSocket | undefined
    let read = 1
    let id = 0
    const frame = async () => {
      await socket!.until((frames) => frames.length > read)
      return JSON.parse(socket!.frames[read++]!) as { type: string; payload?: { data: { chartStream: never } } }
    }
    const item = async (): Promise<Record<string, unknown>> => {
      const { type, payload } = await frame()
      expect(type).toBe('next')
      return payload!.data.chartStream
    }
    for (const step of steps) {
      if ('out' in step) {
        if (!socket) {
          socket = await FrameSocket.acknowledged(server.url, { ticket: await person.ticket() })
          read = 1
        }
        const named = (name: string | null) => (name === null ? null : names.get(name)!)
        const variables = { chartId, after: named(step.out.after), sight: named(step.out.sight) }
        socket.send({ type: 'subscribe', id: String(++id), payload: { query: DOCUMENT, variables } })
      } else if ('because' in step) await cause(step.because, chartId, person, names)
      else if ('complete' in step) expect((await frame()).type).toBe('complete')
      else if ('close' in step) {
        if (step.close === null) socket!.ws.terminate()
        const { code } = await socket!.closed
        if (step.close !== null) expect(code).toBe(step.close)
        socket = undefined
      } else if ('in' in step) {
        const { __typename, cursor, sight, events, change, reason, snapshot } = step.in
        // How many stand in one batch is the server's business.
        for (let taken = 0; events && taken < events.length; ) {
          const told = await item()
          expect(told.__typename).toBe('ChartEvents')
          for (const event of told.events as { cursor: string; previous: string }[]) {
            const { cursor: own, previous } = events[taken++]!
            expect(event.previous).toBe(names.get(previous))
            bind(own, event.cursor)
          }
        }
        if (events) continue
        const told = await item()
        expect(told.__typename).toBe(__typename)
        if (change) expect(told.change).toBe(change)
        if (reason) expect(told.endReason ?? told.resyncReason).toBe(reason)
        const at = snapshot ? (told.snapshot as { cursor: string; sight: string }) : told
        if (cursor ?? snapshot) {
          bind((cursor ?? snapshot?.cursor)!, at.cursor as string)
          bind((sight ?? snapshot?.sight)!, at.sight as string)
        }
      }
    }
    socket?.ws.terminate()
    await socket?.closed
  })
})
