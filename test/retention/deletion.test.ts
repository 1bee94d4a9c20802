import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DELETION_REASONS, type DeletionReason } from '../../schema/values.js'
import { approve } from '../../server/approvals/decideApproval.command.js'
import { breakGlass } from '../../server/charts/breakGlass.command.js'
import { releaseChart } from '../../server/charts/releaseChart.command.js'
import { recordConsent } from '../../server/consents/recordConsent.command.js'
import { consentById } from '../../server/consents/consents.query.js'
import { requestPatientDeletion } from '../../server/retention/deletePatient.command.js'
import { deletionProblem, keptUntil } from '../../server/retention/deletion.decider.js'
import { prepareJobs } from '../../server/jobs/index.js'
import { liftLegalHold, placeLegalHold } from '../../server/retention/legalHold.command.js'
import { legalHolds, tombstones } from '../../server/retention/retention.query.js'
import { Follower } from '../review/streamSupport.js'
import { addChart, type ChartFacts, type ChartWorld, chartWorld, memberId, requestAs } from '../support/charts.js'

const OFFICER = 'privacy@demo.test'
const SECOND = 'compliance@demo.test'
const CODER = 'coder@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

describe('whether a person may be deleted', () => {
  const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  const iso = (date: Date): string => date.toISOString().slice(0, 10)
  const asked = fc.record({
    reason: fc.constantFrom(...DELETION_REASONS),
    holds: fc.nat({ max: 2 }),
    inWork: fc.nat({ max: 2 }),
    toReview: fc.nat({ max: 2 }),
    lastService: fc.option(day.map(iso)),
    retentionYears: fc.nat({ max: 30 }),
    today: day.map(iso),
  })

  it('never under a hold, in work, or before retention has ended where it binds; and else always', () =>
    fc.assert(
      fc.property(asked, (it) => {
        const bound = it.reason === 'RETENTION_ENDED' || it.reason === 'PATIENT_REQUEST'
        const years = (from: string) => Number(it.today.slice(0, 4)) - Number(from.slice(0, 4))
        // Kept through the day that has the same name so many years on; the next day it may go.
        const kept =
          it.lastService !== null &&
          (years(it.lastService) < it.retentionYears ||
            (years(it.lastService) === it.retentionYears &&
              it.today.slice(5) <= (it.lastService.endsWith('02-29') ? '02-29' : it.lastService.slice(5))))
        fc.pre(!it.lastService?.endsWith('02-29'))
        const free = it.holds + it.inWork + it.toReview === 0 && !(bound && kept)
        expect(deletionProblem(it) === undefined).toBe(free)
        if (it.holds > 0) expect(deletionProblem(it)).toMatchObject({ code: 'LEGAL_HOLD' })
      }),
    ))

  it('a leap day is kept to the day after it in a common year', () => {
    expect(keptUntil('2020-02-29', 7)).toBe('2027-03-01')
    expect(keptUntil('2020-02-29', 8)).toBe('2028-02-29')
    expect(keptUntil('2019-11-24', 7)).toBe('2026-11-24')
  })
})

