import type { LexiconTerm } from '../../server/codesets/model.js'
import {
  createEngine,
  type EngineCode,
  type EngineDocument,
  type EngineRequest,
  type EngineResult,
  type EngineTables,
} from '../../server/engine/index.js'

/** A small table of our own: code, title (header when it ends in "-"), phrases. Enough for sides, stages and groups. */
const ROWS: readonly (readonly [string, string, ...string[]])[] = [
  ['A41', 'Sepsis, other -'],
  ['A41.9', 'Sepsis, organism unspecified', 'sepsis'],
  ['B20', 'Disease by human immunodeficiency virus', 'hiv disease'],
  ['D64', 'Anemia, other -'],
  ['D64.9', 'Anemia, unspecified', 'anemia'],
  ['D50', 'Anemia from lack of iron -'],
  ['D50.9', 'Iron deficiency anemia, unspecified', 'anemia iron deficiency'],
  ['E11', 'Type 2 diabetes -'],
  ['E11.9', 'Type 2 diabetes without complications', 'diabetes', 'diabetes mellitus', 'type 2 diabetes'],
  ['E66', 'Obesity -'],
  ['E66.9', 'Obesity, unspecified', 'obesity'],
  ['E87', 'Fluids and electrolytes -'],
  ['E87.1', 'Low sodium of the blood', 'hyponatremia'],
  ['G35', 'Multiple sclerosis', 'multiple sclerosis'],
  ['I10', 'High blood pressure', 'hypertension'],
  ['I50', 'Heart failure -'],
  ['I50.2', 'Systolic heart failure -'],
  ['I50.20', 'Unspecified systolic heart failure'],
  ['I50.21', 'Acute systolic heart failure'],
  ['I50.22', 'Chronic systolic heart failure'],
  ['I50.23', 'Acute on chronic systolic heart failure'],
  ['I50.9', 'Heart failure, unspecified', 'heart failure', 'congestive heart failure'],
  ['I63', 'Stroke -'],
  ['I63.9', 'Stroke, unspecified', 'stroke', 'cerebral infarction'],
  ['J18', 'Pneumonia -'],
  ['J18.9', 'Pneumonia, organism unspecified', 'pneumonia'],
  ['J44', 'Chronic obstructive lung disease -'],
  ['J44.9', 'Chronic obstructive lung disease, unspecified', 'copd'],
  ['K35', 'Appendicitis -'],
  ['K35.80', 'Acute appendicitis, unspecified', 'acute appendicitis'],
  ['L89', 'Pressure ulcer -'],
  ['L89.15', 'Pressure ulcer of sacrum -'],
  ['L89.153', 'Pressure ulcer of sacrum, stage 3', 'stage 3 sacral pressure ulcer'],
  ['L89.159', 'Pressure ulcer of sacrum, unspecified stage', 'sacral pressure ulcer'],
  ['M25', 'Other joint conditions -'],
  ['M25.5', 'Pain in joint -'],
  ['M25.55', 'Pain in hip -'],
  ['M25.551', 'Pain in right hip'],
  ['M25.552', 'Pain in left hip'],
  ['M25.559', 'Pain in unspecified hip', 'hip pain'],
  ['N18', 'Chronic kidney disease -'],
  ['N18.3', 'Chronic kidney disease, stage 3 -'],
  ['N18.32', 'Chronic kidney disease, stage 3b'],
  ['N18.4', 'Chronic kidney disease, stage 4'],
  ['N18.9', 'Chronic kidney disease, unspecified', 'chronic kidney disease'],
  ['R07', 'Pain in throat and chest -'],
  ['R07.9', 'Chest pain, unspecified', 'chest pain'],
  ['R05', 'Cough -'],
  ['R05.9', 'Cough, unspecified', 'cough'],
  ['S72', 'Fracture of femur -'],
  ['S72.00', 'Fracture of neck of femur -'],
  ['S72.001', 'Fracture of unspecified part of neck of right femur -'],
  ['S72.001A', 'Fracture of unspecified part of neck of right femur, initial encounter for closed fracture'],
  ['S72.002', 'Fracture of unspecified part of neck of left femur -'],
  ['S72.002A', 'Fracture of unspecified part of neck of left femur, initial encounter for closed fracture'],
  ['S72.009', 'Fracture of unspecified part of neck of unspecified femur -'],
  [
    'S72.009A',
    'Fracture of unspecified part of neck of unspecified femur, initial encounter for closed fracture',
    'fracture femur neck',
  ],
  ['W19', 'Fall, unspecified -'],
  ['W19.XXXA', 'Fall, unspecified, initial encounter', 'unwitnessed fall'],
  ['Y92', 'Place of occurrence -'],
  ['Y92.230', 'Patient room in hospital as the place', 'fell in hospital room'],
  ['Z68', 'Body mass index -'],
  ['Z68.41', 'Body mass index 40 to 44, adult'],
  ['Z80', 'Family history of cancer -'],
  ['Z80.3', 'Family history of breast cancer', 'family history of breast cancer'],
  ['Z85', 'Personal history of cancer -'],
  ['Z85.3', 'Personal history of breast cancer', 'history of breast cancer'],
]

const parentOf = (code: string): string | null => {
  if (code.length <= 3) return null
  const parents = ROWS.map(([other]) => other).filter((other) => other !== code && code.startsWith(other))
  return parents.sort((a, b) => b.length - a.length)[0] ?? null
}

const codes: EngineCode[] = ROWS.map(([code, title]) => ({
  code,
  title: title.replace(/ -$/, ''),
  billable: !title.endsWith('-'),
  parent: parentOf(code),
  poaExempt: /^[YZ]/.test(code),
  manifestation: false,
  externalCause: /^[V-Y]/.test(code),
}))

const terms: LexiconTerm[] = [
  ...ROWS.flatMap(([code, , ...phrases]) =>
    phrases.map((phrase): LexiconTerm => ({ phrase, code, source: phrase === 'copd' ? 'ABBREVIATION' : 'INDEX' })),
  ),
  { phrase: 'ms', code: 'G35', source: 'ABBREVIATION' },
]

export const TABLES: EngineTables = { hash: 'test-tables', release: 'test', codes, terms }
export const engine = createEngine(TABLES)

/** Conditions of the tables that stand alone in a sentence, with the code each leads to when asserted. */
export const CONDITIONS: readonly (readonly [string, string])[] = terms
  .filter(({ phrase, code }) => !/^(Z|Y|W|L89)/.test(code) && phrase !== 'ms')
  .map(({ phrase, code }) => [phrase, code] as const)

export const doc = (text: string, rest: Partial<EngineDocument> = {}): EngineDocument => ({
  versionId: 'v1',
  type: 'PROGRESS_NOTE',
  authorRole: 'ATTENDING',
  signed: true,
  encounterPart: 'DURING',
  text,
  ...rest,
})

export const request = (
  documents: readonly EngineDocument[],
  rest: Partial<Omit<EngineRequest, 'documents'>> = {},
): EngineRequest => ({ patientClass: 'INPATIENT', dateOfService: '2026-01-15', sex: 'UNKNOWN', documents, ...rest })

export const codesOf = (result: EngineResult): string[] => result.suggestions.map(({ code }) => code).sort()
export const topicsOf = (result: EngineResult): string[] => result.opportunities.map(({ topic }) => topic)

/** The codes of one signed progress note of an inpatient. */
export const codesIn = (text: string, rest: Partial<EngineDocument> = {}): string[] =>
  codesOf(engine.run(request([doc(text, rest)])))
