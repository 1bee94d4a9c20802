import { isFirst } from './lines.js'
import type { Finding, Rule } from './model.js'

/** An inpatient chart has a principal diagnosis (guideline II), every other a first-listed one (IV.A). */
export const principalPresent: Rule = ({ patientClass, lines }) => {
  const isInpatient = patientClass === 'INPATIENT'
  const wanted = isInpatient ? 'PRINCIPAL' : 'FIRST_LISTED'
  if (lines.some((line) => line.kind === 'DIAGNOSIS' && line.role === wanted)) return []
  return [
    {
      ruleId: 'NO_PRINCIPAL',
      severity: 'ERROR',
      lines: [],
      message: isInpatient
        ? 'The chart has no principal diagnosis: choose the one that chiefly occasioned the admission.'
        : 'The chart has no first-listed diagnosis: choose the one chiefly responsible for the services.',
      source: `ICD-10-CM Official Guidelines ${isInpatient ? 'II' : 'IV.A'}`,
    },
  ]
}

/** Codes that may never stand first: external causes (I.C.20.a.6) and manifestations (I.A.13). */
export const notFirst: Rule = ({ lines }) =>
  lines.filter(isFirst).flatMap((line): Finding[] => {
    if (line.facts?.externalCause) {
      return [
        {
          ruleId: 'EXTERNAL_CAUSE_FIRST',
          severity: 'ERROR',
          lines: [line],
          message: `${line.code} is an external cause and may not stand first: put the injury or condition before it.`,
          source: 'ICD-10-CM Official Guidelines I.C.20.a.6',
        },
      ]
    }
    if (line.facts?.manifestation) {
      return [
        {
          ruleId: 'MANIFESTATION_FIRST',
          severity: 'ERROR',
          lines: [line],
          message: `${line.code} is a manifestation and may not stand first: put the underlying condition before it.`,
          source: 'ICD-10-CM Official Guidelines I.A.13',
        },
      ]
    }
    return []
  })