describe('a deletion', () => {
  let world: ChartWorld
  beforeAll(async () => {
    world = await chartWorld(new Date('2026-11-24T12:00:00Z'))
    await prepareJobs(world.db.ownerSql)
    // A second privacy officer: whoever asks never approves.
    await world.db.ownerSql`
      update member set roles = array_append(roles, 'PRIVACY_OFFICER') where id = ${memberId(world, SECOND)}`
  })
  afterAll(() => world.close())
  afterEach(() => expect(world.errors).toEqual([]))

  const id = () => ({ commandId: randomUUID() })
  const as = (email: string) => requestAs(world, email)
  const held = async <T>(email: string, read: typeof legalHolds | typeof tombstones): Promise<T[]> => {
    const request = as(email)
    try {
      return (await read(await request.reading(), 200)) as T[]
    } finally {
      await request.close()
    }
  }

  async function person(facts: ChartFacts = {}) {
    const value: string = randomUUID()
    const chart = await addChart(world, {
      facility: 'north',
      status: 'READY',
      documents: [{ text: 'CANARY of a text', labels: [] }],
      patient: { identifiers: [{ assigner: 'urn:oid:1.2.3', type: 'MRN', value }] },
      ...facts,
    })
    await world.db.ownerSql`
      update chart set service_date = '2010-01-05', admitted_at = null, discharged_at = null, payer = 'CANARY payer'
      where id = ${chart.chartId}`
    const patient = {
      facilityId: world.demo.harbor.facilities.north!,
      identifier: { assigner: 'urn:oid:1.2.3', type: 'MRN' as const, value },
    }
    return { ...chart, patient }
  }
  type Person = Awaited<ReturnType<typeof person>>

  const ask = (of: Person, email = OFFICER, reason: DeletionReason = 'RETENTION_ENDED') =>
    requestPatientDeletion(as(email), { ...id(), patient: of.patient, reason })
  async function approvalOf(of: Person, reason?: DeletionReason): Promise<string> {
    const outcome = await ask(of, OFFICER, reason)
    if (outcome.kind !== 'ApprovalSaved') throw new Error(JSON.stringify(outcome))
    return outcome.approvalId
  }
  const yes = (approvalId: string, email = SECOND) => approve(as(email), { ...id(), approvalId })
  const problem = (code: string) => ({ kind: 'CommandInvalid', problems: [{ code }] })

  it('takes two privacy officers, and tells others what it tells of nobody', async () => {
    const of = await person()
    const nobody = { ...of, patient: { ...of.patient, identifier: { ...of.patient.identifier, value: 'nobody' } } }
    for (const [email, whom] of [
      [CODER, of],
      [SUPERVISOR, of],
      ['admin@demo.test', of],
      [OFFICER, nobody],
    ] as const)
      await expect(ask(whom, email)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const approvalId = await approvalOf(of)
    await expect(yes(approvalId, OFFICER)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      detail: { reason: 'OWN_REQUEST' },
    })
    const [row] = await world.db
      .ownerSql`select wrapped, destroyed_at from patient_key where patient_id = ${of.patientId}`
    expect(row).toMatchObject({ destroyedAt: null })
    expect(row!.wrapped).not.toBeNull()
  })

  it('ends every stream on a chart of the person, and the next request finds nothing', async () => {
    const of = await person()
    const streams = await Promise.all([SUPERVISOR, 'auditor@demo.test'].map((e) => Follower.on(world, e, of.chartId)))
    await Promise.all(streams.map((s) => s.untilType('ChartSnapshot')))
    expect(await yes(await approvalOf(of))).toMatchObject({ kind: 'ApprovalSaved' })
    await Promise.all(streams.map((s) => s.over))
    for (const stream of streams)
      expect(stream.items.at(-1)).toEqual({ __typename: 'StreamEnded', reason: 'NO_LONGER_VISIBLE' })
    for (const email of [SUPERVISOR, OFFICER, SECOND, CODER])
      await expect(Follower.on(world, email, of.chartId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    // Asked for once more, there is nobody.
    await expect(ask(of)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('destroys the key, forgets what stood beside it, and leaves a signed tombstone and the access records', async () => {
    const of = await person()
    const before = await world.db.ownerSql`select count(*)::int as n from access_record`
    await yes(await approvalOf(of))
    const { ownerSql } = world.db
    const [key] = await ownerSql`select wrapped, destroyed_at from patient_key where patient_id = ${of.patientId}`
    expect(key).toMatchObject({ wrapped: null, destroyedAt: world.clock.now() })
    expect(await ownerSql`select from patient_identifier where patient_id = ${of.patientId}`).toHaveLength(0)
    const [row] = await ownerSql`select * from chart where id = ${of.chartId}`
    expect(row).toMatchObject({ payer: null, serviceDate: null, accountNumber: `deleted ${of.chartId}` })
    expect(
      await ownerSql`select from document_version where chart_id = ${of.chartId} and authored_at is not null`,
    ).toEqual([])
    const stones = (await held<{ chartCount: number; deletedAt: Date }>(OFFICER, tombstones)).slice(0, 1)
    expect(stones).toMatchObject([{ chartCount: 1, reason: 'RETENTION_ENDED', deletedAt: world.clock.now() }])
    const [{ n: after }, [stone]] = [
      (await ownerSql<{ n: number }[]>`select count(*)::int as n from access_record`)[0]!,
      await ownerSql`select signature, subject_ref, cardinality(blind_indexes) as n from tombstone where patient_id = ${of.patientId}`,
    ] as const
    expect(after).toBeGreaterThanOrEqual((before[0] as { n: number }).n)
    expect(stone).toMatchObject({ n: 1, signature: expect.stringMatching(/^[\w-]{43}$/) })
    // Nobody brings it back, or changes what is left: not even the owner of the tables.
    await expect(ownerSql`update tombstone set chart_count = 0`).rejects.toThrow()
    await expect(ownerSql`delete from tombstone`).rejects.toThrow()
    await expect(ownerSql`update patient_key set wrapped = '\\x00' where patient_id = ${of.patientId}`).rejects.toThrow(
      /destroyed_is_gone/,
    )
    expect(await held(CODER, tombstones)).toEqual([])
  })

  it('takes the consents of the person with it', async () => {
    const of = await person()
    const recorded = await recordConsent(as(OFFICER), {
      ...id(),
      patient: of.patient,
      kind: 'HIPAA_AUTHORIZATION',
      elements: {
        labels: [],
        documentTypes: [],
        disclosers: [],
        recipients: [],
        purposes: [],
        neverExpires: false,
        plainLanguage: false,
      },
    })
    if (recorded.kind !== 'ConsentSaved') throw new Error(JSON.stringify(recorded))
    await yes(await approvalOf(of))
    const request = as(OFFICER)
    await expect(consentById(request, recorded.consentId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await request.close()
  })

  it('waits for retention, for a hold, for whoever codes, and for the review of broken glass', async () => {
    const recent = await person()
    await world.db.ownerSql`update chart set service_date = '2020-03-09' where id = ${recent.chartId}`
    expect(await ask(recent)).toMatchObject(problem('RETENTION'))
    expect(await ask(recent, OFFICER, 'IMPORTED_IN_ERROR')).toMatchObject({ kind: 'ApprovalSaved' })

    const kept = await person()
    const placed = await placeLegalHold(as(OFFICER), {
      ...id(),
      patient: kept.patient,
      reason: 'LITIGATION',
      reference: 'Matter 26-118',
    })
    if (placed.kind !== 'LegalHoldSaved') throw new Error(JSON.stringify(placed))
    expect(await ask(kept, OFFICER, 'IMPORTED_IN_ERROR')).toMatchObject(problem('LEGAL_HOLD'))
    const lift = (email = OFFICER) =>
      liftLegalHold(as(email), { ...id(), holdId: placed.holdId, reason: 'MATTER_CLOSED' })
    await expect(lift(SUPERVISOR)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    // A hold that comes between the request and the approval holds as well.
    expect(await lift()).toMatchObject({ kind: 'LegalHoldSaved' })
    expect(await lift()).toMatchObject(problem('LIFTED_ALREADY'))
    const approvalId = await approvalOf(kept)
    await placeLegalHold(as(OFFICER), { ...id(), patient: kept.patient, reason: 'AUDIT', reference: 'RAC 7' })
    expect(await yes(approvalId)).toMatchObject(problem('LEGAL_HOLD'))
    expect((await held<{ liftedAt: Date | null }>(OFFICER, legalHolds)).map((h) => h.liftedAt !== null)).toEqual([
      false,
      true,
    ])
    expect(await held(CODER, legalHolds)).toEqual([])

    const coded = await person({ status: 'IN_CODING', coder: CODER })
    expect(await ask(coded)).toMatchObject(problem('IN_WORK'))
    await releaseChart(as(CODER), { ...id(), chartId: coded.chartId })
    expect(await ask(coded)).toMatchObject({ kind: 'ApprovalSaved' })

    const looked = await person()
    await breakGlass(as(SUPERVISOR), { ...id(), chartId: looked.chartId, reason: 'DEADLINE', note: 'Bill due today' })
    expect(await ask(looked)).toMatchObject(problem('REVIEW_OPEN'))
  })

  it('lets the same record number come again, as somebody new', async () => {
    const of = await person()
    await yes(await approvalOf(of))
    const again = await addChart(world, {
      facility: 'north',
      patient: { identifiers: [{ assigner: 'urn:oid:1.2.3', type: 'MRN', value: of.patient.identifier.value }] },
    })
    expect(again.patientId).not.toBe(of.patientId)
    expect(await world.db.ownerSql`select from patient_identifier where patient_id = ${again.patientId}`).toHaveLength(
      1,
    )
  })
})
