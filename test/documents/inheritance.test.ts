import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { graphql } from 'graphql'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SENSITIVITY_LABELS, type SensitivityLabel } from '../../schema/values.js'
import { withPart2Notice } from '../../server/app/part2Notice.js'
import { openAudit } from '../../server/audits/openAudit.command.js'
import { recordFinding } from '../../server/audits/recordFinding.command.js'
import { breakGlass } from '../../server/charts/breakGlass.command.js'
import { pendChart } from '../../server/charts/pendChart.command.js'
import { unpendChart } from '../../server/charts/unpendChart.command.js'
import { labelDocument } from '../../server/documents/labelDocument.command.js'
import { exportChart } from '../../server/exports/exportChart.command.js'
import { prepareJobs } from '../../server/jobs/index.js'
import { addComment } from '../../server/review/addComment.command.js'
import { setAbstract } from '../../server/suggestions/setAbstract.command.js'
import { Follower, schema, subscribeAs } from '../review/streamSupport.js'
import { addChart, type ChartWorld, chartWorld, requestAs, submit } from '../support/charts.js'

/** design: what cites a document inherits its labels; what does not say which, those of all of the chart's documents. */

const CODER = 'coder@demo.test'
const AUDITOR = 'auditor@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

let world: ChartWorld
beforeAll(async () => {
  world = await chartWorld(new Date('2026-06-01T12:00:00.000Z'))
  await prepareJobs(world.db.ownerSql)
})
afterAll(() => world.close())
afterEach(() => expect(world.errors).toEqual([]))

const id = () => ({ commandId: randomUUID() })
const as = (email: string) => requestAs(world, email)
const qualified = (to: boolean) =>
  world.db.ownerSql`update agreement set qualified_service_organisation = ${to} where true`

interface Whole {
  readonly chartId: string
  readonly labelled: string
  readonly exportId: string
}

/** A chart with one of everything that stands on its first document, and some that stands on its second alone. */
async function whole(labels: readonly SensitivityLabel[]): Promise<Whole> {
  const { chartId, documents, suggestionIds } = await addChart(world, {
    coder: CODER,
    documents: [{ text: 'Canaryword: type 2 diabetes mellitus.' }, { text: 'Essential hypertension.' }],
    lines: [
      { code: 'I10', role: 'PRINCIPAL', status: 'ACCEPTED', evidence: [{ document: 1, words: 'Essential' }] },
      { code: 'E11.9', role: 'SECONDARY', status: 'ACCEPTED', evidence: [{ document: 0, words: 'type 2' }] },
    ],
  })
  const cite = (document: number) => [{ versionId: documents[document]!.versionId, start: 0, end: 5, kind: 'SUPPORTS' }]
  for (const [field, value, document] of [
    ['ATTENDING_PROVIDER', 'Attending Canary, MD', 0],
    ['OPERATING_PROVIDER', 'Operating Plain, MD', 1],
  ] as const) {
    const seenVersion = 1
    const outcome = await setAbstract(as(CODER), {
      ...id(),
      chartId,
      field,
      value,
      seenVersion,
      evidence: cite(document),
    })
    expect(outcome.kind).toBe('ChartSaved')
  }
  await addComment(as(CODER), { ...id(), chartId, body: 'Comment Canary' })
  await pendChart(as(CODER), { ...id(), chartId, reason: 'OTHER', note: 'Note Canary' })
  await unpendChart(as(CODER), { ...id(), chartId })
  await submit(world, CODER, chartId)
  const audit = await openAudit(as(AUDITOR), { ...id(), chartId, reason: 'FOCUSED' })
  if (audit.kind !== 'AuditOpened') throw new Error(JSON.stringify(audit))
  const found = await recordFinding(as(AUDITOR), {
    ...{ ...id(), auditId: audit.auditId, kind: 'AGREE', element: 'PRINCIPAL_DIAGNOSIS' },
    ...{ suggestionId: suggestionIds[0]!, explanation: 'Finding Canary' },
  })
  expect(found.kind).toBe('FindingRecorded')
  const exported = await exportChart(as(CODER), { ...id(), chartId, format: 'CSV' })
  if (exported.kind !== 'ChartExported') throw new Error(JSON.stringify(exported))
  if (labels.length > 0) {
    const documentId = documents[0]!.documentId
    const outcome = await labelDocument(as(CODER), { ...id(), documentId, seenVersion: 1, labels: [...labels] })
    expect(outcome.kind).toBe('DocumentSaved')
  }
  return { chartId, labelled: documents[0]!.versionId, exportId: exported.exportId }
}

const CHART = `attendingProvider operatingProvider access { masked { field reason } } abstractVersions { field evidence { documentId } }`
const LISTS = `documents { version { title text } } suggestions { code reason evidence { quote } } comments { body } pends { note }
  submissions { snapshotSha256 codes { code } } edits { message } audits { findings { kind explanation } }`
const READ = `query ($id: ID!, $version: ID!, $export: ID!) { chart(id: $id) { ${CHART} ${LISTS} }
  version: node(id: $version) { id ... on DocumentVersion { text } } export: node(id: $export) { id ... on Export { content } } }`
const STREAM = `subscription ($id: ID!) { chartStream(chartId: $id) { __typename ... on ChartSnapshot {
  chart { ${CHART} } documents { version { title } } suggestions { code } comments { body } pends { note }
  submissions { codes { code } } edits { message } } } }`

