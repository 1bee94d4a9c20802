import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AgreementTerms, ConsentRecord, Rules } from '../../server/consents/consent.model.js'
import { type AdmissionRequest, decideAdmission } from '../../server/consents/part2Admission.decider.js'
import { AT, agreement, consent, HOME } from './documents.js'

const US = { kind: 'BUSINESS_ASSOCIATE', name: 'Harbor Coding' } as const
const asked = (facts: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
  entity: HOME,
  us: US,
  chartId: 'chart-1',
  documents: [{ documentId: 'd1', documentType: 'DISCHARGE_SUMMARY' }],
  careDays: { from: '2026-03-09', to: '2026-03-15' },
  receivedAt: '2026-03-16T00:00:00.000Z',
  ...facts,
})
const decide = (
  consents: ConsentRecord[] = [],
  agreements: AgreementTerms[] = [agreement()],
  facts: Partial<AdmissionRequest> = {},
  at = AT,
) => decideAdmission(asked(facts), agreements, consents, at)
const qualified = (facts: Partial<AgreementTerms> = {}) => agreement({ qualifiedServiceOrganisation: true, ...facts })
const plus = (ms: number) => new Date(AT.getTime() + ms).toISOString()
const tpo = (facts: Parameters<typeof consent>[0] = {}) => consent({ kind: 'PART2_TPO', ...facts })

