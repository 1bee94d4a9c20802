import { isReportedDiagnosis } from './lines.js'
import type { CheckedLine, Finding, Rule, RuleInput } from './model.js'

/**
 * Inpatient principal, secondary and external cause diagnoses that are not exempt need a present-on-admission
 * indicator (guidelines, Appendix I); the admitting diagnosis and outpatient charts do not. Where the release was
 * imported without its list of exempt codes, nobody can tell, so it only warns.
 */
export const poaMissing: Rule = (input) =>
  linesWithPoa(input)
    .filter((line) => line.poa === null && !line.facts?.poaExempt)
    .map((line): Finding => {
      const listKnown = !line.release?.gaps?.includes('POA_EXEMPT')
      return {
        ruleId: 'POA_MISSING',
        severity: listKnown ? 'ERROR' : 'WARNING',
        lines: [line],
        message: listKnown
          ? `${line.code} needs a present-on-admission indicator: give Y, N, U or W.`
          : `${line.code} may need a present-on-admission indicator: the list of exempt codes is not loaded.`,
        source: 'ICD-10-CM Official Guidelines, Appendix I',
      }
    })

/** "Exempt" is for codes of the official list only. */
export const poaNotExempt: Rule = (input) =>
  linesWithPoa(input)
    .filter((line) => line.poa === 'EXEMPT' && !line.facts?.poaExempt && !line.release?.gaps?.includes('POA_EXEMPT'))
    .map((line): Finding => {
      return {
        ruleId: 'POA_NOT_EXEMPT',
        severity: 'ERROR',
        lines: [line],
        message: `${line.code} is not exempt from present-on-admission reporting: give Y, N, U or W.`,
        source: 'ICD-10-CM Official Guidelines, Appendix I',
      }
    })

/** Of codes that the table does not have only that is said. */
const linesWithPoa = ({ patientClass, lines }: RuleInput): readonly CheckedLine[] =>
  patientClass === 'INPATIENT' ? lines.filter((line) => isReportedDiagnosis(line) && line.facts !== undefined) : []
