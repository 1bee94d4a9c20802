import { inCategories, isConfirmedOnly, startsWithAny } from './codeGroups.js'
import type { EngineDocument, PatientClass } from './model.js'
import type { SectionKind } from './sections.js'
import type { Assertion } from './triggers.js'

/** What becomes of a mention: a code; a code only beside a provider's diagnosis (I.B.14); a reason to query; nothing. */
export type Standing = 'CODE' | 'SECONDARY' | 'QUERY' | 'NOTHING'

/** Why a mention cannot be a code although it names a condition. Part of an opportunity's topic. */
export type QueryCause =
  | 'UNSIGNED'
  | 'LABORATORY'
  | 'RADIOLOGY'
  | 'PATHOLOGY'
  | 'NURSING'
  | 'NOT_A_PROVIDER'
  | 'RESULT'
  | 'UNCERTAIN'

export interface Judgement {
  readonly standing: Standing
  readonly cause?: QueryCause
}

/** What of a mention the rule looks at. */
export interface Claim {
  readonly code: string
  readonly section: SectionKind
  readonly assertions: ReadonlySet<Assertion>
}

/**
 * Whose words count (ICD-10-CM guidelines I.B.14, II.H, III.B, III.C, IV.H, IV.K; design.md section 10): decides from
 * the document's type, author, signature and part of the encounter, and from the patient class.
 */
export function whoseWords(document: EngineDocument, patientClass: PatientClass, claim: Claim): Judgement {
  const { assertions } = claim
  if (
    assertions.has('NEGATED') ||
    assertions.has('FAMILY') ||
    assertions.has('HYPOTHETICAL') ||
    assertions.has('HISTORICAL')
  ) {
    return NOTHING
  }
  const authority = authorityOf(document, patientClass)
  if (authority.standing === 'CODE') return providersWords(document, patientClass, claim)
  if (assertions.has('UNCERTAIN')) return NOTHING
  const secondary = document.signed && authority.cause !== 'LABORATORY' && isOthersToDocument(claim.code)
  return secondary ? { standing: 'SECONDARY', ...(authority.cause && { cause: authority.cause }) } : authority
}

/** Whether the author of a document may establish a diagnosis in it, before any word of it is read. */
export function authorityOf(document: EngineDocument, patientClass: PatientClass): Judgement {
  if (!document.signed) return query('UNSIGNED')
  if (document.type === 'LABORATORY_REPORT' || document.authorRole === 'LABORATORY') return query('LABORATORY')
  if (document.type === 'RADIOLOGY_REPORT') return interpretation(document, patientClass, 'RADIOLOGY')
  if (document.type === 'PATHOLOGY_REPORT') return interpretation(document, patientClass, 'PATHOLOGY')
  if (document.type === 'NURSING_NOTE' || document.authorRole === 'NURSE') return query('NURSING')
  return isProvider(document) ? CODE : query('NOT_A_PROVIDER')
}

/** IV.K: outpatient tests interpreted by a physician are coded from the final report; inpatient ones are not (III.B). */
function interpretation(document: EngineDocument, patientClass: PatientClass, cause: QueryCause): Judgement {
  return patientClass !== 'INPATIENT' && isProvider(document) ? CODE : query(cause)
}

const isProvider = ({ authorRole }: EngineDocument): boolean =>
  authorRole === 'ATTENDING' ||
  authorRole === 'PHYSICIAN' ||
  authorRole === 'RESIDENT' ||
  authorRole === 'ADVANCED_PRACTICE' ||
  authorRole === 'RADIOLOGIST' ||
  authorRole === 'PATHOLOGIST'

function providersWords(document: EngineDocument, patientClass: PatientClass, claim: Claim): Judgement {
  // III.B: a result that a provider only quotes is a finding until its significance is stated.
  if (claim.section === 'RESULTS') return claim.assertions.has('UNCERTAIN') ? NOTHING : query('RESULT')
  if (!claim.assertions.has('UNCERTAIN')) return CODE
  if (patientClass !== 'INPATIENT' || isConfirmedOnly(claim.code)) return NOTHING
  return document.encounterPart === 'AT_DISCHARGE' ? CODE : query('UNCERTAIN')
}

/** I.B.14: what clinicians other than the provider may document. Laterality is handled where sides are merged. */
export const isOthersToDocument = (code: string): boolean =>
  startsWithAny(code, ['Z68', 'L89', 'R40.2', 'R29.7', 'Y90', 'Z28']) ||
  inCategories(code, 'Z55', 'Z65') ||
  isUlcerDepth(code) ||
  isFirearm(code)

/** The provider's diagnoses beside which an item of I.B.14 may be reported. */
export function supportsOthersItem(item: string, diagnosis: string): boolean {
  if (item.startsWith('Z68'))
    return startsWithAny(diagnosis, ['E66', 'E4', 'E88.A', 'R63.4', 'R63.5', 'R63.6', 'E65', 'O99.21', 'F50', 'R64'])
  if (item.startsWith('L89')) return diagnosis.startsWith('L89')
  if (isUlcerDepth(item))
    return startsWithAny(diagnosis, [
      'L97',
      'L98.4',
      'E08.62',
      'E09.62',
      'E10.62',
      'E11.62',
      'E13.62',
      'I83.0',
      'I83.2',
      'I70.2',
      'I87.0',
      'I87.3',
    ])
  if (item.startsWith('R29.7')) return diagnosis.startsWith('I63')
  if (item.startsWith('Y90')) return diagnosis.startsWith('F10') || diagnosis.startsWith('T51')
  if (isFirearm(item)) return /^[ST]/.test(diagnosis)
  return true
}

const isUlcerDepth = (code: string): boolean => startsWithAny(code, ['L97', 'L98.4'])
const isFirearm = (code: string): boolean =>
  inCategories(code, 'W32', 'W34') ||
  inCategories(code, 'X72', 'X74') ||
  inCategories(code, 'X93', 'X95') ||
  inCategories(code, 'Y22', 'Y24')

const CODE: Judgement = { standing: 'CODE' }
const NOTHING: Judgement = { standing: 'NOTHING' }
const query = (cause: QueryCause): Judgement => ({ standing: 'QUERY', cause })
