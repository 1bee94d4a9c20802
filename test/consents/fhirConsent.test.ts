import type { Bundle, Consent } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rulesOf } from '../../server/consents/elements.decider.js'
import { readFhirConsent } from '../../server/consents/fhirConsentIn.js'
import { toFhirConsents, toFhirRules } from '../../server/consents/fhirConsentOut.js'
import { decideRules } from '../../server/consents/provision.decider.js'
import { checkBundle } from '../../server/exports/fhirDefinitions.js'
import { consent } from './documents.js'
import { anyFacts, anyRules } from './rules.js'

const resource = (more: object): Consent =>
  ({
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    ...more,
  }) as Consent

const read = (value: object) => readFhirConsent(JSON.stringify(value))

describe('FHIR R4 Consent', () => {
  it('keeps every decision through R4 and back, over 20,000 trees', () => {
    let permitted = 0
    fc.assert(
      fc.property(anyRules, anyFacts, (rules, facts) => {
        const back = read(resource(toFhirRules(rules)))
        if (!back.ok) throw new Error(back.problem)
        const verdict = decideRules(back.rules, facts)
        expect(verdict).toBe(decideRules(rules, facts))
        if (verdict === 'PERMIT') permitted++
      }),
      { numRuns: 20_000 },
    )
    expect(permitted).toBeGreaterThan(1_000)
  })

  it('is valid by the official definitions', () => {
    const patient = { resourceType: 'Patient' as const, id: 'p1' }
    const check = (consents: Consent[]) =>
      checkBundle({
        resourceType: 'Bundle',
        type: 'collection',
        entry: [patient, ...consents].map((r) => ({ fullUrl: `urn:x:${r.resourceType}/${r.id}`, resource: r })),
      } as Bundle)
    for (const kind of ['HIPAA_AUTHORIZATION', 'PART2_TPO', 'COURT_ORDER'] as const)
      expect(check(toFhirConsents(consent({ kind }), 'p1'))).toEqual([])
    const withRules = fc.sample(anyRules, { numRuns: 60, seed: 7 }).map((rules, i) => consent({ id: `c${i}`, rules }))
    const issues = check(withRules.flatMap((c) => toFhirConsents(c, 'p1')))
    // References that came from outside lead outside.
    expect(
      issues.filter((i) => !i.problem.includes('does not resolve') && !i.path.includes('modifierExtension')),
    ).toEqual([])
  })

  it('says the same as the consent it was made from, until it expires', () => {
    const record = consent({ kind: 'PART2_TPO' })
    const [out] = toFhirConsents(record, 'p1')
    const back = readFhirConsent(JSON.stringify(out))
    if (!back.ok) throw new Error(back.problem)
    const facts = {
      at: '2026-06-01T00:00:00.000Z',
      recipient: { kind: 'HEALTH_PLAN' as const, name: 'Northern Mutual' },
      purpose: 'PAYMENT' as const,
      labels: ['PART2' as const],
      documentType: null,
      documentId: null,
      careDays: null,
    }
    expect(decideRules(back.rules, facts)).toBe('PERMIT')
    expect(decideRules(back.rules, { ...facts, labels: ['PART2', 'HIV'] })).toBe('DENY')
    expect(decideRules(back.rules, { ...facts, at: record.elements.expiry.at! })).toBe('DENY')
    expect(decideRules(back.rules, { ...facts, at: '2025-01-01T00:00:00.000Z' })).toBe('DENY')
  })

  it('read back says what the consent says, over random consents: by its elements, its rules and its days', () => {
    const party = fc.record({
      kind: fc.constantFrom('HEALTH_PLAN', 'PROVIDER', 'PERSON'),
      name: fc.option(fc.constantFrom('Northern Mutual', 'Dr. Ash')),
    } as const)
    const anyConsent = fc
      .record({
        kind: fc.constantFrom('HIPAA_AUTHORIZATION', 'PART2_TPO', 'PART2_SPECIFIC', 'COURT_ORDER'),
        recipients: fc.array(party, { minLength: 1, maxLength: 2 }),
        purposes: fc.subarray(['PAYMENT', 'RESEARCH'], { minLength: 1 }),
        labels: fc.subarray(['PART2', 'HIV']),
        documentTypes: fc.subarray(['DISCHARGE_SUMMARY', 'OTHER']),
        dataPeriod: fc.constantFrom(
          { from: null, to: null },
          { from: '2026-02-01', to: null },
          { from: null, to: '2026-03-01' },
        ),
        expiresAt: fc.constantFrom('2026-02-15T12:00:00.000Z', '2026-04-01T00:00:00.001Z'),
        rules: fc.option(anyRules, { freq: 2 }),
      } as const)
      .map(({ kind, rules, expiresAt, ...elements }) =>
        consent({
          kind,
          rules,
          elements: {
            ...(elements as object),
            expiry: { at: expiresAt, event: null, none: false },
            signature: { signedOn: '2026-01-01', signedBy: 'O. Q.', representative: null },
          },
        }),
      )
    const met = { PERMIT: 0, DENY: 0 }
    fc.assert(
      fc.property(anyConsent, anyFacts, (record, facts) => {
        const said = [rulesOf(record.kind, record.elements), ...(record.rules ? [record.rules] : [])]
        const over = facts.at >= record.elements.expiry.at!
        const verdict = !over && said.every((rules) => decideRules(rules, facts) === 'PERMIT') ? 'PERMIT' : 'DENY'
        const back = toFhirConsents(record, 'p1').map((out) => {
          const one = readFhirConsent(JSON.stringify(out))
          if (!one.ok) throw new Error(one.problem)
          return decideRules(one.rules, facts)
        })
        expect(back.every((it) => it === 'PERMIT') ? 'PERMIT' : 'DENY').toBe(verdict)
        met[verdict]++
      }),
      { numRuns: 10_000 },
    )
    expect(met.PERMIT).toBeGreaterThan(100)
    expect(met.DENY).toBeGreaterThan(100)
  })

  it('permits on nothing but a base that says so, and where the root speaks', () => {
    const optIn = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }] }
    const decisionOf = (more: object) => {
      const back = read(resource(more))
      return back.ok ? back.rules.decision : back.problem
    }
    expect(decisionOf({ policyRule: optIn })).toBe('PERMIT')
    expect(decisionOf({ policy: [{ uri: 'http://example.org/policy' }] })).toBe('DENY')
    expect(decisionOf({ policyRule: { text: 'opt in' } })).toBe('DENY')
    expect(decisionOf({ policyRule: optIn, provision: { period: { end: '2020' } } })).toBe('DENY')
  })

  it.each([
    ['NOT_ACTIVE', resource({ status: 'inactive' })],
    ['MODIFIED', resource({ modifierExtension: [{ url: 'http://x' }] })],
    ['PROVISION_WITHOUT_TYPE', resource({ provision: { provision: [{ purpose: [{ code: 'x' }] }] } })],
    ['NOT_A_CONSENT', { resourceType: 'Patient' }],
    ['NOT_A_CONSENT', resource({ provision: { provision: 'x' } })],
    ['NOT_A_CONSENT', null],
    ['TOO_LARGE', resource({ provision: nest(40) })],
  ])('refuses %s', (problem, value) => {
    expect(read(value as object)).toEqual({ ok: false, problem })
  })

  it('refuses what is no JSON, and survives any JSON', () => {
    expect(readFhirConsent('{')).toEqual({ ok: false, problem: 'NOT_JSON' })
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(typeof readFhirConsent(json).ok).toBe('boolean')
      }),
    )
  })
})

function nest(depth: number): object {
  return depth === 0 ? { type: 'permit' } : { type: 'permit', provision: [nest(depth - 1)] }
}
