import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONSENT_KINDS, type LIFT_REASONS, PURPOSES, SENSITIVITY_LABELS } from '../../schema/values.js'
import { decideBasis } from '../../server/consents/basis.decider.js'
import type { ConsentRecord, DisclosureRequest } from '../../server/consents/consent.model.js'
import { kindProblems, missingElements } from '../../server/consents/elements.decider.js'
import { AT, agreement, consent, HOME, PLAN, request, restriction } from './documents.js'
import { permitsOf } from './independentBasis.js'

const party = fc.constantFrom(
  HOME,
  PLAN,
  { kind: 'HEALTH_PLAN', name: null } as const,
  { kind: 'PROVIDER', name: 'Dr. Ash' } as const,
  { kind: 'COURT', name: 'Superior Court' } as const,
)
const instant = fc.constantFrom(-1, 0, 1).map((ms) => new Date(AT.getTime() + ms).toISOString())
const maybe = fc.option(instant, { freq: 3 })
const labels = fc.subarray([...SENSITIVITY_LABELS].slice(0, 3), { maxLength: 2 })
const types = fc.subarray(['DISCHARGE_SUMMARY', 'ORDER'])
const notes = fc.option(fc.constantFrom('PSYCHOTHERAPY_NOTES', 'COUNSELLING_NOTES'), { freq: 2, nil: null })
const usual = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('PAYMENT', 'LEGAL') },
  { weight: 1, arbitrary: fc.constantFrom(...PURPOSES) },
)

const anyRequest: fc.Arbitrary<DisclosureRequest> = fc
  .record({
    purpose: usual,
    recipient: party,
    recipientOwnsRecords: fc.boolean(),
    onwardTo: fc.option(party, { freq: 2 }),
    labels,
    separateNotes: notes,
    documentType: fc.constantFrom('DISCHARGE_SUMMARY', 'ORDER', null),
    careDays: fc.constantFrom({ from: '2026-03-09', to: '2026-03-15' }, { from: '2026-02-20', to: '2026-03-02' }, null),
    chartId: fc.constantFrom('chart-1', 'chart-2', null),
    receivedAt: instant,
    classes: fc.constantFrom(['CLINICAL'], ['CLINICAL', 'IDENTITY']),
  } as const)
  .map((facts) => request(facts as unknown as Partial<DisclosureRequest>))

const anyConsent: fc.Arbitrary<ConsentRecord> = fc
  .record({
    kind: fc.constantFrom(...CONSENT_KINDS),
    purposes: fc.oneof(
      usual.map((purpose) => [purpose]),
      fc.constant(['TREATMENT', 'PAYMENT', 'OPERATIONS'] as const),
    ),
    recipients: fc.array(party, { minLength: 1, maxLength: 3 }),
    labels,
    documentTypes: types,
    separateNotes: notes,
    dataPeriod: fc.constantFrom(
      { from: null, to: null },
      { from: '2026-03-01', to: null },
      { from: null, to: '2026-03-02' },
    ),
    expires: maybe,
    status: fc.constantFrom('ACTIVE', 'ACTIVE', 'ACTIVE', 'DRAFT', 'WITHDRAWN', 'ENDED'),
    stopped: instant,
    endReason: fc.constantFrom('EXPIRY_EVENT', 'KNOWN_FALSE', 'SUPERSEDED', 'EXPIRED'),
  } as const)
  .map(({ kind, status, stopped, endReason, expires, ...elements }) =>
    consent({
      kind,
      status,
      withdrawnAt: status === 'WITHDRAWN' ? stopped : null,
      endedAt: status === 'ENDED' ? stopped : null,
      endReason: status === 'ENDED' ? endReason : null,
      elements: {
        ...(elements as object),
        ...(kind === 'PART2_LEGAL' && { purposes: ['LEGAL'], separateNotes: null }),
        expiry: { at: expires ?? '2099-01-01T00:00:00.000Z', event: null, none: false },
        statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: true },
      },
    }),
  )
  // What is missing something, or wrongly mixed, is compared elsewhere: these are whole.
  .filter(({ kind, elements }) => missingElements(kind, elements).length + kindProblems(kind, elements).length === 0)

const consents = fc.array(anyConsent, { maxLength: 4 }).map((all) => all.map((c, i) => ({ ...c, id: `c${i}` })))
const agreements = fc.array(
  fc
    .record({
      purposes: fc.constantFrom([...PURPOSES], ['PAYMENT']),
      classes: fc.constantFrom(['CLINICAL', 'IDENTITY'], ['CLINICAL']),
      qualifiedServiceOrganisation: fc.boolean(),
      qualifiedFrom: maybe,
      qualifiedUntil: maybe,
      from: fc.oneof(
        { weight: 4, arbitrary: fc.constant('2024-01-01T00:00:00.000Z') },
        { weight: 1, arbitrary: instant },
      ),
      until: maybe,
    } as const)
    .map((terms) => agreement(terms as object)),
  { minLength: 1, maxLength: 3 },
)
const restrictions = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc
        .record({
          selfPay: fc.boolean(),
          chartId: fc.constantFrom(null, 'chart-1'),
          recipients: fc.array(party, { maxLength: 2 }),
          purposes: fc.constantFrom([], ['PAYMENT']),
          agreedAt: instant,
          lifted: fc.option(
            fc.record({
              at: instant,
              reason: fc.constantFrom<(typeof LIFT_REASONS)[number]>(
                'ASKED_IN_WRITING',
                'AGREED_ORALLY',
                'ENTITY_ENDED',
              ),
            }),
          ),
        } as const)
        .map((facts) => restriction(facts as object)),
      { minLength: 1, maxLength: 2 },
    ),
  },
)

describe('every decision on what may leave', () => {
  it('is that of the rules written down another way, over 30,000 random cases, on a basis that they give', () => {
    const met = new Map<string, number>()
    const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1)
    fc.assert(
      fc.property(anyRequest, agreements, consents, restrictions, (asked, terms, all, kept) => {
        const decision = decideBasis(asked, terms, all, kept, AT)
        const permits = permitsOf(asked, terms, all, kept, AT)
        expect(decision.allowed).toBe(permits.length > 0)
        if (decision.basis) {
          const { kind, consentId } = decision.basis
          expect(permits).toContainEqual({ basis: kind, consentId })
          count(kind)
        } else count(`no: ${decision.reasons[0]}`)
      }),
      { numRuns: 30_000 },
    )
    // Every basis and every reason was met.
    const reasons = [
      ...['RESTRICTED', 'RESTRICTED_SELF_PAY', 'NO_AGREEMENT', 'AGREEMENT_PURPOSE', 'AGREEMENT_CLASSES', 'RECIPIENT'],
      ...['AUTHORIZATION_NEEDED', 'SEPARATE_NOTES', 'PART2_NO_BASIS', 'PART2_LEGAL', 'LABEL_NO_BASIS'],
    ]
    const all = ['AGREEMENT', 'QSOA', ...CONSENT_KINDS, ...reasons.map((reason) => `no: ${reason}`)]
    expect([...met.keys()].sort()).toEqual(all.sort())
  })
})
