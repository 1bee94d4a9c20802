import type { Bundle, Claim, Condition, DocumentReference, Provenance, Resource } from '@medplum/fhirtypes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExportChartInput } from '../../schema/inputs.js'
import type { Export } from '../../schema/review.js'
import { sightOn } from '../../server/auth/masking.js'
import { openRequest, type Request } from '../../server/auth/request.js'
import { findCharts, sealerOf } from '../../server/charts/index.js'
import { insertVersion, setCurrentVersion } from '../../server/documents/document.store.js'
import { exportById } from '../../server/exports/export.store.js'
import { exportChart } from '../../server/exports/exportChart.command.js'
import { presentExported } from '../../server/exports/exportOutcome.query.js'
import { EXTENSION } from '../../server/exports/fhirSystems.js'
import { FHIR_VALIDATOR } from '../../server/exports/service.js'
import { newId } from '../../server/kernel/ids.js'
import { Services } from '../../server/kernel/services.js'
import { sha256 } from '../../server/kernel/text.js'
import { addComment } from '../../server/review/addComment.command.js'
import { reopenChart } from '../../server/submissions/reopenChart.command.js'
import {
  type AddedChart,
  addChart,
  type ChartFacts,
  type ChartWorld,
  chartWorld,
  eventTypes,
  requestAs,
  SUBMITTABLE,
  submit,
} from '../support/charts.js'

const CODER = 'coder@demo.test'
const QUOTES = ['Essential hypertension', 'Type 2 diabetes mellitus']

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld()))
afterAll(() => world.close())

async function submitted(facts: ChartFacts = {}): Promise<AddedChart> {
  const chart = await addChart(world, { coder: CODER, lines: SUBMITTABLE, ...facts })
  await submit(world, CODER, chart.chartId)
  return chart
}

const ask = (chartId: string, more: Partial<ExportChartInput> = {}): ExportChartInput => ({
  commandId: crypto.randomUUID(),
  chartId,
  format: 'FHIR_R4',
  ...more,
})

/** Export as one person and open what was kept. */
async function exported(chartId: string, more: Partial<ExportChartInput> = {}, request = requestAs(world, CODER)) {
  const outcome = await exportChart(request, ask(chartId, more))
  if (outcome.kind !== 'ChartExported') throw new Error(JSON.stringify(outcome))
  const reading = requestAs(world, CODER)
  const session = await reading.reading()
  const [row] = await findCharts(session, [chartId])
  const record = (await exportById(session, row!, outcome.exportId))!
  await reading.close()
  return record
}

const resourcesOf = <T extends Resource>(content: string, type: T['resourceType']): T[] =>
  (JSON.parse(content) as Bundle).entry!.flatMap(({ resource }) =>
    resource?.resourceType === type ? [resource as T] : [],
  )

/** What one walks from a code to: its document version, the span and the words there. */
function walk(
  content: string,
): { code: string; versionId: string; start: number; end: number; quote?: string; sha: string }[] {
  const provenances = resourcesOf<Provenance>(content, 'Provenance')
  const documents = resourcesOf<DocumentReference>(content, 'DocumentReference')
  return resourcesOf<Condition>(content, 'Condition').flatMap((condition) => {
    const provenance = provenances.find((p) => p.target[0]!.reference === `Condition/${condition.id}`)!
    return (provenance.entity ?? []).map((entity) => {
      const document = documents.find((d) => entity.what.reference === `DocumentReference/${d.id}`)!
      const parts = entity.extension!.find((e) => e.url === EXTENSION.evidenceSpan)!.extension!
      const part = (url: string) => parts.find((p) => p.url === url)
      return {
        code: condition.code!.coding![0]!.code!,
        versionId: document.masterIdentifier!.value!.replace('urn:uuid:', ''),
        start: part('start')!.valueUnsignedInt!,
        end: part('end')!.valueUnsignedInt!,
        quote: part('quote')?.valueString,
        sha: document.extension!.find((e) => e.url === EXTENSION.textSha256)!.valueString!,
      }
    })
  })
}

