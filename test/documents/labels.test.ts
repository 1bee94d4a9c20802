import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SENSITIVITY_LABELS, type SensitivityLabel, type UnlabelReason } from '../../schema/values.js'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { importChart } from '../../server/documents/importChart.command.js'
import { labelDocument } from '../../server/documents/labelDocument.command.js'
import { changedLabels } from '../../server/documents/labels.decider.js'
import { withdrawDocument } from '../../server/documents/withdrawDocument.command.js'
import { subscribeAs } from '../review/streamSupport.js'
import { eventTypes, lastCursor, requestAs } from '../support/charts.js'
import { ask, CODER, type DocumentWorld, documentWorld, SUPERVISOR, smallInput } from './world.js'

const PRIVACY = 'privacy@demo.test'
const OTHER_CODER = 'coder2@demo.test'

describe('changedLabels', () => {
  it('leads from any labels to exactly those that are wanted', () => {
    const labels = fc.subarray([...SENSITIVITY_LABELS])
    fc.assert(
      fc.property(labels, labels, (current, wanted) => {
        const { added, removed } = changedLabels(current, wanted)
        const after = [...current.filter((l) => !removed.includes(l)), ...added]
        expect(new Set(after)).toEqual(new Set(wanted))
        expect(after).toHaveLength(wanted.length)
        expect(added.some((l) => current.includes(l)) || removed.some((l) => wanted.includes(l))).toBe(false)
      }),
    )
  })
})

describe('labelDocument', () => {
  let world: DocumentWorld
  let chartId: string
  let documentId: string
  beforeAll(async () => void (world = await documentWorld()))
  afterAll(() => world.close())
  beforeEach(async () => {
    const account = randomUUID()
    const { outcome } = await importChart(
      requestAs(world, CODER),
      await smallInput(world, CODER, { mrn: account, account }),
    )
    if (outcome.kind !== 'ChartSaved') throw new Error(JSON.stringify(outcome))
    chartId = outcome.chartId
    await claimChart(requestAs(world, CODER), { commandId: randomUUID(), chartId })
    const [document] = await world.db.ownerSql`select id from document where chart_id = ${chartId}`
    documentId = document!.id as string
  })

  const label = (labels: SensitivityLabel[], email = CODER, seenVersion = 1, reason: UnlabelReason | null = null) =>
    labelDocument(requestAs(world, email), { commandId: randomUUID(), documentId, seenVersion, labels, reason })
  const labels = async () =>
    (await world.db.ownerSql`select labels from document_version where document_id = ${documentId}`).map(
      (row) => row.labels,
    )
  const epoch = async () =>
    (await world.db.ownerSql`select access_epoch from chart where id = ${chartId}`)[0]!.accessEpoch as number

  it('says it in the log and makes everyone’s access be decided again', async () => {
    const before = await epoch()
    expect((await label(['PART2', 'HIV', 'PART2'])).kind).toBe('DocumentSaved')
    expect(await labels()).toEqual([['HIV', 'PART2']])
    expect(await epoch()).toBe(before + 1)
    expect((await eventTypes(world, chartId)).at(-1)).toBe('DOCUMENT_LABELLED')
  })

  it('lets whoever reads the chart add a label, and a privacy officer alone take one away', async () => {
    await label(['PART2'])
    await expect(label([])).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(label(['HIV'])).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await labels()).toEqual([['PART2']])
    expect((await label(['HIV'], PRIVACY, 1, 'LABELLED_IN_ERROR')).kind).toBe('DocumentSaved')
    expect(await labels()).toEqual([['HIV']])
  })

  it('asks why a label is taken away, and keeps it in the log for those who see the content', async () => {
    await label(['PART2', 'HIV'])
    const before = await eventTypes(world, chartId)
    expect(await label(['HIV'], PRIVACY)).toMatchObject({ problems: [{ code: 'REASON_NEEDED', field: 'reason' }] })
    const added = await label(['PART2', 'HIV', 'GENETIC'], CODER, 1, 'NOT_PROTECTED')
    expect(added).toMatchObject({ problems: [{ code: 'NOTHING_TAKEN_AWAY' }] })
    expect(await eventTypes(world, chartId)).toEqual(before)
    expect(await labels()).toEqual([['HIV', 'PART2']])

    const cursor = await lastCursor(world, chartId)
    expect((await label(['HIV'], PRIVACY, 1, 'NOT_PROTECTED')).kind).toBe('DocumentSaved')
    const stream = `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) {
      __typename ... on ChartEvents { events { cursor type unlabelReason } } } }`
    const toldTo = async (email: string) => {
      const follower = await subscribeAs(world, email, stream, { id: chartId, after: cursor })
      await follower.untilCursor(await lastCursor(world, chartId))
      await follower.stop()
      return follower.events.map((event) => (event as unknown as { unlabelReason: string | null }).unlabelReason)
    }
    expect(await toldTo(CODER)).toEqual(['NOT_PROTECTED'])
    expect(await toldTo(SUPERVISOR)).toEqual([null])
  })

  it('is not for those who do not read the chart', async () => {
    await expect(label(['PART2'], SUPERVISOR)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(label(['PART2'], OTHER_CODER)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await labels()).toEqual([[]])
  })

  it('refuses what changes nothing, another version than the one that was seen, and what was withdrawn', async () => {
    const before = await eventTypes(world, chartId)
    expect(await label([])).toMatchObject({ problems: [{ code: 'LABELLED_ALREADY' }] })
    expect(await label(['PART2'], CODER, 2)).toMatchObject({ problems: [{ code: 'VERSION_CHANGED' }] })
    expect(await eventTypes(world, chartId)).toEqual(before)
    const reason = 'DUPLICATE'
    await withdrawDocument(requestAs(world, CODER), { commandId: randomUUID(), documentId, reason })
    expect(await label(['PART2'])).toMatchObject({ problems: [{ code: 'WITHDRAWN' }] })
  })

  it('finds the documents of a chart for who may not read them, without what they say', async () => {
    const entries = async (email: string) => {
      const query = `query ($id: ID!) { documentEntries(chartId: $id) {
        id versionNumber signed withdrawnReason type title labels access { can masked { field reason } } } }`
      return (await ask(world, email, query, { id: chartId })).data!.documentEntries as unknown
    }
    expect(await entries(PRIVACY)).toEqual([
      {
        ...{
          id: documentId,
          versionNumber: 1,
          signed: true,
          withdrawnReason: null,
          type: null,
          title: null,
          labels: null,
        },
        access: {
          can: ['withdrawDocument', 'labelDocument', 'unlabelDocument'],
          masked: [
            { field: 'type', reason: 'CLASS' },
            { field: 'title', reason: 'CLASS' },
            { field: 'labels', reason: 'CLASS' },
          ],
        },
      },
    ])
    expect(await entries(CODER)).toMatchObject([
      { id: documentId, type: expect.any(String), title: expect.any(String), labels: expect.any(Array) },
    ])
    expect(await entries('lakeside@demo.test')).toBeNull()
    // What is found there is what a command on it takes.
    const reason = 'WRONG_PATIENT'
    const withdrawn = await withdrawDocument(requestAs(world, PRIVACY), { commandId: randomUUID(), documentId, reason })
    expect(withdrawn.kind).toBe('DocumentSaved')
    expect(await entries(CODER)).toMatchObject([{ withdrawnReason: reason, type: null, title: null, labels: null }])
  })
})
