import type { Bundle, DocumentReference, Provenance } from '@medplum/fhirtypes'
import type { GraphQLInputObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConsentElementsInput } from '../../schema/consentInputs.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import { openRequest } from '../../server/auth/request.js'
import { findCharts } from '../../server/charts/index.js'
import { activateConsent } from '../../server/consents/activateConsent.command.js'
import { addRestriction } from '../../server/consents/addRestriction.command.js'
import { PART2_NOTICE } from '../../server/consents/part2Notice.model.js'
import { recordConsent } from '../../server/consents/recordConsent.command.js'
import { withdrawConsent } from '../../server/consents/withdrawConsent.command.js'
import { exportById } from '../../server/exports/export.store.js'
import { exportChart } from '../../server/exports/exportChart.command.js'
import { EXTENSION } from '../../server/exports/fhirSystems.js'
import { FHIR_VALIDATOR } from '../../server/exports/service.js'
import { Services } from '../../server/kernel/services.js'
import {
  addChart,
  type ChartFacts,
  type ChartWorld,
  chartWorld,
  requestAs,
  SUBMITTABLE,
  submit,
} from '../support/charts.js'

const CODER = 'coder@demo.test'
const OFFICER = 'privacy@demo.test'
const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'
const PART2: ChartFacts = { documents: [{ labels: ['PART2'] }] }

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld(new Date('2026-06-01T12:00:00.000Z'))))
afterAll(() => world.close())

const id = () => ({ commandId: crypto.randomUUID() })

async function submitted(facts: ChartFacts = {}) {
  const value = crypto.randomUUID()
  const chart = await addChart(world, {
    coder: CODER,
    facility: 'north',
    lines: SUBMITTABLE,
    patient: { identifiers: [{ assigner: ASSIGNER, type: 'MRN', value }] },
    ...facts,
  })
  await submit(world, CODER, chart.chartId)
  const patient = {
    facilityId: world.demo.harbor.facilities.north!,
    identifier: { assigner: ASSIGNER, type: 'MRN', value },
  }
  return { ...chart, patient }
}
type Submitted = Awaited<ReturnType<typeof submitted>>

const run = (chartId: string, format: 'FHIR_R4' | 'CSV' = 'CSV', request = requestAs(world, CODER)) =>
  exportChart(request, { ...id(), chartId, format })

async function exported(chartId: string, format: 'FHIR_R4' | 'CSV', request = requestAs(world, CODER)) {
  const outcome = await run(chartId, format, request)
  if (outcome.kind !== 'ChartExported') throw new Error(JSON.stringify(outcome))
  const reading = requestAs(world, CODER)
  const session = await reading.reading()
  const [row] = await findCharts(session, [chartId])
  const { content } = (await exportById(session, row!, outcome.exportId))!
  await reading.close()
  return { content, exportId: outcome.exportId }
}

const codes = async (chartId: string): Promise<string[]> => {
  const outcome = await run(chartId)
  return outcome.kind === 'CommandInvalid' ? outcome.problems.map((p) => p.code) : [outcome.kind]
}

const restrict = (of: Submitted, more: object = {}) =>
  addRestriction(requestAs(world, OFFICER), {
    ...id(),
    patient: of.patient,
    chartId: of.chartId,
    selfPay: true,
    recipients: [],
    purposes: [],
    words: 'Not to my plan',
    ...more,
  })

const TPO: ConsentElementsInput = {
  description: 'All records of my treatment',
  disclosers: [{ kind: 'COVERED_ENTITY', name: 'North Harbor Health (demo)' }],
  recipients: [{ kind: 'COVERED_ENTITY' }, { kind: 'HEALTH_PLAN' }],
  purposes: ['TREATMENT', 'PAYMENT', 'OPERATIONS'],
  neverExpires: true,
  signature: { signedOn: '2026-03-09', signedBy: 'Ottoline Quillfeather' },
  statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: false },
  plainLanguage: true,
  textVersion: '2026-01',
  labels: [],
  documentTypes: [],
}

async function consentTo(of: Submitted): Promise<string> {
  const recorded = await recordConsent(requestAs(world, OFFICER), {
    ...id(),
    patient: of.patient,
    kind: 'PART2_TPO',
    elements: TPO,
  })
  if (recorded.kind !== 'ConsentSaved') throw new Error(JSON.stringify(recorded))
  const { consentId } = recorded
  const active = await activateConsent(requestAs(world, OFFICER), { ...id(), consentId, seenVersion: 1 })
  if (active.kind !== 'ConsentSaved') throw new Error(JSON.stringify(active))
  return consentId
}

const withdraw = (consentId: string) =>
  withdrawConsent(requestAs(world, OFFICER), {
    ...id(),
    consentId,
    seenVersion: 2,
    inWriting: true,
    receivedAt: new Date('2026-06-01T09:00:00Z'),
  })

