import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

let server: TestServer
let coder: TestPerson
beforeAll(async () => {
  server = await testServer()
  coder = await server.signInAs('coder@demo.test')
})
afterAll(() => server.close())

describe('POST /graphql', () => {
  it('answers a signed-in person', async () => {
    const answer = await coder.graphql('query Me { viewer { member { displayName } roles } }')
    expect(answer).toMatchObject({
      status: 200,
      data: { viewer: { member: { displayName: 'Dana Whitfield' }, roles: ['CODER'] } },
    })
    expect(answer.errors).toBeUndefined()
  })
})
