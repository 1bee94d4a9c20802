import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessRecord } from '../../server/trail/record.model.js'
import { readRecords } from '../../server/trail/trail.store.js'
import { verifyStored } from '../../server/trail/verifyTrail.js'
import { NO_ORGANISATION } from '../../server/trail/writer.js'
import type { AddedChart } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { collect } from './entries.js'

const PEOPLE = [
  'coder@demo.test',
  'coder2@demo.test',
  'auditor@demo.test',
  'supervisor@demo.test',
  'compliance@demo.test',
  'privacy@demo.test',
  'admin@demo.test',
  'lakeside@demo.test',
]
/** In every place where patient data or a client's own words can stand. */
const CANARY = 'Zyxomma'

let server: TestServer
let harbor: string
const people = new Map<string, TestPerson>()
const charts: Record<string, AddedChart> = {}
beforeAll(async () => {
  server = await testServer()
  harbor = server.demo.harbor.organisationId
  for (const email of PEOPLE) people.set(email, await server.signInAs(email))
  const secret = {
    patient: { familyName: `${CANARY}son`, givenNames: [CANARY] },
    accountNumber: `${CANARY}-1`,
    attendingProvider: `${CANARY}, MD`,
    documents: [{ title: `${CANARY} note`, text: `Discharge diagnoses:\n1. ${CANARY} pneumonia.` }],
  }
  charts.claimed = await server.addChart({ ...secret, coder: 'coder@demo.test' })
  charts.waiting = await server.addChart({ ...secret, accountNumber: `${CANARY}-2` })
  charts.restricted = await server.addChart({ ...secret, accountNumber: `${CANARY}-3`, restricted: true })
  charts.lakeside = await server.addChart({ ...secret, accountNumber: `${CANARY}-4`, organisation: 'lakeside' })
})
afterAll(() => server.close())

const as = (email: string): TestPerson => people.get(email)!
const orgOf = (email: string): string => as(email).claims.orgId
const memberOf = (email: string): string =>
  ({ ...server.demo.harbor.members, ...server.demo.lakeside.members })[email]!.memberId
const refOf = (chart: AddedChart, orgId = harbor): string => server.db.vault.subjectRef(orgId, chart.patientId)

const recordsOf = (orgId: string): Promise<AccessRecord[]> => collect(readRecords(server.db.database, orgId))

/** What `work` answered, and the records that it left in the organisation. */
async function recorded<T>(orgId: string, work: () => Promise<T>): Promise<[T, AccessRecord[]]> {
  const before = (await recordsOf(orgId)).length
  const answer = await work()
  return [answer, (await recordsOf(orgId)).slice(before)]
}

const CHART = `query ($id: ID!) { chart(id: $id) { id accountNumber patient { familyName } suggestions { code } } }`
const LIST = `query { charts(first: 50) { totalCount edges { node { id accountNumber } } } }`
const command = (name: string, outcome = '__typename') =>
  `mutation ($input: ChartCommandInput!) { ${name}(input: $input) { ${outcome} } }`

