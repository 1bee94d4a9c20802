import { getIntrospectionQuery, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSchema } from '../../server/app/buildSchema.js'
import { createDocuments } from '../../server/app/documents.js'
import { checkShape, LIMITS } from '../../server/app/limits.js'
import { chooseOperation } from '../../server/app/operation.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { RawSocket } from './rawSocket.js'

const schema = buildSchema()
const many = (n: number, text: (i: number) => string, separator = ' ') =>
  Array.from({ length: n }, (_, i) => text(i)).join(separator)
const nested = (levels: number, inner: string) => `${'a { '.repeat(levels)}${inner}${' }'.repeat(levels)}`

/** Documents beyond each limit, and which limit it is. */
const BEYOND: Readonly<Record<string, [document: string, limit: string]>> = {
  tokens: [`{ viewer { ${many(LIMITS.tokens, () => 'id')} } }`, 'tokens'],
  'braces enough to overflow the stack': [`${'{a'.repeat(3_000)}${'}'.repeat(3_000)}`, 'nesting'],
  depth: [`{ ${nested(15, 'b')} }`, 'depth'],
  'lists of lists': [`{ viewer(a: ${'['.repeat(2_000)}1${']'.repeat(2_000)}) { id } }`, 'nesting'],
  'lists of lists as the type of a variable': [
    `query ($a: ${'['.repeat(2_000)}Int${']'.repeat(2_000)}) { viewer { id } }`,
    'nesting',
  ],
  'depth through fragments': [
    `{ ...a } fragment a on Query { ${nested(8, '...b')} } fragment b on Q { ${nested(8, 'c')} }`,
    'depth',
  ],
  'depth in an operation called __schema': [`query __schema { ${nested(15, 'b')} }`, 'depth'],
  'depth in a fragment called __schema': [`{ ...__schema } fragment __schema on Query { ${nested(15, 'b')} }`, 'depth'],
  'depth under __typename fields': [`{ __typename { ${nested(15, 'b')} } }`, 'depth'],
  'depth behind inline fragments': [`{ ... { ${nested(10, `... on A { ${nested(6, 'b')} }`)} } }`, 'depth'],
  'fragments in a circle': ['{ ...a } fragment a on Query { x { ...b } } fragment b on Query { y { ...a } }', 'depth'],
  'a fragment in itself': ['{ ...a } fragment a on Query { ...a }', 'depth'],
  aliases: [`{ viewer { ${many(61, (i) => `a${i}: roles`)} } }`, 'aliases'],
  'aliases multiplied by fragments': [
    `{ x { ${many(9, () => '...f')} } } fragment f on X { ${many(7, (i) => `a${i}: b`)} }`,
    'aliases',
  ],
  'aliases doubled by each fragment': [
    `{ x { ...f0 } } ${many(30, (i) => `fragment f${i} on X { y { ...f${i + 1} } z { ...f${i + 1} } }`)} fragment f30 on X { a: b }`,
    // Thirty levels are too deep as well; what matters is that it ends.
    'depth',
  ],
  directives: [`{ viewer { roles ${many(51, () => '@include(if: true)')} } }`, 'directives'],
  'directives on fragments': [`{ ${many(51, () => '... @skip(if: true) { viewer { roles } }')} }`, 'directives'],
  'root fields': [`{ ${many(11, () => 'viewer { roles }')} }`, 'root fields'],
  'root fields in fragments': [
    `{ ...a ...a ... { viewer { roles } } } fragment a on Query { ${many(5, () => 'viewer { roles }')} }`,
    'root fields',
  ],
  'root fields of a mutation': [`mutation { ${many(21, () => 'focus')} }`, 'root fields'],
  'one field again and again': [`{ viewer { ${many(81, () => 'roles')} } }`, 'repetitions'],
  'spreads again and again': [`{ viewer { ${many(81, () => '...f')} } } fragment f on Viewer { roles }`, 'repetitions'],
}

describe('a document', () => {
  for (const [name, [document, limit]] of Object.entries(BEYOND)) {
    it(`is refused for its ${name}, before it is validated`, () => {
      const documents = createDocuments(schema, { introspection: false })
      expect(() => documents.prepare(document)).toThrow(
        expect.objectContaining({ code: 'REQUEST_REFUSED', detail: { limit, most: expect.any(Number) } }),
      )
    })
  }

  it('is refused for its length without being read', () => {
    expect(() => createDocuments(schema, { introspection: false }).prepare('#'.repeat(100_001))).toThrow(
      expect.objectContaining({ code: 'TOO_LARGE' }),
    )
  })

  it('may go up to each limit', () => {
    for (const document of [
      `{ ${nested(14, 'b')} }`,
      `{ ...a } fragment a on Query { ${nested(7, '...b')} } fragment b on Q { ${nested(7, 'c')} }`,
      `{ x { ${many(60, (i) => `a${i}: b`)} } }`,
      `{ x { b ${many(50, () => '@include(if: true)')} } }`,
      `{ ${many(10, () => 'x')} }`,
      `mutation { ${many(20, () => 'x')} }`,
      `{ x { ${many(80, () => 'b')} } }`,
    ]) {
      expect(() => checkShape(parse(document), { introspection: false }), document).not.toThrow()
    }
  })

  it('may be what every tool asks of an open schema, and nothing of it where introspection is off', () => {
    const query = getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, oneOf: true })
    expect(createDocuments(schema, { introspection: true }).prepare(query).hash).toMatch(/^[0-9a-f]{64}$/)
    for (const text of [
      query,
      '{ __schema { types { name } } }',
      '{ viewer { ...f } } fragment f on Query { __type(name: "Chart") { name } }',
      '{ a: __schema { __typename } }',
    ]) {
      expect(() => createDocuments(schema, { introspection: false }).prepare(text)).toThrow(/Introspection is off/)
    }
  })

  it('gets a handful of its mistakes told', () => {
    const documents = createDocuments(schema, { introspection: false })
    try {
      documents.prepare(`{ viewer { ${many(50, (i) => `x${i}`)} } }`)
      expect.unreachable()
    } catch (error) {
      expect((error as { errors: unknown[] }).errors).toHaveLength(5)
    }
  })
})

