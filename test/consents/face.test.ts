import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'
const CONSENT = `id version kind status inForce missing description signedBy signedOn expiresAt purposes reliedOnCount
  recipients { kind name } disclosers { kind name } facility { key } fhir history { version type note actor { displayName } }
  access { can masked { field reason } }`
const OUTCOME = `__typename ... on ConsentSaved { consent { ${CONSENT} } }
  ... on ConsentChanged { seenVersion consent { version } } ... on CommandInvalid { problems { code field message } }`

let server: TestServer
let officer: TestPerson
let coder: TestPerson
beforeAll(async () => {
  server = await testServer()
  officer = await server.signInAs('privacy@demo.test')
  coder = await server.signInAs('coder@demo.test')
})
afterAll(() => server.close())

async function patient() {
  const value = randomUUID()
  const { chartId } = await server.addChart({
    facility: 'north',
    patient: { identifiers: [{ assigner: ASSIGNER, type: 'MRN', value }] },
  })
  const facilityId = server.demo.harbor.facilities.north!
  return { chartId, lookup: { facilityId, identifier: { assigner: ASSIGNER, type: 'MRN', value } } }
}

const run = (who: TestPerson, name: string, type: string, input: object, selection = OUTCOME) =>
  who.graphql(`mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`, {
    input: { commandId: randomUUID(), ...input },
  })

const ELEMENTS = {
  description: 'My discharge summary',
  disclosers: [{ kind: 'COVERED_ENTITY', name: 'North Harbor Health (demo)' }],
  recipients: [{ kind: 'HEALTH_PLAN', name: 'Northern Mutual' }],
  purposes: ['PAYMENT'],
  expiresAt: '2199-01-01T00:00:00.000Z',
  signature: { signedOn: '2026-01-05', signedBy: 'Ottoline Quillfeather' },
  statements: { revocation: true, conditioning: true, redisclosure: true },
  plainLanguage: true,
  textVersion: '2026-01',
}