describe('an operation over HTTP', () => {
  /** An operation, and what of patients its answer shows or refuses: told from the answer alone. */
  const OPERATIONS: Record<string, { query: string; variables?: (chart: AddedChart) => Record<string, unknown> }> = {
    'query chart': { query: CHART, variables: ({ chartId }) => ({ id: chartId }) },
    'query charts': { query: LIST },
    'query explainAccess': {
      query: 'query ($id: ID!) { explainAccess(id: $id, action: claim) { can } }',
      variables: ({ chartId }) => ({ id: chartId }),
    },
    'query node': {
      query: 'query ($id: ID!) { node(id: $id) { id } }',
      variables: ({ chartId }) => ({ id: chartId }),
    },
    'query viewer': { query: 'query { viewer { displayName } }' },
    'mutation submitChart': {
      query: 'mutation ($input: SubmitChartInput!) { submitChart(input: $input) { __typename } }',
      variables: ({ chartId }) => ({ input: { commandId: randomUUID(), chartId, seenCursor: randomUUID() } }),
    },
    'mutation openSecondLook': {
      query: command('openSecondLook'),
      variables: ({ chartId }) => ({ input: { commandId: randomUUID(), chartId } }),
    },
    'mutation focus': {
      query: 'mutation ($input: FocusInput!) { focus(input: $input) }',
      variables: ({ chartId }) => ({ input: { presenceId: randomUUID(), chartId, editing: false, leaving: false } }),
    },
  }
  const asked = fc.record({
    email: fc.constantFrom(...PEOPLE),
    action: fc.constantFrom(...Object.keys(OPERATIONS)),
    chart: fc.constantFrom('claimed', 'waiting', 'restricted', 'lakeside'),
  })

  it('leaves exactly one record where it touched a patient, was a command or was refused, and none elsewhere', async () => {
    const seen = { ALLOWED: 0, DENIED: 0, FAILED: 0, none: 0 }
    await fc.assert(
      fc.asyncProperty(asked, async ({ email, action, chart: name }) => {
        const chart = charts[name]!
        const { query, variables } = OPERATIONS[action]!
        const given = variables?.(chart) ?? {}
        const [answer, records] = await recorded(orgOf(email), () => as(email).graphql(query, given))
        const root = Object.values(answer.data ?? {})[0] as Record<string, unknown> | null | undefined
        const code = answer.errors?.[0]!.extensions.code
        const what = `${email} ${action} ${name}: ${JSON.stringify(answer.data)} ${code}`

        const shown = shownBy(action, root, chart)
        const denied = code === 'NOT_FOUND' || code === 'FORBIDDEN' || (action === 'query chart' && root === null)
        const expected = denied || (action !== 'mutation focus' && (shown.length > 0 || action.startsWith('mutation')))
        if (action === 'query explainAccess' || (action === 'query node' && root === null)) {
          // Absent and hidden look alike from outside; the record knows which it was.
          expect(records.length, what).toBeLessThanOrEqual(1)
        } else expect(records.length, what).toBe(expected ? 1 : 0)
        const [record] = records
        seen[record?.outcome ?? 'none']++
        if (!record) return
        expect(record, what).toMatchObject({ actorId: memberOf(email), action, purpose: 'PAYMENT' })
        expect(record.operationHash, what).toMatch(/^[0-9a-f]{64}$/)
        if (denied) expect(record.outcome, what).toBe('DENIED')
        if (shown.length > 0) {
          expect(record.subjectRefs, what).toEqual(
            expect.arrayContaining(shown.map((id) => server.db.vault.subjectRef(orgOf(email), id))),
          )
          expect(record.facilityIds.length, what).toBeGreaterThan(0)
        }
        const { commandId } = (given.input ?? {}) as { commandId?: string }
        if (action.startsWith('mutation') && commandId) expect(record.detail.commandIds, what).toEqual([commandId])
      }),
      { numRuns: 120 },
    )
    for (const [outcome, count] of Object.entries(seen))
      if (outcome !== 'FAILED') expect(count, outcome).toBeGreaterThan(3)
  }, 120_000)

  function shownBy(action: string, root: Record<string, unknown> | null | undefined, chart: AddedChart): string[] {
    if (!root) return []
    if (action === 'query charts') {
      const ids = (root.edges as { node: { id: string } }[]).map(({ node }) => node.id)
      return Object.values(charts).flatMap((it) => (ids.includes(it.chartId) ? [it.patientId] : []))
    }
    return action === 'query viewer' || action === 'query explainAccess' ? [] : [chart.patientId]
  }

  it('names the classes that were answered, and none that were masked or not asked for', async () => {
    const classes = async (email: string, query: string, chart = charts.claimed!) => {
      const [, [record]] = await recorded(orgOf(email), () => as(email).graphql(query, { id: chart.chartId }))
      return record?.classes
    }
    const chart = (fields: string) => `query ($id: ID!) { chart(id: $id) { ${fields} } }`
    expect(await classes('coder@demo.test', chart('id status'))).toEqual([])
    expect(await classes('coder@demo.test', chart('accountNumber'))).toEqual(['ACCOUNT_REF'])
    expect(await classes('coder@demo.test', chart('accountNumber patient { familyName }'))).toEqual([
      'ACCOUNT_REF',
      'IDENTITY',
    ])
    expect(await classes('coder@demo.test', chart('suggestions { code }'))).toEqual(['CLINICAL'])
    const masked = await classes(
      'supervisor@demo.test',
      chart('accountNumber patient { familyName } suggestions { code }'),
    )
    expect(masked).toEqual(['ACCOUNT_REF'])
  })

  it('names whoever was refused a chart that is there, apart from those who saw it', async () => {
    const [, [hidden]] = await recorded(harbor, () =>
      as('coder2@demo.test').graphql(CHART, { id: charts.restricted!.chartId }),
    )
    expect(hidden).toMatchObject({
      outcome: 'DENIED',
      subjectRefs: [],
      classes: [],
      detail: { reasons: ['NOT_FOUND'], refused: [refOf(charts.restricted!)] },
    })
    const [, [absent]] = await recorded(harbor, () => as('coder2@demo.test').graphql(CHART, { id: randomUUID() }))
    expect(absent).toMatchObject({ outcome: 'DENIED', subjectRefs: [], detail: { reasons: ['NOT_FOUND'] } })
    expect(absent!.detail).not.toHaveProperty('refused')
  })

  it('that a rule refuses keeps the reason; one whose sign-in has ended keeps the account', async () => {
    const input = { commandId: randomUUID(), chartId: charts.claimed!.chartId }
    const [answer, [record]] = await recorded(harbor, () =>
      as('compliance@demo.test').graphql(command('claimChart'), { input }),
    )
    const [error] = answer.errors as unknown as { extensions: { code: string; reason: string } }[]
    expect(error!.extensions.code).toBe('FORBIDDEN')
    expect(record).toMatchObject({
      outcome: 'DENIED',
      subjectRefs: [refOf(charts.claimed!)],
      detail: { reasons: [`FORBIDDEN:${error!.extensions.reason}`], commandIds: [input.commandId] },
    })

    const gone = await server.signInAs('coder2@demo.test')
    await gone.signOut()
    const [late, [ended]] = await recorded(harbor, () => gone.graphql(CHART, { id: charts.claimed!.chartId }))
    expect(late.status).toBe(401)
    expect(ended).toMatchObject({
      actorId: null,
      outcome: 'DENIED',
      subjectRefs: [],
      detail: { reasons: ['UNAUTHENTICATED'], user: gone.claims.userId },
    })
  })

  it('shares the commit of its record with others, and sends no statement besides', async () => {
    const { statements } = server.db
    /** What the writer sent since `before`, apart from what this test reads; and what everybody else sent. */
    const sent = (isWriters: boolean) =>
      statements
        .slice(before)
        .filter((text) => !/select org_id, seq.*from access_record/s.test(text))
        .filter((text) => /access_(head|record|operation)/.test(text) === isWriters)
    let before = 0
    const [, records] = await recorded(harbor, async () => {
      before = statements.length
      await as('coder@demo.test').graphql(CHART, { id: charts.claimed!.chartId })
    })
    const logged = JSON.parse(server.log.filter((line) => line.includes('"operation"')).at(-1)!) as {
      statements: number
    }
    expect(sent(false)).toHaveLength(logged.statements)
    expect(sent(true)).toHaveLength(2)
    expect(records).toHaveLength(1)

    before = statements.length
    const [, many] = await recorded(harbor, async () => {
      before = statements.length
      await Promise.all(
        Array.from({ length: 200 }, () => as('coder@demo.test').graphql(CHART, { id: charts.claimed!.chartId })),
      )
    })
    expect(many).toHaveLength(200)
    const commits = sent(true).filter((text) => text.includes('with written as')).length
    // Ten connections read; while one batch is written, what they finish collects.
    expect(commits).toBeLessThan(150)
  }, 60_000)
})

