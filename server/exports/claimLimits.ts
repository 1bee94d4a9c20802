import type { ClaimForm, CodeRole, SnapshotChart, SnapshotLine } from './snapshot.model.js'
import { claimForm } from './snapshot.model.js'

/** What the limits look at: a `SubmissionSnapshot`, or as much of one. */
export interface Claimed {
  readonly chart: Pick<SnapshotChart, 'patientClass'>
  readonly lines: readonly ClaimedLine[]
}
type ClaimedLine = Pick<SnapshotLine, 'id' | 'kind' | 'role' | 'system' | 'modifiers'>

export type ClaimLimit =
  | 'PRINCIPAL_DIAGNOSIS'
  | 'ADMITTING_DIAGNOSIS'
  | 'OTHER_DIAGNOSES'
  | 'EXTERNAL_CAUSES'
  | 'REASONS_FOR_VISIT'
  | 'DIAGNOSES'
  | 'PROCEDURES'
  | 'SERVICE_LINES'
  | 'MODIFIERS'

export interface ClaimLimitWarning {
  readonly form: ClaimForm
  readonly limit: ClaimLimit
  readonly allowed: number
  readonly found: number
  /** The first line that no longer fits, in claim order: the one to move up or leave off. */
  readonly lineId: string
}

/**
 * What of a submission the claim format cannot carry. Warnings, not errors: the chart's coding is complete as it stands,
 * and what is left off the bill is the biller's decision.
 *
 * Limits of X12 5010: 837I has one principal and one admitting diagnosis, 24 other, 12 external causes, 3 reasons for
 * visit, 25 ICD-10-PCS procedures (principal and 24 other) and 999 service lines; 837P has 12 diagnoses in one list and
 * 50 service lines; both have 4 modifiers per service line.
 */
export function claimLimitWarnings(snapshot: Claimed): readonly ClaimLimitWarning[] {
  const form = claimForm(snapshot.chart.patientClass)
  return [
    ...(form === '837I' ? INSTITUTIONAL : PROFESSIONAL).flatMap(({ limit, allowed, counts }) => {
      const counted = snapshot.lines.filter(counts)
      const first = counted[allowed]
      return first === undefined ? [] : [{ form, limit, allowed, found: counted.length, lineId: first.id }]
    }),
    ...snapshot.lines
      .filter((line) => isServiceLine(line) && line.modifiers.length > MODIFIERS_PER_LINE)
      .map((line) => ({
        form,
        limit: 'MODIFIERS' as const,
        allowed: MODIFIERS_PER_LINE,
        found: line.modifiers.length,
        lineId: line.id,
      })),
  ]
}

const MODIFIERS_PER_LINE = 4

interface Limit {
  readonly limit: ClaimLimit
  readonly allowed: number
  readonly counts: (line: ClaimedLine) => boolean
}

const diagnosisAs =
  (...roles: readonly CodeRole[]) =>
  (line: ClaimedLine): boolean =>
    line.kind === 'DIAGNOSIS' && roles.includes(line.role)

const isServiceLine = (line: ClaimedLine): boolean =>
  line.kind === 'PROCEDURE' && (line.system === 'HCPCS' || line.system === 'CPT')

const INSTITUTIONAL: readonly Limit[] = [
  { limit: 'PRINCIPAL_DIAGNOSIS', allowed: 1, counts: diagnosisAs('PRINCIPAL', 'FIRST_LISTED') },
  { limit: 'ADMITTING_DIAGNOSIS', allowed: 1, counts: diagnosisAs('ADMITTING') },
  { limit: 'OTHER_DIAGNOSES', allowed: 24, counts: diagnosisAs('SECONDARY') },
  { limit: 'EXTERNAL_CAUSES', allowed: 12, counts: diagnosisAs('EXTERNAL_CAUSE') },
  { limit: 'REASONS_FOR_VISIT', allowed: 3, counts: diagnosisAs('REASON_FOR_VISIT') },
  { limit: 'PROCEDURES', allowed: 25, counts: (line) => line.system === 'ICD10PCS' },
  { limit: 'SERVICE_LINES', allowed: 999, counts: isServiceLine },
]

/** The professional claim knows neither admitting diagnosis nor reason for visit: they take no place on it. */
const PROFESSIONAL: readonly Limit[] = [
  { limit: 'DIAGNOSES', allowed: 12, counts: diagnosisAs('PRINCIPAL', 'FIRST_LISTED', 'SECONDARY', 'EXTERNAL_CAUSE') },
  { limit: 'SERVICE_LINES', allowed: 50, counts: isServiceLine },
]