describe('consents over the API', () => {
  it('are recorded with what is there, completed, put in force, and then show no person any more', async () => {
    const { lookup } = await patient()
    const started = await run(officer, 'recordConsent', 'RecordConsentInput', {
      patient: lookup,
      kind: 'HIPAA_AUTHORIZATION',
      elements: { description: 'My discharge summary' },
    })
    const { consent } = started.data!.recordConsent as { consent: { id: string; missing: string[] } }
    expect(consent.missing).toEqual([
      'DISCLOSER',
      'RECIPIENT',
      'PURPOSE',
      'EXPIRY',
      'SIGNATURE',
      'STATEMENT_REVOCATION',
      'STATEMENT_CONDITIONING',
      'STATEMENT_REDISCLOSURE',
      'PLAIN_LANGUAGE',
      'TEXT_VERSION',
    ])
    const step = (name: string, type: string, seenVersion: number, more: object = {}) =>
      run(officer, name, type, { consentId: consent.id, seenVersion, ...more })
    const refused = await step('activateConsent', 'ConsentCommandInput', 1)
    expect(refused.data!.activateConsent).toMatchObject({ __typename: 'CommandInvalid', problems: { length: 10 } })

    const revised = await step('reviseConsent', 'ReviseConsentInput', 1, { elements: ELEMENTS })
    expect(revised.data!.reviseConsent).toMatchObject({
      consent: {
        missing: [],
        signedBy: 'Ottoline Quillfeather',
        recipients: [{ kind: 'HEALTH_PLAN', name: 'Northern Mutual' }],
      },
    })
    const active = await step('activateConsent', 'ConsentCommandInput', 2)
    expect(active.errors).toBeUndefined()
    expect(active.data!.activateConsent).toMatchObject({
      __typename: 'ConsentSaved',
      consent: {
        status: 'ACTIVE',
        inForce: true,
        version: 3,
        description: null,
        signedBy: null,
        signedOn: '2026-01-05',
        fhir: null,
        expiresAt: '2199-01-01T00:00:00.000Z',
        recipients: [{ kind: 'HEALTH_PLAN', name: null }],
        facility: { key: 'north' },
        history: [
          { type: 'RECORDED' },
          { type: 'REVISED' },
          { type: 'ACTIVATED', actor: { displayName: 'Nora Feldman' } },
        ],
        access: { can: ['read', 'withdraw', 'end', 'deliverCopy'] },
      },
    })
    const again = await step('activateConsent', 'ConsentCommandInput', 2)
    expect(again.data!.activateConsent).toEqual({
      __typename: 'ConsentChanged',
      seenVersion: 2,
      consent: { version: 3 },
    })
  })

  it('of others answer as absent ones do, to the byte', async () => {
    const { lookup } = await patient()
    const made = await run(officer, 'recordConsent', 'RecordConsentInput', {
      patient: lookup,
      kind: 'PART2_TPO',
      elements: ELEMENTS,
    })
    const { id } = (made.data!.recordConsent as { consent: { id: string } }).consent
    const one = (who: TestPerson, consentId: string) =>
      who.graphql(`query ($id: ID!) { consent(id: $id) { ${CONSENT} } }`, { id: consentId })
    expect((await one(officer, id)).errors).toBeUndefined()
    const forbidden = await one(coder, id)
    expect(forbidden.errors![0]!.extensions.code).toBe('NOT_FOUND')
    expect(JSON.stringify([forbidden.status, forbidden.data, forbidden.errors])).toBe(
      await one(coder, randomUUID()).then((a) => JSON.stringify([a.status, a.data, a.errors])),
    )
    const all = (who: TestPerson, value: string) =>
      who.graphql('query ($p: PatientLookupInput!) { consents(patient: $p) { id } restrictions(patient: $p) { id } }', {
        p: { ...lookup, identifier: { ...lookup.identifier, value } },
      })
    const known = lookup.identifier.value
    expect((await all(officer, known)).data).toEqual({ consents: [{ id }], restrictions: [] })
    for (const answer of [await all(coder, known), await all(coder, 'x'), await all(officer, known.slice(1))])
      expect(answer.data).toEqual({ consents: [], restrictions: [] })
  })

  it('are found by their id alone, by whoever finds them at all; to others they are not there, to the byte', async () => {
    const { lookup } = await patient()
    const made = await run(officer, 'recordConsent', 'RecordConsentInput', {
      patient: lookup,
      kind: 'PART2_TPO',
      elements: ELEMENTS,
    })
    const consentId = (made.data!.recordConsent as { consent: { id: string } }).consent.id
    const added = await run(
      officer,
      'addRestriction',
      'AddRestrictionInput',
      { patient: lookup, selfPay: false, words: 'Tell nobody' },
      '... on RestrictionSaved { restriction { id } }',
    )
    const restrictionId = (added.data!.addRestriction as { restriction: { id: string } }).restriction.id
    const node = async (who: TestPerson, id: string) =>
      (
        await who.graphql(
          `query ($id: ID!) { node(id: $id) { __typename id
            ... on Consent { kind patientId signedBy } ... on Restriction { words selfPay } } }`,
          { id },
        )
      ).data!.node
    expect(await node(officer, consentId)).toMatchObject({
      ...{ __typename: 'Consent', id: consentId, kind: 'PART2_TPO', signedBy: 'Ottoline Quillfeather' },
    })
    expect(await node(officer, restrictionId)).toMatchObject({ __typename: 'Restriction', words: 'Tell nobody' })
    const body = async (who: TestPerson, id: string) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${who.accessToken}` },
        body: JSON.stringify({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id } }),
      })
      return response.text()
    }
    const others = ['supervisor', 'compliance', 'admin', 'lakeside'].map((name) => server.signInAs(`${name}@demo.test`))
    for (const who of [coder, ...(await Promise.all(others))]) {
      const absent = await body(who, randomUUID())
      for (const id of [consentId, restrictionId]) expect(await body(who, id)).toBe(absent)
    }
    // A privacy officer of this organisation without a grant for the facility finds neither.
    const { facilityId } = lookup
    const { memberId } = server.demo.harbor.members['privacy@demo.test']!
    await server.db.ownerSql`delete from member_facility where member_id = ${memberId} and facility_id = ${facilityId}`
    const none = await body(officer, randomUUID())
    for (const id of [consentId, restrictionId]) expect(await body(officer, id)).toBe(none)
    await server.db.ownerSql`
      insert into member_facility (org_id, member_id, facility_id)
      values (${server.demo.harbor.organisationId}, ${memberId}, ${facilityId})`
  })

  it('restrict what a chart’s payer is told, in the words of the person', async () => {
    const { lookup, chartId } = await patient()
    const selection = `__typename ... on RestrictionSaved { restriction { id version selfPay chartId words liftReason
      recipients { kind name } access { can } history { type note } } } ... on CommandInvalid { problems { code } }`
    const added = await run(
      officer,
      'addRestriction',
      'AddRestrictionInput',
      { patient: lookup, chartId, selfPay: true, words: ' Please do not tell my plan. ' },
      selection,
    )
    const { restriction } = added.data!.addRestriction as { restriction: { id: string } }
    expect(restriction).toMatchObject({
      selfPay: true,
      chartId,
      words: 'Please do not tell my plan.',
      access: { can: ['read', 'lift'] },
    })
    const lifted = await run(
      officer,
      'liftRestriction',
      'LiftRestrictionInput',
      { restrictionId: restriction.id, seenVersion: 1, reason: 'ASKED_IN_WRITING', note: 'Letter' },
      selection,
    )
    expect(lifted.data!.liftRestriction).toMatchObject({
      restriction: {
        words: null,
        liftReason: 'ASKED_IN_WRITING',
        history: [{ type: 'AGREED' }, { type: 'LIFTED', note: null }],
      },
    })
  })
})
