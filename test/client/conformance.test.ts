import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartEvent, EndedReason, LiveState, StreamFacts, StreamItem } from '../../client/live/index.js'
import { createNodeChartroom } from '../../client/live/node.js'
import { systemTimers } from '../../client/live/timers.js'
import type { App } from '../../server/app/createApp.js'
import { PART2_NOTICE } from '../../server/consents/part2Notice.model.js'
import { CLOSE } from '../../server/live/closeCodes.js'
import type { AddedChart } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { FrameSocket } from './frameSocket.js'
import { FrameStream } from './frameStream.js'
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
  /** As server-sent events; over a socket where it is left out. */
  readonly over?: 'http'
  readonly steps: readonly Step[]
}

type Step =
  | { readonly out: { readonly after: string | null; readonly sight: string | null } }
  | { readonly in: Item & { readonly part2Notice?: true } }
  | { readonly complete: true }
  /** The socket's renewal (LV28), with a ticket of this person or of another. */
  | { readonly renew: { readonly ticketOf: 'the same person' | 'somebody else'; readonly answer: string } }
  /** The client ends the connection. */
  | { readonly hangUp: true }
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
  /** Whether a notice is shown. */
  readonly part2Notice?: boolean
}

const folder = path.join(import.meta.dirname, 'conformance')
const TRANSCRIPTS = readdirSync(folder)
  .sort()
  .map((name) => [name.replace('.json', ''), readTranscript(name)] as const)

function readTranscript(name: string): Transcript {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Transcript
}

const SOMEBODY_ELSE = 'somebody else signs in'
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

const NOTICE = { ...PART2_NOTICE, consentId: null, scope: null }

