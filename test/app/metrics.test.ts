import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createMetrics } from '../../server/app/metrics.js'
import { CATALOGUE } from '../../server/kernel/errors.js'
import { CLOSE } from '../../server/live/closeCodes.js'
import type { DropReason, LiveGauges } from '../../server/live/metrics.js'
import { type TestServer, testServer } from '../support/server.js'
import { RawSocket } from './rawSocket.js'

const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-metrics-'))
const tokenFile = path.join(folder, 'metrics.token')
const token = 'a-token_for-the-tests-of-this-file-0123456789'
writeFileSync(tokenFile, `${token}\n`)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let server: TestServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const ask = (url: string, authorization?: string) =>
  fetch(`${url}/metrics`, authorization === undefined ? {} : { headers: { authorization } })
/** The value of one line of the text format. */
const valueOf = (text: string, line: string): number | undefined => {
  const found = text.split('\n').find((it) => it.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length + 1))
}

describe('GET /metrics', () => {
  it('is not there unless it was asked for', async () => {
    server = await testServer()
    const answers = await Promise.all([ask(server.url), ask(server.url, `Bearer ${token}`)])
    expect(answers.map(({ status }) => status)).toEqual([404, 404])
    expect(await answers[0]!.json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is read by whoever has the token of the file, and by nobody else', async () => {
    server = await testServer({ env: { metrics: { tokenFile } } })
    const person = await server.signInAs('admin@demo.test')
    for (const wrong of [
      undefined,
      '',
      'Bearer',
      `Bearer ${token}x`,
      `Basic ${token}`,
      `Bearer ${person.accessToken}`,
    ]) {
      const answer = await ask(server.url, wrong)
      expect([answer.status, answer.headers.get('www-authenticate')], wrong).toEqual([401, 'Bearer'])
      expect(await answer.text()).not.toContain('chartroom_')
    }
    const answer = await ask(server.url, `Bearer ${token}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    const text = await answer.text()
    expect(valueOf(text, 'chartroom_sockets')).toBe(0)
    expect(text).toContain('process_resident_memory_bytes')
  })

  it('has an address of its own where one is set, and is then nowhere else', async () => {
    server = await testServer({ env: { metrics: { listen: { host: '127.0.0.1', port: 0 } } } })
    expect((await ask(server.url)).status).toBe(404)
    const logged = server.log.map((line) => JSON.parse(line) as { event: string; what?: string; port?: number })
    const own = `http://127.0.0.1:${logged.find(({ event, what }) => event === 'listening' && what === 'metrics')!.port}`
    const answer = await ask(own)
    expect(answer.status).toBe(200)
    expect(valueOf(await answer.text(), 'chartroom_followers')).toBe(0)
    expect((await fetch(`${own}/graphql`, { method: 'POST' })).status).toBe(404)
    await server.close()
    server = undefined
    await expect(ask(own)).rejects.toThrow()
  })

  it('counts who is connected, and tells no id of anything or anybody', async () => {
    server = await testServer({ env: { metrics: { tokenFile } } })
    const { chartId } = await server.addChart()
    const person = await server.signInAs('coder@demo.test')
    const socket = await RawSocket.signedIn(server.url, await person.ticket())
    socket.subscribe('s', 'subscription ($id: ID!) { chartStream(chartId: $id) { __typename } }', { id: chartId })
    await socket.answer('s')
    const text = await (await ask(server.url, `Bearer ${token}`)).text()
    expect(valueOf(text, 'chartroom_sockets')).toBe(1)
    expect(valueOf(text, 'chartroom_followers')).toBeGreaterThan(0)
    expect(valueOf(text, 'chartroom_subscribers{stream="chartStream"}')).toBe(1)
    expect(valueOf(text, 'chartroom_snapshots_total{cause="OPENING"}')).toBe(1)
    for (const id of [chartId, person.claims.userId, person.claims.sessionId, person.claims.orgId])
      expect(text).not.toContain(id)
    expect(text).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/)
    socket.ws.close()
    await socket.closed
  })
})

describe('the numbers of a chart that three follow', () => {
  it('are those of one execution for all of equal sight, and go when they go', async () => {
    server = await testServer({ env: { metrics: { tokenFile } } })
    const here = server
    const { chartId } = await here.addChart()
    const person = await here.signInAs('coder@demo.test')
    const read = async (...lines: string[]) => {
      const text = await (await ask(here.url, `Bearer ${token}`)).text()
      return lines.map((line) => valueOf(text, `chartroom_${line}`) ?? 0)
    }
    const command = (name: string, input: object) =>
      person.graphql(
        `mutation ($input: ${name === 'claimChart' ? 'ChartCommand' : 'AddComment'}Input!) { ${name}(input: $input) { __typename } }`,
        { input: { commandId: crypto.randomUUID(), chartId, ...input } },
      )
    await command('claimChart', {})
    const sockets = await Promise.all([1, 2, 3].map(async () => RawSocket.signedIn(here.url, await person.ticket())))
    const query =
      'subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartEvents { events { type } } } }'
    for (const socket of sockets) {
      socket.subscribe('s', query, { id: chartId })
      await socket.answer('s')
    }
    const together = ['feeds', 'groups', 'grouped_subscribers']
    for (let i = 0; i < 500 && (await read('grouped_subscribers'))[0] !== 3; i++) await delay(20)
    expect(await read(...together)).toEqual([1, 1, 3])
    await command('addComment', { body: 'Is it acute?' })
    for (const socket of sockets) await socket.next((m) => JSON.stringify(m.payload ?? '').includes('COMMENT_ADDED'))
    const of = (path: string) =>
      ['executions', 'frames_delivered', 'events_delivered'].map((it) => `${it}_total{path="${path}"}`)
    expect(await read(...of('SHARED'))).toEqual([1, 3, 3])
    expect(await read('fan_out_readers_bucket{le="2"}', 'fan_out_readers_bucket{le="5"}')).toEqual([3, 4])
    expect((await read('commit_to_deliver_seconds_count', 'wake_to_deliver_seconds_count')).every((n) => n > 0)).toBe(
      true,
    )
    await person.signOut()
    expect(new Set((await Promise.all(sockets.map(({ closed }) => closed))).map(({ code }) => code))).toEqual(
      new Set([4403]),
    )
    for (let i = 0; i < 500 && (await read('followers'))[0] !== 0; i++) await delay(20)
    expect(await read(...together, 'sockets', 'subscribers{stream="chartStream"}')).toEqual([0, 0, 0, 0, 0])
    expect(await read('connections_dropped_total{reason="SESSION_ENDED"}')).toEqual([3])
    expect(await read('access_change_to_effect_seconds_count{change="ENDED"}')).toEqual([3])
  }, 60_000)
})

describe('the time from a change of access to the end of a stream', () => {
  it('is told of every stream that it ends, whatever it streams, and of none that its reader ends', async () => {
    server = await testServer({ env: { metrics: { tokenFile } } })
    const here = server
    const { chartId } = await here.addChart({ coder: 'coder@demo.test' })
    const person = await here.signInAs('supervisor@demo.test')
    const STREAMS = {
      chartStream: 'subscription ($id: ID!) { chartStream(chartId: $id) { __typename } }',
      presence: 'subscription ($id: ID!) { presence(chartId: $id) { present { presenceId } } }',
      queueBoard: 'subscription { queueBoard { __typename } }',
      inbox: 'subscription { inbox { __typename } }',
    }
    const read = async () => {
      const text = await (await ask(here.url, `Bearer ${token}`)).text()
      const ended = valueOf(text, 'chartroom_access_change_to_effect_seconds_count{change="ENDED"}') ?? 0
      return { ended, followers: valueOf(text, 'chartroom_followers') }
    }
    const until = async (followers: number) => {
      for (let i = 0; i < 500 && (await read()).followers !== followers; i++) await delay(20)
    }
    let ended = 0
    for (const [name, query] of Object.entries(STREAMS)) {
      const [leaving, staying] = await Promise.all(
        [1, 2].map(async () => RawSocket.signedIn(here.url, await person.ticket())),
      )
      const variables = query.includes('$id') ? { id: chartId } : {}
      for (const socket of [leaving!, staying!]) {
        socket.subscribe('s', query, variables)
        expect((await socket.answer('s')).type, name).toBe('next')
      }
      leaving!.ws.close()
      await leaving!.closed
      await until(1)
      expect(await read(), name).toEqual({ ended, followers: 1 })
      // A membership that is no more ends what all its sign-ins follow.
      const disabled = (at: Date | null) =>
        here.db.ownerSql`update member set disabled_at = ${at} where user_id = ${person.claims.userId}`
      await disabled(new Date())
      await staying!.closed
      await until(0)
      expect(await read(), name).toEqual({ ended: ++ended, followers: 0 })
      await disabled(null)
    }
  }, 60_000)
})

describe('the numbers', () => {
  const DROPS: readonly DropReason[] = [...(Object.keys(CLOSE) as (keyof typeof CLOSE)[]), 'DEAD_PEER', 'UNREAD']
  const WORDS = new Set<string>([
    ...Object.keys(CATALOGUE),
    ...DROPS,
    ...[
      'chartStream',
      'presence',
      'queueBoard',
      'inbox',
      'OTHER',
      'SHARED',
      'OWN',
      'OPENING',
      'ACCESS',
      'EXACT',
      'RESYNC',
    ],
    ...['NARROWED', 'READ_ONLY', 'RESTORED', 'ENDED'],
  ])

  it('have labels of fixed lists only, whatever they are told', async () => {
    const delivery = fc.record({
      path: fc.constantFrom('SHARED' as const, 'OWN' as const),
      events: fc.nat(200),
      readers: fc.integer({ min: 1, max: 10_000 }),
      sinceWakeMs: fc.option(fc.double({ min: 0, max: 60_000, noNaN: true }), { nil: undefined }),
      sinceCommitMs: fc.option(fc.double({ min: -5_000, max: 60_000, noNaN: true }), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(delivery, { maxLength: 20 }),
        fc.array(fc.oneof(fc.constantFrom(...Object.keys(CATALOGUE)), fc.string()), { maxLength: 20 }),
        async (deliveries, codes) => {
          const metrics = createMetrics()
          for (const it of deliveries) metrics.live.delivered(it)
          for (const code of codes) metrics.live.refused(code)
          for (const reason of DROPS) metrics.live.dropped(reason)
          const text = await metrics.text()
          metrics.close()
          const own = text.split('\n').filter((line) => line.startsWith('chartroom_'))
          const labels = own.flatMap((line) => [...line.matchAll(/(\w+)="([^"]*)"/g)])
          for (const [, name, value] of labels)
            if (name !== 'le') expect(WORDS.has(value!), `${name}=${value}`).toBe(true)

          const sent = (path: string, of: (it: (typeof deliveries)[number]) => number) =>
            deliveries.filter((it) => it.path === path).reduce((n, it) => n + of(it), 0)
          for (const path of ['SHARED', 'OWN']) {
            const counted = (name: string) => valueOf(text, `chartroom_${name}_total{path="${path}"}`) ?? 0
            expect(counted('executions')).toBe(sent(path, () => 1))
            expect(counted('frames_delivered')).toBe(sent(path, ({ readers }) => readers))
            expect(counted('events_delivered')).toBe(sent(path, ({ readers, events }) => readers * events))
          }
          expect(valueOf(text, 'chartroom_fan_out_readers_count')).toBe(deliveries.length)
          const timed = deliveries.filter(({ sinceCommitMs }) => sinceCommitMs !== undefined)
          expect(valueOf(text, 'chartroom_commit_to_deliver_seconds_count')).toBe(timed.length)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('of several sources are sums, and ages the highest', async () => {
    const metrics = createMetrics()
    const read = async (): Promise<(number | undefined)[]> => {
      const text = await metrics.text()
      return ['groups', 'queued_bytes', 'oldest_queued_seconds'].map((name) => valueOf(text, `chartroom_${name}`))
    }
    const sources: LiveGauges[] = [
      { groups: 2, queuedBytes: 100, oldestQueuedMs: 1_500 },
      { groups: 3, oldestQueuedMs: 250 },
      { queuedBytes: 1 },
    ]
    const stops = sources.map((source) => metrics.live.watch(() => source))
    expect(await read()).toEqual([5, 101, 1.5])
    stops[0]!()
    expect(await read()).toEqual([3, 1, 0.25])
    metrics.close()
  })
})
