import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import { limitAdmission } from '../../server/live/admissions.js'
import { CLOSE } from '../../server/live/closeCodes.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

const CODER = 'coder@demo.test'
const STREAM = 'subscription ($id: ID!) { chartStream(chartId: $id) { __typename } }'
const PRESENCE = 'subscription ($id: ID!) { presence(chartId: $id) { present { presenceId } } }'
const BOARD = 'subscription { queueBoard { __typename } }'

let server: TestServer
let coder: TestPerson
beforeAll(async () => {
  server = await testServer()
  coder = await server.signInAs(CODER)
})
afterAll(() => server.close())

it.each([
  ['a chart', CODER, STREAM],
  ['a presence', CODER, PRESENCE],
  ['a board', 'supervisor@demo.test', BOARD],
])(
  'whoever comes to %s while too many wait is closed with 1013, and served when it comes back',
  async (_, who, query) => {
    const { chartId } = await server.addChart({ coder: CODER })
    const person = who === CODER ? coder : await server.signInAs(who)
    limitAdmission(server.app.services, { waiting: 0 })
    const closes: unknown[] = []
    // Nothing of ours in how it comes back, but that it does not wait as long.
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: async () => ({ ticket: await person.ticket() }),
      retryWait: async () => {
        if (closes.length > 1) limitAdmission(server.app.services, {})
      },
      on: {
        closed(event) {
          const { code, reason } = event as { code: number; reason: string }
          closes.push({ code, reason })
        },
      },
    })
    const items = client.iterate({ query, variables: query.includes('$id') ? { id: chartId } : {} })
    const first = await items.next()
    expect(first.value?.errors).toBeUndefined()
    expect(first.value?.data).toBeTruthy()
    expect(closes.length).toBeGreaterThan(1)
    for (const close of closes) expect(close).toEqual(CLOSE.TRY_LATER)
    await client.dispose()
  },
)
