import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ConsentElementsInput } from '../../schema/consentInputs.js'
import { approve, decline } from '../../server/approvals/decideApproval.command.js'
import { addRestriction } from '../../server/consents/addRestriction.command.js'
import { activateConsent } from '../../server/consents/activateConsent.command.js'
import { listFacilityAgreements } from '../../server/consents/agreements.query.js'
import { PART2_NOTICE } from '../../server/consents/part2Notice.model.js'
import { endQualifiedService, requestQualifiedService } from '../../server/consents/qualifiedService.command.js'
import { recordConsent } from '../../server/consents/recordConsent.command.js'
import { withdrawConsent } from '../../server/consents/withdrawConsent.command.js'
import { addComment } from '../../server/review/addComment.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import { graphql } from 'graphql'
import { withPart2Notice } from '../../server/app/part2Notice.js'
import {
  type AddedChart,
  addChart,
  addPart,
  type ChartWorld,
  chartWorld,
  memberId,
  requestAs,
} from '../support/charts.js'
import { type Follower, type Item, schema, subscribeAs } from '../review/streamSupport.js'

const ADMIN = 'admin@demo.test'
const OFFICER = 'privacy@demo.test'
const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'
const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'

let world: ChartWorld
let agreementId: string
beforeAll(async () => {
  world = await chartWorld(new Date('2026-06-01T12:00:00.000Z'))
  agreementId = (await agreements(ADMIN)).find((a) => a.facilities.some((f) => f.key === 'north'))!.id
})
afterAll(() => world.close())
afterEach(async () => {
  expect(world.errors).toEqual([])
  await world.db.ownerSql`
    update agreement set qualified_service_organisation = true, qualified_from = null, qualified_until = null`
})

const id = () => ({ commandId: randomUUID() })
const as = (email: string) => requestAs(world, email)
async function agreements(email: string) {
  const request = as(email)
  const all = await listFacilityAgreements(await request.reading())
  await request.close()
  return all
}
const later = (ms: number) => new Date(world.clock.now().getTime() + ms)
const end = (email = ADMIN) => endQualifiedService(as(email), { ...id(), agreementId, reason: 'TERMINATED' })
const request = async (more: { from?: Date; until?: Date | null } = {}, email = ADMIN) =>
  requestQualifiedService(as(email), {
    ...id(),
    agreementId,
    from: world.clock.now(),
    reference: 'Addendum 7 of 1 June 2026',
    ...more,
  })
async function asked(more: { from?: Date; until?: Date | null } = {}): Promise<string> {
  const outcome = await request(more)
  if (outcome.kind !== 'ApprovalSaved') throw new Error(JSON.stringify(outcome))
  return outcome.approvalId
}
const yes = (approvalId: string, email = OFFICER) => approve(as(email), { ...id(), approvalId })

