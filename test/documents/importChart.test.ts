import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { importChart } from '../../server/documents/importChart.command.js'
import { resolveIdentity } from '../../server/documents/resolveIdentity.command.js'
import { eventTypes, requestAs } from '../support/charts.js'
import {
  ask,
  CODER,
  type DocumentWorld,
  documentWorld,
  FACTS,
  importSample,
  PRIVACY,
  SUPERVISOR,
  sampleFile,
  sampleInput,
  send,
  smallInput,
} from './world.js'

describe('importChart', () => {
  let world: DocumentWorld
  beforeAll(async () => void (world = await documentWorld()))
  afterAll(() => world.close())

  const run = async (email: string, input: Parameters<typeof importChart>[1]) =>
    (await importChart(requestAs(world, email), input)).outcome
  const problemsOf = async (email: string, input: Parameters<typeof importChart>[1]) => {
    const outcome = await run(email, input)
    return outcome.kind === 'CommandInvalid' ? outcome.problems.map((p) => p.code) : []
  }
  const claim = (chartId: string) => claimChart(requestAs(world, CODER), { commandId: randomUUID(), chartId })
  const chartOf = async (id: string) => (await world.db.ownerSql`select * from chart where id = ${id}`)[0]!

  it('takes in a chart with its documents, word for word, sealed, and lets the engine read it', async () => {
    const chartId = await importSample(world, CODER, '01-pneumonia-with-fall')
    await world.jobs.settled()
    await claim(chartId)
    const { data, errors } = await ask(
      world,
      CODER,
      `query ($id: ID!) { chart(id: $id) { accountNumber patientClass dischargedAt engineState documentCount
        patient { familyName givenNames birthDate sex identifiers { assigner type value } facility { key } }
        documents { version { title type authorRole signed readByEngine textLength text } }
        suggestions { origin code evidence { start end quote versionId } } } }`,
      { id: chartId },
    )
    expect(errors).toBeUndefined()
    const chart = data!.chart as unknown as {
      patient: object
      documents: { version: { title: string; text: string; textLength: number; readByEngine: boolean } }[]
      suggestions: { origin: string; code: string; evidence: { quote: string }[] }[]
    }
    expect(chart).toMatchObject({
      accountNumber: 'N26-0309-071',
      engineState: 'DONE',
      documentCount: 8,
      patient: { familyName: 'Quillfeather', sex: 'FEMALE', facility: { key: 'north' } },
    })
    const summary = chart.documents.find(({ version }) => version.title === 'Discharge summary')!
    expect(summary.version.text).toBe(sampleFile('01-pneumonia-with-fall', 'discharge-summary.txt').toString())
    expect(chart.documents.every(({ version }) => version.readByEngine)).toBe(true)
    expect(chart.documents.map(({ version }) => version.text.length)).toEqual(
      chart.documents.map(({ version }) => version.textLength),
    )
    expect(chart.suggestions.length).toBeGreaterThan(3)
    for (const { origin, evidence } of chart.suggestions) {
      expect(origin).toBe('ENGINE')
      expect(evidence.length).toBeGreaterThan(0)
      expect(evidence.every(({ quote }) => quote.trim() !== '')).toBe(true)
    }
    const types = await eventTypes(world, chartId)
    expect(types.slice(0, 9)).toEqual(['CHART_RECEIVED', ...Array<string>(8).fill('DOCUMENT_ADDED')])
    expect(types.indexOf('ENGINE_STARTED')).toBe(9)
    expect(types.filter((t) => t === 'SUGGESTION_PROPOSED')).toHaveLength(chart.suggestions.length)
    await expectSealed(['Quillfeather', 'Ottoline', 'N100417', 'Hartwhistle', 'pneumonia'])
  })

  /** No row of any table holds these words in the clear. */
  async function expectSealed(canaries: readonly string[]): Promise<void> {
    const tables = ['patient', 'patient_identifier', 'document_version', 'chart_event', 'upload', 'command_outcome']
    for (const table of tables) {
      const [row] = await world.db.ownerSql.unsafe(
        `select coalesce(string_agg(t::text, ''), '') as text from ${table} t`,
      )
      const text = (row as unknown as { text: string }).text
      for (const canary of canaries) {
        expect(text.includes(canary), `${canary} in ${table}`).toBe(false)
        expect(text.includes(Buffer.from(canary).toString('hex')), `${canary} in ${table}`).toBe(false)
      }
    }
  }

  it('takes a C-CDA and a FHIR Bundle as they are', async () => {
    const clinic = await importSample(world, CODER, '04-clinic-visit')
    const bundle = await importSample(world, SUPERVISOR, '05-chest-pain-observation')
    expect(await chartOf(clinic)).toMatchObject({ patientClass: 'OUTPATIENT', status: 'READY', identityHold: false })
    expect(await chartOf(bundle)).toMatchObject({ patientClass: 'OBSERVATION', status: 'READY' })
    const documents = await world.db.ownerSql`
      select id from document where chart_id = any(${[clinic, bundle]}::uuid[])`
    expect(documents.length).toBeGreaterThan(2)
  })

  it('knows a C-CDA’s patient again, whose assigner is a bare OID there and a URN elsewhere', async () => {
    const xml = sampleFile('04-clinic-visit', 'clinic-note.xml').toString()
    const [, root, mrn] = /<patientRole[\s\S]*?<id root="([\d.]+)" extension="([^"]+)"/.exec(xml) ?? []
    const [clinic] = await world.db
      .ownerSql`select patient_id, facility_id from chart where patient_class = 'OUTPATIENT'`
    const [, born] = /<birthTime value="(\d{8})/.exec(xml) ?? []
    const birthDate = born!.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
    const input = await smallInput(world, CODER, { mrn: mrn!, account: 'C2', birthDate, sex: 'UNKNOWN' })
    const identifiers = [{ assigner: `urn:oid:${root}`, type: 'MRN', value: mrn! }]
    const outcome = await run(CODER, { ...input, patient: { ...input.patient!, identifiers } })
    if (outcome.kind !== 'ChartSaved') throw new Error(JSON.stringify(outcome))
    expect(await chartOf(outcome.chartId)).toMatchObject({ patientId: clinic!.patientId, identityHold: false })
  })

  it('holds a chart whose record number no birth date confirms, and shows its importer nobody else’s name', async () => {
    const first = await run(SUPERVISOR, await smallInput(world, SUPERVISOR, { mrn: 'U1', account: 'U1' }))
    if (first.kind !== 'ChartSaved') throw new Error(JSON.stringify(first))
    const probe = await run(
      CODER,
      await smallInput(world, CODER, { mrn: 'U1', account: 'U2', birthDate: null, sex: 'UNKNOWN' }),
    )
    if (probe.kind !== 'ChartSaved') throw new Error(JSON.stringify(probe))
    const known = await chartOf(first.chartId)
    const held = await chartOf(probe.chartId)
    expect(held).toMatchObject({ identityHold: true })
    expect(held!.patientId).not.toBe(known!.patientId)
  })

  it('does nothing twice, and refuses the same id for something else', async () => {
    const input = await smallInput(world, CODER, { mrn: 'I1', account: 'I1' })
    const outcomes = await Promise.all([run(CODER, input), run(CODER, input), run(CODER, input)])
    expect(new Set(outcomes.map((o) => JSON.stringify(o))).size).toBe(1)
    expect(outcomes[0]!.kind).toBe('ChartSaved')
    const changed = { ...input, encounter: { ...input.encounter!, accountNumber: 'I2' } }
    await expect(run(CODER, changed)).rejects.toMatchObject({ code: 'COMMAND_REUSED' })
  })

  it('makes one patient of two imports at once, and one chart of one account', async () => {
    const inputs = await Promise.all(
      ['R1', 'R2', 'R3', 'R3'].map((account) => smallInput(world, CODER, { mrn: 'R', account })),
    )
    const outcomes = await Promise.all(inputs.map((input) => run(CODER, input)))
    const made = outcomes.flatMap((o) => (o.kind === 'ChartSaved' ? [o.chartId] : []))
    expect(made).toHaveLength(3)
    expect(outcomes.flatMap((o) => (o.kind === 'CommandInvalid' ? o.problems : []))).toMatchObject([
      { code: 'ACCOUNT_EXISTS', field: 'encounter.accountNumber' },
    ])
    const patients = await world.db.ownerSql`
      select distinct patient_id from chart where id = any(${made}::uuid[])`
    expect(patients).toHaveLength(1)
  })

  it('leaves nothing behind where it refuses', async () => {
    const count = async () =>
      (await world.db.ownerSql`select (select count(*) from chart) || '/' || (select count(*) from patient) as n`)[0]
    const before = await count()
    const good = await smallInput(world, CODER, { mrn: 'P1', account: 'P1' })
    const again = () => ({ ...good, commandId: randomUUID() })
    const notes = await send(world, CODER, 'PSYCHOTHERAPY NOTES\n\nSession content.')
    const rtf = await smallInput(world, CODER, { mrn: 'P1', account: 'P1' })
    expect(await problemsOf(CODER, { ...again(), patient: null })).toEqual(['PATIENT_NEEDED'])
    expect(await problemsOf(CODER, { ...again(), encounter: null })).toEqual(['ACCOUNT_NEEDED'])
    expect(await problemsOf(CODER, { ...again(), queueId: null })).toEqual(['QUEUE_NEEDED'])
    expect(await problemsOf(CODER, { ...again(), queueId: randomUUID() })).toEqual(['QUEUE_UNKNOWN'])
    expect(await problemsOf(CODER, { ...again(), patient: { ...good.patient!, identifiers: [] } })).toEqual([
      'MRN_NEEDED',
    ])
    expect(
      await problemsOf(CODER, {
        ...again(),
        documents: [{ ...FACTS, title: 'Psychotherapy notes', uploadId: notes }],
      }),
    ).toEqual(['PSYCHOTHERAPY_NOTES'])
    expect(await problemsOf(CODER, { ...again(), documents: [rtf.documents![0]!, rtf.documents![0]!] })).toEqual([
      'UPLOAD_TWICE',
    ])
    const stay = {
      ...good.encounter!,
      admittedAt: good.encounter!.dischargedAt,
      dischargedAt: good.encounter!.admittedAt,
    }
    expect(await problemsOf(CODER, { ...again(), encounter: stay })).toEqual(['STAY'])
    expect(await count()).toEqual(before)
    expect((await run(CODER, good)).kind).toBe('ChartSaved')
  })

  it('refuses a file about somebody else than the patient it is sent for', async () => {
    const input = await sampleInput(world, CODER, '04-clinic-visit')
    const other = await smallInput(world, CODER, { mrn: 'SOMEBODY-ELSE', account: 'X1' })
    expect(await problemsOf(CODER, { ...input, patient: other.patient })).toEqual(['PATIENT_DIFFERS'])
    const document = { ...FACTS, uploadId: await send(world, CODER, sampleFile('04-clinic-visit', 'clinic-note.xml')) }
    expect(await problemsOf(CODER, { ...other, commandId: randomUUID(), documents: [document] })).toEqual([
      'OTHER_PATIENT',
    ])
  })

  it('is for coding staff with a grant for the facility', async () => {
    const input = await smallInput(world, CODER, { mrn: 'F1', account: 'F1' })
    await expect(run('auditor@demo.test', input)).rejects.toMatchObject({ detail: { reason: 'ROLE' } })
    await expect(run(CODER, { ...input, facilityId: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const foreign = world.demo.lakeside.facilities.lake!
    await expect(run(CODER, { ...input, facilityId: foreign })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { memberId } = world.demo.harbor.members['coder2@demo.test']!
    await world.db
      .ownerSql`delete from member_facility where member_id = ${memberId} and facility_id = ${input.facilityId}`
    await expect(run('coder2@demo.test', input)).rejects.toMatchObject({ detail: { reason: 'FACILITY' } })
  })

  it('needs an agreement in force', async () => {
    const input = await smallInput(world, CODER, { mrn: 'G1', account: 'G1' })
    await world.db.ownerSql`update agreement set effective_to = '2024-06-30'`
    expect(await problemsOf(CODER, input)).toEqual(['NO_AGREEMENT'])
    await world.db.ownerSql`update agreement set effective_to = null`
  })

  describe('on identity hold', () => {
    const importHeld = async (mrn: string, birthDate = '1950-01-01') => {
      const known = await run(CODER, await smallInput(world, CODER, { mrn, account: `${mrn}-1` }))
      const held = await run(CODER, await smallInput(world, CODER, { mrn, account: `${mrn}-2`, birthDate }))
      if (known.kind !== 'ChartSaved' || held.kind !== 'ChartSaved') throw new Error('not imported')
      return { known: await chartOf(known.chartId), held: await chartOf(held.chartId) }
    }
    const decide = (decision: string, chartId: string, email = PRIVACY) =>
      resolveIdentity(requestAs(world, email), { commandId: randomUUID(), chartId, decision })
    const identityOf = async (id: string) => {
      const answer = await ask(
        world,
        PRIVACY,
        'query ($id: ID!) { chart(id: $id) { identityHold patient { id birthDate identifiers { value } } } }',
        { id },
      )
      return answer.data!.chart as unknown
    }
    const payloads = (chartId: string) => world.db.ownerSql`
      select seq, payload, patient_id from chart_event where stream_id = ${chartId} order by seq`

    it('keeps the chart from coding and shows a privacy officer what the source said', async () => {
      const { known, held } = await importHeld('H1')
      expect(held.identityHold).toBe(true)
      expect(held.patientId).not.toBe(known.patientId)
      expect(await eventTypes(world, held.id)).toContain('IDENTITY_HELD')
      await expect(claim(held.id)).rejects.toMatchObject({ detail: { reason: 'IDENTITY_HOLD' } })
      expect(await identityOf(held.id)).toMatchObject({
        identityHold: true,
        patient: { birthDate: '1950-01-01', identifiers: [{ value: 'H1' }] },
      })
      await expect(decide('SAME_PATIENT', held.id, CODER)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })

    it('joins the known patient by a pointer: nothing sealed is touched, and all of it still opens', async () => {
      const { known, held } = await importHeld('H2')
      await world.jobs.settled()
      const before = await payloads(held.id)
      expect(await decide('SAME_PATIENT', held.id)).toEqual({ kind: 'ChartSaved', chartId: held.id })
      expect((await payloads(held.id)).slice(0, before.length)).toEqual(before)
      await claim(held.id)
      const { data } = await ask(
        world,
        CODER,
        'query ($id: ID!) { chart(id: $id) { identityHold patient { id birthDate } documents { version { text } } } }',
        { id: held.id },
      )
      expect(data!.chart).toMatchObject({
        identityHold: false,
        patient: { id: known.patientId, birthDate: '1944-11-02' },
        documents: [{ version: { text: expect.stringContaining('pneumonia') } }],
      })
      const third = await run(CODER, await smallInput(world, CODER, { mrn: 'H2', account: 'H2-3' }))
      expect(third.kind === 'ChartSaved' && (await chartOf(third.chartId)).patientId).toBe(known.patientId)
    })

    it('stands alone where it is another patient, and the known one keeps the number', async () => {
      const { known, held } = await importHeld('H3')
      await decide('OTHER_PATIENT', held.id)
      expect(await chartOf(held.id)).toMatchObject({ identityHold: false, patientId: held.patientId })
      const owners = await world.db.ownerSql`
        select patient_id from patient_identifier where patient_id = any(${[known.patientId, held.patientId]}::uuid[])`
      expect(owners).toEqual([{ patientId: known.patientId }])
      await claim(held.id)
      const { data } = await ask(world, CODER, 'query ($id: ID!) { chart(id: $id) { patient { id birthDate } } }', {
        id: held.id,
      })
      expect(data!.chart).toMatchObject({ patient: { id: held.patientId, birthDate: '1950-01-01' } })
    })
  })

  it('shows a restricted chart to its importer once, and to nobody afterwards', async () => {
    const input = { ...(await smallInput(world, SUPERVISOR, { mrn: 'V1', account: 'V1' })), restricted: true }
    const source =
      'mutation ($input: ImportChartInput!) { importChart(input: $input) { __typename ... on ChartSaved { chart { accountNumber restricted documents { id } } } } }'
    const first = await ask(world, SUPERVISOR, source, { input: JSON.parse(JSON.stringify(input)) })
    expect(first.data!.importChart).toEqual({
      __typename: 'ChartSaved',
      chart: { accountNumber: 'V1', restricted: true, documents: null },
    })
    const again = await ask(world, SUPERVISOR, source, { input: JSON.parse(JSON.stringify(input)) })
    expect(again.errors?.[0]?.originalError).toMatchObject({ code: 'NOT_FOUND' })
  })
})
