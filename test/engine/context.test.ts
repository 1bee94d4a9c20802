import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONDITIONS, codesIn, codesOf, doc, engine, request } from './support.js'

const condition = fc.constantFrom(...CONDITIONS)
/** Templates that take the condition away from the patient's present; X stands for the condition. */
const rejects = (templates: readonly string[], part = 'DURING' as 'DURING' | 'AT_DISCHARGE'): void => {
  fc.assert(
    fc.property(condition, fc.constantFrom(...templates), ([phrase], template) => {
      expect(codesIn(`Assessment:\n${template.replaceAll('X', phrase)}`, { encounterPart: part })).toEqual([])
    }),
    { numRuns: 300 },
  )
}

describe('what the words around a condition say', () => {
  it('suggests a condition that is plainly stated', () => {
    const templates = [
      'X.',
      '1. X.',
      'The patient has X.',
      'Admitted with X.',
      'X, improving on treatment.',
      'She was treated for X.',
    ]
    fc.assert(
      fc.property(condition, fc.constantFrom(...templates), ([phrase, code], template) => {
        expect(codesIn(`Assessment:\n${template.replaceAll('X', phrase)}`)).toContain(code)
      }),
      { numRuns: 300 },
    )
  })

  it('suggests nothing that is negated', () => {
    rejects([
      'Patient denies X.',
      'No evidence of X.',
      'No X.',
      'X was ruled out.',
      'X ruled out by imaging.',
      'X has been ruled out.',
      'Without X.',
      'Negative for X.',
      'There is no X.',
      'X is unlikely.',
      'X not seen.',
      'She denies fatigue, chills or X.',
      'X: none.',
      'Ruled out for X.',
      'He does not have X.',
    ])
  })

  it('suggests nothing of the past without a phrase of its own', () => {
    rejects([
      'History of X.',
      'H/o X.',
      'Status post X.',
      'X in 1998, resolved.',
      'Previous X.',
      'Had X years ago.',
      'Past medical history of X.',
    ])
  })

  it("suggests nothing of a relative's", () => {
    rejects([
      'Family history of X.',
      'Mother had X.',
      'Father with X.',
      'X in his mother.',
      'Sister died of X.',
      'Brother: X.',
    ])
    expect(codesIn('Family History:\nStroke, diabetes and hypertension.')).toEqual([])
  })

  it('suggests nothing that is only feared, watched for or prevented', () => {
    rejects([
      'Return if you develop X.',
      'Monitor for X.',
      'At risk for X.',
      'Screening for X.',
      'X prophylaxis.',
      'Call if she has X.',
      'To rule out X.',
    ])
  })

  it('ends a negation where the sentence turns', () => {
    expect(codesIn('Assessment: Denies chest pain but has pneumonia.')).toEqual(['J18.9'])
    expect(codesIn('Assessment: No stroke. Pneumonia.')).toEqual(['J18.9'])
    expect(codesIn('Assessment:\n1. No stroke\n2. Pneumonia\n')).toEqual(['J18.9'])
    expect(codesIn('Assessment: hypertension, no diabetes.')).toEqual(['I10'])
    expect(codesIn('No change in her pneumonia.')).toEqual(['J18.9'])
    expect(codesIn('A 68-year-old man with pneumonia.')).toEqual(['J18.9'])
  })

  it('takes a phrase that holds the trigger itself', () => {
    expect(codesIn('History of breast cancer.')).toEqual(['Z85.3'])
    expect(codesIn('Family History: Family history of breast cancer.')).toEqual(['Z80.3'])
    expect(codesIn('No family history of breast cancer.')).toEqual([])
  })

  it('codes doubt only for inpatients and only as documented at discharge (II.H, III.C, IV.H)', () => {
    const templates = [
      'Probable X.',
      'Suspected X.',
      'Likely X.',
      'Findings consistent with X.',
      'X is suspected.',
      'Possible X.',
      'X cannot be ruled out.',
      'Likely due to X.',
    ]
    fc.assert(
      fc.property(
        condition,
        fc.constantFrom(...templates),
        fc.constantFrom('INPATIENT', 'OUTPATIENT', 'EMERGENCY', 'OBSERVATION', 'PROFESSIONAL'),
        fc.constantFrom('AT_ADMISSION', 'DURING', 'AT_DISCHARGE'),
        ([phrase, code], template, patientClass, encounterPart) => {
          const text = `Assessment:\n${template.replaceAll('X', phrase)}`
          const found = codesOf(engine.run(request([doc(text, { encounterPart })], { patientClass })))
          const coded = patientClass === 'INPATIENT' && encounterPart === 'AT_DISCHARGE' && code !== 'B20'
          expect(found).toEqual(coded ? [code] : [])
        },
      ),
      { numRuns: 500 },
    )
  })
})