interface Read {
  readonly text: string
  readonly notice: boolean
  readonly masked: readonly { field: string; reason: string }[]
}
async function read(email: string, of: Whole): Promise<Read> {
  const context = as(email)
  const variableValues = { id: of.chartId, version: of.labelled, export: of.exportId }
  const result = await graphql({ schema, source: READ, variableValues, contextValue: context })
  await context.close()
  if (result.errors) throw result.errors[0]!
  const follower = await subscribeAs(world, email, STREAM, { id: of.chartId })
  await follower.untilType('ChartSnapshot')
  await follower.stop()
  const { chart } = result.data as unknown as { chart: { access: { masked: Read['masked'] } } }
  const noticed = withPart2Notice(result, context) as { extensions?: { part2Notice?: object } }
  return {
    text: JSON.stringify([result.data, follower.items]),
    notice: noticed.extensions?.part2Notice !== undefined,
    masked: chart.access.masked,
  }
}

/** Words that stand on the labelled document, or on no document that they name. */
const CANARIES = ['Canaryword', 'E11.9', 'Attending Canary', 'Note Canary'] as const
/** And what never depends on a label of another document. */
const PLAIN = ['I10', 'Operating Plain', 'Essential'] as const

describe('labels', () => {
  it('are inherited by all that stands on the document, on every path, for every viewer', async () => {
    const seen = { admitted: 0, not: 0 }
    await fc.assert(
      fc.asyncProperty(fc.subarray([...SENSITIVITY_LABELS]), fc.boolean(), async (labels, agreement) => {
        await qualified(true)
        const of = await whole(labels)
        await breakGlass(as(SUPERVISOR), {
          ...{ ...id(), chartId: of.chartId, reason: 'PATIENT_SAFETY', note: 'Looked into by the supervisor' },
        })
        await qualified(agreement)
        const part2 = labels.includes('PART2')
        for (const [email, admitted] of [
          [CODER, agreement || !part2],
          [AUDITOR, agreement || !part2],
          // Broken glass opens every label but Part 2, whatever the agreement says.
          [SUPERVISOR, !part2],
        ] as const) {
          seen[admitted ? 'admitted' : 'not']++
          const { text, notice, masked } = await read(email, of)
          const hides = (field: string) => masked.some((m) => m.field === field && m.reason === 'LABEL')
          expect({
            ...{
              email,
              labels,
              notice,
              comment: text.includes('Comment Canary'),
              finding: text.includes('Finding Canary'),
            },
            canaries: CANARIES.filter((canary) => text.includes(canary)),
            plain: PLAIN.filter((plain) => text.includes(plain)),
            hides: ['attendingProvider', 'operatingProvider'].filter(hides),
          }).toEqual({
            ...{ email, labels, notice: admitted && part2 },
            comment: admitted && email !== SUPERVISOR,
            finding: admitted && email === AUDITOR,
            canaries: admitted ? CANARIES : [],
            plain: PLAIN,
            hides: admitted ? [] : ['attendingProvider'],
          })
        }
      }),
      { numRuns: 14 },
    )
    expect(seen.admitted).toBeGreaterThan(0)
    expect(seen.not).toBeGreaterThan(0)
  }, 120_000)

  it('tell nothing to whoever reads no content: two charts that differ in labels alone answer the same, to the byte', async () => {
    await qualified(true)
    const of = await whole([])
    const without = async (email: string) => {
      const context = as(email)
      const variableValues = { id: of.chartId, version: of.labelled, export: of.exportId }
      const result = await graphql({ schema, source: READ, variableValues, contextValue: context })
      await context.close()
      return JSON.stringify([result, withPart2Notice(result, context)])
    }
    // No part on it, no content: a supervisor, a CDI specialist, an office, and another coder of the worklist.
    const others = [SUPERVISOR, 'cdi@demo.test', 'privacy@demo.test', 'coder2@demo.test']
    const before = await Promise.all(others.map(without))
    const [document] = await world.db.ownerSql<{ id: string }[]>`
      select document_id as id from document_version where id = ${of.labelled}`
    for (const [n, labels] of [['PART2'], ['PART2', 'HIV', 'GENETIC']].entries()) {
      const outcome = await labelDocument(as(CODER), {
        ...{ ...id(), documentId: document!.id, seenVersion: 1, labels: labels as SensitivityLabel[] },
      })
      expect(outcome.kind).toBe('DocumentSaved')
      await qualified(n === 0)
      expect(await Promise.all(others.map(without))).toEqual(before)
    }
    await qualified(true)
  })

  it('of one document narrow an open stream of whoever is not admitted to them', async () => {
    await qualified(true)
    const of = await whole([])
    await qualified(false)
    const follower = await Follower.on(world, CODER, of.chartId)
    await follower.untilType('ChartSnapshot')
    const [document] = await world.db.ownerSql<{ id: string }[]>`
      select document_id as id from document_version where id = ${of.labelled}`
    await labelDocument(as(CODER), { ...id(), documentId: document!.id, seenVersion: 1, labels: ['PART2'] })
    await follower.until((items) => items.some((i) => i.__typename === 'AccessChanged'))
    await follower.stop()
    expect(follower.items.find((i) => i.__typename === 'AccessChanged')).toMatchObject({ change: 'NARROWED' })
  })
})