describe('the cost of an operation', () => {
  const documents = createDocuments(schema, { introspection: false })
  const price =
    (text: string, variables: Record<string, unknown> = {}) =>
    () =>
      chooseOperation(schema, documents.prepare(text).document, null, variables)
  const tooDear = expect.objectContaining({ code: 'REQUEST_REFUSED', detail: { limit: 'cost', most: LIMITS.cost } })
  /** Per chart one node, 20 lines and 20 spans for each of them: 421 objects, and its edge. */
  const charts = (args: string) => `{ charts(${args}) { edges { node { suggestions { evidence { quote } } } } } }`

  it('counts lists by what they are asked for, as a literal, a variable or the default', () => {
    expect(price(charts('first: 100'))).not.toThrow()
    expect(price(charts('first: 200'))).toThrow(tooDear)
    const withVariable = `query ($n: Int!) ${charts('first: $n')}`
    expect(price(withVariable, { n: 100 })).not.toThrow()
    expect(price(withVariable, { n: 200 })).toThrow(tooDear)
    expect(price(`query ($n: Int = 200) ${charts('first: $n')}`)).toThrow(tooDear)
    expect(price(`query ($n: Int = 200) ${charts('first: $n')}`, { n: 10 })).not.toThrow()
    expect(price(charts('sort: RECEIVED_ASC'))).not.toThrow()
  })

  it('counts through fragments and aliases, and ids by their number', () => {
    const spread = (n: number) =>
      `{ charts(first: ${n}) { ...c } } fragment c on ChartConnection { edges { ...e } } fragment e on ChartEdge { node { suggestions { evidence { quote } } } }`
    expect(price(spread(100))).not.toThrow()
    expect(price(spread(200))).toThrow(tooDear)
    expect(
      price(
        `{ ${many(3, (i) => `a${i}: charts(first: 50) { edges { node { suggestions { evidence { quote } } } } }`)} }`,
      ),
    ).toThrow(tooDear)
    const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Chart { suggestions { evidence { quote } } } } }'
    const ids = (n: number) => ({ ids: Array.from({ length: n }, (_, i) => String(i)) })
    expect(price(nodes, ids(100))).not.toThrow()
    expect(price(nodes, ids(200))).toThrow(tooDear)
  })

  it('is refused for numbers that are none, and takes a doubling of fragments in its stride', () => {
    for (const n of [Number.MAX_SAFE_INTEGER, 1e300, Number.POSITIVE_INFINITY]) {
      expect(price(`query ($n: Int!) ${charts('first: $n')}`, { n })).toThrow(tooDear)
    }
    for (const n of ['200', null, -5, {}]) {
      expect(price(`query ($n: Int!) ${charts('first: $n')}`, { n })).not.toThrow()
    }
    const doubling = `{ viewer { ...f0 } } ${many(35, (i) => `fragment f${i} on Viewer { ...f${i + 1} ...f${i + 1} }`)} fragment f35 on Viewer { facilities { id } }`
    expect(price(doubling)).toThrow(tooDear)
  })
})

describe('both transports', () => {
  let server: TestServer
  let coder: TestPerson
  let socket: RawSocket
  beforeAll(async () => {
    server = await testServer()
    coder = await server.signInAs('coder@demo.test')
    socket = await RawSocket.signedIn(server.url, await coder.ticket())
  })
  afterAll(() => server.close())

  it('refuse the same documents in the same words', async () => {
    const cases = {
      ...BEYOND,
      introspection: ['{ __schema { types { name } } }', ''],
      invalid: ['subscription { nothing }', ''],
      unreadable: ['{', ''],
    }
    for (const [name, [document = '']] of Object.entries(cases)) {
      // One message on a socket holds less than one request.
      if (document.length > LIMITS.socketBytes - 1_000) continue
      const { errors } = await coder.graphql(document)
      socket.subscribe(name, document)
      const answer = await socket.answer(name)
      expect(answer.type, name).toBe('error')
      expect(answer.payload, name).toEqual(errors)
    }
    expect(socket.received.filter((m) => m.type === 'error').length).toBeGreaterThan(20)
  })
})