describe('what cannot be recorded', () => {
  const withoutWriter = async (work: () => Promise<void>) => {
    await server.db.ownerSql`revoke insert on access_record from chartroom_app`
    try {
      await work()
    } finally {
      await server.db.ownerSql`grant insert on access_record to chartroom_app`
    }
  }

  it('is not answered: no read, no refusal, no file', async () => {
    await withoutWriter(async () => {
      for (const [email, query, variables] of [
        ['coder@demo.test', CHART, { id: charts.claimed!.chartId }],
        ['coder@demo.test', LIST, {}],
        ['coder2@demo.test', CHART, { id: charts.restricted!.chartId }],
        ['admin@demo.test', CHART, { id: charts.claimed!.chartId }],
      ] as const) {
        const answer = await as(email).graphql(query, variables)
        expect(answer.status, email).toBe(503)
        expect(answer.data, email).toBeUndefined()
        expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }])
      }
      const { versionId } = charts.claimed!.documents[0]!
      const file = await fetch(`${server.url}/documents/${versionId}/original`, {
        headers: { authorization: `Bearer ${as('coder@demo.test').accessToken}` },
      })
      expect(file.status).toBe(503)
    })
    // What reads no patient's data needs no record.
    expect((await as('coder@demo.test').graphql('{ viewer { displayName } }')).status).toBe(200)
    expect((await as('coder@demo.test').graphql(CHART, { id: charts.claimed!.chartId })).status).toBe(200)
  })

  it('of commands has happened once, and is answered when it can be recorded', async () => {
    const chart = await server.addChart({})
    const input = { commandId: randomUUID(), chartId: chart.chartId }
    const claim = () => as('coder2@demo.test').graphql(command('claimChart', '__typename'), { input })
    await withoutWriter(async () => {
      const answer = await claim()
      expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }])
      expect(answer.errors![0]!.message).toContain('same commandId')
    })
    const [answer, records] = await recorded(harbor, claim)
    expect(answer.errors).toBeUndefined()
    expect(records).toMatchObject([{ action: 'mutation claimChart', detail: { commandIds: [input.commandId] } }])
    const events = await server.db.ownerSql`
      select from chart_event where chart_id = ${chart.chartId} and type = 'CHART_ASSIGNED'`
    expect(events).toHaveLength(1)
  })
})

