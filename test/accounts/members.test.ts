import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

let server: TestServer
const people = new Map<string, TestPerson>()
beforeAll(async () => {
  server = await testServer()
  for (const name of ['admin', 'coder', 'coder2', 'supervisor', 'privacy', 'lakeside', 'auditor', 'provider'])
    people.set(name, await server.signInAs(`${name}@demo.test`))
})
afterAll(() => server.close())

const as = (name: string): TestPerson => people.get(name)!
const LIST =
  '{ memberships { id version member { displayName } roles facilities { id } teams { id name } disabledAt } teams { id } }'
const OUTCOME = `__typename
  ... on MemberSaved { membership { id version roles facilities { id } teams { id } disabledAt } }
  ... on MemberChanged { membership { version } seenVersion }
  ... on CommandInvalid { problems { code field } }`
const CHANGE = `mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { ${OUTCOME} } }`
const DISABLE = `mutation ($input: MemberCommandInput!) { disableMember(input: $input) { ${OUTCOME} } }`
const ENABLE = `mutation ($input: MemberCommandInput!) { enableMember(input: $input) { ${OUTCOME} } }`
const SESSIONS = '{ liveSessions { id member { id displayName } signedInAt lastUsedAt expiresAt } }'
const END = 'mutation ($input: EndSessionInput!) { endSession(input: $input) { sessionId } }'

interface Row {
  id: string
  version: number
  roles: string[]
  facilities: { id: string }[]
  teams: { id: string }[]
  disabledAt: string | null
}
const idOf = (email: string): string =>
  ({ ...server.demo.harbor.members, ...server.demo.lakeside.members })[email]!.memberId
async function rowOf(email: string): Promise<Row> {
  const { data } = await as('admin').graphql(LIST)
  return (data!.memberships as Row[]).find(({ id }) => id === idOf(email))!
}
const inputFor = (row: Row, given: object = {}) => ({
  commandId: randomUUID(),
  memberId: row.id,
  seenVersion: row.version,
  roles: row.roles,
  facilityIds: row.facilities.map(({ id }) => id),
  teamIds: row.teams.map(({ id }) => id),
  ...given,
})
const commandFor = (row: Row) => ({ commandId: randomUUID(), memberId: row.id, seenVersion: row.version })