interface Marked extends AddedChart {
  readonly patient: {
    readonly facilityId: string
    readonly identifier: { assigner: string; type: 'MRN'; value: string }
  }
}
/** A chart in coding, with one record of substance use disorder treatment and one other. */
async function marked(): Promise<Marked> {
  const value = randomUUID()
  const chart = await addChart(world, {
    facility: 'north',
    coder: CODER,
    documents: [{ labels: ['PART2'], text: 'Opioid use disorder.' }, { text: 'Essential hypertension.' }],
    lines: [
      { code: 'F11.20', evidence: [{ document: 0, words: 'Opioid' }] },
      { code: 'I10', evidence: [{ document: 1, words: 'Essential' }] },
    ],
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
  neverExpires: true,
  signature: { signedOn: '2026-03-09', signedBy: 'Ottoline Quillfeather' },
  statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: false },
  plainLanguage: true,
  textVersion: '2026-01',
  labels: [],
  documentTypes: [],
}
async function consentTo(of: Marked, more: Partial<ConsentElementsInput> = {}): Promise<string> {
  const elements = { ...TPO, ...more }
  const recorded = await recordConsent(as(OFFICER), { ...id(), patient: of.patient, kind: 'PART2_TPO', elements })
  if (recorded.kind !== 'ConsentSaved') throw new Error(JSON.stringify(recorded))
  const { consentId } = recorded
  const active = await activateConsent(as(OFFICER), { ...id(), consentId, seenVersion: 1 })
  if (active.kind !== 'ConsentSaved') throw new Error(JSON.stringify(active))
  return consentId
}
const withdraw = (consentId: string) =>
  withdrawConsent(as(OFFICER), { ...id(), consentId, seenVersion: 2, inWriting: true, receivedAt: world.clock.now() })

const CHART = `query ($id: ID!) { chart(id: $id) { status coderOfRecord { id } documents { id version { text }
  access { masked { field reason } } } suggestions { code } access { can } } }`
interface Seen {
  readonly texts: readonly (string | null)[]
  readonly codes: readonly (string | null)[]
  readonly can: readonly string[]
  readonly coder: string | undefined
  readonly notice:
    | { readonly consentId: string | null; readonly scope: string | null; readonly consents?: unknown }
    | undefined
}
async function see(chartId: string, email = CODER): Promise<Seen> {
  const context = as(email)
  const result = await graphql({ schema, source: CHART, variableValues: { id: chartId }, contextValue: context })
  await context.close()
  if (result.errors) throw result.errors[0]!
  const { extensions } = withPart2Notice(result, context) as { extensions?: { part2Notice?: Seen['notice'] } }
  const chart = (result.data as { chart: Answer }).chart
  return {
    texts: chart.documents.map((d) => d.version?.text ?? null),
    codes: chart.suggestions.map((s) => s.code),
    can: chart.access.can,
    coder: chart.coderOfRecord?.id,
    notice: extensions?.part2Notice,
  }
}
interface Answer {
  coderOfRecord: { id: string } | null
  documents: { version: { text: string } | null }[]
  suggestions: { code: string | null }[]
  access: { can: string[] }
}

const STREAM = `subscription ($id: ID!) { chartStream(chartId: $id) { __typename
  ... on ChartSnapshot { documents { version { title } } suggestions { code } }
  ... on ChartEvents { events { cursor previous type comment { body } suggestion { code } } }
  ... on AccessChanged { change reason snapshot { documents { version { title } } suggestions { code } chart { access { can } } } }
  ... on StreamEnded { reason } } }`
const changes = (items: readonly Item[]) => items.flatMap((i) => (i.__typename === 'AccessChanged' ? [i.change] : []))
const changed = (follower: Follower, n: number) => follower.until((items) => changes(items).length >= n)

const decide = (suggestionId: string) =>
  decideOnSuggestion(as(CODER), {
    ...id(),
    suggestionId,
    seenVersion: 1,
    decision: 'REJECT',
    reason: 'NOT_SUPPORTED',
  } as never)

describe('undertakings of a qualified service organisation', () => {
  it('are asked for by an administrator, approved by a privacy officer, and ended by either at once', async () => {
    const of = await marked()
    expect((await see(of.chartId)).texts).toEqual(['Opioid use disorder.', 'Essential hypertension.'])
    expect(await end(OFFICER)).toEqual({ kind: 'FacilityAgreementSaved', agreementId })
    expect((await see(of.chartId)).texts).toEqual([null, 'Essential hypertension.'])
    expect(await end()).toMatchObject({ problems: [{ code: 'NOT_QUALIFIED' }] })

    const approvalId = await asked()
    expect((await see(of.chartId)).texts[0]).toBeNull()
    await expect(yes(approvalId, ADMIN)).rejects.toMatchObject({ detail: { reason: 'OWN_REQUEST' } })
    expect((await see(of.chartId)).texts[0]).toBeNull()
    expect(await yes(approvalId)).toMatchObject({ kind: 'ApprovalSaved' })
    expect((await see(of.chartId)).texts[0]).toBe('Opioid use disorder.')

    expect(await end()).toMatchObject({ kind: 'FacilityAgreementSaved' })
    const declined = await asked()
    await decline(as(OFFICER), { ...id(), approvalId: declined, reason: 'INCOMPLETE' })
    expect((await see(of.chartId)).texts[0]).toBeNull()

    const life = await world.db.ownerSql<
      { type: string; actorId: string; approvalId: string | null; reason: string | null }[]
    >`
      select type, actor_id as "actorId", approval_id as "approvalId", reason from agreement_event order by at, id`
    expect(life).toEqual([
      { type: 'QUALIFICATION_ENDED', actorId: memberId(world, OFFICER), approvalId: null, reason: 'TERMINATED' },
      { type: 'QUALIFIED', actorId: memberId(world, ADMIN), approvalId, reason: null },
      { type: 'QUALIFICATION_ENDED', actorId: memberId(world, ADMIN), approvalId: null, reason: 'TERMINATED' },
    ])
    for (const spoil of [
      'update agreement_event set reason = null',
      'delete from agreement_event',
      'truncate agreement_event',
    ])
      await expect(
        world.db.ownerSql.begin(async (sql) => {
          await sql`select set_config('chartroom.org', ${world.demo.harbor.organisationId}, true)`
          await sql.unsafe(spoil)
        }),
      ).rejects.toThrow('never changed')
  })

  it('are no matter of anybody else: agreements answer as absent ones do', async () => {
    for (const email of [CODER, REVIEWER, 'supervisor@demo.test', 'compliance@demo.test', 'lakeside@demo.test']) {
      for (const [act, absent] of [
        [
          () => request({}, email),
          () =>
            requestQualifiedService(as(email), {
              ...id(),
              agreementId: randomUUID(),
              from: new Date(),
              reference: 'x',
            }),
        ],
        [() => end(email), () => endQualifiedService(as(email), { ...id(), agreementId: 'no id', reason: 'BREACH' })],
      ] as const) {
        const [hidden, none] = await Promise.all([act().catch(String), absent().catch(String)])
        expect(hidden).toMatch(/nothing here that you may see/)
        expect(hidden).toBe(none)
      }
      if (email !== 'lakeside@demo.test') expect(await agreements(email)).toEqual([])
    }
    expect((await agreements('lakeside@demo.test')).some((a) => a.id === agreementId)).toBe(false)
    // A privacy officer reads and ends them, and asks for none: nobody approves what they asked for.
    await expect(request({}, OFFICER)).rejects.toMatchObject({ code: 'FORBIDDEN', detail: { reason: 'ROLE' } })
  })

  it('hold from and until their instants, whoever marks them', async () => {
    const of = await marked()
    await end()
    const [from, until] = [later(60_000), later(120_000)]
    await yes(await asked({ from, until }))
    const opens = async () => (await see(of.chartId)).texts[0] !== null
    expect(await opens()).toBe(false)
    world.clock.advance(59_999)
    expect(await opens()).toBe(false)
    world.clock.advance(1)
    expect(await opens()).toBe(true)
    world.clock.advance(59_999)
    expect(await opens()).toBe(true)
    world.clock.advance(1)
    expect(await opens()).toBe(false)
    expect(await request({ until: world.clock.now(), from: later(-1) })).toMatchObject({
      problems: [{ code: 'OVER_ALREADY' }],
    })
    await expect(request({ from: later(5), until: later(5) })).rejects.toMatchObject({ code: 'BAD_INPUT' })
    // Approved too late: what it asks for is over, and is not put in force.
    const late = await asked({ from: later(0), until: later(1_000) })
    world.clock.advance(1_000)
    expect(await yes(late)).toMatchObject({ kind: 'CommandInvalid', problems: [{ code: 'OVER_ALREADY' }] })
  })

  it('narrow open streams when they end, take no chart from its coder, and let nobody code a chart with holes', async () => {
    const of = await marked()
    await addPart(world, of.chartId, REVIEWER, 'AUDITOR')
    const followers = [
      await subscribeAs(world, CODER, STREAM, { id: of.chartId }),
      await subscribeAs(world, REVIEWER, STREAM, { id: of.chartId }),
    ]
    await Promise.all(followers.map((f) => f.untilType('ChartSnapshot')))
    await end()
    await addComment(as(CODER), { ...id(), chartId: of.chartId, body: 'after the end' })
    await Promise.all(followers.map((f) => changed(f, 1)))
    const held = await see(of.chartId)
    expect(held).toMatchObject({
      coder: memberId(world, CODER),
      texts: [null, 'Essential hypertension.'],
      codes: expect.arrayContaining([null, 'I10']) as unknown,
      notice: undefined,
    })
    expect(held.can).toEqual(expect.arrayContaining(['release', 'pend', 'comment']))
    for (const act of ['decide', 'add', 'submit', 'abstract']) expect(held.can).not.toContain(act)
    await expect(decide(of.suggestionIds[1]!)).rejects.toMatchObject({ detail: { reason: 'LABELS_NOT_ADMITTED' } })

    await yes(await asked())
    await Promise.all(followers.map((f) => changed(f, 2)))
    expect((await see(of.chartId)).can).toEqual(expect.arrayContaining(['decide', 'submit']))
    await Promise.all(followers.map((f) => f.stop()))
    for (const { items } of followers) {
      expect(changes(items)).toEqual(['NARROWED', 'RESTORED'])
      for (const item of items) if (item.__typename === 'AccessChanged') expect(item).toMatchObject({ reason: 'BASIS' })
      const [narrowed] = items.filter((i) => i.__typename === 'AccessChanged')
      expect(JSON.stringify(narrowed)).not.toContain('F11.20')
      expect(JSON.stringify(narrowed)).toContain('I10')
      // What was said while the records were closed came to nobody with words that may be about them.
      const between = items.slice(items.indexOf(narrowed!) + 1).filter((i) => i.__typename === 'ChartEvents')
      expect(JSON.stringify(between)).not.toContain('after the end')
    }
  })

  it('end an open stream’s sight at their instant, with nothing to wake it', async () => {
    const of = await marked()
    await end()
    // The stream waits for as long as the clock says: a moment, in which nothing else happens.
    const until = later(150)
    await yes(await asked({ from: later(-1), until }))
    const follower = await subscribeAs(world, CODER, STREAM, { id: of.chartId })
    await follower.untilType('ChartSnapshot')
    expect(JSON.stringify(follower.items)).toContain('F11.20')
    world.clock.advance(150)
    await changed(follower, 1)
    await follower.stop()
    expect(changes(follower.items)).toEqual(['NARROWED'])
    expect(JSON.stringify(follower.items.at(-1))).not.toContain('F11.20')
  })
})

describe('a Part 2 consent without such an agreement', () => {
  it('opens the records to who works on the chart, is named by the notice, and ends with its withdrawal, and only it', async () => {
    const of = await marked()
    expect(await see(of.chartId)).toMatchObject({ notice: { consentId: null, scope: null, text: PART2_NOTICE.text } })
    await end()
    expect((await see(of.chartId)).texts[0]).toBeNull()
    const first = await consentTo(of)
    expect(await see(of.chartId)).toMatchObject({
      texts: ['Opioid use disorder.', 'Essential hypertension.'],
      notice: { consentId: first, scope: expect.stringMatching(/^Consent for all future uses/) as unknown },
    })
    const second = await consentTo(of)
    const follower = await subscribeAs(world, CODER, STREAM, { id: of.chartId })
    await follower.untilType('ChartSnapshot')

    // What another document permits as well stays: a new chain begins under the other consent, and nothing is lost.
    await withdraw(first)
    await changed(follower, 1)
    expect(await see(of.chartId)).toMatchObject({
      texts: ['Opioid use disorder.', 'Essential hypertension.'],
      notice: { consentId: second },
    })
    await withdraw(second)
    await changed(follower, 2)
    await follower.stop()
    expect(changes(follower.items)).toEqual(['RESTORED', 'NARROWED'])
    expect(await see(of.chartId)).toMatchObject({
      texts: [null, 'Essential hypertension.'],
      coder: memberId(world, CODER),
      notice: undefined,
    })
  })

  it('is found to have ended by a stream that no wake-up reached', async () => {
    const of = await marked()
    await end()
    const consentId = await consentTo(of)
    const follower = await subscribeAs(world, CODER, STREAM, { id: of.chartId })
    await follower.untilType('ChartSnapshot')
    // As on another node whose wake-ups are lost: what is changed is the rows, and the person's access epoch with them.
    await world.db.ownerSql`
      update consent set status = 'WITHDRAWN', withdrawn_at = ${world.clock.now()} where id = ${consentId}`
    await world.db.ownerSql`update patient set access_epoch = access_epoch + 1 where id = ${of.patientId}`
    await changed(follower, 1)
    await follower.stop()
    expect(changes(follower.items)).toEqual(['NARROWED'])
  })

  it('opens to nobody who has no part on the chart, and is kept back by no restriction from those who have one', async () => {
    const of = await marked()
    await end()
    await consentTo(of)
    await addRestriction(as(OFFICER), {
      ...id(),
      patient: of.patient,
      selfPay: false,
      recipients: [],
      purposes: [],
      words: 'Tell nobody',
    })
    expect((await see(of.chartId)).texts[0]).toBe('Opioid use disorder.')
    const context = as('supervisor@demo.test')
    const result = await graphql({ schema, source: CHART, variableValues: { id: of.chartId }, contextValue: context })
    await context.close()
    expect(JSON.stringify(result)).not.toMatch(/Opioid|F11/)
  })

  it('of each person is named where an answer is about several', async () => {
    const [one, two] = [await marked(), await marked()]
    await end()
    const consents = [await consentTo(one), await consentTo(two)].sort()
    const context = as(CODER)
    const source = `query ($a: ID!, $b: ID!) { a: chart(id: $a) { documents { version { text } } } b: chart(id: $b) { documents { version { text } } } }`
    const result = await graphql({
      schema,
      source,
      variableValues: { a: one.chartId, b: two.chartId },
      contextValue: context,
    })
    await context.close()
    const { extensions } = withPart2Notice(result, context) as unknown as {
      extensions: { part2Notice: Seen['notice'] }
    }
    expect(extensions.part2Notice).toMatchObject({
      consentId: null,
      consents: consents.map((consentId) => ({ consentId })),
    })
  })
})
