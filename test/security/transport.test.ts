import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../server/app/limits.js'
import { HUB } from '../../server/live/wake.js'
import { RawSocket } from '../app/rawSocket.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

/** What a socket can do to the server and to others. What it may say at all is tested with the app. */

let server: TestServer
let coder: TestPerson
beforeAll(async () => {
  server = await testServer()
  coder = await server.signInAs('coder@demo.test')
})
afterAll(() => server.close())

const signedIn = async (person: TestPerson = coder) => RawSocket.signedIn(server.url, await person.ticket())
const STREAM =
  'subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartEvents { events { type } } } }'
/** What waits on the server to be read by the other side. */
const unread = (): number =>
  Math.max(
    0,
    ...[...server.app.sockets.open].map((s) => (s as unknown as { ws: { bufferedAmount: number } }).ws.bufferedAmount),
  )

describe('a socket that asks and does not listen', () => {
  it('is ended before its answers fill the memory, and nobody else notices', async () => {
    const { chartId } = await server.addChart()
    const good = await signedIn()
    good.subscribe('1', STREAM, { id: chartId })
    await good.answer('1')

    const bad = await signedIn()
    // Reads nothing any more, but keeps saying that it is alive.
    bad.ws.pause()
    const payload = { filler: 'x'.repeat(LIMITS.socketBytes - 200) }
    let most = 0
    let ended = false
    void bad.closed.then(() => (ended = true))
    const before = server.app.sockets.open.size
    for (let sent = 0; sent < 1_500 && server.app.sockets.open.size === before; sent++) {
      bad.send({ type: 'ping', payload })
      bad.ws.pong()
      await delay(sent < 250 ? 0 : 21)
      most = Math.max(most, unread())
    }
    expect({ ended: ended || server.app.sockets.open.size < before, most: most < 24 * 1024 * 1024 }).toEqual({
      ended: true,
      most: true,
    })
    bad.ws.terminate()

    const claim = await coder.graphql(
      'mutation ($input: ChartCommandInput!) { claimChart(input: $input) { __typename } }',
      {
        input: { commandId: crypto.randomUUID(), chartId },
      },
    )
    expect(claim.errors).toBeUndefined()
    await good.next((m) => JSON.stringify(m).includes('AccessChanged'))
    good.ws.close()
    await good.closed
  }, 60_000)

  it('cannot keep the server busy with pongs', async () => {
    const socket = await signedIn()
    for (let i = 0; i < 2_000 && socket.ws.readyState === socket.ws.OPEN; i++) socket.ws.pong()
    expect((await socket.closed).code).toBeOneOf([1006, 1013])
  })
})

describe('a thousand subscriptions', () => {
  it('on one socket are refused beyond its share, and leave no follower behind', async () => {
    const { chartId } = await server.addChart()
    const socket = await signedIn()
    for (let i = 0; i < 250; i++) socket.subscribe(`s${i}`, STREAM, { id: chartId })
    const answers = await Promise.all(Array.from({ length: 250 }, (_, i) => socket.answer(`s${i}`)))
    const refused = answers.filter(({ type }) => type === 'error')
    expect(answers.length - refused.length).toBeLessThanOrEqual(32)
    for (const { payload } of refused)
      expect((payload as { extensions: { code: string } }[])[0]!.extensions.code).toBe('RATE_LIMITED')
    socket.ws.close()
    await socket.closed
    await nobodyFollows()
  }, 60_000)

  it('begun and ended at once leave none either', async () => {
    const { chartId } = await server.addChart()
    for (let round = 0; round < 10; round++) {
      const socket = await signedIn()
      for (let i = 0; i < 100; i++) {
        socket.subscribe(`s${i}`, STREAM, { id: chartId })
        socket.send({ type: 'complete', id: `s${i}` })
      }
      if (round % 2) socket.ws.terminate()
      else socket.ws.close()
      await socket.closed
    }
    await nobodyFollows()
    expect((await coder.graphql('{ viewer { roles } }')).errors).toBeUndefined()
  }, 60_000)
})

/** Waits for the moment, however long it takes; a follower that stays fails by the test's own limit. */
async function nobodyFollows(): Promise<void> {
  const hub = server.app.services.get(HUB)
  while (hub.size > 0 || server.app.sockets.open.size > 0) await delay(20)
}
