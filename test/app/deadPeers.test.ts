import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setTimeout as delay } from 'node:timers/promises'
import { HUB } from '../../server/live/wake.js'
import { type TestServer, testServer } from '../support/server.js'
import { RawSocket } from './rawSocket.js'

const PRESENCE = 'subscription ($id: ID!) { presence(chartId: $id) { present { presenceId } } }'

describe('sockets whose other side is gone, and a server that goes', () => {
  let server: TestServer
  beforeAll(async () => void (server = await testServer()))
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
    // Twenty seconds are promised; a machine that is busy with everything else gets as many again.
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
