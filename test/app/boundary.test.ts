import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocuments, Invalid } from '../../server/app/documents.js'
import { createBoundary } from '../../server/app/formatError.js'
import { createLog } from '../../server/app/logger.js'
import { CATALOGUE } from '../../server/kernel/errors.js'
import { post, type TestPerson, type TestServer, testServer } from '../support/server.js'
import { CANARY, FAULTS, faultySchema, OUTAGES } from './faults.js'
import { RawSocket } from './rawSocket.js'

const schema = faultySchema()
let server: TestServer
let coder: TestPerson
let socket: RawSocket
beforeAll(async () => {
  server = await testServer({ schema, env: { introspection: 'on' } })
  coder = await server.signInAs('coder@demo.test')
  socket = await RawSocket.signedIn(server.url, await coder.ticket())
})
afterAll(async () => {
  const lines = server.log.join('')
  await server.close()
  // After every test of this file: nothing of what went wrong was written down.
  for (const part of [CANARY, ...CANARY.split(' ')]) expect(lines).not.toContain(part)
  expect(lines).toContain('"event":"failed"')
})

const expected = (kind: string) => (OUTAGES.has(kind) ? 'UNAVAILABLE' : 'INTERNAL')

describe('an error in a resolver', () => {
  for (const kind of Object.keys(FAULTS)) {
    it(`leaves over HTTP as a sentence of the catalogue: ${kind}`, async () => {
      for (const query of [
        'query Q($kind: String!) { fault(kind: $kind) }',
        'mutation M($kind: String!) { faultyCommand(kind: $kind) }',
      ]) {
        const { errors } = await coder.graphql(query, { kind })
        expect(errors).toHaveLength(1)
        const code = expected(kind)
        expect(errors![0]).toMatchObject({ message: CATALOGUE[code].message, extensions: { code } })
        expect(JSON.stringify(errors)).not.toContain('Quillfeather')
      }
    })

    it(`leaves over a socket as the same sentence: ${kind}`, async () => {
      for (const [field, nth] of [
        ['faultAtStart', 0],
        ['faultAtEvent', 0],
        ['faultInStream', 1],
      ] as const) {
        const id = `${field}/${kind}`
        socket.subscribe(id, `subscription ($kind: String!) { ${field}(kind: $kind) }`, { kind })
        const ended = (m: { type: string; id?: string }) => m.id === id && (m.type === 'complete' || m.type === 'error')
        await socket.next(ended)
        const message = socket.received.filter((m) => m.id === id)[nth]!
        const payload = message.payload as { errors?: unknown[] } | unknown[]
        const [error] = Array.isArray(payload) ? payload : payload.errors!
        const code = expected(kind)
        expect(error, id).toMatchObject({ message: CATALOGUE[code].message, extensions: { code } })
      }
      expect(JSON.stringify(socket.received)).not.toContain('Quillfeather')
    })
  }

  it('is not told by values that cannot be written', async () => {
    for (const query of ['{ badDate }', '{ badInt }', '{ hole }']) {
      const { errors } = await coder.graphql(query)
      expect(errors![0]).toMatchObject({ message: CATALOGUE.INTERNAL.message, extensions: { code: 'INTERNAL' } })
      expect(JSON.stringify(errors)).not.toContain('Quillfeather')
    }
  })

  it('is logged by class, SQLSTATE and place', async () => {
    const before = server.log.length
    await coder.graphql('{ fault(kind: "driver") }')
    const failed = server.log.slice(before).find((line) => line.includes('"failed"'))!
    expect(JSON.parse(failed)).toMatchObject({ errorClass: expect.any(String), sqlState: '23505', outcome: 'INTERNAL' })
    expect((JSON.parse(failed) as { at: string[] }).at[0]).toMatch(/^test\/app\/faults\.ts:\d+$/)
  })
})

