import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConsentElementsInput, RecordConsentInput } from '../../schema/consentInputs.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import { sightOn as markOn } from '../../server/auth/masking.js'
import { allows } from '../../server/auth/rules.js'
import { ROLES, type Viewer } from '../../server/auth/viewer.js'
import { seeChart } from '../../server/charts/index.js'
import { activateConsent } from '../../server/consents/activateConsent.command.js'
import { addRestriction } from '../../server/consents/addRestriction.command.js'
import { visibleConsents } from '../../server/consents/consent.policy.js'
import { listConsents } from '../../server/consents/consent.store.js'
import type { ConsentOutcome } from '../../server/consents/consentOutcome.js'
import { consentById, consentsOf, presentConsentOutcome, restrictionsOf } from '../../server/consents/consents.query.js'
import { deliverConsentCopy } from '../../server/consents/deliverConsentCopy.command.js'
import { endConsent } from '../../server/consents/endConsent.command.js'
import { liftRestriction } from '../../server/consents/liftRestriction.command.js'
import { recordConsent } from '../../server/consents/recordConsent.command.js'
import { reviseConsent } from '../../server/consents/reviseConsent.command.js'
import { withdrawConsent } from '../../server/consents/withdrawConsent.command.js'
import { assignPrivacyRequest } from '../../server/privacy/assignPrivacyRequest.command.js'
import { closePrivacyRequest } from '../../server/privacy/closePrivacyRequest.command.js'
import { openPrivacyRequest } from '../../server/privacy/openPrivacyRequest.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import { chartStream } from '../../server/review/chartStream.js'
import { addChart, type ChartWorld, chartWorld, memberId, requestAs } from '../support/charts.js'

const OFFICER = 'privacy@demo.test'
const OFFICERS = [OFFICER, 'privacy2@demo.test']
const CODER = 'coder@demo.test'
const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'

// What an object masks is known once the schema was built.
buildSchema()

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld(new Date('2026-06-01T12:00:00.000Z'))))
afterAll(() => world.close())

const WHOLE: ConsentElementsInput = {
  description: 'Discharge summary of my stay, Wexcombe',
  disclosers: [{ kind: 'COVERED_ENTITY', name: 'North Harbor Health (demo)' }],
  recipients: [{ kind: 'HEALTH_PLAN', name: 'Northern Mutual' }],
  purposes: ['PAYMENT'],
  expiresAt: new Date('2027-01-01T00:00:00.000Z'),
  neverExpires: false,
  signature: { signedOn: '2026-05-01', signedBy: 'Ottoline Quillfeather' },
  statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: false },
  plainLanguage: true,
  textVersion: '2026-01',
  labels: [],
  documentTypes: [],
}

async function person(facility: 'north' | 'south' = 'north') {
  const value = randomUUID()
  const chart = await addChart(world, {
    facility,
    coder: CODER,
    patient: { identifiers: [{ assigner: ASSIGNER, type: 'MRN', value }] },
    lines: [{ code: 'I10', evidence: [{ words: 'Essential hypertension' }] }],
  })
  const patient = {
    facilityId: world.demo.harbor.facilities[facility]!,
    identifier: { assigner: ASSIGNER, type: 'MRN', value },
  }
  return { ...chart, patient }
}
type Person = Awaited<ReturnType<typeof person>>

const as = (email = OFFICER) => requestAs(world, email)
const id = () => ({ commandId: randomUUID() })

async function saved(outcome: Promise<ConsentOutcome>): Promise<string> {
  const settled = await outcome
  if (settled.kind !== 'ConsentSaved') throw new Error(JSON.stringify(settled))
  return settled.consentId
}

const record = (of: Person, elements: Partial<ConsentElementsInput> = {}, more: Partial<RecordConsentInput> = {}) =>
  saved(
    recordConsent(as(), {
      ...id(),
      patient: of.patient,
      kind: 'HIPAA_AUTHORIZATION',
      elements: { ...WHOLE, ...elements },
      ...more,
    }),
  )

