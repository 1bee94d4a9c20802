import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimChart } from '../../server/charts/claimChart.command.js'
import { activateConsent } from '../../server/consents/activateConsent.command.js'
import { PART2_NOTICE } from '../../server/consents/part2Notice.model.js'
import { recordConsent } from '../../server/consents/recordConsent.command.js'
import { labelDocument } from '../../server/documents/labelDocument.command.js'
import { requestAs } from '../support/charts.js'
import { CODER, type DocumentWorld, documentWorld, importSample, PRIVACY, sessionTokenOf } from './world.js'

/** 42 CFR 2.32: a file of a Part 2 record is accompanied by the statement, and no other file is. */

let world: DocumentWorld
let chartId: string
let scan: { documentId: string; versionId: string }
beforeAll(async () => {
  world = await documentWorld()
  chartId = await importSample(world, CODER, '03-bicycle-crash')
  await claimChart(requestAs(world, CODER), { ...id(), chartId })
  const [row] = await world.db.ownerSql<{ documentId: string; versionId: string }[]>`
    select document_id as "documentId", id as "versionId" from document_version
    where chart_id = ${chartId} and original is not null`
  scan = row!
})
afterAll(() => world.close())

const id = () => ({ commandId: randomUUID() })
const get = async (path: string, email = CODER) =>
  fetch(`${world.address}/documents/${scan.versionId}/${path}`, {
    headers: { authorization: `Bearer ${await sessionTokenOf(world, email)}` },
  })
const label = (labels: ('PART2' | 'HIV')[], reason: 'LABELLED_IN_ERROR' | null = null) =>
  labelDocument(requestAs(world, reason ? PRIVACY : CODER), { ...id(), ...scan, seenVersion: 1, labels, reason })
const FILES = ['original', 'pages/1.png?width=64']
const carried = (answer: Response) => [...answer.headers.keys()].filter((name) => /part2|^link$/.test(name))

describe('a file', () => {
  it('carries nothing where it is no Part 2 record, whatever else is sensitive in it', async () => {
    for (const labels of [null, ['HIV'] as const]) {
      if (labels) await label([...labels])
      for (const path of FILES) {
        const answer = await get(path)
        expect([path, answer.status, carried(answer)]).toEqual([path, 200, []])
      }
      expect((await get('part2-notice.txt')).status).toBe(404)
    }
  })

  it('of a Part 2 record carries the statement whole, and links to it as a text', async () => {
    await label(['PART2', 'HIV'])
    for (const path of FILES) {
      const answer = await get(path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('part2-notice')).toBe(PART2_NOTICE.text)
      expect(answer.headers.get('part2-notice-version')).toBe(PART2_NOTICE.version)
      expect(answer.headers.get('part2-consent')).toBeNull()
      expect(answer.headers.get('link')).toBe(`</documents/${scan.versionId}/part2-notice.txt>; rel="describedby"`)
    }
    const notice = await get('part2-notice.txt')
    expect([notice.status, notice.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(await notice.text()).toBe(`${PART2_NOTICE.text}\n\n`)
  })

  it('names the consent where that is the basis, and is not there without a basis', async () => {
    await world.db.ownerSql`update agreement set qualified_service_organisation = false where true`
    for (const path of [...FILES, 'part2-notice.txt']) {
      const answer = await get(path)
      expect([path, answer.status, carried(answer)]).toEqual([path, 404, []])
    }
    const [facility] = await world.db.ownerSql<{ name: string }[]>`
      select e.name from chart c join facility f on f.id = c.facility_id
      join covered_entity e on e.id = f.covered_entity_id where c.id = ${chartId}`
    const recorded = await recordConsent(requestAs(world, PRIVACY), {
      ...id(),
      patient: {
        facilityId: world.demo.harbor.facilities.north!,
        identifier: { assigner: 'urn:oid:2.16.840.1.113883.19.5.10', type: 'MRN', value: 'N118290' },
      },
      kind: 'PART2_TPO',
      elements: {
        description: 'All records of my treatment',
        disclosers: [{ kind: 'COVERED_ENTITY', name: facility!.name }],
        recipients: [{ kind: 'COVERED_ENTITY' }],
        purposes: ['TREATMENT', 'PAYMENT', 'OPERATIONS'],
        neverExpires: true,
        signature: { signedOn: '2026-03-09', signedBy: 'Clementine Oddbody' },
        statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: false },
        plainLanguage: true,
        textVersion: '2026-01',
        labels: [],
        documentTypes: [],
      },
    })
    if (recorded.kind !== 'ConsentSaved') throw new Error(JSON.stringify(recorded))
    const { consentId } = recorded
    await activateConsent(requestAs(world, PRIVACY), { ...id(), consentId, seenVersion: 1 })
    for (const path of FILES) {
      const answer = await get(path)
      expect([path, answer.status, answer.headers.get('part2-consent')]).toEqual([path, 200, consentId])
      expect(answer.headers.get('part2-consent-scope')).toMatch(/^Consent for all future uses/)
    }
    expect(await (await get('part2-notice.txt')).text()).toContain(`(Consent ${consentId})`)
    // Who sees no content of the chart learns nothing of the record by this way either.
    expect((await get('part2-notice.txt', 'supervisor@demo.test')).status).toBe(403)
    expect((await label(['HIV'], 'LABELLED_IN_ERROR')).kind).toBe('DocumentSaved')
    expect(carried(await get('original'))).toEqual([])
  })
})
