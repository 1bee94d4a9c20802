import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONSENT_KINDS, type ConsentElement } from '../../schema/values.js'
import { type ConsentElements, NO_ELEMENTS } from '../../server/consents/consent.model.js'
import { kindProblems, missingElements } from '../../server/consents/elements.decider.js'
import { COMPLETE, consent } from './documents.js'

const CORE: Partial<Record<ConsentElement, keyof ConsentElements>> = {
  DESCRIPTION: 'description',
  DISCLOSER: 'disclosers',
  RECIPIENT: 'recipients',
  PURPOSE: 'purposes',
  EXPIRY: 'expiry',
  SIGNATURE: 'signature',
}
const CORE_NAMES = Object.keys(CORE) as ConsentElement[]

describe('the elements of a consent', () => {
  it.each(CONSENT_KINDS)(
    '%s: of the 64 subsets of the six core elements 63 are refused, naming what is missing',
    (kind) => {
      const whole = consent({ kind }).elements
      let refused = 0
      for (let subset = 0; subset < 64; subset++) {
        const absent = CORE_NAMES.filter((_, i) => ((subset >> i) & 1) === 0)
        const elements = { ...whole, ...Object.fromEntries(absent.map((e) => [CORE[e], NO_ELEMENTS[CORE[e]!]])) }
        const missing = missingElements(kind, elements)
        expect(missing.filter((e) => CORE_NAMES.includes(e))).toEqual(absent)
        if (missing.length > 0) refused++
      }
      expect(refused).toBe(63)
    },
  )

  it('hold every required statement as well', () => {
    const statements = ['revocation', 'conditioning', 'redisclosure'] as const
    fc.assert(
      fc.property(fc.subarray([...statements]), fc.boolean(), fc.boolean(), (given, plainLanguage, version) => {
        const elements: ConsentElements = {
          ...COMPLETE,
          statements: { ...NO_ELEMENTS.statements, ...Object.fromEntries(given.map((s) => [s, true])) },
          plainLanguage,
          textVersion: version ? '1' : ' ',
        }
        expect(missingElements('HIPAA_AUTHORIZATION', elements)).toEqual([
          ...statements.filter((s) => !given.includes(s)).map((s) => `STATEMENT_${s.toUpperCase()}`),
          ...(plainLanguage ? [] : ['PLAIN_LANGUAGE']),
          ...(version ? [] : ['TEXT_VERSION']),
        ])
      }),
    )
  })

  it('of a court order: say who ordered it and by which law', () => {
    const order = consent({ kind: 'COURT_ORDER' }).elements
    expect(missingElements('COURT_ORDER', order)).toEqual([])
    // What was recorded before orders cited their law has no place for it, and is in force no more.
    const { legalAuthority: _cited, ...before } = order
    for (const elements of [before, { ...order, legalAuthority: null }, { ...order, legalAuthority: '  ' }])
      expect(missingElements('COURT_ORDER', elements)).toEqual(['LEGAL_AUTHORITY'])
    expect(missingElements('COURT_ORDER', { ...order, signature: null })).toEqual(['SIGNATURE'])
  })

  it('say by what authority a representative signs', () => {
    const signed = (representative: { name: string; authority: string }) =>
      missingElements('HIPAA_AUTHORIZATION', {
        ...COMPLETE,
        signature: { signedOn: '2026-03-01', signedBy: 'O. Q.', representative },
      })
    expect(signed({ name: 'A. Q.', authority: 'Health care proxy' })).toEqual([])
    expect(signed({ name: 'A. Q.', authority: ' ' })).toEqual(['SIGNATURE'])
    expect(signed({ name: '', authority: 'Guardian' })).toEqual(['SIGNATURE'])
  })

  it('may end at "none" for research, and for treatment, payment and operations under Part 2, and for nothing else', () => {
    const none = { at: null, event: null, none: true }
    const expiry = (kind: (typeof CONSENT_KINDS)[number], purposes: ConsentElements['purposes']) =>
      missingElements(kind, { ...consent({ kind }).elements, purposes, expiry: none }).includes('EXPIRY')
    expect(expiry('HIPAA_AUTHORIZATION', ['RESEARCH'])).toBe(false)
    expect(expiry('HIPAA_AUTHORIZATION', ['RESEARCH', 'PAYMENT'])).toBe(true)
    expect(expiry('PART2_TPO', ['TREATMENT', 'PAYMENT'])).toBe(false)
    expect(expiry('PART2_SPECIFIC', ['RESEARCH'])).toBe(true)
    expect(expiry('PART2_LEGAL', ['LEGAL'])).toBe(true)
  })

  it('name the recipient where a class is not enough, an intermediary always, and payment for marketing and sale', () => {
    const missing = (kind: (typeof CONSENT_KINDS)[number], more: Partial<ConsentElements>) =>
      missingElements(kind, { ...consent({ kind }).elements, ...more })
    const anyPlan = [{ kind: 'HEALTH_PLAN' as const, name: null }]
    expect(missing('HIPAA_AUTHORIZATION', { recipients: anyPlan })).toEqual([])
    expect(missing('PART2_TPO', { recipients: anyPlan })).toEqual([])
    expect(missing('PART2_SPECIFIC', { recipients: anyPlan })).toEqual(['NAMED_RECIPIENT'])
    expect(missing('PART2_LEGAL', { recipients: anyPlan })).toEqual(['NAMED_RECIPIENT'])
    expect(missing('PART2_TPO', { recipients: [{ kind: 'INTERMEDIARY', name: null }] })).toEqual(['NAMED_INTERMEDIARY'])
    for (const purpose of ['MARKETING', 'SALE'] as const)
      expect(missing('HIPAA_AUTHORIZATION', { purposes: [purpose] })).toEqual(['STATEMENT_REMUNERATION'])
  })

  it.each([
    ['PART2_LEGAL', { purposes: ['LEGAL', 'PAYMENT'] }, 'LEGAL_COMBINED'],
    ['PART2_TPO', { purposes: ['PAYMENT', 'LEGAL'] }, 'LEGAL_COMBINED'],
    ['PART2_SPECIFIC', { purposes: ['LEGAL'] }, 'LEGAL_COMBINED'],
    ['PART2_TPO', { purposes: ['RESEARCH'] }, 'PURPOSE_OF_KIND'],
    ['HIPAA_AUTHORIZATION', { purposes: ['MARKETING', 'PAYMENT'] }, 'PURPOSE_COMBINED'],
    ['PART2_TPO', { separateNotes: 'COUNSELLING_NOTES' }, 'NOTES_OF_KIND'],
    ['HIPAA_AUTHORIZATION', { separateNotes: 'COUNSELLING_NOTES' }, 'NOTES_OF_KIND'],
    ['PART2_SPECIFIC', { separateNotes: 'PSYCHOTHERAPY_NOTES' }, 'NOTES_OF_KIND'],
    [
      'HIPAA_AUTHORIZATION',
      { expiry: { at: '2026-02-01T00:00:00.000Z', event: null, none: false } },
      'EXPIRY_BEFORE_SIGNATURE',
    ],
    ['HIPAA_AUTHORIZATION', { expiry: { at: '2027-02-01T00:00:00.000Z', event: 'x', none: false } }, 'EXPIRY_TWICE'],
  ] as const)('%s does not mix %j', (kind, more, code) => {
    const elements = { ...consent({ kind }).elements, ...more } as ConsentElements
    expect(kindProblems(kind, elements).map((p) => p.code)).toEqual([code])
  })

  it('stand without a problem in every whole document', () => {
    for (const kind of CONSENT_KINDS) {
      expect(kindProblems(kind, consent({ kind }).elements)).toEqual([])
      expect(missingElements(kind, consent({ kind }).elements)).toEqual([])
    }
  })
})