const withdraw = async (chartId: string, documentId: string): Promise<void> => {
  await world.db
    .ownerSql`update document set withdrawn_at = now(), withdrawn_reason = 'WRONG_PATIENT' where id = ${documentId}`
  await world.db.ownerSql`update chart set access_epoch = access_epoch + 1 where id = ${chartId}`
}

/** The coder's request, in which something happens while the Bundle is being validated. */
function whileValidating(happening: () => Promise<unknown>): Request {
  const { services } = world
  const validator = services.get(FHIR_VALIDATOR)
  const own = new Services()
  for (const name of ['database', 'clock', 'vault', 'hub', 'waker', 'code sets'])
    own.provide({ name }, services.get<unknown>({ name }))
  own.provide(FHIR_VALIDATOR, {
    async validate(json) {
      await happening()
      return validator.validate(json)
    },
    close: () => Promise.resolve(),
  })
  return openRequest(own, world.claims.get(CODER)!)
}

describe('exportChart', () => {
  it('writes a valid Bundle in which every code leads to its sentence in a version of a document', async () => {
    const chart = await submitted()
    const record = await exported(chart.chartId)
    expect(await world.services.get(FHIR_VALIDATOR).validate(record.content)).toEqual([])
    const [{ versionId, text }] = chart.documents as [AddedChart['documents'][number]]
    expect(walk(record.content)).toEqual(
      ['I10', 'E11.9'].map((code, i) => {
        const start = text.indexOf(QUOTES[i]!)
        return { code, versionId, start, end: start + QUOTES[i]!.length, quote: QUOTES[i], sha: sha256(text) }
      }),
    )
    const [claim] = resourcesOf<Claim>(record.content, 'Claim')
    expect(claim!.diagnosis!.map((d) => d.type![0]!.coding![0]!.code)).toEqual(['principal', 'other'])

    expect(record.sha256).toBe(sha256(record.content))
    const [row] = await world.db.ownerSql<{ status: string; content: Uint8Array }[]>`
      select c.status, e.content from chart c join export_record e on e.chart_id = c.id where c.id = ${chart.chartId}`
    expect(row!.status).toBe('EXPORTED')
    expect(Buffer.from(row!.content).includes('Quillfeather')).toBe(false)
    expect((await eventTypes(world, chart.chartId)).slice(-2)).toEqual(['CHART_SUBMITTED', 'CHART_EXPORTED'])
  })

  it('writes the same bytes for the same submission, whatever became of the chart since', async () => {
    const { chartId } = await submitted()
    const first = await exported(chartId)
    const again = await exported(chartId)
    expect(again.id).not.toBe(first.id)
    expect(again.content).toBe(first.content)
    world.clock.advance(60_000)
    await reopenChart(requestAs(world, CODER), { commandId: crypto.randomUUID(), chartId, reason: 'CODER_ERROR' })
    await submit(world, CODER, chartId)
    // An earlier submission that leaves again does not make the newest one exported.
    expect((await exported(chartId, { submissionNumber: 1 })).content).toBe(first.content)
    const [before] = await world.db.ownerSql`select status from chart where id = ${chartId}`
    expect(before).toEqual({ status: 'SUBMITTED' })
    const second = await exported(chartId)
    expect(second.sha256).not.toBe(first.sha256)
    expect((JSON.parse(second.content) as Bundle).identifier!.value).toBe(`${chartId}/2`)
  })

  it('writes CSV with places and without names or words of the patient', async () => {
    const words = 'treated with ceftriaxone'
    const chart = await submitted({
      lines: [{ code: 'I10', role: 'PRINCIPAL', status: 'ACCEPTED', evidence: [{ words }] }],
    })
    const { content } = await exported(chart.chartId, { format: 'CSV' })
    const start = chart.documents[0]!.text.indexOf(words)
    expect(content.split('\r\n')).toHaveLength(3)
    expect(content).toContain('"I10"')
    expect(content).toContain(`"Discharge summary v1 ${start}-${start + words.length}"`)
    for (const hidden of ['Quillfeather', 'Ottoline', 'ceftriaxone']) expect(content).not.toContain(hidden)
  })

  it('cuts quotes from the cited version, also after a newer one, and from withdrawn or labelled documents never', async () => {
    const amended = await submitted()
    const [first] = amended.documents as [AddedChart['documents'][number]]
    await requestAs(world, CODER).writing(async (session) => {
      const [row] = await findCharts(session, [amended.chartId])
      const id = newId()
      await insertVersion(session, row!, sealerOf(session, row!), {
        ...FACTS,
        id,
        documentId: first.documentId,
        number: 2,
        text: 'All different now.',
      })
      await setCurrentVersion(session, first.documentId, id)
    })
    expect(walk((await exported(amended.chartId)).content).map((e) => [e.versionId, e.quote])).toEqual(
      QUOTES.map((quote) => [first.versionId, quote]),
    )

    const hidden = await submitted()
    await withdraw(hidden.chartId, hidden.documents[0]!.documentId)
    const labelled = await submitted({ documents: [{ labels: ['HIV'], title: 'Immunology clinic' }] })
    for (const chart of [hidden, labelled]) {
      const { content } = await exported(chart.chartId)
      const walked = walk(content)
      expect(walked.map((e) => [e.code, e.versionId, e.quote])).toEqual(
        ['I10', 'E11.9'].map((code) => [code, chart.documents[0]!.versionId, undefined]),
      )
      expect(walked.every((e) => e.end > e.start)).toBe(true)
      for (const secret of ['Discharge summary', 'Immunology clinic', QUOTES[1]! + ' without'])
        expect(content).not.toContain(secret)
    }
  })

  it('holds no lock while it writes and validates, and reads again what changed meanwhile', async () => {
    const chart = await submitted()
    let times = 0
    const request = whileValidating(async () => {
      times++
      // On the same chart, in a transaction of its own: it would wait for ever if the export held the chart.
      const said = await addComment(requestAs(world, CODER), {
        commandId: crypto.randomUUID(),
        chartId: chart.chartId,
        body: 'meanwhile',
      })
      expect(said.kind).toBe('CommentSaved')
      if (times === 1) await withdraw(chart.chartId, chart.documents[0]!.documentId)
    })
    const { content } = await exported(chart.chartId, {}, request)
    expect(times).toBe(2)
    expect(walk(content).map((e) => e.quote)).toEqual([undefined, undefined])
  })

  it('gives up without a trace where the chart never stands still', async () => {
    const { chartId } = await submitted()
    const request = whileValidating(
      () => world.db.ownerSql`update chart set access_epoch = access_epoch + 1 where id = ${chartId}`,
    )
    await expect(exportChart(request, ask(chartId))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    const [count] = await world.db.ownerSql`select count(*)::int as n from export_record where chart_id = ${chartId}`
    expect(count).toEqual({ n: 0 })
  })

  it('refuses a Bundle that would not be valid, and keeps nothing of it', async () => {
    const { chartId } = await submitted({ patient: { birthDate: '1944-13-45' } })
    const outcome = await exportChart(requestAs(world, CODER), ask(chartId))
    expect(outcome).toMatchObject({ kind: 'CommandInvalid', problems: [{ code: 'FHIR_INVALID' }] })
    expect(JSON.stringify(outcome)).not.toContain('1944-13-45')
    const [row] = await world.db.ownerSql`
      select c.status, (select count(*)::int from export_record e where e.chart_id = c.id) as n
      from chart c where c.id = ${chartId}`
    expect(row).toEqual({ status: 'SUBMITTED', n: 0 })
    expect((await eventTypes(world, chartId)).at(-1)).toBe('CHART_SUBMITTED')
  })

  it('answers the same command with the same export, also when the chart may no longer be exported', async () => {
    const { chartId } = await submitted()
    const input = ask(chartId)
    const [one, two] = await Promise.all([1, 2].map(() => exportChart(requestAs(world, CODER), input)))
    expect(two).toEqual(one)
    await reopenChart(requestAs(world, CODER), { commandId: crypto.randomUUID(), chartId, reason: 'OTHER' })
    expect(await exportChart(requestAs(world, CODER), input)).toEqual(one)
    await expect(exportChart(requestAs(world, CODER), ask(chartId))).rejects.toMatchObject({
      detail: { reason: 'CHART_STATE' },
    })
  })

  it('is for the coder of record and supervisors, of submitted charts, and only they learn of more', async () => {
    const { chartId } = await submitted()
    const run = (email: string, id = chartId, more: Partial<ExportChartInput> = {}) =>
      exportChart(requestAs(world, email), ask(id, more))
    await expect(run('coder2@demo.test')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    for (const [email, id] of [
      ['lakeside@demo.test', chartId],
      [CODER, crypto.randomUUID()],
      [CODER, 'x'],
    ] as const)
      await expect(run(email, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await run(CODER, chartId, { submissionNumber: 2 })).toMatchObject({
      kind: 'CommandInvalid',
      problems: [{ code: 'SUBMISSION_UNKNOWN' }],
    })
    const waiting = await addChart(world, { coder: CODER, lines: SUBMITTABLE })
    await expect(run(CODER, waiting.chartId)).rejects.toMatchObject({ detail: { reason: 'CHART_STATE' } })

    // A supervisor sends the claim on its way without ever seeing what is in it.
    const request = requestAs(world, 'supervisor@demo.test')
    const shown = (await presentExported(await run('supervisor@demo.test'), request)) as { export: Export }
    expect(sightOn(shown.export)!.classes.has('CLINICAL')).toBe(false)
    await request.close()
  })

  it('says which limits of the claim form are exceeded', async () => {
    const text = 'Chief complaint: chest pain, cough, fever, headache. Essential hypertension.'
    const reasons = [
      ['R07.9', 'chest pain'],
      ['R05.9', 'cough'],
      ['R50.9', 'fever'],
      ['R51.9', 'headache'],
    ] as const
    const { chartId } = await submitted({
      patientClass: 'OUTPATIENT',
      serviceDate: '2026-03-09',
      dischargedAt: null,
      documents: [{ text, type: 'CLINIC_NOTE', encounterPart: 'DURING' }],
      lines: [
        { code: 'I10', role: 'FIRST_LISTED', status: 'ACCEPTED', evidence: [{ words: 'Essential hypertension' }] },
        ...reasons.map(([code, words]) => ({
          code,
          role: 'REASON_FOR_VISIT' as const,
          status: 'ACCEPTED' as const,
          evidence: [{ words }],
        })),
      ],
    })
    const request = requestAs(world, CODER)
    const shown = await presentExported(await exportChart(request, ask(chartId)), request)
    await request.close()
    expect(shown).toMatchObject({
      __typename: 'ChartExported',
      export: { format: 'FHIR_R4', content: expect.stringContaining('"resourceType": "Bundle"') as string },
      warnings: [
        {
          code: 'CLAIM_LIMIT_REASONS_FOR_VISIT',
          message: 'An 837I claim has at most 3 reasons for visit; this submission has 4.',
        },
      ],
    })
  })
})

const FACTS = {
  title: 'Discharge summary, amended',
  type: 'DISCHARGE_SUMMARY',
  authorName: null,
  authorRole: 'ATTENDING',
  authoredAt: null,
  encounterPart: 'AT_DISCHARGE',
  signed: true,
  labels: [],
  scan: false,
  pages: [],
  original: null,
}