describe('input that does not fit', () => {
  const input = (birthDate: unknown, count: unknown) => ({
    inner: [
      { birthDate: '2026-01-01', count: 1 },
      { birthDate, count },
    ],
  })

  it('is refused by the name of its field and never repeated', async () => {
    const query = 'query Q($input: FaultInput) { take(input: $input) }'
    const cases: [unknown, string][] = [
      [input(CANARY, 1), 'input.inner.1.birthDate'],
      [input('2026-01-01', CANARY), 'input.inner.1.count'],
      [input('2026-01-01', null), 'input.inner.1.count'],
      [{ ...input('2026-01-01', 1), [CANARY]: 1 }, 'input'],
      [{ ...input('2026-01-01', 1), uuid: CANARY }, 'input.uuid'],
      [CANARY, 'input'],
      [[[[CANARY]]], 'input'],
      [{ inner: CANARY }, 'input.inner'],
    ]
    for (const [value, field] of cases) {
      const { status, errors } = await coder.graphql(query, { input: value as Record<string, unknown> })
      expect(status).toBe(200)
      expect(errors![0]!.extensions, JSON.stringify(value)).toMatchObject({ code: 'BAD_INPUT', field })
      expect(JSON.stringify(errors)).not.toContain('Quillfeather')
    }
  })

  it('is refused on a socket in the same words', async () => {
    const over = async (id: string, variables: Record<string, unknown>, query: string) => {
      socket.subscribe(id, query, variables)
      return (await socket.answer(id)).payload
    }
    const payload = await over(
      'bad',
      { kind: { a: CANARY } },
      'subscription ($kind: String!) { faultAtEvent(kind: $kind) }',
    )
    expect(payload).toMatchObject({ errors: [{ extensions: { code: 'BAD_INPUT', field: 'kind' } }] })
    expect(JSON.stringify(payload)).not.toContain('Quillfeather')
  })

  it('is refused where it stands as a literal', async () => {
    for (const query of [
      `{ take(at: "${CANARY}") }`,
      `{ take(weight: "${CANARY}") }`,
      `{ take(id: {a: "${CANARY}"}) }`,
      `{ take(input: {inner: [{birthDate: "${CANARY}", count: 1}]}) }`,
      `{ take(input: {inner: [{birthDate: "2026-01-01", count: "${CANARY}"}]}) }`,
      '{ take(input: {inner: [{birthDate: "2026-01-01", count: Quillfeather}]}) }',
      '{ Quillfeather }',
      '{ take(Quillfeather: 1) }',
      '{ viewer { Quillfeather } }',
      'query ($Quillfeather: Int) { take }',
      'query ($a: Quillfeather) { take(id: $a) }',
      '{ ...Quillfeather }',
      '{ viewer @Quillfeather { roles } }',
      '{ explainAccess(id: 1, action: Quillfeather) { can } }',
      `{ take(id: "${CANARY} }`,
      `{ take ${CANARY} }`,
    ]) {
      const { status, errors } = await coder.graphql(query)
      expect(status, query).toBe(200)
      expect(errors![0]!.extensions.code, query).toBe('REQUEST_REFUSED')
      expect(JSON.stringify(errors), query).not.toContain('Quillfeather')
    }
  })

  it('is not repeated where it is no JSON', async () => {
    for (const body of [
      `{"query": ${CANARY}`,
      CANARY,
      `"${CANARY}"`,
      `["${CANARY}"]`,
      `{"query": ["${CANARY}"]}`,
      '',
    ]) {
      const { status, errors } = await post(server.url, body, { authorization: `Bearer ${coder.accessToken}` })
      expect(status).toBe(400)
      expect(errors![0]!.extensions.code).toBe('REQUEST_REFUSED')
      expect(JSON.stringify(errors)).not.toContain('Quillfeather')
    }
  })

  it('tells a signed-in client what the schema has, to mend its document', async () => {
    const message = async (query: string) => (await coder.graphql(query)).errors![0]!.message
    expect(await message('{ viewer { rolls } }')).toBe('Viewer has no field of this name.')
    expect(await message('{ viewer }')).toBe('Select fields of viewer.')
    expect(await message('{ fault }')).toBe('fault needs its argument kind.')
    expect(await message('{ take(input: {inner: [{count: 1}]}) }')).toBe('FaultInner needs its field birthDate.')
    expect(await message('{')).toBe('The document cannot be read from line 1, column 2.')
  })
})

describe('whatever a document holds', () => {
  it('the refusal holds none of its text', () => {
    const boundary = createBoundary({ schema, log: createLog('silent') })
    const documents = createDocuments(schema, { introspection: false })
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '(',
        ')',
        '[',
        ']',
        ':',
        '$',
        '!',
        '@',
        '...',
        '=',
        '|',
        '&',
        'query',
        'fragment',
        'on',
        'true',
        'null',
      ],
      ...[
        'take',
        'input',
        'inner',
        'birthDate',
        'viewer',
        'roles',
        'FaultInput',
        'String',
        '1',
        '-1.5e3',
        'kind',
        'fault',
      ],
      ...[
        'zebraCanary',
        '"zebraCanary"',
        '"""zebraCanary"""',
        '$zebraCanary',
        '@zebraCanary',
        '#zebraCanary\n',
        '"zebraCanary',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          documents.prepare(pieces.join(' '))
        } catch (error) {
          const errors = error instanceof Invalid ? error.errors : [error]
          for (const one of errors) {
            const { message, extensions } = boundary.format(one)
            expect(`${message} ${JSON.stringify(extensions)}`).not.toContain('zebraCanary')
            expect(['REQUEST_REFUSED', 'BAD_INPUT', 'TOO_LARGE']).toContain(extensions!.code)
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
