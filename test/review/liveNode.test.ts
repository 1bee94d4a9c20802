import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HUB } from '../../server/live/wake.js'
import { RawSocket } from '../app/rawSocket.js'
import { type TestServer, testServer } from '../support/server.js'

const QUERY = '{ liveNode { organisationId followers groups { chart operation classes members behind } } }'
const STREAM =
  'subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartEvents { events { type } } } }'
const LONGER =
  'subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartEvents { events { type cursor } } } }'

interface Node {
  readonly followers: number
  readonly groups: readonly { chart: number; operation: string; classes: string[]; members: number; behind: number }[]
}

describe('liveNode', () => {
  let server: TestServer
  beforeAll(async () => void (server = await testServer()))
  afterAll(() => server.close())

  it('counts groups by document, chart and sight for administrators of their own organisation, and names nobody', async () => {
    const [admin, coder, foreign] = [
      await server.signInAs('admin@demo.test'),
      await server.signInAs('coder@demo.test'),
      await server.signInAs('lakeside@demo.test'),
    ]
    const [one, other, theirs] = [
      await server.addChart(),
      await server.addChart(),
      await server.addChart({ organisation: 'lakeside' }),
    ]
    for (const { chartId } of [one, other])
      await coder.graphql('mutation ($input: ChartCommandInput!) { claimChart(input: $input) { __typename } }', {
        input: { commandId: crypto.randomUUID(), chartId },
      })
    const socket = await RawSocket.signedIn(server.url, await coder.ticket())
    const abroad = await RawSocket.signedIn(server.url, await foreign.ticket())
    for (const [id, query, { chartId }] of [
      ['a', STREAM, one],
      ['b', STREAM, one],
      ['c', LONGER, one],
      ['d', STREAM, other],
    ] as const) {
      socket.subscribe(id, query, { id: chartId })
      await socket.answer(id)
    }
    abroad.subscribe('e', STREAM, { id: theirs.chartId })
    await abroad.answer('e')

    const ask = async () => (await admin.graphql(QUERY)).data!.liveNode as Node
    const together = ({ groups }: Node) => groups.reduce((n, { members }) => n + members, 0)
    let node = await ask()
    for (let i = 0; i < 500 && together(node) < 4; i++) {
      await delay(20)
      node = await ask()
    }
    expect(node.followers).toBe(4)
    expect(node.groups.map(({ members }) => members)).toEqual([2, 1, 1])
    expect(new Set(node.groups.map(({ chart }) => chart)).size).toBe(2)
    expect(new Set(node.groups.map(({ operation }) => operation)).size).toBe(2)
    for (const { operation, classes, behind } of node.groups) {
      expect(operation).toMatch(/^[0-9a-f]{16}$/)
      expect(classes).toContain('CLINICAL')
      expect(behind).toBe(0)
    }
    const text = JSON.stringify(node)
    for (const id of [one.chartId, other.chartId, theirs.chartId, coder.claims.userId, coder.claims.sessionId])
      expect(text).not.toContain(id)
    for (const email of ['supervisor@demo.test', 'privacy@demo.test', 'coder@demo.test']) {
      const { data, errors } = await (await server.signInAs(email)).graphql(QUERY)
      expect([data, errors], email).toEqual([{ liveNode: null }, undefined])
    }
    for (const it of [socket, abroad]) {
      it.ws.close()
      await it.closed
    }
    const hub = server.app.services.get(HUB)
    for (let i = 0; i < 500 && hub.size > 0; i++) await delay(20)
    expect(await ask()).toMatchObject({ followers: 0, groups: [] })
  })
})
