import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ImportDocumentInput } from '../../schema/documentInputs.js'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { addDocument } from '../../server/documents/addDocument.command.js'
import { amendDocument } from '../../server/documents/amendDocument.command.js'
import { importChart } from '../../server/documents/importChart.command.js'
import { runEngine } from '../../server/documents/runEngine.command.js'
import { signDocument } from '../../server/documents/signDocument.command.js'
import { withdrawDocument } from '../../server/documents/withdrawDocument.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import { setAbstract } from '../../server/suggestions/setAbstract.command.js'
import { eventTypes, requestAs } from '../support/charts.js'
import {
  ask,
  CODER,
  type DocumentWorld,
  documentWorld,
  FACTS,
  importSample,
  SUPERVISOR,
  send,
  sessionTokenOf,
  smallInput,
} from './world.js'

const NOTE = 'Discharge diagnoses:\n1. Community-acquired pneumonia.\n2. Essential hypertension.\n'

describe('documents of a chart', () => {
  let world: DocumentWorld
  let chartId: string
  let documentId: string
  beforeAll(async () => void (world = await documentWorld()))
  afterAll(() => world.close())

  /** A claimed chart with one note that the engine has read. */
  async function newChart(facts: { text?: string; signed?: boolean; labels?: ImportDocumentInput['labels'] } = {}) {
    const account = randomUUID()
    const input = await smallInput(world, CODER, { mrn: account, account, text: NOTE, ...facts })
    const { outcome } = await importChart(requestAs(world, CODER), input)
    if (outcome.kind !== 'ChartSaved') throw new Error(JSON.stringify(outcome))
    await claimChart(requestAs(world, CODER), { commandId: randomUUID(), chartId: outcome.chartId })
    await world.jobs.settled()
    const [document] = await world.db.ownerSql`select id from document where chart_id = ${outcome.chartId}`
    return { chartId: outcome.chartId, documentId: document!.id as string }
  }
  beforeEach(async () => void ({ chartId, documentId } = await newChart()))

  const fileOf = async (text: string, facts: Partial<ImportDocumentInput> = {}): Promise<ImportDocumentInput> => ({
    ...FACTS,
    ...facts,
    uploadId: await send(world, CODER, text),
  })
  const add = async (text: string, facts: Partial<ImportDocumentInput> = {}) => {
    const document = await fileOf(text, facts)
    return addDocument(requestAs(world, CODER), { commandId: randomUUID(), chartId, document })
  }
  const amend = async (text: string, seenVersion = 1, facts: Partial<ImportDocumentInput> = {}) => {
    const document = await fileOf(text, facts)
    return amendDocument(requestAs(world, CODER), { commandId: randomUUID(), documentId, seenVersion, document })
  }
  const withdraw = (id = documentId, email = CODER) =>
    withdrawDocument(requestAs(world, email), { commandId: randomUUID(), documentId: id, reason: 'WRONG_PATIENT' })
  const lines = (id = chartId) =>
    world.db
      .ownerSql`select id, code, status, evidence_stale, version from suggestion where chart_id = ${id} order by code`
  const currentVersion = async (): Promise<string> =>
    (await world.db.ownerSql`select current_version_id as id from document where id = ${documentId}`)[0]!.id as string
  const dispositionLine = async () => {
    const { data } = await ask(
      world,
      CODER,
      'query ($id: ID!) { chart(id: $id) { abstractVersions { field version evidenceStale evidence { documentId start end } } } }',
      { id: chartId },
    )
    const chart = data!.chart as unknown as { abstractVersions: { field: string }[] }
    return chart.abstractVersions.find((line) => line.field === 'DISPOSITION')
  }
  const documentsOf = async (email: string, id = chartId) => {
    const { data } = await ask(
      world,
      email,
      `query ($id: ID!) { chart(id: $id) { documentCount documents { id withdrawnAt withdrawnReason
        access { masked { field reason } can } version { number title text labels signed signedBy { displayName } }
        versions { number text } }
        suggestions { code reason evidence { versionId quote } } } }`,
      { id },
    )
    return data!.chart as unknown as {
      documentCount: number
      documents: { id: string; access: object; version: { text: string } | null; versions: object[] | null }[] | null
      suggestions: { code: string; reason: string | null; evidence: { versionId: string; quote: string }[] }[] | null
    }
  }

  describe('addDocument', () => {
    it('lets the engine read the new document and never doubles what it said before', async () => {
      const before = await lines()
      const finished = (await eventTypes(world, chartId)).filter((t) => t === 'ENGINE_FINISHED').length
      expect(await add(`${NOTE}3. Type 2 diabetes mellitus without complication.\n`)).toMatchObject({
        kind: 'DocumentSaved',
      })
      await world.jobs.settled()
      const after = await lines()
      expect(after.map((l) => l.code)).toEqual([...new Set(after.map((l) => l.code))])
      expect(before.map((l) => l.code).every((code) => after.some((l) => l.code === code))).toBe(true)
      expect(after.map((l) => l.code)).toContain('E11.9')
      const types = await eventTypes(world, chartId)
      expect(types.filter((t) => t === 'ENGINE_FINISHED')).toHaveLength(finished + 1)
      expect(types).toContain('DOCUMENT_ADDED')
    })

    it('is done once, however often it is sent', async () => {
      const input = { commandId: randomUUID(), chartId, document: await fileOf('A second note.') }
      const outcomes = []
      for (let i = 0; i < 3; i++) outcomes.push(await addDocument(requestAs(world, CODER), input))
      expect(new Set(outcomes.map((o) => JSON.stringify(o))).size).toBe(1)
      expect((await documentsOf(CODER)).documentCount).toBe(2)
    })

    it('flags a document that comes after the submission and reopens nothing', async () => {
      await world.db.ownerSql`update chart set status = 'SUBMITTED' where id = ${chartId}`
      await add('An addendum.')
      const [chart] = await world.db.ownerSql`select status, late_document from chart where id = ${chartId}`
      expect(chart).toEqual({ status: 'SUBMITTED', lateDocument: true })
      expect(await eventTypes(world, chartId)).toContain('LATE_DOCUMENT_FLAGGED')
    })

    it('is not found for another tenant and forbidden to whoever only sees the chart', async () => {
      const document = await fileOf('A note.')
      const as = (email: string) => addDocument(requestAs(world, email), { commandId: randomUUID(), chartId, document })
      await expect(as('lakeside@demo.test')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(as('auditor@demo.test')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })
  })

  describe('amendDocument', () => {
    it('keeps the old version, inherits labels, and marks the lines that cite the old one', async () => {
      ;({ chartId, documentId } = await newChart({ labels: ['PART2'] }))
      const cited = await lines()
      expect(cited.length).toBeGreaterThan(0)
      const outcome = await amend('Discharge diagnoses:\n1. Essential hypertension.\n', 1, { labels: ['HIV'] })
      expect(outcome.kind).toBe('DocumentSaved')
      expect((await lines()).map((l) => l.evidenceStale)).toEqual(cited.map(() => true))
      const types = await eventTypes(world, chartId)
      expect(types.filter((t) => t === 'SUGGESTION_EVIDENCE_STALE')).toHaveLength(cited.length)
      const { documents } = await documentsOf(CODER)
      expect(documents).toMatchObject([
        { version: { number: 2, labels: ['PART2', 'HIV'] }, versions: [{ number: 2 }, { number: 1, text: NOTE }] },
      ])
      // The new version says hypertension too: that proposal stands on it from now on. The other one stays marked.
      await world.jobs.settled()
      const now = await lines()
      expect(now.find((l) => l.code === 'I10')).toMatchObject({ evidenceStale: false })
      expect(now.filter((l) => l.code !== 'I10').every((l) => l.evidenceStale)).toBe(true)
    })

    it('an undecided line rests on the words of today alone, and the abstract is marked as lines are', async () => {
      await setAbstract(requestAs(world, CODER), {
        commandId: randomUUID(),
        chartId,
        field: 'DISPOSITION',
        seenVersion: 1,
        value: '03',
        evidence: [{ versionId: await currentVersion(), start: 0, end: 9, kind: 'SUPPORTS' }],
      })
      await amend(NOTE)
      const version = await currentVersion()
      await world.jobs.settled()
      const { suggestions } = await documentsOf(CODER)
      expect(suggestions!.length).toBeGreaterThan(0)
      for (const line of suggestions!)
        expect(new Set(line.evidence.map((e) => e.versionId))).toEqual(new Set([version]))
      expect(await dispositionLine()).toMatchObject({
        version: 3,
        evidenceStale: true,
        evidence: [{ documentId, start: 0, end: 9 }],
      })
      await withdraw()
      expect(await dispositionLine()).toMatchObject({ version: 4, evidenceStale: true, evidence: [] })
      expect((await eventTypes(world, chartId)).filter((t) => t === 'ABSTRACT_CHANGED')).toHaveLength(3)
    })

    it('refuses to replace a version that its caller has not seen', async () => {
      expect((await amend('Second.')).kind).toBe('DocumentSaved')
      expect(await amend('Third, from the first.')).toMatchObject({
        kind: 'CommandInvalid',
        problems: [{ code: 'VERSION_CHANGED', field: 'seenVersion' }],
      })
      expect((await amend('Third.', 2)).kind).toBe('DocumentSaved')
    })
  })

  describe('signDocument', () => {
    it('makes words count: the engine proposes from them only once they are signed', async () => {
      ;({ chartId, documentId } = await newChart({ signed: false }))
      expect(await lines()).toEqual([])
      const sign = () => signDocument(requestAs(world, CODER), { commandId: randomUUID(), documentId, seenVersion: 1 })
      expect((await sign()).kind).toBe('DocumentSaved')
      await world.jobs.settled()
      expect((await lines()).map((l) => l.code)).toContain('I10')
      expect(await sign()).toMatchObject({ problems: [{ code: 'ALREADY_SIGNED' }] })
      expect((await documentsOf(CODER)).documents).toMatchObject([
        { version: { signed: true, signedBy: { displayName: 'Dana Whitfield' } } },
      ])
    })
  })

  describe('withdrawDocument', () => {
    it('hides the words and every citation, and takes back what the engine read in them', async () => {
      await world.jobs.settled()
      const [line] = await lines()
      await decideOnSuggestion(requestAs(world, CODER), {
        commandId: randomUUID(),
        suggestionId: line!.id,
        seenVersion: line!.version,
        decision: 'ACCEPT',
        poa: 'Y',
      })
      expect((await withdraw()).kind).toBe('DocumentSaved')
      const chart = await documentsOf(CODER)
      expect(chart.documentCount).toBe(1)
      expect(chart.documents).toMatchObject([
        { withdrawnReason: 'WRONG_PATIENT', version: null, versions: null, access: { can: [] } },
      ])
      expect((chart.documents![0]!.access as { masked: object[] }).masked).toEqual([
        { field: 'version', reason: 'WITHDRAWN' },
        { field: 'versions', reason: 'WITHDRAWN' },
        { field: 'amendments', reason: 'WITHDRAWN' },
      ])
      expect(chart.suggestions!.flatMap((s) => s.evidence)).toEqual([])
      expect(JSON.stringify(chart)).not.toContain('pneumonia.')
      const now = await lines()
      expect(now.find((l) => l.id === line!.id)).toMatchObject({ status: 'ACCEPTED', evidenceStale: true })
      expect(now.filter((l) => l.id !== line!.id).every((l) => l.status === 'WITHDRAWN')).toBe(true)
      expect(await withdraw()).toMatchObject({ problems: [{ code: 'WITHDRAWN' }] })
      expect(await amend('Another.')).toMatchObject({ problems: [{ code: 'WITHDRAWN' }] })
    })

    it('leaves a line alone as long as another document speaks for it', async () => {
      await add(NOTE, { title: 'Progress note', type: 'PROGRESS_NOTE', encounterPart: 'DURING' })
      await world.jobs.settled()
      await withdraw()
      const now = await lines()
      expect(now.length).toBeGreaterThan(0)
      expect(now.every((l) => l.status === 'PROPOSED' && l.evidenceStale)).toBe(true)
    })

    it('makes everyone’s access to the chart be decided again', async () => {
      const epoch = async () =>
        (await world.db.ownerSql`select access_epoch from chart where id = ${chartId}`)[0]!.accessEpoch
      const before = await epoch()
      await withdraw()
      expect(await epoch()).toBe(before + 1)
    })
  })

  describe('runEngine', () => {
    it('reads nothing again and never touches a line that a person decided', async () => {
      const [first, second] = await lines()
      const decide = (line: { id: string; version: number }, decision: 'ACCEPT' | 'REJECT') =>
        decideOnSuggestion(requestAs(world, CODER), {
          commandId: randomUUID(),
          suggestionId: line.id,
          seenVersion: line.version,
          decision,
          poa: decision === 'ACCEPT' ? 'Y' : null,
          reason: 'Not supported.',
        })
      await decide(first as never, 'ACCEPT')
      await decide(second as never, 'REJECT')
      const run = () => runEngine(requestAs(world, CODER), { commandId: randomUUID(), chartId })
      expect(await run()).toMatchObject({ kind: 'AlreadyDone' })
      const decided = await lines()
      await add(NOTE)
      await world.jobs.settled()
      expect(await run()).toMatchObject({ kind: 'AlreadyDone' })
      const after = await lines()
      for (const line of decided.filter((l) => l.status !== 'PROPOSED')) expect(after).toContainEqual(line)
      expect(after).toHaveLength(decided.length)
    })

    it('says on the chart where no code table covers its date, and tries no more', async () => {
      const date = new Date('1980-05-01T12:00:00Z')
      await world.db.ownerSql`update chart set discharged_at = ${date}, admitted_at = ${date} where id = ${chartId}`
      await add('Another note about hypertension.')
      await world.jobs.settled()
      const [chart] = await world.db.ownerSql`select engine_state from chart where id = ${chartId}`
      expect(chart).toEqual({ engineState: 'FAILED' })
      expect((await eventTypes(world, chartId)).slice(-2)).toEqual(['ENGINE_STARTED', 'ENGINE_FAILED'])
    })

    it('says so where there is no date to read by', async () => {
      await world.db.ownerSql`update chart set discharged_at = null, admitted_at = null where id = ${chartId}`
      await add('Another note.')
      const outcome = await runEngine(requestAs(world, CODER), { commandId: randomUUID(), chartId })
      expect(outcome).toMatchObject({ kind: 'CommandInvalid', problems: [{ code: 'NO_DATE' }] })
    })
  })

  it('shows a supervisor how many there are and nothing of them', async () => {
    expect(await documentsOf(SUPERVISOR)).toEqual({ documentCount: 1, documents: null, suggestions: null })
    // What hangs in a clinical list is found by no id either.
    const source = 'query ($id: ID!) { document(id: $id) { id } }'
    expect((await ask(world, SUPERVISOR, source, { id: documentId })).data).toEqual({ document: null })
  })

  it('is not there for whoever does not see the chart', async () => {
    for (const id of [documentId, randomUUID(), 'x']) {
      const { data } = await ask(world, 'lakeside@demo.test', 'query ($id: ID!) { document(id: $id) { id } }', { id })
      expect(data!.document).toBeNull()
    }
  })

  it('cuts a part of the text', async () => {
    const source = `query ($id: ID!, $start: Int, $end: Int) { document(id: $id) { version { text(start: $start, end: $end) } } }`
    const part = async (start: number | null, end: number | null) =>
      ask(world, CODER, source, { id: documentId, start, end })
    expect((await part(0, 9)).data!.document).toEqual({ version: { text: 'Discharge' } })
    expect((await part(NOTE.length - 2, null)).data!.document).toEqual({ version: { text: '.\n' } })
    for (const [start, end] of [
      [-1, 2],
      [3, 2],
      [0, NOTE.length + 1],
    ] as const)
      expect((await part(start, end)).errors?.[0]?.originalError).toMatchObject({ code: 'BAD_INPUT' })
  })

  describe('a scan', () => {
    let scanId: string
    beforeAll(async () => {
      const scanned = await importSample(world, CODER, '03-bicycle-crash')
      await claimChart(requestAs(world, CODER), { commandId: randomUUID(), chartId: scanned })
      await world.jobs.settled()
      const rows = await world.db.ownerSql`
        select id, read_by_engine, jsonb_array_length(pages) as pages from document_version
        where chart_id = ${scanned} and scan`
      expect(rows).toMatchObject([{ readByEngine: false, pages: 2 }])
      scanId = rows[0]!.id
    })

    const get = async (path: string, email: string | null) => {
      const headers: HeadersInit =
        email === null ? {} : { authorization: `Bearer ${await sessionTokenOf(world, email)}` }
      return fetch(new URL(`/documents/${scanId}/${path}`, world.address), { headers })
    }

    it('is shown page by page to whoever sees the chart’s content', async () => {
      const response = await get('pages/2.png?width=300', CODER)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('image/png')
      expect(response.headers.get('cache-control')).toContain('no-store')
      const png = Buffer.from(await response.arrayBuffer())
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      expect(png.readUInt32BE(16)).toBe(300)
      const original = await get('original', CODER)
      expect(original.headers.get('content-disposition')).toContain('attachment')
      expect(
        Buffer.from(await original.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-')
    })

    it.each([
      ['nobody', null, 401],
      [SUPERVISOR, SUPERVISOR, 403],
      ['another tenant', 'lakeside@demo.test', 404],
    ])('is not shown to %s', async (_who, email, status) => {
      expect((await get('pages/1.png', email)).status).toBe(status)
      expect((await get('original', email)).status).toBe(status)
    })

    it('is not there for whoever is not admitted to its label, though they read the chart', async () => {
      const { ownerSql } = world.db
      const label = (labels: string[]) => ownerSql`update document_version set labels = ${labels} where id = ${scanId}`
      await label(['PART2'])
      expect((await get('original', CODER)).status).toBe(200)
      const before = await ownerSql<{ id: string; qualified: boolean }[]>`
        select id, qualified_service_organisation as qualified from agreement`
      await ownerSql`update agreement set qualified_service_organisation = false`
      for (const path of ['original', 'pages/1.png']) expect((await get(path, CODER)).status, path).toBe(404)
      for (const { id, qualified } of before)
        await ownerSql`update agreement set qualified_service_organisation = ${qualified} where id = ${id}`
      await label([])
      expect((await get('original', CODER)).status).toBe(200)
    })

    it.each(['pages/0.png', 'pages/3.png', 'pages/x.png'])('has no %s', async (path) => {
      expect((await get(path, CODER)).status).toBe(404)
    })
  })
})
