import type { CodeSystem } from '../model.js'
import type { CheckedLine, Finding, Rule } from './model.js'

/**
 * Every code stands in the table of its date and may be reported there (45 CFR 162.1000, guideline I.B.2). Where no
 * table of its system covers the date nothing can be said of the code: a diagnosis then blocks, a procedure warns,
 * since its tables are licensed or imported by the customer.
 */
export const codeInTable: Rule = ({ lines, dateOfService }) =>
  lines.flatMap((line): Finding[] => {
    if (line.facts?.billable) return []
    if (!line.release) return [withoutTable(line, dateOfService)]
    const table = `${SYSTEM_NAMES[line.system]} ${line.release.name}`
    if (!line.facts) {
      return [
        {
          ruleId: 'CODE_NOT_IN_TABLE',
          severity: 'ERROR',
          lines: [line],
          message: `${line.code} is not in the table that is valid on ${dateOfService} (${table}): choose a code from it.`,
          source: '45 CFR 162.1000',
        },
      ]
    }
    return [
      {
        ruleId: 'CODE_NOT_BILLABLE',
        severity: 'ERROR',
        lines: [line],
        message: `${line.code} is a header in ${table}: choose a code under it with all characters.`,
        source: line.system === 'ICD10CM' ? 'ICD-10-CM Official Guidelines I.B.2' : '45 CFR 162.1000',
      },
    ]
  })

const SYSTEM_NAMES: Readonly<Record<CodeSystem, string>> = {
  ICD10CM: 'ICD-10-CM',
  ICD10PCS: 'ICD-10-PCS',
  HCPCS: 'HCPCS Level II',
  CPT: 'CPT',
}

const withoutTable = (line: CheckedLine, date: string): Finding => ({
  ruleId: 'NO_TABLE',
  severity: line.system === 'ICD10CM' ? 'ERROR' : 'WARNING',
  lines: [line],
  message: `No table of ${SYSTEM_NAMES[line.system]} covers ${date}: have it imported, or check ${line.code} by hand.`,
  source: '45 CFR 162.1000',
})
