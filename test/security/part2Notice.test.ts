import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PART2_NOTICE } from '../../server/consents/part2Notice.model.js'
import { RawSocket } from '../app/rawSocket.js'
import type { AddedChart } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

/** 42 CFR 2.32: whatever holds content of a Part 2 record carries the notice, and nothing else does. */

let server: TestServer
let coder: TestPerson
let mixed: AddedChart
let plain: AddedChart
beforeAll(async () => {
  server = await testServer()
  coder = await server.signInAs('coder@demo.test')
  const add = (labels: ('PART2' | 'HIV')[]) =>
    server.addChart({
      coder: 'coder@demo.test',
      documents: [{ text: 'Opioid use disorder.', labels }, { text: 'Essential hypertension.' }],
      lines: [{ code: 'I10' }],
    })
  mixed = await add(['PART2'])
  plain = await add(['HIV'])
})
afterAll(() => server.close())

const ask = async (person: TestPerson, query: string, id: string): Promise<unknown> => {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${person.accessToken}` },
    body: JSON.stringify({ query, variables: { id } }),
  })
  const body = (await response.json()) as { errors?: unknown; extensions?: { part2Notice?: unknown } }
  expect(body.errors).toBeUndefined()
  return body.extensions?.part2Notice
}
const NOTICE = { ...PART2_NOTICE, consentId: null, scope: null }

describe('the Part 2 notice', () => {
  it('stands beside every answer with words of such a record, and beside no other', async () => {
    const texts = 'query ($id: ID!) { chart(id: $id) { documents { version { text } } } }'
    expect(await ask(coder, texts, mixed.chartId)).toEqual(NOTICE)
    expect(await ask(coder, texts, plain.chartId)).toBeUndefined()
    const second = mixed.documents[1]!.documentId
    const one = 'query ($id: ID!) { document(id: $id) { version { title text } } }'
    expect(await ask(coder, one, mixed.documents[0]!.documentId)).toEqual(NOTICE)
    expect(await ask(coder, one, second)).toBeUndefined()
    // What comes with the row says nothing of the record's content.
    expect(
      await ask(coder, 'query ($id: ID!) { chart(id: $id) { documentCount status } }', mixed.chartId),
    ).toBeUndefined()
  })

  it('does not stand beside what is masked', async () => {
    const texts = 'query ($id: ID!) { chart(id: $id) { documents { version { text } } } }'
    expect(await ask(await server.signInAs('supervisor@demo.test'), texts, mixed.chartId)).toBeUndefined()
  })

  it('comes with a line that cites the record, from the moment it is labelled, in queries and streams alike', async () => {
    const { chartId, documents } = await server.addChart({
      coder: 'coder@demo.test',
      documents: [{ text: 'Opioid use disorder.' }],
      lines: [{ code: 'F11.20', evidence: [{ document: 0, words: 'Opioid' }] }],
    })
    const lines = 'query ($id: ID!) { chart(id: $id) { suggestions { code } } }'
    expect(await ask(coder, lines, chartId)).toBeUndefined()

    const socket = await RawSocket.signedIn(server.url, await coder.ticket())
    const stream = `subscription ($id: ID!) { chartStream(chartId: $id) {
      __typename ... on ChartSnapshot { suggestions { code } } ... on ChartEvents { events { type document { version { title } } } } } }`
    socket.subscribe('s', stream, { id: chartId })
    expect((await socket.answer('s')).payload).not.toHaveProperty('extensions')

    const input = { commandId: randomUUID(), documentId: documents[0]!.documentId, seenVersion: 1, labels: ['PART2'] }
    const mutation = 'mutation ($input: LabelDocumentInput!) { labelDocument(input: $input) { __typename } }'
    expect((await coder.graphql(mutation, { input })).data).toEqual({ labelDocument: { __typename: 'DocumentSaved' } })
    const event = await socket.next(({ payload }) => JSON.stringify(payload ?? '').includes('DOCUMENT_LABELLED'))
    expect(event.payload).toMatchObject({ extensions: { part2Notice: NOTICE } })
    expect(await ask(coder, lines, chartId)).toEqual(NOTICE)
    const late = await RawSocket.signedIn(server.url, await coder.ticket())
    late.subscribe('s', stream, { id: chartId })
    expect((await late.answer('s')).payload).toMatchObject({ extensions: { part2Notice: NOTICE } })
    socket.ws.close()
    late.ws.close()
  })
})
