import { EventEmitter } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { createHeart, RHYTHM } from '../../server/app/keepAlive.js'
import { HUB } from '../../server/live/wake.js'
import { type TestServer, testServer } from '../support/server.js'
import { RawSocket } from './rawSocket.js'

const PRESENCE = 'subscription ($id: ID!) { presence(chartId: $id) { present { presenceId } } }'

/** What the heart knows of a socket: it is pinged, it answers for as long as somebody is there, it is ended. */
class Peer extends EventEmitter {
  readonly OPEN = 1
  readonly CLOSED = 3
  readyState = 1
  bufferedAmount = 0
  endedAt: number | undefined

  constructor(
    /** From then on it answers nothing. */
    readonly goneAt: number,
    /** How long a pong takes. */
    readonly awayMs: number,
  ) {
    super()
  }

  ping(): void {
    setTimeout(() => {
      if (performance.now() < this.goneAt) this.emit('pong')
    }, this.awayMs)
  }

  terminate(): void {
    this.readyState = this.CLOSED
    this.endedAt ??= performance.now()
    this.emit('close')
  }
}

describe('the rhythm of pings', () => {
  const PROMISED_MS = 20_000

  it('ends whoever has gone within 20 seconds, whenever that is, and nobody who answers', () => {
    const awayMs = fc.integer({ min: 1, max: RHYTHM.pongWithinMs - 1 })
    const peer = fc.record({ comesAt: fc.nat(30_000), staysMs: fc.nat(90_000), awayMs })
    fc.assert(
      fc.property(fc.array(peer, { minLength: 1, maxLength: 8 }), (peers) => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval', 'performance'] })
        try {
          const heart = createHeart()
          const dropped: string[] = []
          const began = performance.now()
          const all = peers.map(({ comesAt, staysMs, awayMs: away }) => {
            const mortal = new Peer(began + comesAt + staysMs, away)
            const lasting = new Peer(Number.POSITIVE_INFINITY, away)
            setTimeout(() => {
              for (const it of [mortal, lasting])
                heart.keep(it as unknown as WebSocket, (reason) => dropped.push(reason))
            }, comesAt)
            return { mortal, lasting }
          })
          vi.advanceTimersByTime(30_000 + 90_000 + PROMISED_MS)
          for (const { mortal, lasting } of all) {
            expect(mortal.endedAt! - mortal.goneAt).toBeLessThanOrEqual(PROMISED_MS)
            expect(lasting.readyState).toBe(lasting.OPEN)
            lasting.terminate()
          }
          expect(dropped).toEqual(peers.map(() => 'DEAD_PEER'))
          // Of nobody a timer is left, and nothing looks where there is nobody to look at.
          vi.advanceTimersByTime(RHYTHM.pongWithinMs)
          expect(vi.getTimerCount()).toBe(0)
        } finally {
          vi.useRealTimers()
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('sockets whose other side is gone, and a server that goes', () => {
  let server: TestServer
  /** A tenth of the real one. */
  const rhythm = { pingEveryMs: 1_100, pongWithinMs: 800, tickMs: 100 }
  beforeAll(async () => void (server = await testServer({ rhythm })))
  afterAll(() => server.close())
  afterEach(() => {
    expect(server.app.services.get(HUB).size).toBe(0)
  })

  it('one that answers no ping is ended with all that it follows, and nobody else is', async () => {
    const person = await server.signInAs('coder@demo.test')
    const { chartId } = await server.addChart()
    const [dead, alive] = await Promise.all([
      RawSocket.signedIn(server.url, await person.ticket(), { autoPong: false }),
      RawSocket.signedIn(server.url, await person.ticket()),
    ])
    for (const socket of [dead, alive]) {
      socket.subscribe('p', PRESENCE, { id: chartId })
      await socket.answer('p')
    }
    let asked = 0
    alive.ws.on('ping', () => asked++)
    // Without a close frame: the other side would not read one.
    expect((await dead.closed).code).toBe(1006)
    expect(alive.ws.readyState).toBe(alive.ws.OPEN)
    expect(asked).toBeGreaterThan(0)
    for (let i = 0; i < 100 && server.app.services.get(HUB).size > 1; i++) await delay(20)
    expect([server.app.sockets.open.size, server.app.services.get(HUB).size]).toEqual([1, 1])
    alive.ws.close()
    await alive.closed
    for (let i = 0; i < 100 && server.app.services.get(HUB).size > 0; i++) await delay(20)
  }, 40_000)

  it('one that never says who it is is closed, and holds no place for a person', async () => {
    const silent = (await Promise.all(Array.from({ length: 20 }, () => RawSocket.open(server.url)))) as RawSocket[]
    const person = await server.signInAs('coder@demo.test')
    const good = await RawSocket.signedIn(server.url, await person.ticket())
    const closed = await Promise.all(silent.map((socket) => socket.closed))
    expect(new Set(closed.map(({ code }) => code))).toEqual(new Set([4408]))
    expect(good.ws.readyState).toBe(good.ws.OPEN)
    good.ws.close()
    await good.closed
  }, 40_000)

  it('all of a server that stops are told so one after the other, and none is let in meanwhile', async () => {
    const stopping = await testServer()
    const person = await stopping.signInAs('coder@demo.test')
    const sockets = await Promise.all(
      Array.from({ length: 20 }, async () => RawSocket.signedIn(stopping.url, await person.ticket())),
    )
    const told = sockets.map(async (socket) => {
      const { code } = await socket.closed
      return { code, at: performance.now() }
    })
    const ticket = await person.ticket()
    const ended = stopping.app.close()
    const late = await RawSocket.signedIn(stopping.url, ticket).then(
      () => 'in',
      (error: unknown) => String(error),
    )
    expect(late).not.toBe('in')
    const closed = await Promise.all(told)
    await ended
    expect(new Set(closed.map(({ code }) => code))).toEqual(new Set([1012]))
    const at = closed.map((it) => it.at).sort((a, b) => a - b)
    // A timer is never early: of two seconds, nineteen twentieths lie between the first and the last.
    expect(at.at(-1)! - at[0]!).toBeGreaterThan(1_000)
    await stopping.close()
  }, 60_000)
})