describe('what members may do', () => {
  it('is listed for administrators, of their organisation, and for nobody else', async () => {
    const { data } = await as('admin').graphql(LIST)
    const ids = (data!.memberships as Row[]).map(({ id }) => id)
    expect(new Set(ids)).toEqual(new Set(Object.values(server.demo.harbor.members).map(({ memberId }) => memberId)))
    for (const name of ['coder', 'supervisor', 'privacy', 'auditor', 'provider', 'lakeside'])
      expect((await as(name).graphql(LIST)).data, name).toEqual({ memberships: [], teams: [] })
  })

  it('is changed by administrators only; to all others there is no such member, in the same words', async () => {
    const row = await rowOf('coder2@demo.test')
    const answers = new Set<string>()
    for (const name of ['coder', 'supervisor', 'privacy', 'auditor', 'provider', 'lakeside'])
      for (const memberId of [row.id, randomUUID(), 'x'])
        for (const [text, input] of [
          [CHANGE, inputFor(row, { memberId })],
          [DISABLE, { ...commandFor(row), memberId }],
          [ENABLE, { ...commandFor(row), memberId }],
        ] as const) {
          const { errors } = await as(name).graphql(text, { input })
          answers.add(JSON.stringify([errors![0]!.message, errors![0]!.extensions.code]))
        }
    expect([...answers]).toHaveLength(1)
    expect([...answers][0]).toContain('NOT_FOUND')
    for (const memberId of [randomUUID(), idOf('lakeside@demo.test'), 'x']) {
      const { errors } = await as('admin').graphql(DISABLE, { input: { ...commandFor(row), memberId } })
      expect(errors![0]!.extensions.code).toBe('NOT_FOUND')
    }
    expect(await rowOf('coder2@demo.test')).toEqual(row)
  })

  it('is never changed by oneself', async () => {
    const row = await rowOf('admin@demo.test')
    for (const [text, input] of [
      [CHANGE, inputFor(row, { roles: ['ADMIN', 'CODER'] })],
      [DISABLE, commandFor(row)],
    ] as const) {
      const { errors } = await as('admin').graphql(text, { input })
      expect(errors![0]!.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'SEPARATION_OF_DUTIES' })
    }
    expect(await rowOf('admin@demo.test')).toEqual(row)
  })

  it('is saved whole, once per command, and not over what somebody else saved', async () => {
    const row = await rowOf('coder2@demo.test')
    const input = inputFor(row, { roles: ['AUDITOR', 'CODER'], teamIds: [] })
    const first = await as('admin').graphql(CHANGE, { input })
    expect(first.data).toMatchObject({
      changeMember: { membership: { roles: ['CODER', 'AUDITOR'], teams: [], version: row.version + 1 } },
    })
    expect((await as('admin').graphql(CHANGE, { input })).data).toEqual(first.data)
    const late = await as('admin').graphql(CHANGE, { input: inputFor(row) })
    expect(late.data).toMatchObject({
      changeMember: { __typename: 'MemberChanged', seenVersion: row.version, membership: { version: row.version + 1 } },
    })
    const back = { ...inputFor(row), seenVersion: row.version + 1 }
    await as('admin').graphql(CHANGE, { input: back })
    expect(await rowOf('coder2@demo.test')).toEqual({ ...row, version: row.version + 2 })
  })

  it('is refused for what does not exist or is named twice, and nothing is saved', async () => {
    const row = await rowOf('coder2@demo.test')
    const foreign = Object.values(server.demo.lakeside.facilities)[0]!
    for (const [given, code] of [
      [{ roles: [] }, 'NO_ROLE'],
      [{ facilityIds: [foreign] }, 'UNKNOWN_FACILITY'],
      [{ facilityIds: [randomUUID()] }, 'UNKNOWN_FACILITY'],
      [{ teamIds: [randomUUID()] }, 'UNKNOWN_TEAM'],
    ] as const) {
      const { data } = await as('admin').graphql(CHANGE, { input: inputFor(row, given) })
      expect(data, code).toMatchObject({ changeMember: { problems: [{ code }] } })
    }
    for (const given of [
      { roles: ['CODER', 'CODER'] },
      { facilityIds: ['x'] },
      { teamIds: [row.teams[0]!.id, row.teams[0]!.id] },
      { facilityIds: Array.from({ length: 1_001 }, () => randomUUID()) },
    ]) {
      const { errors } = await as('admin').graphql(CHANGE, { input: inputFor(row, given) })
      expect(errors![0]!.extensions.code).toBe('BAD_INPUT')
    }
    expect(await rowOf('coder2@demo.test')).toEqual(row)
  })

  it('ends with a member who is disabled: the next request, and the open stream with a word; and comes back', async () => {
    const { chartId } = await server.addChart()
    const stream = await streamOf(as('coder2'), chartId)
    await stream.next()
    const { data } = await as('admin').graphql(DISABLE, { input: commandFor(await rowOf('coder2@demo.test')) })
    expect(data).toMatchObject({ disableMember: { membership: { disabledAt: expect.any(String) } } })
    expect(await stream.next()).toEqual({ __typename: 'StreamEnded', reason: 'MEMBER_DISABLED' })
    expect((await as('coder2').graphql('{ viewer { roles } }')).errors![0]!.extensions.code).toBe('UNAUTHENTICATED')
    await as('admin').graphql(ENABLE, { input: commandFor(await rowOf('coder2@demo.test')) })
    people.set('coder2', await server.signInAs('coder2@demo.test'))
    expect((await as('coder2').graphql('{ viewer { roles } }')).data).toEqual({ viewer: { roles: ['CODER'] } })
  })

  it('counts at once in an open stream: a role, a team, a facility taken away', async () => {
    const row = await rowOf('coder2@demo.test')
    for (const given of [{ roles: ['PROVIDER'] }, { teamIds: [] }, { facilityIds: [] }]) {
      const { chartId } = await server.addChart()
      const stream = await streamOf(as('coder2'), chartId)
      await stream.next()
      const now = await rowOf('coder2@demo.test')
      await as('admin').graphql(CHANGE, { input: inputFor(now, given) })
      expect(await stream.next(), JSON.stringify(given)).toEqual({
        __typename: 'StreamEnded',
        reason: 'NO_LONGER_VISIBLE',
      })
      expect((await as('coder2').graphql(`{ chart(id: "${chartId}") { id } }`)).data).toEqual({ chart: null })
      const then = await rowOf('coder2@demo.test')
      await as('admin').graphql(CHANGE, { input: { ...inputFor(row), seenVersion: then.version } })
    }
  })
})