async function active(of: Person): Promise<string> {
  const consentId = await record(of)
  return saved(activateConsent(as(), { ...id(), consentId, seenVersion: 1 }))
}

async function shown(consentId: string, email = OFFICER) {
  const request = as(email)
  try {
    return await consentById(request, consentId)
  } finally {
    await request.close()
  }
}

const epochOf = async (patientId: string): Promise<number> => {
  const [row] = await world.db.ownerSql<
    { accessEpoch: number }[]
  >`select access_epoch as "accessEpoch" from patient where id = ${patientId}`
  return row!.accessEpoch
}

describe('the life of a consent', () => {
  it('goes from draft to force to withdrawal, each step kept with its writing', async () => {
    const of = await person()
    const consentId = await record(of)
    expect(await shown(consentId)).toMatchObject({ status: 'DRAFT', inForce: false, missing: [], version: 1 })
    await saved(activateConsent(as(), { ...id(), consentId, seenVersion: 1 }))
    await saved(deliverConsentCopy(as(), { ...id(), consentId, seenVersion: 2, note: 'By mail' }))
    expect(await shown(consentId)).toMatchObject({
      status: 'ACTIVE',
      inForce: true,
      access: { can: ['read', 'withdraw', 'end', 'deliverCopy'] },
    })
    const receivedAt = new Date('2026-05-31T09:00:00.000Z')
    await saved(withdrawConsent(as(), { ...id(), consentId, seenVersion: 3, inWriting: true, receivedAt }))
    const withdrawn = await shown(consentId)
    expect(withdrawn).toMatchObject({
      status: 'WITHDRAWN',
      inForce: false,
      withdrawnAt: receivedAt.toISOString(),
      access: { can: ['read'] },
    })
    expect(withdrawn.history.map((e) => [e.version, e.type])).toEqual([
      [1, 'RECORDED'],
      [2, 'ACTIVATED'],
      [3, 'COPY_DELIVERED'],
      [4, 'WITHDRAWN'],
    ])
    const { ownerSql } = world.db
    const spoil = (statement: string) =>
      ownerSql.begin(async (sql) => {
        await sql`select set_config('chartroom.org', ${world.demo.harbor.organisationId}, true)`
        await sql.unsafe(statement)
      })
    for (const statement of [
      'update consent_event set version = 9',
      'delete from consent_event',
      'delete from consent',
    ])
      await expect(spoil(statement)).rejects.toThrow('never changed')
    for (const table of ['consent_event', 'consent_reliance', 'restriction_event'])
      await expect(spoil(`truncate ${table}`)).rejects.toThrow('never changed')
  })

  it('is put in force by no incomplete draft: 63 of 64 subsets of the core elements are refused by name', async () => {
    const of = await person()
    const CORE: readonly [string, Partial<ConsentElementsInput>][] = [
      ['DESCRIPTION', { description: ' ' }],
      ['DISCLOSER', { disclosers: [] }],
      ['RECIPIENT', { recipients: [] }],
      ['PURPOSE', { purposes: [] }],
      ['EXPIRY', { expiresAt: null }],
      ['SIGNATURE', { signature: null }],
    ]
    let refused = 0
    const consentId = await record(of)
    for (let subset = 0; subset < 64; subset++) {
      const absent = CORE.filter((_, i) => ((subset >> i) & 1) === 0)
      const elements = Object.assign({}, WHOLE, ...absent.map(([, without]) => without)) as ConsentElementsInput
      await saved(reviseConsent(as(), { ...id(), consentId, seenVersion: subset + 1, elements }))
      const outcome = await activateConsent(as(), { ...id(), consentId, seenVersion: subset + 2 })
      if (outcome.kind === 'ConsentSaved') continue
      refused++
      if (outcome.kind !== 'CommandInvalid') throw new Error(outcome.kind)
      expect(outcome.problems.map((p) => [p.code, p.field])).toEqual(absent.map(([e]) => ['MISSING_ELEMENT', e]))
    }
    expect(refused).toBe(63)
    expect(await shown(consentId)).toMatchObject({ status: 'ACTIVE' })
    expect(await reviseConsent(as(), { ...id(), consentId, seenVersion: 66, elements: WHOLE })).toMatchObject({
      problems: [{ code: 'CONSENT_STATE' }],
    })
  })

  it('is signed by a representative only with their authority, and a copy is given of what is in force alone', async () => {
    const of = await person()
    const signature = {
      signedOn: '2026-05-01',
      signedBy: 'Ottoline Quillfeather',
      representative: 'Wilhelmina Quillfeather',
    }
    const consentId = await record(of, { signature })
    const copy = (seenVersion: number) => deliverConsentCopy(as(), { ...id(), consentId, seenVersion, note: 'By hand' })
    const activate = (seenVersion: number) => activateConsent(as(), { ...id(), consentId, seenVersion })
    expect(await activate(1)).toMatchObject({ problems: [{ code: 'MISSING_ELEMENT', field: 'SIGNATURE' }] })
    expect(await copy(1)).toMatchObject({ problems: [{ code: 'CONSENT_STATE' }] })
    const signed = { ...WHOLE, signature: { ...signature, representativeAuthority: 'Health care proxy of 3 May 2025' } }
    await saved(reviseConsent(as(), { ...id(), consentId, seenVersion: 1, elements: signed }))
    expect(await shown(consentId)).toMatchObject({
      representative: 'Wilhelmina Quillfeather',
      representativeAuthority: 'Health care proxy of 3 May 2025',
    })
    await saved(activate(2))
    await saved(copy(3))
    // A copy is given as often as it is asked for, each on record.
    await saved(copy(4))
    expect((await shown(consentId)).history.map((e) => e.type).slice(2)).toEqual([
      'ACTIVATED',
      'COPY_DELIVERED',
      'COPY_DELIVERED',
    ])
    const receivedAt = new Date('2026-05-31T09:00:00.000Z')
    await saved(withdrawConsent(as(), { ...id(), consentId, seenVersion: 5, inWriting: true, receivedAt }))
    expect(await copy(6)).toMatchObject({ problems: [{ code: 'CONSENT_STATE' }] })
  })

  it('takes a withdrawal in writing only, received before now, of what is in force', async () => {
    const of = await person()
    const draft = await record(of)
    const withdraw = (consentId: string, seenVersion: number, more: object = {}) =>
      withdrawConsent(as(), {
        ...id(),
        consentId,
        seenVersion,
        inWriting: true,
        receivedAt: new Date('2026-05-31T09:00:00Z'),
        ...more,
      })
    expect(await withdraw(draft, 1)).toMatchObject({ problems: [{ code: 'CONSENT_STATE' }] })
    const consentId = await active(of)
    const epoch = await epochOf(of.patientId)
    expect(await withdraw(consentId, 2, { inWriting: false })).toMatchObject({ problems: [{ code: 'NOT_IN_WRITING' }] })
    expect(await withdraw(consentId, 2, { receivedAt: new Date('2026-06-02T00:00:00Z') })).toMatchObject({
      problems: [{ code: 'RECEIVED_LATER' }],
    })
    expect(await withdraw(consentId, 1)).toEqual({ kind: 'ConsentChanged', consentId, seenVersion: 1 })
    // What changed nothing wakes nobody.
    expect(await epochOf(of.patientId)).toBe(epoch)
    expect((await shown(consentId)).version).toBe(2)
    expect(await withdraw(consentId, 2)).toMatchObject({ kind: 'ConsentSaved' })
    expect(await epochOf(of.patientId)).toBe(epoch + 1)
    expect(await withdraw(consentId, 3)).toMatchObject({ problems: [{ code: 'CONSENT_STATE' }] })
  })

  it('ends with its event, or when it is known to be false', async () => {
    const of = await person()
    const byDate = await active(of)
    const end = (consentId: string, reason: 'EXPIRY_EVENT' | 'KNOWN_FALSE') =>
      endConsent(as(), { ...id(), consentId, seenVersion: 2, reason, note: 'Told by the facility' })
    expect(await end(byDate, 'EXPIRY_EVENT')).toMatchObject({ problems: [{ code: 'NO_EXPIRY_EVENT' }] })
    const byEvent = await record(of, { expiresAt: null, expiryEvent: 'End of the study' })
    await saved(activateConsent(as(), { ...id(), consentId: byEvent, seenVersion: 1 }))
    await saved(end(byEvent, 'EXPIRY_EVENT'))
    await saved(end(byDate, 'KNOWN_FALSE'))
    for (const consentId of [byDate, byEvent])
      expect(await shown(consentId)).toMatchObject({ status: 'ENDED', inForce: false })
  })

  it('does nothing twice, and gives way to nobody who has not seen the newest version', async () => {
    const of = await person()
    const input = { ...id(), patient: of.patient, kind: 'HIPAA_AUTHORIZATION' as const, elements: WHOLE }
    const [one, two] = await Promise.all([recordConsent(as(), input), recordConsent(as(), input)])
    expect(two).toEqual(one)
    const consentId = await saved(Promise.resolve(one))
    await expect(recordConsent(as(), { ...input, kind: 'PART2_TPO' })).rejects.toMatchObject({ code: 'COMMAND_REUSED' })
    const outcomes = await Promise.all(
      [0, 1, 2].map(() => activateConsent(as(), { ...id(), consentId, seenVersion: 1 })),
    )
    expect(outcomes.map((o) => o.kind).sort()).toEqual(['ConsentChanged', 'ConsentChanged', 'ConsentSaved'])
  })

  it('keeps what it says sealed, and takes the rules of a FHIR Consent or says what is wrong with it', async () => {
    const of = await person()
    const consentId = await record(of, {}, { fhir: JSON.stringify({ resourceType: 'Consent', status: 'active' }) })
    const [row] = await world.db.ownerSql<
      { content: Uint8Array }[]
    >`select content from consent where id = ${consentId}`
    expect(Buffer.from(row!.content).includes('Wexcombe')).toBe(false)
    const consent = await shown(consentId)
    expect(consent.fhir!.map((json) => (JSON.parse(json) as { status: string }).status)).toEqual(['draft', 'draft'])
    const bad = { ...id(), patient: of.patient, kind: 'HIPAA_AUTHORIZATION' as const, elements: WHOLE, fhir: '{' }
    expect(await recordConsent(as(), bad)).toMatchObject({ problems: [{ code: 'NOT_JSON' }] })
  })
})

