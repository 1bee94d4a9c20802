import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

/** docs/retention.md: what is left of whoever was destroyed, over the API alone: what left about them (45 CFR 164.528). */

const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'
const OFFICER = 'privacy@demo.test'
const SECOND = 'privacy2@demo.test'
const YEAR = new Date().getUTCFullYear()
const RECEIVED = `${YEAR}-01-05`

describe('an accounting of a person whose record was destroyed', () => {
  let server: TestServer
  let officer: TestPerson
  let second: TestPerson
  beforeAll(async () => {
    server = await testServer()
    officer = await server.signInAs(OFFICER)
    second = await server.signInAs(SECOND)
  })
  afterAll(() => server.close())

  interface Outcome {
    readonly __typename: string
    readonly request?: {
      id: string
      version: number
      history: { type: string; note: string | null }[]
      results: { type: string; content: string | null; sha256: string | null }[]
    }
    readonly approval?: { id: string }
    readonly problems?: { code: string }[]
  }
  const REQUEST = `__typename ... on PrivacyRequestSaved { request { id version history { type note }
    results { type content sha256 } } } ... on CommandInvalid { problems { code } }`
  const APPROVAL = '__typename ... on ApprovalSaved { approval { id } } ... on CommandInvalid { problems { code } }'
  const memberId = (email: string): string => server.demo.harbor.members[email]!.memberId

  async function send(who: TestPerson, name: string, input: object, fields = REQUEST): Promise<Outcome> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`
    const document = `mutation ($input: ${type}) { ${name}(input: $input) { ${fields} } }`
    const { data, errors } = await who.graphql(document, { input: { commandId: randomUUID(), ...input } })
    if (errors) throw new Error(errors[0]!.extensions.code as string)
    return data![name] as Outcome
  }
  async function saved(name: string, input: object, who = officer) {
    const outcome = await send(who, name, input)
    if (!outcome.request) throw new Error(JSON.stringify(outcome))
    return outcome.request
  }

  const lookup = (value: string, facility = 'north') => ({
    facilityId: server.demo.harbor.facilities[facility]!,
    identifier: { assigner: ASSIGNER, type: 'MRN', value },
  })
  /** Somebody under this number, about whom something left to this recipient. */
  async function person(value: string, recipientName: string) {
    const identifiers = [{ assigner: ASSIGNER, type: 'MRN' as const, value }]
    const chart = await server.addChart({ facility: 'north', status: 'READY', patient: { identifiers } })
    const disclosure = { kind: 'MEDICAL_RECORD', purpose: 'LEGAL', part2: false, recipientName }
    const at = new Date(Date.now() - 60_000).toISOString()
    await send(officer, 'recordDisclosure', { patient: lookup(value), at, ...disclosure }, 'disclosureId')
    return chart
  }
  async function destroy(value: string): Promise<void> {
    const asked = { patient: lookup(value), reason: 'IMPORTED_IN_ERROR' }
    const { approval } = await send(officer, 'requestPatientDeletion', asked, APPROVAL)
    expect(await send(second, 'approve', { approvalId: approval!.id }, APPROVAL)).toMatchObject({
      __typename: 'ApprovalSaved',
    })
  }
  const open = (value: string, more: object = {}, who = officer) =>
    send(who, 'openPrivacyRequest', {
      patient: lookup(value),
      kind: 'ACCOUNTING',
      requester: 'INDIVIDUAL',
      receivedOn: RECEIVED,
      details: '',
      destroyed: true,
      ...more,
    })
  async function inHand(value: string, more: object = {}) {
    const { request } = await open(value, more)
    return saved('assignPrivacyRequest', { requestId: request!.id, seenVersion: 1, memberId: memberId(OFFICER) })
  }
  async function ask(who: TestPerson, whose: object, destroyed = true) {
    const { status, data, errors } = await who.graphql(
      `query ($p: PatientLookupInput!, $from: LocalDate!, $to: LocalDate!, $destroyed: Boolean!) {
        accountingOfDisclosures(patient: $p, from: $from, to: $to, destroyed: $destroyed) { disclosures { recipientName } } }`,
      { p: whose, from: `${YEAR - 1}-01-01`, to: `${YEAR + 1}-01-01`, destroyed },
    )
    const account = data?.accountingOfDisclosures as { disclosures: { recipientName: string }[] } | undefined
    return {
      told: errors ? errors[0]!.extensions.code : account!.disclosures.map((it) => it.recipientName).sort(),
      bytes: JSON.stringify([status, data, errors]),
    }
  }

  it('is for whoever has that person’s request for it in hand, and for nobody else', async () => {
    const value = randomUUID()
    const of = await person(value, 'HHS OCR')
    // While the record is there, nothing is found as destroyed.
    expect((await ask(officer, lookup(value))).told).toBe('NOT_FOUND')
    await expect(open(value)).rejects.toThrow('NOT_FOUND')
    await destroy(value)

    expect((await ask(officer, lookup(value), false)).told).toBe('NOT_FOUND')
    expect((await ask(officer, lookup(value))).told).toBe('FORBIDDEN')
    await expect(open(value, { destroyed: false, details: 'Please.' })).rejects.toThrow('NOT_FOUND')
    for (const kind of ['ACCESS', 'AMENDMENT', 'RESTRICTION', 'DELETION'])
      expect((await open(value, { kind })).problems).toEqual([{ code: 'RECORD_DESTROYED' }])
    const asked = await inHand(value, { details: 'Quoth the request of whoever is gone' })
    expect(asked.history.map((it) => it.note)).toEqual([null, null])
    expect((await ask(officer, lookup(value))).told).toEqual(['HHS OCR'])
    expect((await ask(second, lookup(value))).told).toBe('FORBIDDEN')

    const nobody = await ask(officer, lookup(randomUUID()))
    for (const email of ['coder@demo.test', 'admin@demo.test', 'supervisor@demo.test', 'lakeside@demo.test']) {
      const who = await server.signInAs(email)
      expect((await ask(who, lookup(value))).bytes, email).toBe(nobody.bytes)
      await expect(open(value, {}, who)).rejects.toThrow('NOT_FOUND')
    }
    expect((await ask(officer, lookup(value, 'south'))).bytes).toBe(nobody.bytes)
    const subject = server.db.vault.subjectRef(officer.claims.orgId, of.patientId)
    const records = await server.db.ownerSql<{ outcome: string }[]>`
      select outcome from access_record
      where ${subject} = any(subject_refs) and action = 'query accountingOfDisclosures' order by seq`
    expect(records.map((it) => it.outcome)).toEqual(['DENIED', 'ALLOWED', 'DENIED'])

    // It is decided, done and closed as any other, and keeps no words.
    const decided = await saved('decidePrivacyRequest', {
      requestId: asked.id,
      seenVersion: asked.version,
      decision: 'GRANTED',
      statement: 'Here it is.',
    })
    const days = { from: `${YEAR - 1}-01-01`, to: `${YEAR}-12-31` }
    const done = await saved('fulfilPrivacyRequest', { requestId: asked.id, seenVersion: decided.version, ...days })
    expect(done.results).toEqual([{ type: 'ACCOUNTING', content: null, sha256: null }])
    await saved('closePrivacyRequest', { requestId: asked.id, seenVersion: done.version, reason: 'ANSWERED' })
    expect((await ask(officer, lookup(value))).told).toBe('FORBIDDEN')
  })

  it('holds what left about that person alone, under whichever record of that number', async () => {
    const value = randomUUID()
    await person(value, 'Court 1')
    await destroy(value)
    const asked = await inHand(value)
    // The number comes again: somebody living, whose accounting is another matter.
    await person(value, 'Court 2')
    expect((await ask(officer, lookup(value))).told).toEqual(['Court 1'])
    expect((await ask(officer, lookup(value), false)).told).toBe('FORBIDDEN')
    await inHand(value, { destroyed: false, details: 'Please.' })
    expect((await ask(officer, lookup(value), false)).told).toEqual(['Court 2'])
    // Both gone, they are one person, by whichever of the two it was asked.
    await destroy(value)
    expect((await ask(officer, lookup(value))).told).toEqual(['Court 1', 'Court 2'])
    await saved('closePrivacyRequest', { requestId: asked.id, seenVersion: 2, reason: 'WITHDRAWN' }).catch(() => {})
    expect((await ask(officer, lookup(value))).told).toEqual(['Court 1', 'Court 2'])
    const other = randomUUID()
    await person(other, 'Court 3')
    await destroy(other)
    expect((await ask(officer, lookup(value))).told).toEqual(['Court 1', 'Court 2'])
  })

  it('goes on where it was asked for before the record was destroyed', async () => {
    const value = randomUUID()
    await person(value, 'Court 4')
    const asked = await inHand(value, { destroyed: false, details: 'Please tell me.' })
    expect(asked.history[0]).toMatchObject({ note: 'Please tell me.' })
    await destroy(value)
    expect((await ask(officer, lookup(value))).told).toEqual(['Court 4'])
    const decided = await saved('decidePrivacyRequest', {
      requestId: asked.id,
      seenVersion: asked.version,
      decision: 'GRANTED',
      statement: 'Here it is.',
    })
    expect(decided.history.map((it) => it.note)).toEqual([null, null, null])
  })
})
