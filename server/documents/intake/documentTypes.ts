import type { DocumentType, EncounterPart } from '../../engine/model.js'

/** A code as a source states it, with the name it gives it. */
export interface StatedCode {
  readonly code: string | null
  readonly name: string | null
}

/**
 * What kind of document a source says this is: by LOINC document code, else by the name it gives the document, since
 * vendors send local codes with readable names. `OTHER` when neither tells.
 */
export function documentTypeOf(stated: readonly StatedCode[]): DocumentType {
  for (const { code } of stated) {
    const type = code === null ? undefined : BY_LOINC.get(code)
    if (type !== undefined) return type
  }
  for (const { name } of stated) {
    const type = BY_NAME.find(([pattern]) => name !== null && pattern.test(name))
    if (type !== undefined) return type[1]
  }
  return 'OTHER'
}

/**
 * The part of the encounter a kind of document speaks for when nobody says otherwise. Only a discharge summary speaks
 * at discharge: uncertain diagnoses count there alone (guidelines II.H, III.C).
 */
export function encounterPartOf(type: DocumentType): EncounterPart {
  if (type === 'DISCHARGE_SUMMARY') return 'AT_DISCHARGE'
  if (type === 'HISTORY_AND_PHYSICAL' || type === 'EMERGENCY_NOTE') return 'AT_ADMISSION'
  return 'DURING'
}

/** LOINC document codes, codes only (loinc.org; C-CDA R2.1 section 1.1 and US Core DocumentReference type). */
const BY_LOINC: ReadonlyMap<string, DocumentType> = new Map(
  Object.entries({
    DISCHARGE_SUMMARY: '18842-5 11490-0 28655-9 34105-7 34106-5 28574-2',
    HISTORY_AND_PHYSICAL: '34117-2 11492-6 28626-0 47039-3 34116-4 34138-8 11494-2 18736-9 28654-2 67852-4',
    PROGRESS_NOTE: '11506-3 18733-6 28569-2 34130-5 34112-3 28575-9',
    OPERATIVE_NOTE: '11504-8 28573-4 34137-0 34868-0 34874-8 34877-1 34870-6 34818-5',
    PROCEDURE_NOTE: '28570-0 11505-5 18745-0 18746-8 18751-8 18753-4 18744-3',
    CONSULTATION: '11488-4 34104-0 51846-4 18763-3',
    EMERGENCY_NOTE: '34111-5 34878-9 28568-4 15507-7 68552-9',
    CLINIC_NOTE: '34108-1 34131-3 34766-6 34901-9 34753-4 34124-8',
    RADIOLOGY_REPORT: '18748-4 18747-6 18755-9 18760-1 18757-7 18758-5 18782-3 18726-0 24604-1 11541-0 18756-7',
    PATHOLOGY_REPORT: '11526-1 11529-5 60567-5 60568-3 33721-2 18743-5',
    LABORATORY_REPORT: '11502-2 18725-2',
    NURSING_NOTE:
      '34746-8 11536-0 46208-5 28623-7 34745-0 28651-8 29753-1 34744-3 57053-1 54094-8 57054-9 68482-9 61143-4',
    ORDER: '46209-3',
  } satisfies Partial<Record<DocumentType, string>>).flatMap(([type, codes]) =>
    codes.split(' ').map((code) => [code, type as DocumentType] as const),
  ),
)

/** Read in this order: "nursing discharge summary" is a nurse's, a nurse practitioner's note a provider's, "emergency department progress note" an emergency note. */
const BY_NAME: readonly (readonly [RegExp, DocumentType])[] = [
  [/\bnurs(e|ing)\b(?! (practitioner|midwife|anesthetist|home|facility))|\btriage\b/i, 'NURSING_NOTE'],
  [/\bdischarge (summary|note)\b|\bdeath summary\b/i, 'DISCHARGE_SUMMARY'],
  [/\bhistory (and|&) physical\b|\bH\s?&\s?P\b|\badmission (note|history)\b/i, 'HISTORY_AND_PHYSICAL'],
  [/\b(operative|operation|surgical) (note|report)\b/i, 'OPERATIVE_NOTE'],
  [/\bpatholog|\bcytolog|\bautopsy\b/i, 'PATHOLOGY_REPORT'],
  [/\bradiolog|\bimaging\b|\bx-?ray\b|\bultrasound\b|\b(CT|MRI?|PET) (scan|report|study)\b/i, 'RADIOLOGY_REPORT'],
  [/\blaborator|\blab (report|results?)\b|\bmicrobiolog/i, 'LABORATORY_REPORT'],
  [/\bemergency\b|\bED (provider |physician )?note\b/i, 'EMERGENCY_NOTE'],
  [/\bconsult/i, 'CONSULTATION'],
  [/\bprocedure (note|report)\b/i, 'PROCEDURE_NOTE'],
  [/\b(clinic|office|outpatient) (visit )?note\b|\boutpatient progress\b/i, 'CLINIC_NOTE'],
  [/\bprogress note\b/i, 'PROGRESS_NOTE'],
  [/\borders?\b/i, 'ORDER'],
]
