import type { LexiconTerm } from '../codesets/model.js'
import type { Finding } from './findings.js'
import type { Mention } from './mentions.js'
import type { DocumentType } from './model.js'
import type { Candidate } from './rank.js'
import { SECTION_NAME } from './sectionWeights.js'
import type { EngineCode } from './tables.js'
import type { QueryCause } from './whoseWords.js'

/** The one sentence of a suggestion: which words, where, why this code. Holds no more of the text than those words. */
export function suggestionReason(candidate: Candidate, facts: EngineCode): string {
  const best = candidate.mentions[0]!
  const parts = [
    `“${wordsOf(best)}” in ${placeOf(best)} leads to ${facts.code} (${facts.title}) by ${SOURCE_NAME[best.source]}`,
  ]
  if (best.said.length > 0) parts.push(`chosen for ${best.said.map((word) => `“${word}”`).join(', ')} stated with it`)
  if (best.assertions.has('UNCERTAIN'))
    parts.push('uncertain, but documented at discharge of an inpatient (guideline II.H)')
  if (candidate.secondary)
    parts.push("documented by another clinician beside a provider's diagnosis (guideline I.B.14)")
  const further = candidate.mentions.length + candidate.folded.length - 1
  if (further > 0) parts.push(`named ${further === 1 ? 'once' : `${further} times`} more`)
  return `${parts.join('; ')}.`
}

/** The sentence of an opportunity that comes from words which may not be coded. */
export function causeReason(cause: QueryCause, mention: Mention, facts: EngineCode): string {
  return `“${wordsOf(mention)}” (${facts.title}) stands only in ${CAUSE[cause]}; a provider would have to document it before it can be coded.`
}

/** The sentence of an opportunity that comes from laboratory values. */
export function findingReason(finding: Finding, more: number): string {
  const { analyte, value, direction, limit } = finding
  const further = more > 0 ? `, and ${more === 1 ? 'once' : `${more} times`} more` : ''
  return `${analyte.charAt(0).toUpperCase()}${analyte.slice(1)} of ${value} is ${direction} ${limit}${further}, and no provider states what it means (guideline III.B).`
}

const wordsOf = (mention: Mention): string =>
  mention.document.text.slice(mention.start, mention.end).replace(/\s+/g, ' ')

const placeOf = (mention: Mention): string => `${SECTION_NAME[mention.section]} of ${TYPE_NAME[mention.document.type]}`

const SOURCE_NAME: Readonly<Record<LexiconTerm['source'], string>> = {
  INDEX: 'the alphabetic index',
  INCLUSION: 'an inclusion term',
  SYNONYM: 'a synonym',
  TITLE: 'its title',
  ABBREVIATION: 'an abbreviation',
}

const TYPE_NAME: Readonly<Record<DocumentType, string>> = {
  HISTORY_AND_PHYSICAL: 'a history and physical',
  PROGRESS_NOTE: 'a progress note',
  DISCHARGE_SUMMARY: 'a discharge summary',
  OPERATIVE_NOTE: 'an operative note',
  PROCEDURE_NOTE: 'a procedure note',
  CONSULTATION: 'a consultation',
  EMERGENCY_NOTE: 'an emergency note',
  CLINIC_NOTE: 'a clinic note',
  RADIOLOGY_REPORT: 'a radiology report',
  PATHOLOGY_REPORT: 'a pathology report',
  LABORATORY_REPORT: 'a laboratory report',
  NURSING_NOTE: 'a nursing note',
  ORDER: 'an order',
  OTHER: 'a document',
}

const CAUSE: Readonly<Record<QueryCause, string>> = {
  UNSIGNED: 'an unsigned document',
  LABORATORY: 'a laboratory report',
  RADIOLOGY: 'a radiology report',
  PATHOLOGY: 'a pathology report',
  NURSING: 'nursing documentation',
  NOT_A_PROVIDER: 'the words of somebody who is not the provider',
  RESULT: 'a result that is quoted without its significance',
  UNCERTAIN: 'an uncertain statement before discharge',
}
