import type { FindingKind, ScoreMeasureName } from '../../schema/values.js'
import type { FindingElement } from './audit.model.js'

/**
 * What a ledger comes to: a pure function of the findings, the codes that the submission froze, and a named, versioned
 * policy. There is no single formula (AHIMA, cited by auditors: code over code; case over case; claim level), so that all
 * are told side by side, with the policy's own first.
 */

export interface ScoringPolicy {
  readonly name: string
  readonly version: number
  /** The measure that people are held to. */
  readonly headline: ScoreMeasureName
}

/** A policy that audits were closed under is never changed: another count is another version. */
const POLICIES: readonly ScoringPolicy[] = [{ name: 'UNION', version: 1, headline: 'CORRECT_OVER_UNION' }]

/** Under which audits are closed now. */
export const POLICY_IN_FORCE: ScoringPolicy = POLICIES[0]!

/** @throws for a policy that this program does not know: it must not guess a score */
export function policyOf(name: string, version: number): ScoringPolicy {
  const policy = POLICIES.find((it) => it.name === name && it.version === version)
  if (!policy) throw new Error('an audit was closed under a scoring policy that is not known here')
  return policy
}

/** A code as the submission froze it. */
export interface LedgerLine {
  readonly id: string
  readonly kind: 'DIAGNOSIS' | 'PROCEDURE'
  readonly poa: string | null
  /** Who last decided it before it was submitted. */
  readonly decidedBy: string | null
}

export interface LedgerFinding {
  readonly id: string
  readonly element: FindingElement
  readonly kind: FindingKind
  readonly suggestionId: string | null
  readonly proposedSuggestionId: string | null
}

export interface Ledger {
  readonly submittedBy: string
  readonly lines: readonly LedgerLine[]
  /** Without those that were overturned. */
  readonly findings: readonly LedgerFinding[]
  /** What the auditor said of the DRG; null where no grouper says so. */
  readonly drgHolds: boolean | null
}

export interface Measure {
  readonly name: ScoreMeasureName
  readonly numerator: number | null
  readonly denominator: number | null
}

export interface Score {
  readonly policy: string
  readonly policyVersion: number
  readonly headline: Measure
  readonly measures: readonly Measure[]
  readonly overCoded: number
  readonly underCoded: number
}

/** A wrong code belongs to whoever last decided that line before it was submitted, a missed one to the submitter. */
export function responsibleFor(
  finding: Pick<LedgerFinding, 'suggestionId'>,
  { submittedBy, lines }: Pick<Ledger, 'submittedBy' | 'lines'>,
): string {
  const line = lines.find((it) => it.id === finding.suggestionId)
  return line?.decidedBy ?? submittedBy
}

/** Everybody whom a ledger judges. */
export const judgedBy = ({ submittedBy, lines }: Pick<Ledger, 'submittedBy' | 'lines'>): string[] => [
  ...new Set([submittedBy, ...lines.map((line) => line.decidedBy ?? submittedBy)]),
]

/** The part of a ledger that one person answers for. What is said of the case as a whole is the submitter's. */
export function shareOf(ledger: Ledger, memberId: string): Ledger {
  return {
    ...ledger,
    lines: ledger.lines.filter((line) => (line.decidedBy ?? ledger.submittedBy) === memberId),
    findings: ledger.findings.filter((finding) => responsibleFor(finding, ledger) === memberId),
    drgHolds: memberId === ledger.submittedBy ? ledger.drgHolds : null,
  }
}

export function scoreOf({ lines, findings, drgHolds }: Ledger, policy: ScoringPolicy): Score {
  const errors = findings.filter((finding) => finding.kind !== 'AGREE')
  const codes = errors.filter((finding) => CODES.has(finding.element))
  const wrong = new Set(codes.flatMap(({ kind, suggestionId }) => (kind === 'ADD' ? [] : (suggestionId ?? []))))
  // What should have been there, where the auditor named no line for it, counts as one code.
  const missed = new Set(
    codes.flatMap(({ id, kind, proposedSuggestionId }) => (kind === 'DELETE' ? [] : [proposedSuggestionId ?? id])),
  )
  const right = lines.filter((line) => !wrong.has(line.id))
  const withPoa = right.filter((line) => line.kind === 'DIAGNOSIS' && line.poa !== null)
  const wrongPoa = new Set(errors.flatMap(({ element, suggestionId }) => (element === 'POA' ? [suggestionId] : [])))
  const measures: Measure[] = [
    ratio('CORRECT_OVER_UNION', right.length, lines.length + missed.size),
    ratio('CODE_OVER_CODE', right.length, right.length + missed.size),
    // A person without a line and without a finding was not judged.
    ratio('CLAIM_LEVEL', errors.length === 0 ? 1 : 0, lines.length + errors.length > 0 ? 1 : 0),
    ratio('CASE_OVER_CASE', drgHolds ? 1 : 0, drgHolds === null ? 0 : 1),
    ratio('PRESENT_ON_ADMISSION', withPoa.filter((line) => !wrongPoa.has(line.id)).length, withPoa.length),
  ]
  return {
    policy: policy.name,
    policyVersion: policy.version,
    headline: measures.find((measure) => measure.name === policy.headline)!,
    measures,
    overCoded: lines.length - right.length,
    underCoded: missed.size,
  }
}

/** Elements of which a finding says that a whole code is wrong or missing. */
const CODES: ReadonlySet<FindingElement> = new Set(['PRINCIPAL_DIAGNOSIS', 'SECONDARY_DIAGNOSIS', 'PROCEDURE'])

/** Not computable where there is nothing to divide by: neither 0 nor 1. */
const ratio = (name: ScoreMeasureName, numerator: number, denominator: number): Measure =>
  denominator === 0 ? { name, numerator: null, denominator: null } : { name, numerator, denominator }
