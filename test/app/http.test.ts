import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { block } from '../../server/app/rateLimits.js'
import { post, type TestPerson, type TestServer, testServer } from '../support/server.js'

let server: TestServer
let coder: TestPerson
beforeAll(async () => {
  server = await testServer()
  coder = await server.signInAs('coder@demo.test')
})
afterAll(() => server.close())

const ME = 'query Me { viewer { member { displayName } roles } }'
const PROBE = `{ consents(patient: {
  facilityId: "0190b6a0-0000-7000-8000-000000000000", identifier: { assigner: "any", type: MRN, value: "1" }
}) { id } }`
const bearer = () => ({ authorization: `Bearer ${coder.accessToken}` })
const send = (init: RequestInit, path = '/graphql') => fetch(`${server.url}${path}`, init)

describe('POST /graphql', () => {
  it('answers a signed-in person, and logs neither text nor variables', async () => {
    const before = server.log.length
    const answer = await coder.graphql(
      'query Me($skip: Boolean!) { viewer { member { displayName } roles @skip(if: $skip) } }',
      { skip: false },
    )
    expect(answer).toMatchObject({
      status: 200,
      data: { viewer: { member: { displayName: 'Dana Whitfield' }, roles: ['CODER'] } },
    })
    expect(answer.errors).toBeUndefined()
    const [line] = server.log.slice(before).filter((it) => it.includes('"operation"'))
    const { time, durationMs, hash, level, ...rest } = JSON.parse(line!) as Record<string, unknown>
    expect([time, durationMs, hash, level].every((it) => it !== undefined)).toBe(true)
    expect(rest).toEqual({
      event: 'operation',
      transport: 'http',
      kind: 'query',
      operation: 'Me',
      statements: expect.any(Number),
      outcome: 'OK',
    })
    expect(rest.statements).toBeGreaterThan(0)
  })

  it('gives a connection back after every operation, answered or refused', async () => {
    // More than there are connections.
    const asked = Array.from({ length: 40 }, (_, i) =>
      coder.graphql(
        i % 2
          ? ME
          : 'mutation { claimChart(input: {commandId: "00000000-0000-4000-8000-000000000000", chartId: "x"}) { __typename } }',
      ),
    )
    const answers = await Promise.all(asked)
    expect(new Set(answers.map(({ errors }) => errors?.[0]?.extensions.code))).toEqual(
      new Set([undefined, 'NOT_FOUND']),
    )
  })

  it('takes exactly JSON, in one piece, by POST', async () => {
    const body = JSON.stringify({ query: ME })
    const cases: [RequestInit, number][] = [
      [{ method: 'GET', headers: bearer() }, 405],
      [{ method: 'PUT', headers: { ...bearer(), 'content-type': 'application/json' }, body }, 405],
      [{ method: 'DELETE', headers: bearer() }, 405],
      [{ method: 'OPTIONS', headers: bearer() }, 405],
      [{ method: 'POST', headers: bearer(), body }, 415],
      [{ method: 'POST', headers: { ...bearer(), 'content-type': 'application/x-www-form-urlencoded' }, body }, 415],
      [{ method: 'POST', headers: { ...bearer(), 'content-type': 'application/graphql' }, body: ME }, 415],
      [{ method: 'POST', headers: { ...bearer(), 'content-type': 'application/json; charset=utf-16' }, body }, 415],
      [{ method: 'POST', headers: { ...bearer(), 'content-type': 'application/jsonp' }, body }, 415],
      [
        {
          method: 'POST',
          headers: { ...bearer(), 'content-type': 'application/json', 'content-encoding': 'gzip' },
          body,
        },
        415,
      ],
      [
        { method: 'POST', headers: { ...bearer(), 'content-type': 'application/json', accept: 'text/html' }, body },
        406,
      ],
      [{ method: 'POST', headers: { ...bearer(), 'content-type': 'application/json' }, body: `[${body}]` }, 400],
      [
        {
          method: 'POST',
          headers: { ...bearer(), 'content-type': 'application/json' },
          body: Buffer.from([0x7b, 0xff, 0x7d]),
        },
        400,
      ],
      [
        {
          method: 'POST',
          headers: { ...bearer(), 'content-type': 'application/json' },
          body: JSON.stringify({ query: ' '.repeat(300_000) }),
        },
        413,
      ],
      [{ method: 'POST', headers: { ...bearer(), 'content-type': 'application/json; charset=UTF-8' }, body }, 200],
    ]
    for (const [init, status] of cases) {
      const response = await send(init)
      const text = await response.text()
      expect([response.status, text], `${init.method} ${JSON.stringify(init.headers)}`).toEqual([
        status,
        expect.any(String),
      ])
      expect(response.headers.get('cache-control')).toBe('no-store')
      if (status === 200) continue
      const { errors } = JSON.parse(text) as { errors: { extensions: { code: string } }[] }
      expect(errors[0]!.extensions.code).toMatch(/^(REQUEST_REFUSED|TOO_LARGE)$/)
    }
  })

  it('refuses keys that mean something to every object, at any depth', async () => {
    const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype))
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      for (const variables of [
        `{"${key}": {"polluted": 1}}`,
        `{"a": [[{"b": {"${key}": 1}}]]}`,
        `{"a": {"\\u005f_proto__": 1}}`,
      ]) {
        const { status, errors } = await post(
          server.url,
          `{"query": "{ viewer { roles } }", "variables": ${variables}}`,
          bearer(),
        )
        expect(status).toBe(400)
        expect(errors![0]!.extensions.code).toBe('REQUEST_REFUSED')
      }
    }
    const deep = `{"query": "{ viewer { roles } }", "variables": {"a": ${'['.repeat(50_000)}${']'.repeat(50_000)}}}`
    expect((await post(server.url, deep, bearer())).status).toBe(200)
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('has no subscriptions, no persisted operations and no stranger’s operation name', async () => {
    const id = '00000000-0000-4000-8000-000000000000'
    expect(await coder.graphql(`subscription { presence(chartId: "${id}") { present { presenceId } } }`)).toMatchObject(
      {
        status: 405,
        errors: [{ extensions: { code: 'REQUEST_REFUSED' } }],
      },
    )
    const persisted = { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }
    expect((await post(server.url, persisted, bearer())).status).toBe(400)
    const named = await post(
      server.url,
      { query: `query A ${ME.slice(8)} query B ${ME.slice(8)}`, operationName: 'Canary' },
      bearer(),
    )
    expect(named.errors![0]!.extensions.code).toBe('REQUEST_REFUSED')
    expect(JSON.stringify(named.errors)).not.toContain('Canary')
  })

  it('says by status who must sign in again', async () => {
    const person = await server.signInAs('coder2@demo.test')
    expect((await person.graphql(ME)).status).toBe(200)
    await person.signOut()
    expect(await person.graphql(ME)).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    })
  })
})