describe('sign-ins', () => {
  const mine = (name: string) => as(name).claims.sessionId

  it('are seen by supervisors and privacy officers, of people at their facilities, and by nobody else', async () => {
    for (const name of ['supervisor', 'privacy']) {
      const { data } = await as(name).graphql(SESSIONS)
      const ids = (data!.liveSessions as { id: string }[]).map(({ id }) => id)
      expect(ids).toEqual(expect.arrayContaining([mine('coder'), mine('auditor')]))
      expect(ids).not.toContain(mine('lakeside'))
    }
    for (const name of ['coder', 'auditor', 'provider', 'admin', 'lakeside'])
      expect((await as(name).graphql(SESSIONS)).data, name).toEqual({ liveSessions: [] })
  })

  it('are ended by them: the next request is refused, and the stream says so', async () => {
    const person = await server.signInAs('coder@demo.test')
    const { chartId } = await server.addChart()
    const stream = await streamOf(person, chartId)
    await stream.next()
    const { sessionId } = person.claims
    for (const name of ['coder2', 'admin', 'lakeside', 'auditor'])
      for (const id of [sessionId, randomUUID(), 'x'.repeat(100)]) {
        const { errors } = await as(name).graphql(END, { input: { commandId: randomUUID(), sessionId: id } })
        expect(errors![0]!.extensions.code, name).toBe('NOT_FOUND')
      }
    const { data } = await as('supervisor').graphql(END, { input: { commandId: randomUUID(), sessionId } })
    expect(data).toEqual({ endSession: { sessionId } })
    expect(await stream.next()).toEqual({ __typename: 'StreamEnded', reason: 'SIGNED_OUT' })
    expect((await person.graphql('{ viewer { roles } }')).errors![0]!.extensions.code).toBe('UNAUTHENTICATED')
    expect((await as('coder').graphql('{ viewer { roles } }')).errors).toBeUndefined()
  })

  it('that run out end the stream with that word', async () => {
    const person = await server.signInAs('coder@demo.test')
    const { chartId } = await server.addChart()
    const stream = await streamOf(person, chartId)
    await stream.next()
    await server.db.ownerSql`
      update auth_session set expires_at = now() - interval '1 second' where id = ${person.claims.sessionId}`
    expect(await stream.next()).toEqual({ __typename: 'StreamEnded', reason: 'SESSION_EXPIRED' })
  })
})

describe('an assignment that ends by the clock', () => {
  it('gives the chart back at that instant, and the open stream narrows', async () => {
    const { chartId } = await server.addChart({ coder: 'coder@demo.test' })
    await server.db
      .ownerSql`update chart set assigned_until = now() + interval '400 milliseconds' where id = ${chartId}`
    const stream = await streamOf(as('coder'), chartId)
    expect(await stream.next()).toMatchObject({ __typename: 'ChartSnapshot', chart: { status: 'IN_CODING' } })
    expect(await stream.next()).toMatchObject({
      __typename: 'AccessChanged',
      change: 'NARROWED',
      snapshot: { chart: { status: 'READY' } },
    })
    await stream.end()
  })
})

async function streamOf(person: TestPerson, chartId: string) {
  const client = await person.socket()
  const iterator = client.iterate<{ chartStream: Record<string, unknown> }>({
    query: `subscription ($id: ID!) { chartStream(chartId: $id) { __typename
      ... on ChartSnapshot { chart { status } }
      ... on AccessChanged { change snapshot { chart { status } } }
      ... on StreamEnded { reason } } }`,
    variables: { id: chartId },
  })
  return {
    next: async () => (await iterator.next()).value?.data?.chartStream,
    end: async () => iterator.return!(),
  }
}