/** A facility whose agreement lacks the undertakings of a qualified service organisation. */
async function withoutQsoa<T>(work: () => Promise<T>): Promise<T> {
  const { ownerSql } = world.db
  const set = (to: boolean) => ownerSql`
    update agreement set qualified_service_organisation = ${to}
    where org_id = ${world.demo.harbor.organisationId}`
  await set(false)
  try {
    return await work()
  } finally {
    await set(true)
  }
}

/** The coder's request, in which something happens while the Bundle is being validated. */
function whileValidating(happening: () => Promise<unknown>) {
  const own = new Services()
  for (const name of ['database', 'clock', 'vault', 'hub', 'waker', 'code sets', 'part 2 basis'])
    own.provide({ name }, world.services.get<unknown>({ name }))
  own.provide(FHIR_VALIDATOR, {
    async validate() {
      await happening()
      return []
    },
    close: () => Promise.resolve(),
  })
  return openRequest(own, world.claims.get(CODER)!)
}

describe('an export as a disclosure', () => {
  it('never carries to a payer what the person paid for, in either format, and nothing of it is kept', async () => {
    const of = await submitted({ payer: 'Northern Mutual' })
    const elsewhere = await submitted({ payer: 'Northern Mutual' })
    expect((await restrict(of)).kind).toBe('RestrictionSaved')
    for (const format of ['CSV', 'FHIR_R4'] as const) {
      const outcome = await run(of.chartId, format)
      expect(outcome).toMatchObject({ kind: 'CommandInvalid', problems: [{ code: 'RESTRICTED_SELF_PAY' }] })
      if (outcome.kind === 'CommandInvalid') expect(outcome.problems[0]!.message).toMatch(/Take the payer off/)
    }
    const [kept] = await world.db.ownerSql<{ n: number; status: string }[]>`
      select (select count(*)::int from export_record e where e.chart_id = c.id) as n, c.status
      from chart c where c.id = ${of.chartId}`
    expect(kept).toEqual({ n: 0, status: 'SUBMITTED' })
    expect(await codes(elsewhere.chartId)).toEqual(['ChartExported'])
  })

  it('goes on where the restriction is about another plan, or no payer is named', async () => {
    const other = await submitted({ payer: 'Northern Mutual' })
    await restrict(other, { recipients: [{ kind: 'HEALTH_PLAN', name: 'Southern Mutual' }] })
    expect(await codes(other.chartId)).toEqual(['ChartExported'])
    await restrict(other, { recipients: [{ kind: 'HEALTH_PLAN', name: 'northern mutual ' }] })
    expect(await codes(other.chartId)).toEqual(['RESTRICTED_SELF_PAY'])
    const nobody = await submitted({ payer: null })
    await restrict(nobody)
    expect(await codes(nobody.chartId)).toEqual(['ChartExported'])
  })

  it('needs an agreement in force, and holds against a restriction that comes while it is written', async () => {
    const { ownerSql } = world.db
    const of = await submitted({ payer: 'Northern Mutual' })
    await ownerSql`update agreement set effective_to = '2026-05-31' where org_id = ${world.demo.harbor.organisationId}`
    expect(await codes(of.chartId)).toEqual(['NO_AGREEMENT'])
    await ownerSql`update agreement set effective_to = '2026-06-01' where org_id = ${world.demo.harbor.organisationId}`
    let times = 0
    const outcome = await run(
      of.chartId,
      'FHIR_R4',
      whileValidating(() => (times++ === 0 ? restrict(of) : Promise.resolve())),
    )
    expect(outcome).toMatchObject({ problems: [{ code: 'RESTRICTED_SELF_PAY' }] })
    await ownerSql`update agreement set effective_to = null where org_id = ${world.demo.harbor.organisationId}`
  })
})

it('is for payment whatever a request says: none has a place to name a purpose', () => {
  const input = buildSchema().getType('ExportChartInput') as GraphQLInputObjectType
  expect(Object.keys(input.getFields()).sort()).toEqual(['chartId', 'commandId', 'format', 'submissionNumber'])
})