describe('files and sign-ins', () => {
  it('a file asked for is on record, and so is its refusal', async () => {
    const { versionId } = charts.claimed!.documents[0]!
    const get = (email: string, id = versionId) =>
      fetch(`${server.url}/documents/${id}/original`, { headers: { authorization: `Bearer ${as(email).accessToken}` } })
    // A document that came as text has no original: found, and nothing to send.
    const [mine, [own]] = await recorded(harbor, () => get('coder@demo.test'))
    expect(own).toMatchObject({ action: 'GET original', subjectRefs: [refOf(charts.claimed!)] })
    expect(own!.outcome).toBe(mine.status === 200 ? 'ALLOWED' : 'DENIED')
    const [theirs, [refused]] = await recorded(harbor, () => get('supervisor@demo.test'))
    expect(theirs.status).toBe(403)
    expect(refused).toMatchObject({ outcome: 'DENIED', classes: [], detail: { reasons: ['FORBIDDEN:CLASS'] } })
    const [none, [unknown]] = await recorded(harbor, () => get('coder@demo.test', randomUUID()))
    expect(none.status).toBe(404)
    expect(unknown).toMatchObject({ outcome: 'DENIED', subjectRefs: [] })
  })

  it('bytes that were sent are on record under the member whose address it was', async () => {
    const bytes = Buffer.from(`Discharge diagnoses:\n1. ${CANARY} pneumonia.\n`)
    const query = 'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { uploadId url } }'
    const { data } = await as('supervisor@demo.test').graphql(query, {
      input: { byteSize: bytes.length },
    })
    const made = data as { createUpload: { uploadId: string; url: string } } | null
    expect(made).not.toBeNull()
    const { uploadId, url } = made!.createUpload
    const [sent, records] = await recorded(harbor, () => fetch(`${server.url}${url}`, { method: 'PUT', body: bytes }))
    expect(sent.status).toBe(201)
    expect(records).toMatchObject([
      { action: 'PUT upload', actorId: memberOf('supervisor@demo.test'), detail: { upload: uploadId } },
    ])
  })

  it('an attempt to sign in stands with the organisation, or with none where nobody has the account', async () => {
    const signIn = (email: string, password: string) =>
      fetch(`${server.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url },
        body: JSON.stringify({ email, password }),
      })
    const [right, [allowed]] = await recorded(harbor, () => signIn('Coder@demo.test', server.demo.password))
    expect(right.status).toBe(200)
    expect(allowed).toMatchObject({
      actorId: memberOf('coder@demo.test'),
      action: 'sign-in',
      purpose: 'NONE',
      outcome: 'ALLOWED',
      subjectRefs: [],
      detail: { attempt: 'SIGNED_IN' },
    })
    const [, [refused]] = await recorded(harbor, () => signIn('coder@demo.test', 'not the password'))
    expect(refused).toMatchObject({
      actorId: memberOf('coder@demo.test'),
      outcome: 'DENIED',
      detail: { attempt: 'REFUSED' },
    })
    const [, none] = await recorded(harbor, async () => {
      const [, [unknown]] = await recorded(NO_ORGANISATION, () => signIn('nobody@demo.test', 'anything at all'))
      expect(unknown).toMatchObject({ actorId: null, outcome: 'DENIED', detail: { attempt: 'REFUSED' } })
      expect(unknown!.detail.account).toMatch(/^[0-9a-f]{64}$/)
    })
    expect(none).toEqual([])
  })
})

describe('records', () => {
  it('hold no patient data and none of a client’s own words, in no column and no operation text', async () => {
    const literal = `query ${CANARY} { ${CANARY}: charts(first: 5, filter: { accountNumber: "${CANARY}-1" }) { edges { node { id } } } }`
    const [answer, [byLiteral]] = await recorded(harbor, () => as('supervisor@demo.test').graphql(literal))
    expect(answer.errors).toBeUndefined()
    const variable = `query Q($${CANARY}: String = "${CANARY}") { charts(first: 5, filter: { accountNumber: $${CANARY} }) { ...${CANARY} } }
      fragment ${CANARY} on ChartConnection { edges { node { id } } }`
    await as('supervisor@demo.test').graphql(variable, { [CANARY]: `${CANARY}-1` })
    const input = { commandId: randomUUID(), chartId: charts.claimed!.chartId, body: `${CANARY} said so.` }
    await as('coder@demo.test').graphql(
      'mutation ($input: AddCommentInput!) { addComment(input: $input) { __typename } }',
      { input },
    )

    const rows = await server.db.ownerSql`select to_jsonb(r)::text as text from access_record r`
    const texts = await server.db.ownerSql<{ hash: string; text: string }[]>`select hash, text from access_operation`
    expect(rows.length).toBeGreaterThan(100)
    const all = JSON.stringify([rows, texts])
    expect(all).not.toContain(CANARY)
    for (const { patientId } of Object.values(charts)) expect(all).not.toContain(patientId)
    for (const text of ['Quillfeather', 'pneumonia', 'coder@demo.test', 'Dana Whitfield'])
      expect(all, text).not.toContain(text)
    // The same question in other words is the same text, kept once.
    const texted = texts.find(({ hash }) => hash === byLiteral!.operationHash)
    expect(texted?.text.replace(/\s+/g, ' ')).toBe('{ charts(first: 0, filter: {}) { edges { node { id } } } }')
    const [, [other]] = await recorded(harbor, () =>
      as('supervisor@demo.test').graphql(
        `{ a: charts(first: 9, filter: { accountNumber: "${CANARY}-2" }) { edges { b: node { c: id } } } }`,
      ),
    )
    expect(other!.operationHash).toBe(byLiteral!.operationHash)
  })

  it('are one unbroken chain an organisation, and every hash of an operation has its text', async () => {
    const orgIds = [harbor, server.demo.lakeside.organisationId, NO_ORGANISATION]
    const reports = await verifyStored(server.db.database, orgIds, [], server.db.vault.derive('trail head'))
    expect(reports.map(({ verdict }) => verdict.holds)).toEqual([true, true, true])
    const untold = await server.db.ownerSql`
      select from access_record r where operation_hash is not null
        and not exists (select from access_operation o where o.hash = r.operation_hash)`
    expect(untold).toHaveLength(0)
  })
})
