import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ConsentElementsInput } from '../../schema/consentInputs.js'
import { activateConsent } from '../../server/consents/activateConsent.command.js'
import { consentById } from '../../server/consents/consents.query.js'
import { basisFor } from '../../server/consents/disclosure.js'
import { endConsent } from '../../server/consents/endConsent.command.js'
import { endExpiredConsents } from '../../server/consents/endExpired.job.js'
import { recordConsent } from '../../server/consents/recordConsent.command.js'
import { seeChart } from '../../server/charts/index.js'
import { addComment } from '../../server/review/addComment.command.js'
import { Follower, type Item, schema } from '../review/streamSupport.js'
import { type AddedChart, addChart, type ChartWorld, chartWorld, requestAs } from '../support/charts.js'

const OFFICER = 'privacy@demo.test'
const CODER = 'coder@demo.test'
const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'

// What an object masks is known once the schema was built.
expect(schema.getType('Consent')).toBeDefined()

let world: ChartWorld
beforeAll(async () => {
  world = await chartWorld(new Date('2026-06-01T12:00:00.000Z'))
  await world.db.ownerSql`update agreement set qualified_service_organisation = false`
})
afterAll(() => world.close())
afterEach(() => expect(world.errors).toEqual([]))

const id = () => ({ commandId: randomUUID() })
const as = (email: string) => requestAs(world, email)
const later = (ms: number) => new Date(world.clock.now().getTime() + ms)

interface Marked extends AddedChart {
  readonly patient: {
    readonly facilityId: string
    readonly identifier: { assigner: string; type: 'MRN'; value: string }
  }
}
/** A chart in coding whose one document is a record of substance use disorder treatment. */
async function marked(): Promise<Marked> {
  const value = randomUUID()
  const chart = await addChart(world, {
    facility: 'north',
    coder: CODER,
    documents: [{ labels: ['PART2'], text: 'Opioid use disorder.' }],
    lines: [{ code: 'F11.20', evidence: [{ words: 'Opioid' }] }],
    patient: { identifiers: [{ assigner: ASSIGNER, type: 'MRN', value }] },
  })
  const facilityId = world.demo.harbor.facilities.north!
  return { ...chart, patient: { facilityId, identifier: { assigner: ASSIGNER, type: 'MRN', value } } }
}

const TPO: ConsentElementsInput = {
  description: 'All records of my treatment',
  disclosers: [{ kind: 'COVERED_ENTITY', name: 'North Harbor Health (demo)' }],
  recipients: [{ kind: 'COVERED_ENTITY' }],
  purposes: ['TREATMENT', 'PAYMENT', 'OPERATIONS'],
  neverExpires: false,
  signature: { signedOn: '2026-03-09', signedBy: 'Ottoline Quillfeather' },
  statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: false },
  plainLanguage: true,
  textVersion: '2026-01',
  labels: [],
  documentTypes: [],
}
async function consentUntil(of: Marked, expiresAt: Date | null): Promise<string> {
  const elements = { ...TPO, expiresAt, neverExpires: expiresAt === null }
  const recorded = await recordConsent(as(OFFICER), { ...id(), patient: of.patient, kind: 'PART2_TPO', elements })
  if (recorded.kind !== 'ConsentSaved') throw new Error(JSON.stringify(recorded))
  const { consentId } = recorded
  const active = await activateConsent(as(OFFICER), { ...id(), consentId, seenVersion: 1 })
  if (active.kind !== 'ConsentSaved') throw new Error(JSON.stringify(active))
  return consentId
}

async function shown(consentId: string) {
  const request = as(OFFICER)
  const consent = await consentById(request, consentId)
  await request.close()
  return consent
}
async function opens({ chartId }: AddedChart): Promise<boolean> {
  const request = as(CODER)
  const { sight } = await seeChart(await request.reading(), chartId)
  await request.close()
  return sight.labels.has('PART2')
}
/** Whether it may leave to the covered entity's billing. */
async function leaves({ chartId, documents }: AddedChart): Promise<boolean> {
  const request = as(CODER)
  const session = await request.reading()
  const { row } = await seeChart(session, chartId)
  const { allowed } = await basisFor(
    session,
    row,
    {
      ...{ purpose: 'PAYMENT', recipient: 'HOME', onwardTo: null, classes: ['CLINICAL'], careDays: null },
      things: [{ documentId: documents[0]!.documentId, documentType: 'DISCHARGE_SUMMARY', labels: ['PART2'] }],
    },
    false,
  )
  await request.close()
  return allowed
}
const epoch = async (patientId: string) =>
  (await world.db.ownerSql<{ n: number }[]>`select access_epoch as n from patient where id = ${patientId}`)[0]!.n