describe('an export of Part 2 records', () => {
  const noticesOf = (bundle: Bundle) =>
    bundle.entry!.flatMap(({ resource }) =>
      resource?.resourceType === 'Provenance'
        ? ((resource as Provenance).extension ?? []).filter((e) => e.url === EXTENSION.part2Notice)
        : [],
    )
  const isLabelled = (resource: { meta?: { security?: { code?: string }[] } } | undefined) =>
    resource?.meta?.security?.some((label) => label.code === '42CFRPart2') ?? false

  it('carries the statement word for word, the consent and its scope, and labels on all that rests on them', async () => {
    const of = await submitted(PART2)
    await withoutQsoa(async () => {
      expect(await codes(of.chartId)).toEqual(['PART2_NO_BASIS'])
      const consentId = await consentTo(of)
      const { content, exportId } = await exported(of.chartId, 'FHIR_R4')
      expect(await world.services.get(FHIR_VALIDATOR).validate(content)).toEqual([])
      const bundle = JSON.parse(content) as Bundle
      const [notice, ...more] = noticesOf(bundle)
      expect(more).toEqual([])
      const part = (url: string) => notice!.extension!.find((e) => e.url === url)?.valueString
      expect([part('version'), part('text'), part('consent')]).toEqual([
        PART2_NOTICE.version,
        PART2_NOTICE.text,
        consentId,
      ])
      expect(part('scope')).toMatch(/^Consent for all future uses/)
      expect(isLabelled(bundle)).toBe(true)
      const kinds = bundle
        .entry!.map((e) => e.resource!)
        .filter(isLabelled)
        .map((r) => r.resourceType)
      expect(new Set(kinds)).toEqual(new Set(['Claim', 'Condition', 'Provenance', 'DocumentReference']))
      const [document] = bundle
        .entry!.map((e) => e.resource!)
        .filter((r): r is DocumentReference => r.resourceType === 'DocumentReference')
      expect(document!.securityLabel![0]!.coding![0]!.code).toBe('42CFRPart2')

      const csv = (await exported(of.chartId, 'CSV')).content
      expect(csv.split(PART2_NOTICE.text)).toHaveLength(3)

      const reliance = await world.db.ownerSql<{ disclosureId: string; purpose: string }[]>`
        select disclosure_id as "disclosureId", purpose from consent_reliance where consent_id = ${consentId} order by at, id`
      expect(reliance).toHaveLength(2)
      expect(reliance[0]).toEqual({ disclosureId: exportId, purpose: 'PAYMENT' })

      // The withdrawal ends what this consent alone permitted, and what was relied on stays on record.
      expect((await withdraw(consentId)).kind).toBe('ConsentSaved')
      expect(await codes(of.chartId)).toEqual(['PART2_NO_BASIS'])
      const [kept] = await world.db
        .ownerSql`select count(*)::int as n from consent_reliance where consent_id = ${consentId}`
      expect(kept).toEqual({ n: 2 })
    })
    // What holds without the consent goes on without it.
    expect(await codes(of.chartId)).toEqual(['ChartExported'])
  })

  it('under a qualified service organisation agreement carries the statement too, and refers to no consent', async () => {
    const of = await submitted(PART2)
    const notices = noticesOf(JSON.parse((await exported(of.chartId, 'FHIR_R4')).content) as Bundle)
    expect(notices).toHaveLength(1)
    expect(notices[0]!.extension!.map((e) => e.url)).toEqual(['version', 'text'])
  })

  it('reads a withdrawal that comes while it is written', async () => {
    const of = await submitted(PART2)
    await withoutQsoa(async () => {
      const consentId = await consentTo(of)
      let times = 0
      const request = whileValidating(() => (times++ === 0 ? withdraw(consentId) : Promise.resolve()))
      expect(await run(of.chartId, 'FHIR_R4', request)).toMatchObject({ problems: [{ code: 'PART2_NO_BASIS' }] })
    })
  })

  it('is the only one that carries it', async () => {
    for (const labels of [[], ['HIV'], ['MENTAL_HEALTH', 'GENETIC']] as const) {
      const of = await submitted({ documents: [{ labels: [...labels] }] })
      for (const format of ['FHIR_R4', 'CSV'] as const) {
        const { content } = await exported(of.chartId, format)
        for (const word of ['part2', 'PART2', '42CFRPart2', 'Federal confidentiality'])
          expect(content).not.toContain(word)
      }
    }
    // Only the rows that rest on the labelled document hold the statement.
    const mixed = await submitted({
      documents: [{ text: 'Essential hypertension.' }, { labels: ['PART2'], text: 'Type 2 diabetes mellitus.' }],
      lines: [
        {
          code: 'I10',
          role: 'PRINCIPAL',
          status: 'ACCEPTED',
          evidence: [{ document: 0, words: 'Essential hypertension' }],
        },
        {
          code: 'E11.9',
          role: 'SECONDARY',
          status: 'ACCEPTED',
          evidence: [{ document: 1, words: 'Type 2 diabetes mellitus' }],
        },
      ],
    })
    const rows = (await exported(mixed.chartId, 'CSV')).content
      .split('\r\n')
      .filter((row) => row.includes(PART2_NOTICE.text))
    expect(rows.map((row) => /"(I10|E11\.9)"/.exec(row)![1])).toEqual(['E11.9'])
  })
})