describe('who has not signed in', () => {
  it('gets one and the same answer to everything', async () => {
    const answers = new Set<string>()
    for (const [body, headers] of [
      [JSON.stringify({ query: ME }), {}],
      [JSON.stringify({ query: '{ __typename }' }), {}],
      [JSON.stringify({ query: '{ __schema { types { name } } }' }), {}],
      [JSON.stringify({ query: '{ patiens }' }), {}],
      [JSON.stringify({ query: '{' }), {}],
      [JSON.stringify({ query: `{ ${'a '.repeat(6_000)} }` }), {}],
      ['not JSON', {}],
      ['', { 'content-type': 'text/plain' }],
      ['x'.repeat(300_000), {}],
      [JSON.stringify({ query: ME }), { authorization: 'Bearer abc.def.ghi' }],
      [JSON.stringify({ query: ME }), { authorization: 'Basic Y29kZXI6cGFzc3dvcmQ=' }],
      [JSON.stringify({ query: ME }), { authorization: `Bearer ${coder.accessToken}x` }],
      [JSON.stringify({ query: ME }), { authorization: `bearer ${coder.accessToken.slice(0, -3)}abc` }],
      [JSON.stringify({ query: ME }), { cookie: 'chartroom.session_token=abc' }],
    ] as [string, Record<string, string>][]) {
      const response = await send({ method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      answers.add(`${response.status} ${response.headers.get('content-type')} ${await response.text()}`)
    }
    expect([...answers]).toEqual([
      '401 application/json; charset=utf-8 {"errors":[{"message":"Sign in first, then try again.","extensions":{"code":"UNAUTHENTICATED"}}]}',
    ])
  })
})

describe('the schema where introspection is on', () => {
  let open: TestServer
  beforeAll(async () => void (open = await testServer({ env: { introspection: 'on' } })))
  afterAll(() => open.close())

  it('is told to anybody, and nothing else is', async () => {
    const get = (query: string) => fetch(`${open.url}/graphql?query=${encodeURIComponent(query)}`)
    expect(await (await get('{ __typename }')).json()).toEqual({ data: { __typename: 'Query' } })
    expect((await post(open.url, { query: '{ __schema { queryType { name } } }' })).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    })
    for (const query of [
      ME,
      '{ __typename viewer { roles } }',
      '{ ...f } fragment f on Query { viewer { roles } }',
      '{ ... { viewer { roles } } }',
      'mutation { __typename }',
    ]) {
      expect((await post(open.url, { query })).status, query).toBe(401)
      expect((await get(query)).status, query).toBe(405)
    }
  })
})

describe('every answer', () => {
  it('is kept by nobody, and runs nothing', async () => {
    for (const [path, init, status] of [
      ['/', {}, undefined],
      ['/nowhere/at/all', { headers: { accept: 'application/json' } }, 404],
      ['/documents/x/original', {}, 401],
      ['/uploads/x/y', { method: 'PUT', body: 'x' }, 404],
      ['/api/auth/get-session', {}, undefined],
      ['/api/auth/nothing', { method: 'POST' }, 404],
      ['/health/live', {}, 200],
      ['/health/ready', {}, 200],
      ['/graphql', {}, 405],
      ['/%E0%A4%A', {}, undefined],
      ['/graphql/../graphql', { method: 'TRACE' as string }, undefined],
    ] as [string, RequestInit, number | undefined][]) {
      if (init.method === 'TRACE') continue // fetch does not send it
      const response = await send(init, path)
      const text = await response.text()
      if (status !== undefined) expect(response.status, path).toBe(status)
      expect(response.status, path).toBeLessThan(500)
      expect(response.headers.get('cache-control'), path).toMatch(/^no-store/)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(response.headers.has('x-powered-by')).toBe(false)
      expect(text).not.toMatch(/node_modules|at .*:\d+:\d+|Error:/)
    }
  })

  it('lets the page talk to this server only', async () => {
    const csp = (await send({}, '/health/live')).headers.get('content-security-policy')!
    const directives = new Map(csp.split('; ').map((it) => [it.split(' ')[0], it.split(' ').slice(1)]))
    expect(directives.get('script-src')).toEqual(["'self'"])
    expect(directives.get('frame-ancestors')).toEqual(["'none'"])
    expect(directives.get('connect-src')).toContain(server.url.replace('http', 'ws'))
    expect(csp).not.toContain('unsafe')
    const [, nonce] = directives.get('style-src')!
    expect(nonce).toMatch(/^'nonce-[\w+/=]{24}'$/)
    expect((await send({}, '/health/live')).headers.get('content-security-policy')).not.toContain(nonce!)
  })
})

describe('health', () => {
  it('says of each part whether it can work, and no more', async () => {
    expect(await (await send({}, '/health/ready')).json()).toEqual({
      ready: true,
      checks: { database: true, migrations: true, codeSets: true, engine: true, wakeUps: true },
    })
  })

  it('is not ready on an old schema', async () => {
    const old = await testServer()
    try {
      await old.db.ownerSql`update drizzle.__drizzle_migrations set created_at = created_at - 1`
      const response = await fetch(`${old.url}/health/ready`)
      expect(response.status).toBe(503)
      expect(await response.json()).toMatchObject({ ready: false, checks: { database: true, migrations: false } })
      expect((await fetch(`${old.url}/health/live`)).status).toBe(200)
    } finally {
      await old.close()
    }
  })
})

describe('limits of rate', () => {
  it('refuse an address and a person that ask too often, each by itself', async () => {
    const narrow = await testServer({ env: { rates: { perAddress: 12, perPerson: 3 } } })
    try {
      const [one, other] = await Promise.all([narrow.signInAs('coder@demo.test'), narrow.signInAs('coder2@demo.test')])
      const statuses = async (person: TestPerson, n: number) => {
        const found: number[] = []
        for (let i = 0; i < n; i++) {
          const { status, headers } = await person.graphql(ME)
          found.push(status)
          if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
        }
        return found
      }
      expect(await statuses(one, 5)).toEqual([200, 200, 200, 429, 429])
      expect(await statuses(other, 3)).toEqual([200, 200, 200])
      expect((await fetch(`${narrow.url}/health/live`)).status).toBe(200)
      const rest = await Promise.all(Array.from({ length: 10 }, () => post(narrow.url, { query: ME })))
      expect(rest.filter(({ status }) => status === 401)).toHaveLength(4)
      const refused = rest.filter(({ status }) => status === 429)
      expect(refused).toHaveLength(6)
    } finally {
      await narrow.close()
    }
  })

  it('count what a document executes, under whatever names', async () => {
    const narrow = await testServer({ env: { rates: { perAddress: 1_000, perPerson: 10 } } })
    try {
      const ask = async (email: string, ...documents: string[]) => {
        const person = await narrow.signInAs(email)
        const statuses: number[] = []
        for (const document of documents) statuses.push((await person.graphql(document)).status)
        return statuses
      }
      // Three under three names; what a fragment asks for again under one of them is no fourth.
      const three =
        '{ a: viewer { __typename } ...f ...f } fragment f on Query { a: viewer { roles } b: viewer { roles } c: viewer { roles } }'
      expect(await ask('coder@demo.test', three, three, three, three)).toEqual([200, 200, 200, 429])
      // One number of a patient tried is worth many requests.
      expect(await ask('privacy@demo.test', PROBE)).toEqual([429])
    } finally {
      await narrow.close()
    }
  })

  it('count a household’s addresses as one', () => {
    expect(block('2001:db8:1:2:aaaa::1')).toBe(block('2001:db8:1:2::ffff'))
    expect(block('2001:db8:1:2::1')).not.toBe(block('2001:db8:1:3::1'))
    expect(block('::ffff:10.0.0.1')).toBe('10.0.0.1')
    expect(block('::1')).toBe('0:0:0:0::/64')
    expect(block('10.0.0.1')).toBe('10.0.0.1')
  })
})

describe('the session', () => {
  const endOf = async (person: TestPerson) => {
    const [row] = await server.db.ownerSql<
      { expiresAt: Date }[]
    >`select expires_at from auth_session where id = ${person.claims.sessionId}`
    return row!.expiresAt.getTime()
  }

  it('is kept alive by work and not by heartbeats', async () => {
    const person = await server.signInAs('cdi@demo.test')
    const soon = new Date(Date.now() + 60_000)
    await server.db.ownerSql`update auth_session set expires_at = ${soon} where id = ${person.claims.sessionId}`
    const chart = '00000000-0000-4000-8000-000000000000'
    await person.graphql(`mutation { focus(input: {chartId: "${chart}", presenceId: "${chart}"}) }`)
    await server.app.activity.settled()
    expect(await endOf(person)).toBe(soon.getTime())
    await person.graphql(ME)
    await server.app.activity.settled()
    expect(await endOf(person)).toBeGreaterThan(soon.getTime())
  })
})

describe('a client that goes away in the middle', () => {
  it('leaves nothing open', async () => {
    const body = JSON.stringify({ query: ME })
    for (let i = 0; i < 20; i++) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      socket.on('error', () => {})
      const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer ${coder.accessToken}\r\ncontent-length: ${body.length}\r\n\r\n`
      await new Promise<void>((resolve) => socket.write(head + body.slice(0, i % 2 ? undefined : 10), () => resolve()))
      socket.destroy()
    }
    const answers = await Promise.all(Array.from({ length: 20 }, () => coder.graphql(ME)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    const idle = await server.db.ownerSql`
      select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%' and state_change < now() - interval '2 s'`
    expect(idle).toHaveLength(0)
  })
})
