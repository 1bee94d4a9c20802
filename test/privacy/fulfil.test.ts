import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../server/kernel/text.js'
import { DISCHARGE_SUMMARY, SUBMITTABLE } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

/** What a granted request leads to, over the API alone: done, linked, and no request closed as answered before it was. */

const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'
const OFFICER = 'privacy@demo.test'
const SECOND = 'privacy2@demo.test'

describe('a granted request', () => {
  let server: TestServer
  let officer: TestPerson
  let second: TestPerson
  beforeAll(async () => {
    server = await testServer()
    officer = await server.signInAs(OFFICER)
    second = await server.signInAs(SECOND)
  })
  afterAll(() => server.close())

  const FIELDS = `__typename ... on PrivacyRequestSaved { request { id version state overdue can history { type }
    results { id type subjectId sha256 content by { id } } } } ... on CommandInvalid { problems { code field } }
    ... on PrivacyRequestChanged { seenVersion }`
  interface Shown {
    readonly id: string
    readonly version: number
    readonly state: string
    readonly overdue: boolean
    readonly can: string[]
    readonly history: { type: string }[]
    readonly results: {
      id: string
      type: string
      subjectId: string | null
      sha256: string | null
      content: string | null
    }[]
  }
  interface Outcome {
    readonly __typename: string
    readonly request?: Shown
    readonly problems?: { code: string; field: string | null }[]
  }
  const typeOf = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1)}Input!`
  async function send(who: TestPerson, name: string, input: object, fields = FIELDS): Promise<Outcome> {
    const document = `mutation ($input: ${typeOf(name)}) { ${name}(input: $input) { ${fields} } }`
    const { data, errors } = await who.graphql(document, { input: { commandId: randomUUID(), ...input } })
    if (errors) throw new Error(errors[0]!.extensions.code as string)
    return data![name] as Outcome
  }
  async function saved(name: string, input: object, who = officer): Promise<Shown> {
    const outcome = await send(who, name, input)
    if (!outcome.request) throw new Error(JSON.stringify(outcome))
    return outcome.request
  }
  const memberId = (email: string): string => server.demo.harbor.members[email]!.memberId

  async function person(more: object = {}) {
    const value = randomUUID()
    const patient = { familyName: 'Zyxommason', identifiers: [{ assigner: ASSIGNER, type: 'MRN' as const, value }] }
    const chart = await server.addChart({
      facility: 'north',
      patient,
      documents: [
        { text: 'Words of an open record.', labels: [] },
        { text: 'Words kept apart.', labels: ['PART2'] },
      ],
      ...more,
    })
    const facilityId = server.demo.harbor.facilities.north!
    return { ...chart, lookup: { facilityId, identifier: { assigner: ASSIGNER, type: 'MRN', value } } }
  }
  type Person = Awaited<ReturnType<typeof person>>

  async function granted(of: Person, kind: string, more: object = {}): Promise<Shown> {
    const asked = { patient: of.lookup, kind, requester: 'INDIVIDUAL', receivedOn: '2026-01-05', details: 'Please.' }
    const { id: requestId } = await saved('openPrivacyRequest', { ...asked, ...more })
    await saved('assignPrivacyRequest', { requestId, seenVersion: 1, memberId: memberId(OFFICER) })
    return saved('decidePrivacyRequest', { requestId, seenVersion: 2, decision: 'GRANTED', statement: 'Yes.' })
  }
  const fulfil = (asked: Shown, more: object = {}, who = officer) =>
    send(who, 'fulfilPrivacyRequest', { requestId: asked.id, seenVersion: asked.version, ...more })
  const close = (asked: Shown) =>
    send(officer, 'closePrivacyRequest', { requestId: asked.id, seenVersion: asked.version, reason: 'ANSWERED' })
  const codes = (outcome: Outcome) => outcome.problems?.map((it) => it.code)

  it('for access makes the copy, which stands among the disclosures; nothing is answered before', async () => {
    const of = await person()
    const stranger = await person()
    const asked = await granted(of, 'ACCESS')
    expect(asked).toMatchObject({ overdue: true, results: [] })
    expect(asked.can).toContain('fulfil')
    expect(codes(await close(asked))).toEqual(['NOT_FULFILLED'])

    const { request: done } = await fulfil(asked)
    expect(done).toMatchObject({ overdue: false, results: [{ type: 'COPY' }] })
    expect(done!.history.map((it) => it.type)).toEqual(['RECEIVED', 'ASSIGNED', 'DECIDED', 'FULFILLED'])
    const [result] = done!.results
    expect(sha256(result!.content!)).toBe(result!.sha256)
    const copy = JSON.parse(result!.content!) as {
      patient: { familyName: string }
      charts: { documents: { text: string }[] }[]
      notIncluded: object[]
    }
    expect(copy.patient.familyName).toBe('Zyxommason')
    expect(copy.charts.map((it) => it.documents.map((document) => document.text))).toEqual([
      ['Words of an open record.'],
    ])
    expect(copy.notIncluded).toEqual([{ documentId: of.documents[1]!.documentId, law: '42 CFR Part 2' }])
    expect(result!.content).not.toContain('Words kept apart')
    expect(result!.content).not.toContain(stranger.chartId)
    const [row] = await server.db.ownerSql`
      select patient_id, purpose, exemption, kind from disclosure where id = ${result!.subjectId}`
    expect(row).toEqual({
      patientId: of.patientId,
      purpose: 'INDIVIDUAL_REQUEST',
      exemption: 'TO_THE_INDIVIDUAL',
      kind: 'MEDICAL_RECORD',
    })
    // The words are for whoever has it in hand; that it was done is known to the office.
    const { data } = await second.graphql('{ privacyRequests { id results { type content } } }')
    const seen = (data!.privacyRequests as Shown[]).find((it) => it.id === asked.id)
    expect(seen!.results).toEqual([{ type: 'COPY', content: null }])
    expect((await close(done!)).request).toMatchObject({ state: 'CLOSED' })
  })

  it('for access makes no copy of what whoever has it does not see', async () => {
    const of = await person({ restricted: true })
    expect(codes(await fulfil(await granted(of, 'ACCESS')))).toEqual(['NOT_ALL_OPEN'])
  })

  it('for an amendment links documents of the person that came since, and no others', async () => {
    const of = await person()
    const other = await person()
    const [mine, strange] = [of.documents[0]!.documentId, other.documents[0]!.documentId]
    const asked = await granted(of, 'AMENDMENT')
    for (const documentIds of [[strange], [mine, strange], ['no id'], [randomUUID()]])
      expect(codes(await fulfil(asked, { documentIds }))).toEqual(['NOT_AMENDED'])
    expect(codes(await fulfil(asked))).toEqual(['MISSING'])
    const { request: done } = await fulfil(asked, { documentIds: [mine] })
    expect(done!.results).toMatchObject([{ type: 'AMENDMENT', subjectId: mine, content: null }])
    await server.db.ownerSql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`update document_version set created_at = '2025-12-30' where document_id = ${of.documents[1]!.documentId}`
    })
    const again = await fulfil(done!, { documentIds: [of.documents[1]!.documentId] })
    expect(codes(again)).toEqual(['NOT_AMENDED'])
  })

  it('about an amendment goes with its documents from then on, and so does what is said against a denial', async () => {
    const coder = await server.signInAs('coder@demo.test')
    const of = await person({
      coder: 'coder@demo.test',
      lines: SUBMITTABLE,
      disposition: '01',
      documents: [{ text: DISCHARGE_SUMMARY, labels: [] }],
    })
    const [document] = of.documents
    const told = async (who: TestPerson) => {
      const { data } = await who.graphql('query ($id: ID!) { document(id: $id) { amendments } }', {
        id: document!.documentId,
      })
      return (data?.document as { amendments: string[] | null } | null)?.amendments
    }
    expect(await told(coder)).toEqual([])
    await fulfil(await granted(of, 'AMENDMENT'), { documentIds: [document!.documentId] })
    expect(await told(coder)).toEqual([expect.stringMatching(/^Amended at the person’s request, \d{4}-\d\d-\d\d/)])

    const { id: requestId } = await saved('openPrivacyRequest', {
      patient: of.lookup,
      kind: 'AMENDMENT',
      requester: 'INDIVIDUAL',
      receivedOn: '2026-01-05',
      details: 'Please.',
    })
    await saved('assignPrivacyRequest', { requestId, seenVersion: 1, memberId: memberId(OFFICER) })
    const denied = { decision: 'DENIED', denialReason: 'ACCURATE_AND_COMPLETE', statement: 'No.' }
    await saved('decidePrivacyRequest', { requestId, seenVersion: 2, ...denied })
    const statement = 'Quoth Zyxommason: I never had it.'
    const contest = (more: object) =>
      send(officer, 'contestPrivacyRequest', { requestId, seenVersion: 3, statement, ...more })
    expect(codes(await contest({}))).toEqual(['MISSING'])
    const stranger = await person()
    for (const other of [stranger.documents[0]!.documentId, 'no id', randomUUID()])
      expect(codes(await contest({ documentIds: [document!.documentId, other] }))).toEqual(['NOT_OF_PERSON'])
    const { request: contested } = await contest({ documentIds: [document!.documentId] })
    expect(contested!.results).toMatchObject([{ type: 'DISAGREEMENT', subjectId: document!.documentId }])
    const both = await told(coder)
    expect(both).toHaveLength(2)
    expect(both![1]).toContain(`164.526(d)): ${statement}`)
    expect(await told(await server.signInAs('coder2@demo.test'))).toBeUndefined()

    const { data } = await coder.graphql('query ($id: ID!) { chart(id: $id) { cursor } }', { id: of.chartId })
    const seenCursor = (data!.chart as { cursor: string }).cursor
    await send(coder, 'submitChart', { chartId: of.chartId, seenCursor }, '__typename')
    for (const format of ['CSV', 'FHIR_R4']) {
      const made = (await send(
        coder,
        'exportChart',
        { chartId: of.chartId, format },
        '__typename ... on ChartExported { export { content } } ... on CommandInvalid { problems { code } }',
      )) as unknown as { export?: { content: string } }
      expect(made.export?.content, JSON.stringify(made)).toContain(statement)
      expect(made.export!.content).toContain('Amended at the person’s request')
    }
    const copy = (await fulfil(await granted(of, 'ACCESS'))).request!.results[0]!.content!
    expect(copy).toContain(statement)
    // Nothing of it is granted: to be closed as answered it takes no more than the denial did.
    expect((await close(contested!)).request).toMatchObject({ state: 'CLOSED' })
  })

  it('for a restriction puts it in force, of what was paid in full against health plans', async () => {
    const of = await person()
    const asked = await granted(of, 'RESTRICTION', { paidInFull: true })
    const terms = { recipients: [{ kind: 'HEALTH_PLAN', name: 'A plan' }], words: 'Not to my plan.' }
    expect(codes(await fulfil(asked))).toEqual(['MISSING'])
    expect(codes(await fulfil(asked, { restriction: { ...terms, selfPay: false } }))).toEqual(['PAID_IN_FULL'])
    const toCourt = { ...terms, recipients: [{ kind: 'COURT', name: 'A court' }], selfPay: true }
    expect(codes(await fulfil(asked, { restriction: toCourt }))).toEqual(['NOT_A_PLAN'])
    const { request: done } = await fulfil(asked, { restriction: { ...terms, selfPay: true } })
    const [result] = done!.results
    const [row] = await server.db.ownerSql`
      select patient_id, self_pay, lifted_at from restriction where id = ${result!.subjectId}`
    expect(row).toEqual({ patientId: of.patientId, selfPay: true, liftedAt: null })
    // From the other side it names the request; one that was agreed to without a request names none.
    const requestOf = async (id: string) => {
      const { data } = await second.graphql('query ($id: ID!) { node(id: $id) { ... on Restriction { requestId } } }', {
        id,
      })
      return (data!.node as { requestId: string | null }).requestId
    }
    expect(await requestOf(result!.subjectId!)).toBe(asked.id)
    const other = await person()
    const added = (await send(
      officer,
      'addRestriction',
      { patient: other.lookup, selfPay: false, purposes: [], ...terms },
      '... on RestrictionSaved { restriction { id } }',
    )) as unknown as { restriction: { id: string } }
    expect(await requestOf(added.restriction.id)).toBeNull()
    const [none] = await server.db
      .ownerSql`select count(*)::int as n from restriction where patient_id = ${of.patientId}`
    expect(none!.n).toBe(1)
  })

  it('for an accounting makes it for the days that were asked for', async () => {
    const of = await person()
    await send(
      officer,
      'recordDisclosure',
      {
        patient: of.lookup,
        at: '2025-03-04T12:00:00.000Z',
        recipientName: 'HHS OCR',
        kind: 'DEMOGRAPHICS',
        purpose: 'OPERATIONS',
        part2: false,
      },
      'disclosureId',
    )
    const asked = await granted(of, 'ACCOUNTING')
    expect(codes(await fulfil(asked, { from: '2025-01-01' }))).toEqual(['MISSING'])
    const { request: done } = await fulfil(asked, { from: '2025-01-01', to: '2025-12-31' })
    const told = JSON.parse(done!.results[0]!.content!) as { disclosures: { recipientName: string }[] }
    expect(told.disclosures.map((it) => it.recipientName)).toEqual(['HHS OCR'])
  })

  it('for a deletion waits for a second privacy officer, and says then by which tombstone it was done', async () => {
    const of = await person({ status: 'READY' })
    await server.db.ownerSql`
      update chart set service_date = '2010-01-05', admitted_at = null, discharged_at = null where id = ${of.chartId}`
    const asked = await granted(of, 'DELETION')
    expect(codes(await fulfil(asked))).toEqual(['NEEDS_APPROVAL'])
    const APPROVAL =
      '__typename ... on ApprovalSaved { approval { id state } } ... on CommandInvalid { problems { code } }'
    const ask = (requestId: string, who = officer, reason = 'PATIENT_REQUEST') =>
      send(who, 'requestPatientDeletion', { patient: of.lookup, reason, requestId }, APPROVAL)
    const other = await granted(await person(), 'DELETION')
    for (const wrong of [ask(other.id), ask(asked.id, second), ask(asked.id, officer, 'RETENTION_ENDED'), ask('no id')])
      expect(codes(await wrong)).toEqual(['REQUEST_NOT_GRANTED'])
    const { approval } = (await ask(asked.id)) as unknown as { approval: { id: string } }
    expect(codes(await close(asked))).toEqual(['NOT_FULFILLED'])
    const approve = (who: TestPerson) => send(who, 'approve', { approvalId: approval.id }, APPROVAL)
    await expect(approve(officer)).rejects.toThrow('FORBIDDEN')
    expect(await approve(second)).toMatchObject({ approval: { state: 'APPROVED' } })

    const [stone] = await server.db.ownerSql`
      select id, requested_by, approved_by from tombstone where patient_id = ${of.patientId}`
    expect(stone).toMatchObject({ requestedBy: memberId(OFFICER), approvedBy: memberId(SECOND) })
    const [key] = await server.db.ownerSql`select wrapped from patient_key where patient_id = ${of.patientId}`
    expect(key).toEqual({ wrapped: null })
    const { data } = await officer.graphql(
      `{ privacyRequests { id version results { type subjectId content } } tombstones { id requestId } }`,
    )
    expect(data!.tombstones).toContainEqual({ id: stone!.id, requestId: asked.id })
    const now = (data!.privacyRequests as Shown[]).find((it) => it.id === asked.id)!
    expect(now.results).toEqual([{ type: 'DELETION', subjectId: stone!.id, content: null }])
    expect((await close(now)).request).toMatchObject({ state: 'CLOSED' })
    const [again] = await server.db.ownerSql`select version from privacy_request where id = ${asked.id}`
    expect(again!.version).toBe(asked.version + 2)
  })

  it('is fulfilled by whoever has it in hand alone, and by nobody while it is undecided or denied', async () => {
    const of = await person()
    const asked = await granted(of, 'AMENDMENT')
    await expect(fulfil(asked, {}, second)).rejects.toThrow('FORBIDDEN')
    const open = await saved('openPrivacyRequest', {
      patient: of.lookup,
      kind: 'AMENDMENT',
      requester: 'INDIVIDUAL',
      receivedOn: '2026-01-05',
      details: 'Please.',
    })
    await expect(fulfil(open)).rejects.toThrow('FORBIDDEN')
    await saved('assignPrivacyRequest', { requestId: open.id, seenVersion: 1, memberId: memberId(OFFICER) })
    const denied = await saved('decidePrivacyRequest', {
      requestId: open.id,
      seenVersion: 2,
      decision: 'DENIED',
      denialReason: 'NOT_CREATED_HERE',
      statement: 'No.',
    })
    await expect(fulfil(denied)).rejects.toThrow('FORBIDDEN')
    expect((await close(denied)).request).toMatchObject({ state: 'CLOSED' })
  })
})