describe('who sees consents', () => {
  it('a privacy officer finds them by exact identifier, shows metadata, and the person only while it is a draft', async () => {
    const of = await person()
    const draft = await record(of)
    const inForce = await active(of)
    const request = as()
    const found = await consentsOf(request, of.patient)
    const none = await consentsOf(request, {
      ...of.patient,
      identifier: { ...of.patient.identifier, value: of.patient.identifier.value.slice(0, -1) },
    })
    await request.close()
    expect(found.map((c) => c.id).sort()).toEqual([draft, inForce].sort())
    expect(none).toEqual([])
    const classes = (consentId: string) => [...markOn(found.find((c) => c.id === consentId))!.classes].sort()
    expect(classes(draft)).toEqual(['ACCOUNT_REF', 'CLINICAL', 'IDENTITY', 'OPEN', 'WORK'])
    expect(classes(inForce)).toEqual(['ACCOUNT_REF', 'OPEN', 'WORK'])
  })

  it('inside a request of the person in hand, a privacy officer sees what it says again, and its FHIR resource', async () => {
    const [of, other] = [await person(), await person()]
    const [consentId, others] = [await active(of), await active(other)]
    // What its sight lets out: words, names and the resource, or neither.
    const opens = async (asked: string) => {
      const consent = await shown(asked)
      const classes = markOn(consent)!.classes
      expect(classes.has('IDENTITY')).toBe(classes.has('CLINICAL'))
      if (classes.has('IDENTITY')) expect(consent.fhir).toHaveLength(1)
      return classes.has('IDENTITY')
    }
    expect(await opens(consentId)).toBe(false)
    const opened = await openPrivacyRequest(as(), {
      ...{ ...id(), patient: of.patient, kind: 'ACCESS', requester: 'INDIVIDUAL', receivedOn: '2026-06-01' },
      ...{ paidInFull: false, destroyed: false, details: 'A copy of what I signed.' },
    })
    if (opened.kind !== 'PrivacyRequestSaved') throw new Error(JSON.stringify(opened))
    const { requestId } = opened
    // That there is a request opens nothing: having it in hand does, for this person alone, until it is closed.
    expect(await opens(consentId)).toBe(false)
    await assignPrivacyRequest(as(), { ...id(), requestId, seenVersion: 1, memberId: memberId(world, OFFICER) })
    expect(await opens(consentId)).toBe(true)
    expect(await opens(others)).toBe(false)
    await closePrivacyRequest(as(), {
      ...id(),
      requestId,
      seenVersion: 2,
      reason: 'WITHDRAWN_BY_REQUESTER',
    })
    expect(await opens(consentId)).toBe(false)
  })

  it('nobody else, and no stranger, learns that there is one', async () => {
    const of = await person()
    const consentId = await active(of)
    for (const email of Object.keys(world.demo.harbor.members)
      .filter((e) => !OFFICERS.includes(e))
      .concat('lakeside@demo.test')) {
      const request = as(email)
      expect(await consentsOf(request, of.patient)).toEqual([])
      expect(await restrictionsOf(request, of.patient)).toEqual([])
      await request.close()
      await expect(shown(consentId, email)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      const commands = [
        () => recordConsent(as(email), { ...id(), patient: of.patient, kind: 'PART2_TPO', elements: WHOLE }),
        () =>
          withdrawConsent(as(email), {
            ...id(),
            consentId,
            seenVersion: 2,
            inWriting: true,
            receivedAt: new Date('2026-05-01'),
          }),
        () =>
          addRestriction(as(email), {
            ...id(),
            patient: of.patient,
            selfPay: true,
            recipients: [],
            purposes: [],
            words: 'x',
          }),
      ]
      for (const command of commands) await expect(command()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    await expect(shown(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(shown('x')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await shown(consentId)).status).toBe('ACTIVE')
  })

  it('rules in SQL and in memory agree, over random viewers and rows', async () => {
    const people = [await person('north'), await person('north'), await person('south')]
    const rows: { id: string; facilityId: string }[] = []
    for (const of of people) rows.push({ id: await record(of), facilityId: of.patient.facilityId })
    const facilities = [...Object.values(world.demo.harbor.facilities), randomUUID()]
    const patientIds = people.map((p) => p.patientId)
    await fc.assert(
      fc.asyncProperty(fc.subarray([...ROLES]), fc.subarray(facilities), async (roles, facilityIds) => {
        const viewer = {
          orgId: world.demo.harbor.organisationId,
          memberId: randomUUID(),
          userId: 'u',
          sessionId: 's',
          displayName: '',
          roles,
          facilityIds,
          teamIds: [],
          queueIds: [],
          memberEpoch: 0,
          orgEpoch: 0,
        } satisfies Viewer
        const ability = visibleConsents(viewer)
        const inSql = await world.db.database.read(viewer.orgId, (tx) =>
          listConsents(
            { viewer, tx, now: new Date(0), services: world.services, memory: new Map() },
            ability,
            patientIds,
          ),
        )
        const inMemory = rows.filter((row) => allows(ability, 'read', 'Consent', row)).map((row) => row.id)
        expect([...inSql].sort()).toEqual(inMemory.sort())
        const expected = rows.filter((r) => roles.includes('PRIVACY_OFFICER') && facilityIds.includes(r.facilityId))
        expect(inMemory).toEqual(expected.map((r) => r.id).sort())
      }),
      { numRuns: 60 },
    )
  })
})

describe('a withdrawal', () => {
  it('never takes a chart from its coder, nor interrupts the stream of one', async () => {
    const of = await person()
    const consentId = await active(of)
    const sightOf = async () => {
      const request = as(CODER)
      const { sight } = await seeChart(await request.reading(), of.chartId)
      await request.close()
      return sight
    }
    const before = await sightOf()
    expect(before.classes.has('CLINICAL')).toBe(true)
    const stream = await chartStream(world.services, world.claims.get(CODER)!, of.chartId, undefined)
    expect((await stream.next()).value).toMatchObject({ __typename: 'ChartSnapshot' })

    await saved(
      withdrawConsent(as(), {
        ...id(),
        consentId,
        seenVersion: 2,
        inWriting: true,
        receivedAt: new Date('2026-05-31T09:00:00Z'),
      }),
    )
    await addRestriction(as(), {
      ...id(),
      patient: of.patient,
      selfPay: false,
      recipients: [],
      purposes: [],
      words: 'Tell nobody',
    })

    expect(await sightOf()).toBe(before)
    const decided = await decideOnSuggestion(as(CODER), {
      ...id(),
      suggestionId: of.suggestionIds[0]!,
      seenVersion: 1,
      decision: 'ACCEPT',
      role: 'PRINCIPAL',
      poa: 'Y',
    })
    expect(decided.kind).toBe('SuggestionDecided')
    // The next thing the stream says is that decision: no change of access came between.
    const next = (await stream.next()).value as { __typename: string; events: { type: string }[] }
    expect([next.__typename, next.events.map((e) => e.type)]).toEqual(['ChartEvents', ['SUGGESTION_ACCEPTED']])
    await stream.return!()
  })
})

describe('restrictions', () => {
  const add = (of: Person, more: object = {}) =>
    addRestriction(as(), {
      ...id(),
      patient: of.patient,
      selfPay: true,
      recipients: [],
      purposes: [],
      words: 'Not to my plan',
      ...more,
    })

  it('are agreed for a chart of that person, and lifted by the person or not at all where paid in full', async () => {
    const of = await person()
    const other = await person()
    expect(await add(of, { chartId: other.chartId })).toMatchObject({ problems: [{ code: 'CHART_UNKNOWN' }] })
    expect(await add(of, { recipients: [{ kind: 'PERSON', name: 'A. Q.' }] })).toMatchObject({
      problems: [{ code: 'NOT_A_PLAN' }],
    })
    const added = await add(of, { chartId: of.chartId })
    if (added.kind !== 'RestrictionSaved') throw new Error(JSON.stringify(added))
    const { restrictionId } = added
    const lift = (seenVersion: number, reason: 'ENTITY_ENDED' | 'ASKED_IN_WRITING') =>
      liftRestriction(as(), { ...id(), restrictionId, seenVersion, reason, note: 'Letter of today' })
    expect(await lift(1, 'ENTITY_ENDED')).toMatchObject({ problems: [{ code: 'SELF_PAY_STAYS' }] })
    expect(await lift(7, 'ASKED_IN_WRITING')).toMatchObject({ kind: 'RestrictionChanged' })
    expect(await lift(1, 'ASKED_IN_WRITING')).toEqual({ kind: 'RestrictionSaved', restrictionId })
    expect(await lift(2, 'ASKED_IN_WRITING')).toMatchObject({ problems: [{ code: 'ALREADY_LIFTED' }] })
    const request = as()
    const [shownNow] = await restrictionsOf(request, of.patient)
    await request.close()
    expect(shownNow).toMatchObject({ id: restrictionId, liftReason: 'ASKED_IN_WRITING', access: { can: ['read'] } })
    expect(shownNow!.history.map((e) => e.type)).toEqual(['AGREED', 'LIFTED'])
  })

  it('answer a command as their caller sees the thing now', async () => {
    const of = await person()
    const consentId = await active(of)
    const request = as()
    const outcome = await deliverConsentCopy(request, { ...id(), consentId, seenVersion: 1 })
    expect(await presentConsentOutcome(outcome, request)).toMatchObject({
      __typename: 'ConsentChanged',
      seenVersion: 1,
      consent: { version: 2 },
    })
    await request.close()
  })
})
