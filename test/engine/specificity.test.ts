import { describe, expect, it } from 'vitest'
import { codesIn, codesOf, doc, engine, request } from './support.js'

describe('as specific as the text, never more', () => {
  it.each([
    ['Right hip pain.', ['M25.551']],
    ['Pain in the left hip.', ['M25.552']],
    ['Hip pain, left.', ['M25.552']],
    ['Hip pain on the right.', ['M25.551']],
    ['Hip pain.', ['M25.559']],
    // I.B.13: no bilateral code in the table, so both sides.
    ['Bilateral hip pain.', ['M25.551', 'M25.552']],
    ['Right and left hip pain.', ['M25.551', 'M25.552']],
    ['Fracture of the left femoral neck.', ['S72.002A']],
    ['Right femoral neck fracture.', ['S72.001A']],
    ['Left arm is normal. Hip pain.', ['M25.559']],
    ['Chest pain on the left, right hip pain.', ['M25.551', 'R07.9']],
  ])('side: %s', (text, expected) => {
    expect(codesIn(`Assessment: ${text}`)).toEqual(expected)
  })

  it.each([
    ['Heart failure.', ['I50.9']],
    ['Systolic heart failure.', ['I50.20']],
    ['Chronic systolic heart failure.', ['I50.22']],
    ['Acute on chronic systolic congestive heart failure.', ['I50.23']],
    ['Heart failure, no acute process.', ['I50.9']],
    ['Chronic kidney disease stage IIIb.', ['N18.32']],
    ['Chronic kidney disease, stage 4.', ['N18.4']],
    ['Chronic kidney disease.', ['N18.9']],
    ['Iron deficiency anemia.', ['D50.9']],
    ['Anemia, iron deficiency.', ['D50.9']],
  ])('type and stage: %s', (text, expected) => {
    expect(codesIn(`Assessment: ${text}`)).toEqual(expected)
  })

  it('marks the words that chose the code', () => {
    const text = 'Assessment: Acute on chronic systolic heart failure.'
    const [suggestion] = engine.run(request([doc(text)])).suggestions
    expect(suggestion?.evidence.map(({ start, end }) => text.slice(start, end))).toEqual([
      'Acute on chronic systolic heart failure',
    ])
  })

  it('lets an unspecified code give way to a specific one named elsewhere, keeping its evidence', () => {
    const documents = [
      doc('Assessment: Heart failure.', { versionId: 'a' }),
      doc('Assessment: Chronic systolic heart failure.', { versionId: 'b' }),
    ]
    const result = engine.run(request(documents))
    expect(codesOf(result)).toEqual(['I50.22'])
    expect(result.suggestions[0]?.evidence).toHaveLength(2)
  })

  it('leaves out a symptom that belongs to a diagnosis of the chart', () => {
    expect(codesIn('Assessment: Pneumonia. Cough.')).toEqual(['J18.9'])
    expect(codesIn('Assessment: Stroke. Cough.')).toEqual(['I63.9', 'R05.9'])
  })

  it('reads spelling, plural, hyphen and case the same', () => {
    for (const text of ['PNEUMONIA.', 'Pneumonias.', 'pneumonia.']) expect(codesIn(text)).toEqual(['J18.9'])
    for (const text of ['Anaemia.', 'ANEMIA.', 'anemias']) expect(codesIn(text)).toEqual(['D64.9'])
    for (const text of ['Heart-failure.', 'heart   failure', 'Heart\nfailure.'])
      expect(codesIn(text)).toEqual(['I50.9'])
  })

  it('never joins words over the end of a sentence or a list item', () => {
    expect(codesIn('He has a strong heart. Failure to follow advice.')).toEqual([])
    expect(codesIn('1. Heart\n2. Failure\n')).toEqual([])
  })

  it('takes short abbreviations in capitals only, ambiguous ones only where the document spells them out', () => {
    expect(codesIn('Assessment: COPD.')).toEqual(['J44.9'])
    expect(codesIn('Assessment: MS stable.')).toEqual([])
    expect(codesIn('Assessment: Multiple sclerosis. MS stable.')).toEqual(['G35'])
    expect(codesIn('Multiple sclerosis, seen by ms. Jones.')).toEqual(['G35'])
  })

  it('proposes present on admission only where the chart says it', () => {
    const poa = (text: string, part: 'AT_ADMISSION' | 'DURING') =>
      engine.run(request([doc(text, { encounterPart: part })])).suggestions.map(({ code, poa: value }) => [code, value])
    expect(poa('Assessment: Pneumonia.', 'AT_ADMISSION')).toEqual([['J18.9', 'Y']])
    expect(poa('Assessment: Pneumonia.', 'DURING')).toEqual([['J18.9', null]])
    expect(poa('Pneumonia, present on admission.', 'DURING')).toEqual([['J18.9', 'Y']])
    expect(poa('Pneumonia developed on hospital day 3.', 'DURING')).toEqual([['J18.9', 'N']])
    expect(poa('Hospital-acquired pneumonia.', 'DURING')).toEqual([['J18.9', 'N']])
    expect(
      engine.run(request([doc('Pneumonia.', { encounterPart: 'AT_ADMISSION' })], { patientClass: 'OUTPATIENT' }))
        .suggestions[0]?.poa,
    ).toBeNull()
  })

  it('suggests external causes and places', () => {
    expect(codesIn('She fell in hospital room and had an unwitnessed fall.')).toEqual(['W19.XXXA', 'Y92.230'])
  })
})