describe('our client follows the transcript', () => {
  // It has sockets alone.
  it.each(TRANSCRIPTS.filter(([, { over }]) => over !== 'http'))('%s', async (_name, { steps }) => {
    const server = await scriptedServer()
    // One that ends soon is renewed soon.
    if (steps.some((step) => 'renew' in step || 'hangUp' in step)) server.access.expiresIn = 2
    const room = createNodeChartroom({ url: server.url, timers: { ...systemTimers, random: () => 0 } })
    const chart = room.openChart('c', { presence: false })
    let subscriptions = 0
    try {
      for (const step of steps) {
        if ('out' in step) {
          await server.subscriptions(++subscriptions)
          const { after, sight } = step.out
          expect([server.asked.at(-1), server.sights.at(-1)]).toEqual([after && cursorOf(after), sight])
        } else if ('in' in step) server.send(filled(step.in), step.in.part2Notice && { part2Notice: NOTICE })
        else if ('complete' in step) server.complete()
        else if ('close' in step) server.drop(step.close ?? undefined)
        else if ('renew' in step) await server.renewal(step.renew.answer === 'granted' ? undefined : step.renew.answer)
        else if ('hangUp' in step) await server.hungUp()
        else if ('because' in step) {
          if (step.because === SOMEBODY_ELSE) server.access.subject = 'somebody else'
        } else if ('state' in step) {
          const { state, cursor, endedReason, part2Notice, ...facts } = step.state
          const last = cursor && cursorOf(cursor)
          const shown = await chart.until((it) => it.state === state && it.cursor === last)
          expect(shown.facts).toMatchObject(facts)
          if (part2Notice !== undefined) expect(shown.part2Notice).toEqual(part2Notice ? NOTICE : null)
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
  const OTHER = 'coder2@demo.test'
  interface Renewed {
    readonly data?: { readonly renewSession?: string } | null
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[]
  }
  const DOCUMENT = `subscription Follow($chartId: ID!, $after: String, $sight: ID) {
    chartStream(chartId: $chartId, after: $after, sight: $sight) {
      __typename
      ... on ChartSnapshot { cursor sight suggestions { code } }
      ... on ChartEvents { events { cursor previous document { version { title } } } }
      ... on AccessChanged { change snapshot { cursor sight suggestions { code } } }
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

  async function cause(what: string, chart: AddedChart, person: TestPerson, names: Map<string, string>): Promise<void> {
    const { chartId, documents } = chart
    const command = COMMANDS[what]
    const commandId = crypto.randomUUID()
    const send = async (document: string, input: object): Promise<void> => {
      const { data, errors } = await person.graphql(document, { input: { commandId, ...input } })
      expect(errors).toBeUndefined()
      expect(JSON.stringify(data)).not.toContain('CommandInvalid')
    }
    if (command) await send(command[0], { chartId, ...command[1] })
    else if (what === 'a document is labelled as a Part 2 record')
      await send('mutation($input: LabelDocumentInput!) { labelDocument(input: $input) { __typename } }', {
        documentId: documents[0]!.documentId,
        seenVersion: 1,
        labels: ['PART2'],
      })
    else if (what === 'the sign-in ends') await person.signOut()
    else if (what === 'the cursor is forgotten') {
      const last = Math.max(...[...names.keys()].filter((it) => it.startsWith('e')).map(placeOf))
      names.set(`e${last}`, crypto.randomUUID())
    } else if (what === 'the server restarts') app = await restart(server, app)
    else if (what === 'the server is too busy') for (const socket of app.sockets.open) socket.close(CLOSE.TRY_LATER)
    else if (what !== SOMEBODY_ELSE) throw new Error(`nobody knows how to make it so: ${what}`)
  }

  /** What one subscription is carried by, as a transcript sees it. */
  interface Carried {
    next(): Promise<{ readonly type: string; readonly payload?: Payload }>
    /** @param code with which the server closes it; null: nobody says anything more */
    end(code: number | null): Promise<void>
    /** Something else on the same connection, answered by `next`. */
    ask(payload: object): void
  }
  interface Payload {
    readonly data: { readonly chartStream: Record<string, unknown> }
    readonly extensions?: { readonly part2Notice?: unknown }
  }

  /** Subscriptions over one socket after the other: as many as it carries, until it is closed. */
  function overSockets(person: TestPerson) {
    let socket: FrameSocket | undefined
    let read = 1
    let id = 0
    return async (payload: object): Promise<Carried> => {
      if (!socket) {
        socket = await FrameSocket.acknowledged(server.url, { ticket: await person.ticket() })
        read = 1
      }
      const own = socket
      const ask = (asked: object): void => own.send({ type: 'subscribe', id: String(++id), payload: asked })
      ask(payload)
      return {
        ask,
        async next() {
          await own.until((frames) => frames.length > read)
          return JSON.parse(own.frames[read++]!) as never
        },
        async end(expected) {
          if (expected === null) own.ws.terminate()
          const { code } = await own.closed
          if (expected !== null) expect(code).toBe(expected)
          socket = undefined
        },
      }
    }
  }

  function overHttp(person: TestPerson) {
    return async (body: object): Promise<Carried> => {
      const stream = await FrameStream.open(server.url, person.accessToken, body)
      let read = 0
      return {
        ask() {
          throw new Error('a stream over HTTP carries one operation')
        },
        async next() {
          await stream.until(read + 1)
          return stream.events[read++] as never
        },
        async end() {
          await stream.cut()
          // Whoever is cut off is not told that it was all.
          expect(stream.events.slice(read)).toEqual([])
        },
      }
    }
  }

  it.each(TRANSCRIPTS.filter(([, { faulty }]) => !faulty))('%s', async (_name, { over, steps }) => {
    const chart = await server.addChart({
      coder: CODER,
      documents: [{ text: 'Opioid use disorder.' }],
      lines: [{ code: 'F11.20', evidence: [{ document: 0, words: 'Opioid' }] }],
    })
    const person = await server.signInAs(CODER)
    const subscribe = over === 'http' ? overHttp(person) : overSockets(person)
    /** What the names of the transcript stand for here. */
    const names = new Map<string, string>()
    const bind = (name: string, value: string): void => {
      expect(names.get(name) ?? value).toBe(value)
      names.set(name, value)
    }
    let carried: Carried | undefined
    let isOpen = false
    const item = async (noticed: boolean): Promise<Record<string, unknown>> => {
      const { type, payload } = await carried!.next()
      expect(type).toBe('next')
      expect(payload!.extensions?.part2Notice).toEqual(noticed ? NOTICE : undefined)
      return payload!.data.chartStream
    }
    for (const step of steps) {
      if ('out' in step) {
        const named = (name: string | null) => (name === null ? null : names.get(name)!)
        const variables = { chartId: chart.chartId, after: named(step.out.after), sight: named(step.out.sight) }
        carried = await subscribe({ query: DOCUMENT, variables })
        isOpen = true
      } else if ('hangUp' in step) {
        await carried!.end(null)
        isOpen = false
      } else if ('renew' in step) {
        const { ticketOf, answer } = step.renew
        const ticket = await (ticketOf === 'the same person' ? person : await server.signInAs(OTHER)).ticket()
        const query = 'mutation ($input: RenewSessionInput!) { renewSession(input: $input) }'
        carried!.ask({ query, variables: { input: { ticket } } })
        const { type, payload } = (await carried!.next()) as unknown as { type: string; payload: Renewed }
        expect(type).toBe('next')
        expect(payload.errors?.[0]?.extensions.code ?? 'granted').toBe(answer)
        if (answer === 'granted') expect(payload.data?.renewSession).toMatch(/Z$/)
        expect((await carried!.next()).type).toBe('complete')
      } else if ('because' in step) await cause(step.because, chart, person, names)
      else if ('complete' in step) expect((await carried!.next()).type).toBe('complete')
      else if ('close' in step) {
        await carried!.end(step.close)
        isOpen = false
      } else if ('in' in step) {
        const { __typename, cursor, sight, events, change, reason, snapshot, part2Notice = false } = step.in
        // How many stand in one batch is the server's business.
        for (let taken = 0; events && taken < events.length; ) {
          const told = await item(part2Notice)
          expect(told.__typename).toBe('ChartEvents')
          for (const event of told.events as { cursor: string; previous: string }[]) {
            const { cursor: own, previous } = events[taken++]!
            expect(event.previous).toBe(names.get(previous))
            bind(own, event.cursor)
          }
        }
        if (events) continue
        const told = await item(part2Notice)
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
    if (isOpen) await carried!.end(null)
  })
})
