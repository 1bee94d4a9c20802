import { randomUUID } from 'node:crypto'
import {
  type GraphQLInputObjectType,
  getNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RawSocket } from '../app/rawSocket.js'
import { type Account, EVERYONE, mayRead } from './standings.js'
import { type SecretWorld, secretWorld } from './world.js'

/** What is hidden and what was never there are one answer, byte for byte, wherever an id can be given. */

let world: SecretWorld
let schema: GraphQLSchema
beforeAll(async () => {
  world = await secretWorld()
  schema = world.server.app.schema
})
afterAll(() => world.server.close())

/** Ids of what this person does not see: another tenant's, another facility's, another queue's, a restricted chart's. */
async function hiddenFrom(account: Account) {
  const sees = (name: string) => SEES_ALL.has(account) && mayRead(account, world.standings.get(name)!, 'ACCOUNT_REF')
  const hidden = [...world.charts].filter(([name]) => {
    if (account === 'privacy@demo.test') return world.standings.get(name)!.tenant === 'lakeside'
    return !sees(name)
  })
  const chartIds = hidden.map(([, id]) => id)
  const { ownerSql } = world.server.db
  const of = async (table: string): Promise<string[]> => {
    const rows = await ownerSql.unsafe<{ id: string }[]>(
      `select distinct on (chart_id) id from ${table} where chart_id = any($1::uuid[]) order by chart_id, id`,
      [chartIds],
    )
    return rows.map((row) => row.id)
  }
  return {
    chartId: chartIds,
    documentId: await of('document'),
    versionId: await of('document_version'),
    suggestionId: await of('suggestion'),
    commentId: await of('comment'),
    auditId: await of('audit'),
    pendId: await of('pend'),
  }
}

/** Whoever sees an account number sees the chart; a provider and an administrator see none. */
const SEES_ALL: ReadonlySet<Account> = new Set(
  EVERYONE.filter((a) => a !== 'admin@demo.test' && a !== 'provider@demo.test'),
)

const told = (answer: { status: number; data: unknown; errors: unknown }, id: string): string =>
  JSON.stringify([answer.status, answer.data, answer.errors]).replaceAll(id, 'ID')

