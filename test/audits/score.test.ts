import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  judgedBy,
  type Ledger,
  type LedgerFinding,
  type LedgerLine,
  POLICY_IN_FORCE,
  policyOf,
  responsibleFor,
  scoreOf,
  shareOf,
} from '../../server/audits/score.decider.js'

/** docs/audits.md, "How a ledger is scored". */

const line = (id: string, more: Partial<LedgerLine> = {}): LedgerLine => ({
  id,
  kind: 'DIAGNOSIS',
  poa: 'Y',
  decidedBy: 'coder',
  ...more,
})
const finding = (id: string, more: Partial<LedgerFinding>): LedgerFinding => ({
  id,
  element: 'SECONDARY_DIAGNOSIS',
  kind: 'AGREE',
  suggestionId: null,
  proposedSuggestionId: null,
  ...more,
})
const told = (ledger: Ledger) =>
  Object.fromEntries(
    scoreOf(ledger, POLICY_IN_FORCE).measures.map((m) => [
      m.name,
      m.denominator === null ? null : [m.numerator, m.denominator],
    ]),
  )

/** Auditor's nine codes; the coder's eight: seven right, one wrong secondary, one missed (the worked example of the trade). */
const EXAMPLE: Ledger = {
  submittedBy: 'coder',
  lines: Array.from({ length: 8 }, (_, i) => line(`l${i}`)),
  findings: [
    finding('f1', { kind: 'CHANGE', suggestionId: 'l7', proposedSuggestionId: 'p1' }),
    finding('f2', { kind: 'ADD', proposedSuggestionId: 'p2' }),
  ],
  drgHolds: true,
}

describe('the worked example', () => {
  it('is 7/9 code over code, 7/10 of the union, 0 for the claim and 1 for the case where the DRG holds', () => {
    expect(told(EXAMPLE)).toEqual({
      CODE_OVER_CODE: [7, 9],
      CORRECT_OVER_UNION: [7, 10],
      CLAIM_LEVEL: [0, 1],
      CASE_OVER_CASE: [1, 1],
      PRESENT_ON_ADMISSION: [7, 7],
    })
    expect(scoreOf(EXAMPLE, POLICY_IN_FORCE)).toMatchObject({
      overCoded: 1,
      underCoded: 2,
      policy: 'UNION',
      policyVersion: 1,
    })
    expect(scoreOf(EXAMPLE, POLICY_IN_FORCE).headline.name).toBe('CORRECT_OVER_UNION')
  })

  it('tells the compliance risk that code over code hides: nine of the same nine and one unsupported code', () => {
    const over: Ledger = {
      ...EXAMPLE,
      lines: Array.from({ length: 10 }, (_, i) => line(`l${i}`)),
      findings: [finding('f1', { kind: 'DELETE', suggestionId: 'l9' })],
    }
    expect(told(over)).toMatchObject({ CODE_OVER_CODE: [9, 9], CORRECT_OVER_UNION: [9, 10] })
  })

  it('has no case score without a DRG, neither 0 nor 1', () => {
    expect(told({ ...EXAMPLE, drgHolds: null }).CASE_OVER_CASE).toBeNull()
    expect(told({ ...EXAMPLE, drgHolds: false }).CASE_OVER_CASE).toEqual([0, 1])
  })
})

describe('a policy', () => {
  it('is known by name and version, and no other is guessed', () => {
    expect(policyOf('UNION', 1)).toBe(POLICY_IN_FORCE)
    expect(() => policyOf('UNION', 2)).toThrow()
    expect(() => policyOf('DOLBEY', 1)).toThrow()
  })
})

// ---- an independent model -----------------------------------------------------------------------------------------

const PEOPLE = ['coder', 'reviewer', 'other'] as const
const ELEMENTS = [
  'PRINCIPAL_DIAGNOSIS',
  'SECONDARY_DIAGNOSIS',
  'PROCEDURE',
  'POA',
  'SEQUENCE',
  'ABSTRACT',
  'MODIFIER',
] as const