const changes = (items: readonly Item[]) => items.flatMap((i) => (i.__typename === 'AccessChanged' ? [i.change] : []))

describe('a consent that the calendar ends', () => {
  it('is no basis from its instant on, whether or not anything has written that down', async () => {
    const of = await marked()
    const consentId = await consentUntil(of, later(60_000))
    world.clock.advance(59_999)
    expect([await opens(of), await leaves(of), (await shown(consentId)).inForce]).toEqual([true, true, true])
    world.clock.advance(1)
    expect([await opens(of), await leaves(of)]).toEqual([false, false])
    expect(await shown(consentId)).toMatchObject({ status: 'ACTIVE', inForce: false })
  })

  it('narrows an open stream at its instant, with nothing to wake it, and never takes the chart from its coder', async () => {
    const of = await marked()
    const consentId = await consentUntil(of, later(150))
    const follower = await Follower.on(world, CODER, of.chartId)
    await follower.untilType('ChartSnapshot')
    world.clock.advance(150)
    await addComment(as(CODER), { ...id(), chartId: of.chartId, body: 'CANARY after the end' })
    await follower.until((items) => changes(items).length > 0)
    await follower.stop()
    expect(changes(follower.items)).toEqual(['NARROWED'])
    expect(follower.items.map((i) => i.__typename)).not.toContain('StreamEnded')
    expect(await shown(consentId)).toMatchObject({ status: 'ACTIVE' })
  })

  it('is written down once, at its instant, as a step of its life; its person’s access is decided anew', async () => {
    await endExpiredConsents(world.services)
    const [of, other] = [await marked(), await marked()]
    const consentId = await consentUntil(of, later(5_000))
    const never = await consentUntil(other, null)
    const at = later(5_000).toISOString()
    const before = await epoch(of.patientId)
    expect(await endExpiredConsents(world.services)).toBe(0)
    world.clock.advance(7_000)
    // On several nodes at once.
    const ended = await Promise.all([1, 2, 3].map(() => endExpiredConsents(world.services)))
    expect(ended.reduce((a, b) => a + b)).toBe(1)
    expect(await endExpiredConsents(world.services)).toBe(0)
    const consent = await shown(consentId)
    expect(consent).toMatchObject({ status: 'ENDED', endReason: 'EXPIRED', endedAt: at, inForce: false, version: 3 })
    expect(consent.access.can).toEqual(['read'])
    expect(consent.history.at(-1)).toMatchObject({ type: 'EXPIRED', version: 3, actor: null, note: null })
    expect(await epoch(of.patientId)).toBe(before + 1)
    expect(await shown(never)).toMatchObject({ status: 'ACTIVE', inForce: true, version: 2 })
    const records = await world.db.ownerSql<{ n: number }[]>`
      select count(*)::int as n from access_record where action = 'system CONSENT_EXPIRED' and actor_id is null`
    expect(records[0]!.n).toBeGreaterThan(0)
  })

  it('is found too where it was put in force before its instant was kept beside it', async () => {
    const of = await marked()
    const [soon, long, never] = [
      await consentUntil(of, later(1_000)),
      await consentUntil(of, later(1_000_000)),
      await consentUntil(of, null),
    ]
    await world.db.ownerSql`update consent set expires_at = null where id in ${world.db.ownerSql([soon, long, never])}`
    expect(await endExpiredConsents(world.services)).toBe(0)
    const kept = await world.db.ownerSql<{ id: string; at: string }[]>`
      select id, expires_at::text as at from consent where id in ${world.db.ownerSql([soon, long, never])}`
    expect(kept.every(({ at }) => at !== null)).toBe(true)
    expect(kept.find((row) => row.id === never)!.at).toBe('infinity')
    world.clock.advance(1_000)
    expect(await endExpiredConsents(world.services)).toBe(1)
    expect((await shown(soon)).status).toBe('ENDED')
    expect((await shown(long)).status).toBe('ACTIVE')
  })

  it('is ended so by nobody, and not again once it was withdrawn or ended otherwise', async () => {
    const of = await marked()
    const consentId = await consentUntil(of, later(1_000))
    const end = (reason: 'EXPIRED' | 'SUPERSEDED') =>
      endConsent(as(OFFICER), { ...id(), consentId, seenVersion: 2, reason, note: 'Another was signed' })
    expect(await end('EXPIRED')).toMatchObject({ problems: [{ code: 'BY_THE_CALENDAR' }] })
    expect((await end('SUPERSEDED')).kind).toBe('ConsentSaved')
    world.clock.advance(1_000)
    expect(await endExpiredConsents(world.services)).toBe(0)
    expect(await shown(consentId)).toMatchObject({ endReason: 'SUPERSEDED' })
  })
})
