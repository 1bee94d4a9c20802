import { isReportedDiagnosis } from './lines.js'
import type { CheckedLine, Finding, Rule } from './model.js'

/**
 * Two diagnoses of which an Excludes1 note of one (its own, or of a header, section or chapter above it) names the
 * other. Conditions that are unrelated to each other may stand together all the same, so a reason lets it pass.
 */
export const excludes1Pairs: Rule = ({ lines, excludes1 }) => {
  const byCode = [...reportedByCode(lines)]
  return byCode.flatMap(([code, own], at) =>
    byCode.slice(at + 1).flatMap(([other, others]): Finding[] => {
      if (own[0]?.system !== 'ICD10CM' || others[0]?.system !== 'ICD10CM' || !excludes1(code, other)) return []
      return [
        {
          ruleId: 'EXCLUDES1',
          severity: 'WARNING',
          lines: lines.filter((line) => own.includes(line) || others.includes(line)),
          message: `${code} and ${other} exclude each other: remove one, or give the reason why they are unrelated.`,
          source: 'ICD-10-CM Official Guidelines I.A.12.a',
        },
      ]
    }),
  )
}

/** A diagnosis code is reported once; the admitting diagnosis may equal the principal, procedures may repeat. */
export const duplicates: Rule = ({ lines }) =>
  [...reportedByCode(lines)].flatMap(([code, same]): Finding[] => {
    if (same.length < 2) return []
    return [
      {
        ruleId: 'DUPLICATE_CODE',
        severity: 'WARNING',
        lines: same,
        message: `${code} is on the chart ${same.length} times: a diagnosis code is reported once, so remove the others.`,
        source: 'ICD-10-CM Official Guidelines I.B.12',
      },
    ]
  })

/** By the code as the table writes it: `E1140` and `E11.40` are one code. */
function reportedByCode(lines: readonly CheckedLine[]): ReadonlyMap<string, readonly CheckedLine[]> {
  const byCode = new Map<string, CheckedLine[]>()
  for (const line of lines.filter(isReportedDiagnosis)) {
    const code = line.facts?.code ?? line.code
    const same = byCode.get(code)
    if (same) same.push(line)
    else byCode.set(code, [line])
  }
  return byCode
}