/** A ledger as auditors make one: what is judged of a line is judged once, proposals are named once. */
const ledgers: fc.Arbitrary<Ledger> = fc
  .record({
    submittedBy: fc.constantFrom(...PEOPLE),
    lines: fc.array(
      fc.record({
        kind: fc.constantFrom('DIAGNOSIS' as const, 'PROCEDURE' as const),
        poa: fc.constantFrom('Y', 'N', null),
        decidedBy: fc.constantFrom(...PEOPLE, null),
        fate: fc.constantFrom('none', 'agree', 'delete', 'change', 'change by name', 'poa'),
      }),
      { maxLength: 9 },
    ),
    added: fc.nat(4),
    whole: fc.array(fc.constantFrom(...ELEMENTS.slice(4)), { maxLength: 2 }),
    drgHolds: fc.constantFrom(true, false, null),
  })
  .map(({ submittedBy, lines, added, whole, drgHolds }) => ({
    submittedBy,
    drgHolds,
    lines: lines.map(({ fate: _, ...of }, i) => ({ ...of, id: `l${i}` })),
    findings: [
      ...lines.flatMap(({ fate, kind }, i): LedgerFinding[] => {
        const element = kind === 'PROCEDURE' ? 'PROCEDURE' : 'SECONDARY_DIAGNOSIS'
        const suggestionId = `l${i}`
        if (fate === 'none') return []
        if (fate === 'poa') return [finding(`f${i}`, { element: 'POA', kind: 'CHANGE', suggestionId })]
        if (fate === 'agree') return [finding(`f${i}`, { element, suggestionId })]
        if (fate === 'delete') return [finding(`f${i}`, { element, kind: 'DELETE', suggestionId })]
        const proposedSuggestionId = fate === 'change by name' ? `p${i}` : null
        return [finding(`f${i}`, { element, kind: 'CHANGE', suggestionId, proposedSuggestionId })]
      }),
      ...Array.from({ length: added }, (_, i) => finding(`a${i}`, { kind: 'ADD', proposedSuggestionId: `q${i}` })),
      ...whole.map((element, i) => finding(`w${i}`, { element, kind: 'CHANGE' })),
    ],
  }))

/** The two lists of codes written out one by one, and compared one by one. */
function byHand({ lines, findings, drgHolds }: Ledger) {
  const coder = lines.map((it) => it.id)
  let auditor = [...coder]
  for (const f of findings) {
    if (!['PRINCIPAL_DIAGNOSIS', 'SECONDARY_DIAGNOSIS', 'PROCEDURE'].includes(f.element)) continue
    if (f.kind === 'DELETE' || f.kind === 'CHANGE') auditor = auditor.filter((id) => id !== f.suggestionId)
    if (f.kind === 'ADD' || f.kind === 'CHANGE') auditor.push(f.proposedSuggestionId ?? `nameless ${f.id}`)
  }
  let both = 0
  for (const code of coder) if (auditor.includes(code)) both++
  const union = coder.length + auditor.filter((code) => !coder.includes(code)).length
  const faults = findings.filter((f) => f.kind !== 'AGREE').length
  const poa = lines.filter((l) => auditor.includes(l.id) && l.kind === 'DIAGNOSIS' && l.poa !== null)
  const good = poa.filter((l) => !findings.some((f) => f.element === 'POA' && f.suggestionId === l.id))
  return {
    CORRECT_OVER_UNION: union ? [both, union] : null,
    CODE_OVER_CODE: auditor.length ? [both, auditor.length] : null,
    CLAIM_LEVEL: lines.length || faults ? [faults ? 0 : 1, 1] : null,
    CASE_OVER_CASE: drgHolds === null ? null : [drgHolds ? 1 : 0, 1],
    PRESENT_ON_ADMISSION: poa.length ? [good.length, poa.length] : null,
  }
}

describe('scores over random ledgers', () => {
  it('are those of the two lists of codes, compared by hand', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        expect(told(ledger)).toEqual(byHand(ledger))
      }),
      { numRuns: 2_000 },
    )
  })

  it('lie between nothing and all, and are all where nothing was found', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        for (const m of scoreOf(ledger, POLICY_IN_FORCE).measures)
          if (m.denominator !== null) {
            expect(m.numerator).toBeGreaterThanOrEqual(0)
            expect(m.numerator).toBeLessThanOrEqual(m.denominator)
          }
        const clean = told({ ...ledger, findings: ledger.findings.filter((f) => f.kind === 'AGREE') })
        expect(clean.CORRECT_OVER_UNION).toEqual(
          ledger.lines.length ? [ledger.lines.length, ledger.lines.length] : null,
        )
      }),
    )
  })

  it('never fall when a finding is overturned', () => {
    const value = (ledger: Ledger) => {
      const { headline } = scoreOf(ledger, POLICY_IN_FORCE)
      return headline.denominator === null ? 1 : headline.numerator! / headline.denominator
    }
    fc.assert(
      fc.property(ledgers, fc.nat(), (ledger, n) => {
        fc.pre(ledger.findings.length > 0)
        const findings = ledger.findings.filter((_, i) => i !== n % ledger.findings.length)
        expect(value({ ...ledger, findings })).toBeGreaterThanOrEqual(value(ledger))
      }),
    )
  })

  it('fall into shares of which each line and each finding is in exactly one, that of who answers for it', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const shares = judgedBy(ledger).map((memberId) => ({ memberId, share: shareOf(ledger, memberId) }))
        expect(shares.flatMap(({ share }) => share.lines.map((it) => it.id)).sort()).toEqual(
          ledger.lines.map((it) => it.id).sort(),
        )
        expect(shares.flatMap(({ share }) => share.findings.map((it) => it.id)).sort()).toEqual(
          ledger.findings.map((it) => it.id).sort(),
        )
        for (const { memberId, share } of shares)
          for (const f of share.findings) {
            expect(responsibleFor(f, ledger)).toBe(memberId)
            const judged = ledger.lines.find((it) => it.id === f.suggestionId)
            expect(memberId).toBe(judged?.decidedBy ?? ledger.submittedBy)
          }
      }),
    )
  })
})