describe('hidden, foreign and absent are one answer', () => {
  it('of every query', async () => {
    const queries = [
      'query ($id: ID!) { chart(id: $id) { id status } }',
      'query ($id: ID!) { document(id: $id) { id chartId access { can } } }',
      'query ($id: ID!) { node(id: $id) { __typename id } }',
      'query ($id: ID!) { nodes(ids: [$id, $id]) { __typename id } }',
      'query ($id: ID!) { explainAccess(id: $id, action: claim) { can masked { field reason } } }',
    ]
    let compared = 0
    for (const account of EVERYONE) {
      const person = world.as(account)
      const ids = Object.values(await hiddenFrom(account)).flat()
      for (const query of queries) {
        const absent = randomUUID()
        const expected = told(await person.graphql(query, { id: absent }), absent)
        for (const id of [...ids, 'not an id', absent.toUpperCase(), `${absent}\u0000`, 'x'.repeat(9_000)]) {
          expect(told(await person.graphql(query, { id }), id), `${account} ${query} ${id.slice(0, 50)}`).toBe(
            expected.replaceAll(absent, 'ID'),
          )
          compared++
        }
      }
    }
    expect(compared).toBeGreaterThan(500)
  }, 120_000)

  it('of every command, whatever of it is hidden', async () => {
    const mutations = Object.values(schema.getMutationType()!.getFields())
    let compared = 0
    for (const account of EVERYONE) {
      const person = world.as(account)
      const hidden = await hiddenFrom(account)
      for (const field of mutations) {
        const type = getNamedType(field.args[0]!.type) as GraphQLInputObjectType
        const key = OBJECT_OF.find((name) => type.getFields()[name])
        if (!key) continue
        const query = `mutation ($input: ${type.name}!) { ${field.name}(input: $input) ${isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'} }`
        const sampled = await sample(type)
        const answer = async (id: string): Promise<string> => {
          const input = { ...sampled, ...('commandId' in sampled && { commandId: randomUUID() }), [key]: id }
          return told(await person.graphql(query, { input }), id)
        }
        const expected = await answer(randomUUID())
        expect(expected, field.name).toMatch(/NOT_FOUND|FORBIDDEN|BAD_INPUT/)
        for (const id of [...hidden[key], randomUUID()]) {
          expect(await answer(id), `${account} ${field.name} ${key}`).toBe(expected)
          compared++
        }
      }
    }
    expect(compared).toBeGreaterThan(500)
  }, 240_000)

  it('of every subscription, with any cursor', async () => {
    const cursors = await world.server.db.ownerSql<{ chartId: string; cursor: string }[]>`
      select distinct on (chart_id) chart_id, cursor from chart_event order by chart_id, seq`
    for (const account of EVERYONE) {
      const socket = await RawSocket.signedIn(world.server.url, await world.as(account).ticket())
      let n = 0
      const ask = async (query: string, variables: Record<string, unknown>): Promise<string> => {
        const id = String(n++)
        socket.subscribe(id, query, variables)
        const { type, payload } = await socket.answer(id)
        return JSON.stringify([type, payload])
      }
      const stream =
        'subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename } }'
      const presence = 'subscription ($id: ID!) { presence(chartId: $id) { present { presenceId } } }'
      const [expectedStream, expectedPresence] = [
        await ask(stream, { id: randomUUID() }),
        await ask(presence, { id: randomUUID() }),
      ]
      expect(expectedStream).toContain('NOT_FOUND')
      for (const id of (await hiddenFrom(account)).chartId) {
        const after = cursors.find((c) => c.chartId === id)!.cursor
        for (const from of [null, after, randomUUID(), 'x'])
          expect(await ask(stream, { id, after: from }), account).toBe(expectedStream)
        expect(await ask(presence, { id }), account).toBe(expectedPresence)
      }
      socket.ws.close()
      await socket.closed
    }
  }, 120_000)

  it('of a cursor that is hidden, foreign or unknown on a chart that is seen', async () => {
    // The account's own words and times are left out: what remains must be one frame.
    const chartId = world.charts.get('claimed')!
    const cursors = await world.server.db.ownerSql<{ cursor: string; chartId: string }[]>`
      select cursor, chart_id from chart_event where not 'WORK' = any(classes) and not 'ACCOUNT_REF' = any(classes)
        or chart_id <> ${chartId}`
    const hidden = cursors.map((c) => c.cursor)
    expect(hidden.length).toBeGreaterThan(20)
    const socket = await RawSocket.signedIn(world.server.url, await world.as('supervisor@demo.test').ticket())
    const answers = new Set<string>()
    for (const [i, after] of [...hidden, randomUUID(), 'x', '\u0000', 'x'.repeat(5_000)].entries()) {
      socket.subscribe(
        String(i),
        'subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename ... on ResyncRequired { reason } } }',
        { id: chartId, after },
      )
      const { type, payload } = await socket.answer(String(i))
      answers.add(JSON.stringify([type, payload]))
    }
    expect([...answers]).toEqual([
      JSON.stringify(['next', { data: { chartStream: { __typename: 'ResyncRequired', reason: 'CURSOR_UNKNOWN' } } }]),
    ])
    socket.ws.close()
    await socket.closed
  })

  it('of a page or a file', async () => {
    for (const account of EVERYONE) {
      const headers = { authorization: `Bearer ${world.as(account).accessToken}` }
      const told = async (id: string, path: string) => {
        const answer = await fetch(`${world.server.url}/documents/${encodeURIComponent(id)}/${path}`, { headers })
        const heads = [...answer.headers].filter(([name]) => !['date', 'content-security-policy'].includes(name))
        return JSON.stringify([answer.status, heads, await answer.text()])
      }
      const hidden = (await hiddenFrom(account)).versionId
      for (const path of [
        'original',
        'pages/1.png',
        'pages/0.png',
        'pages/999999.png',
        'pages/1.png?width=1',
        'part2-notice.txt',
      ]) {
        const expected = await told(randomUUID(), path)
        for (const id of [...hidden, 'x', '%00', '../../etc/passwd', `${randomUUID()}\u0000`])
          expect(await told(id, path), `${account} ${path} ${id}`).toBe(expected)
      }
    }
  }, 120_000)

  it('of an upload: nobody else imports it, and its address tells nothing', async () => {
    const created = await world
      .as('coder@demo.test')
      .graphql('mutation { createUpload(input: {byteSize: 4}) { uploadId url } }')
    const { uploadId, url } = created.data!.createUpload as { uploadId: string; url: string }
    const [, , , ticket] = url.split('/')
    const put = async (path: string) => {
      const answer = await fetch(world.server.url + path, { method: 'PUT', body: 'text' })
      return JSON.stringify([answer.status, await answer.text()])
    }
    const expected = await put(`/uploads/${randomUUID()}/${ticket}`)
    const other = Buffer.from(ticket!, 'base64url')
    other[40]! ^= 1
    for (const path of [
      `/uploads/${uploadId}/${other.toString('base64url')}`,
      `/uploads/${randomUUID()}/${'A'.repeat(64)}`,
      `/uploads/${uploadId}/${'A'.repeat(64)}`,
      `/uploads/${uploadId}/x`,
      `/uploads/..%2f..%2fetc%2fpasswd/${ticket}`,
      `/uploads/%00/${ticket}`,
    ])
      expect(await put(path), path).toBe(expected)
    expect(expected).toContain('404')
    await put(url)

    // Somebody else's waiting upload is one that does not exist.
    const chartId = world.charts.get('southern')!
    const add = async (uploadId: string) =>
      told(
        await world
          .as('coder2@demo.test')
          .graphql(
            'mutation ($input: AddDocumentInput!) { addDocument(input: $input) { __typename ... on CommandInvalid { problems { code message field } } } }',
            {
              input: {
                commandId: randomUUID(),
                chartId,
                document: {
                  uploadId,
                  title: 'T',
                  type: 'OTHER',
                  authorRole: 'OTHER',
                  signed: true,
                  encounterPart: 'DURING',
                },
              },
            },
          ),
        uploadId,
      )
    expect(await add(uploadId)).toBe(await add(randomUUID()))
  })
})

/** The field of an input that names the object a command is about. */
const OBJECT_OF = ['suggestionId', 'documentId', 'commentId', 'auditId', 'chartId'].sort(
  (a, b) => Number(a === 'chartId') - Number(b === 'chartId'),
) as readonly ('suggestionId' | 'documentId' | 'commentId' | 'auditId' | 'chartId')[]

/** A value that the schema takes for every required field. */
async function sample(type: GraphQLInputObjectType): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {}
  for (const field of Object.values(type.getFields()))
    if (isNonNullType(field.type) && field.defaultValue === undefined)
      values[field.name] = await valueOf(field.type.ofType)
  return values
}

async function valueOf(type: GraphQLInputType): Promise<unknown> {
  if (isListType(type)) return []
  const named = getNamedType(type)
  if (isInputObjectType(named)) return sample(named)
  if (isEnumType(named)) return named.getValues()[0]!.name
  switch (named.name) {
    case 'Int':
      return 1
    case 'Boolean':
      return true
    case 'ID':
    case 'UUID':
      return randomUUID()
    case 'LocalDate':
      return '2026-03-15'
    case 'DateTimeISO':
      return '2026-03-15T12:00:00Z'
    default:
      return 'words'
  }
}
