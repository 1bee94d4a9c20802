import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, execute, MaxIntrospectionDepthRule, parse, specifiedRules, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { COP_CHECKS, withstandsHttp, withstandsSocket } from '../../figures/copChecks.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

let server: TestServer
let coder: TestPerson
let naive: Server
let naiveUrl: string
beforeAll(async () => {
  server = await testServer()
  coder = await server.signInAs('coder@demo.test')
  naive = naiveServer()
  await new Promise<void>((resolve) => naive.listen(0, '127.0.0.1', resolve))
  naiveUrl = `http://127.0.0.1:${(naive.address() as AddressInfo).port}/graphql`
})
afterAll(async () => {
  naive.close()
  await server.close()
})

describe('graphql-cop', () => {
  it('has thirteen checks, each of which finds something on a server that guards itself against nothing', async () => {
    const found = await Promise.all(
      COP_CHECKS.map(async (check) => [check.name, await withstandsHttp(check, naiveUrl)]),
    )
    expect(found).toEqual(COP_CHECKS.map(({ name }) => [name, false]))
    expect(found).toHaveLength(13)
    const onSockets = COP_CHECKS.filter(({ socket, name }) => socket && name !== 'batch queries')
    for (const check of onSockets)
      expect([check.name, await withstandsSocket(check, naiveUrl, 'any')]).toEqual([check.name, false])
    expect(onSockets).toHaveLength(8)
  })

  it.each(COP_CHECKS.map((check) => [check.name, check] as const))('finds no %s', async (_name, check) => {
    const url = `${server.url}/graphql`
    expect(await withstandsHttp(check, url)).toBe(true)
    expect(await withstandsHttp(check, url, coder.accessToken)).toBe(true)
    if (check.socket) expect(await withstandsSocket(check, url, await coder.ticket())).toBe(true)
  })
})

/** Does what is asked, by any method, as often as it is asked. */
function naiveServer(): Server {
  const schema = buildSchema('type Query { viewer: String } type Mutation { act: String }')
  const rules = specifiedRules.filter((rule) => rule !== MaxIntrospectionDepthRule)
  const run = async (source: string): Promise<object> => {
    try {
      const document = parse(source)
      const errors = validate(schema, document, rules)
      const answer = errors.length > 0 ? { errors } : await execute({ schema, document })
      return { ...answer, extensions: { tracing: { version: 1 } } }
    } catch (error) {
      return { errors: [{ message: String(error), extensions: { exception: { stacktrace: (error as Error).stack } } }] }
    }
  }
  const http = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    const answer = async (): Promise<void> => {
      if (req.headers.accept === 'text/html') return void res.end('<title>GraphiQL</title>')
      const text = Buffer.concat(chunks).toString()
      const isForm = req.headers['content-type'] === 'application/x-www-form-urlencoded'
      const search = isForm ? new URLSearchParams(text) : new URL(req.url!, 'http://here').searchParams
      const given = search.has('query') ? { query: search.get('query')! } : JSON.parse(text)
      const body = Array.isArray(given) ? await Promise.all(given.map((it) => run(it.query))) : await run(given.query)
      res.end(JSON.stringify(body))
    }
    req.on('end', () => void answer())
  })
  new WebSocketServer({ server: http, handleProtocols: () => 'graphql-transport-ws' }).on('connection', (ws) => {
    ws.on('message', (data) => {
      const { type, id, payload } = JSON.parse(String(data))
      if (type === 'connection_init') return ws.send(JSON.stringify({ type: 'connection_ack' }))
      void run(payload.query).then((body) => ws.send(JSON.stringify({ id, type: 'next', payload: body })))
    })
  })
  return http
}