describe('admission to Part 2 records', () => {
  it('rests on a qualified service organisation agreement in force, to the millisecond', () => {
    expect(decide().admitted).toBe(false)
    expect(decide([], [qualified()])).toEqual({ admitted: true, consents: [], changesAt: null })
    const until = plus(0)
    for (const ended of [{ until }, { qualifiedUntil: until }]) {
      expect(decide([], [qualified(ended)], {}, new Date(AT.getTime() - 1))).toMatchObject({
        admitted: true,
        changesAt: until,
      })
      expect(decide([], [qualified(ended)])).toEqual({ admitted: false, consents: [], changesAt: null })
    }
    for (const begins of [{ from: plus(1) }, { qualifiedFrom: plus(1) }]) {
      expect(decide([], [qualified(begins)])).toMatchObject({ admitted: false, changesAt: plus(1) })
      expect(decide([], [qualified(begins)], {}, new Date(plus(1))).admitted).toBe(true)
    }
    // Dates alone are no undertakings.
    expect(decide([], [agreement({ qualifiedFrom: '2024-01-01T00:00:00.000Z' })]).admitted).toBe(false)
  })

  it('rests else on a Part 2 consent that reaches us, for payment, and says which', () => {
    expect(decide([tpo()])).toMatchObject({
      admitted: true,
      consents: [{ consentId: tpo().id, scope: expect.stringMatching(/^Consent for all future uses/) }],
      changesAt: tpo().elements.expiry.at,
    })
    const specific = (recipients: ConsentRecord['elements']['recipients']) =>
      consent({ kind: 'PART2_SPECIFIC', elements: { recipients } })
    expect(decide([specific([US])]).admitted).toBe(true)
    // One consent for all future treatment, payment and operations follows the records to us; any other names us.
    expect(decide([specific([HOME])]).admitted).toBe(false)
    expect(decide([tpo({ elements: { recipients: [{ kind: 'HEALTH_PLAN', name: null }] } })]).admitted).toBe(false)
    expect(decide([tpo({ elements: { purposes: ['TREATMENT'] } })]).admitted).toBe(false)
    expect(decide([tpo({ elements: { disclosers: [{ kind: 'PROVIDER', name: 'Another program' }] } })]).admitted).toBe(
      false,
    )
  })

  it.each([
    ['an authorization', consent({ elements: { recipients: [US], labels: ['PART2'] } })],
    ['a consent to legal proceedings', consent({ kind: 'PART2_LEGAL' })],
    ['a court order', consent({ kind: 'COURT_ORDER', elements: { recipients: [US], purposes: ['PAYMENT'] } })],
    ['a draft', tpo({ status: 'DRAFT' })],
    ['a withdrawn consent', tpo({ status: 'WITHDRAWN', withdrawnAt: plus(0) })],
    ['one that ended', tpo({ status: 'ENDED', endedAt: plus(0), endReason: 'EXPIRED' })],
    ['one that has expired', tpo({ elements: { expiry: { at: plus(0), event: null, none: false } } })],
    [
      'one of counselling notes',
      consent({ kind: 'PART2_SPECIFIC', elements: { recipients: [US], separateNotes: 'COUNSELLING_NOTES' } }),
    ],
  ])('does not rest on %s', (_what, by) => expect(decide([by]).admitted).toBe(false))

  it('is to all of a chart’s records or to none, by type and by days of care', () => {
    const documents = [
      { documentId: 'd1', documentType: 'DISCHARGE_SUMMARY' },
      { documentId: 'd2', documentType: 'PROGRESS_NOTE' },
    ]
    const summaries = tpo({ elements: { documentTypes: ['DISCHARGE_SUMMARY'] } })
    expect(decide([summaries]).admitted).toBe(true)
    expect(decide([summaries], [agreement()], { documents }).admitted).toBe(false)
    const notes = {
      ...tpo({ elements: { documentTypes: ['PROGRESS_NOTE'] } }),
      id: '00000000-0000-4000-8000-0000000000c2',
    }
    expect(decide([notes, summaries], [agreement()], { documents }).consents.map((c) => c.consentId)).toEqual([
      summaries.id,
      notes.id,
    ])
    const march = tpo({ elements: { dataPeriod: { from: '2026-03-01', to: '2026-03-31' } } })
    expect(decide([march]).admitted).toBe(true)
    expect(decide([march], [agreement()], { careDays: { from: '2026-03-30', to: '2026-04-02' } }).admitted).toBe(false)
    expect(decide([march], [agreement()], { careDays: null }).admitted).toBe(false)
  })

  it('says when the clock may change it: until then the answer stays as it is, over random documents', () => {
    const instant = fc.integer({ min: -50, max: 50 }).map((n) => plus(n * 1_000))
    const maybe = fc.option(instant)
    const day = fc.constantFrom('2026', '2026-06', '2026-05-31', '2026-06-01', '2026-06-01T12:00:10Z', plus(20_000))
    const rules: fc.Arbitrary<Rules | null> = fc.option(
      fc.record({
        decision: fc.constantFrom('PERMIT', 'DENY'),
        provisions: fc.array(
          fc.record({
            type: fc.constantFrom('PERMIT', 'DENY'),
            period: fc.record({ from: day, to: day }, { requiredKeys: [] }),
            provisions: fc.constant([]),
          }),
          { maxLength: 2 },
        ),
      } as const),
    )
    const agreements = fc.array(
      fc
        .record({
          qualifiedServiceOrganisation: fc.boolean(),
          from: instant,
          until: maybe,
          qualifiedFrom: maybe,
          qualifiedUntil: maybe,
        })
        .map(agreement),
      { maxLength: 2 },
    )
    const consents = fc.array(
      fc
        .record({ at: maybe, rules })
        .map(({ at, rules }) => tpo({ rules, elements: { expiry: { at, event: null, none: at === null } } })),
      { maxLength: 2 },
    )
    let changed = 0
    fc.assert(
      fc.property(agreements, consents, fc.nat({ max: 200_000 }), (terms, all, ms) => {
        const now = decide(all, terms)
        const later = decide(all, terms, {}, new Date(AT.getTime() + ms))
        if (later.admitted === now.admitted && later.consents.length === now.consents.length) return
        changed++
        expect(now.changesAt).not.toBeNull()
        expect(now.changesAt! <= plus(ms)).toBe(true)
      }),
      { numRuns: 10_000 },
    )
    expect(changed).toBeGreaterThan(200)
  })

  it('agrees with the rules said another way, over random documents', () => {
    const terms = fc.array(
      fc.record({ qualifiedServiceOrganisation: fc.boolean(), until: fc.constantFrom(null, plus(-1), plus(1)) }),
      { maxLength: 2 },
    )
    const given = fc.array(
      fc.record({
        kind: fc.constantFrom('PART2_TPO', 'PART2_SPECIFIC', 'HIPAA_AUTHORIZATION'),
        status: fc.constantFrom('ACTIVE', 'DRAFT', 'WITHDRAWN'),
        to: fc.constantFrom(US, HOME, { kind: 'HEALTH_PLAN', name: 'Northern Mutual' } as const),
        types: fc.constantFrom([], ['DISCHARGE_SUMMARY'], ['PROGRESS_NOTE']),
      } as const),
      { maxLength: 4 },
    )
    const types = fc.array(fc.constantFrom('DISCHARGE_SUMMARY', 'PROGRESS_NOTE'), { minLength: 1, maxLength: 3 })
    let byConsent = 0
    fc.assert(
      fc.property(terms, given, types, (contracts, all, documentTypes) => {
        const opens = (type: string) =>
          all.some(
            (c) =>
              c.status === 'ACTIVE' &&
              (c.to === US ? c.kind !== 'HIPAA_AUTHORIZATION' : c.to === HOME && c.kind === 'PART2_TPO') &&
              (c.types.length === 0 || c.types.some((limited) => limited === type)),
          )
        const isQualified = contracts.some((c) => c.qualifiedServiceOrganisation && c.until !== plus(-1))
        const records = all.map(({ kind, status, to, types: limited }, i) => ({
          ...consent({
            kind,
            status,
            withdrawnAt: status === 'WITHDRAWN' ? plus(0) : null,
            elements: { recipients: [to], documentTypes: [...limited], purposes: ['PAYMENT'], labels: ['PART2'] },
          }),
          id: `c${i}`,
        }))
        const documents = documentTypes.map((documentType, i) => ({ documentId: `d${i}`, documentType }))
        const decision = decide(records, contracts.map(agreement), { documents })
        expect(decision.admitted).toBe(isQualified || documentTypes.every(opens))
        expect(decision.consents.length > 0).toBe(decision.admitted && !isQualified)
        if (decision.consents.length > 0) byConsent++
      }),
      { numRuns: 5_000 },
    )
    expect(byConsent).toBeGreaterThan(200)
  })
})
