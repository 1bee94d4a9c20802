import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuthorRole, DocumentType, PatientClass } from '../../server/engine/index.js'
import { CONDITIONS, codesOf, doc, engine, request, topicsOf } from './support.js'

const classes = fc.constantFrom<PatientClass>('INPATIENT', 'OUTPATIENT', 'EMERGENCY', 'OBSERVATION', 'PROFESSIONAL')
const parts = fc.constantFrom<'AT_ADMISSION' | 'DURING' | 'AT_DISCHARGE'>('AT_ADMISSION', 'DURING', 'AT_DISCHARGE')
const types = fc.constantFrom<DocumentType>(
  'HISTORY_AND_PHYSICAL',
  'PROGRESS_NOTE',
  'DISCHARGE_SUMMARY',
  'CONSULTATION',
  'OTHER',
  'ORDER',
)
const providers = fc.constantFrom<AuthorRole>('ATTENDING', 'PHYSICIAN', 'RESIDENT', 'ADVANCED_PRACTICE')
const others = fc.constantFrom<AuthorRole>('NURSE', 'DIETITIAN', 'THERAPIST', 'LABORATORY', 'OTHER')
const text = fc
  .array(fc.constantFrom(...CONDITIONS), { minLength: 1, maxLength: 4 })
  .map((found) => `Impression:\n${found.map(([phrase], i) => `${i + 1}. ${phrase}`).join('\n')}\n`)

describe('whose words count (design.md section 10)', () => {
  it('never codes unsigned text', () => {
    fc.assert(
      fc.property(text, types, providers, parts, classes, (note, type, authorRole, encounterPart, patientClass) => {
        const result = engine.run(
          request([doc(note, { type, authorRole, encounterPart, signed: false })], { patientClass }),
        )
        expect(result.suggestions).toEqual([])
        expect(topicsOf(result).every((topic) => topic.startsWith('UNSIGNED:'))).toBe(true)
      }),
    )
  })

  it('never codes nursing notes, laboratory reports or the words of other clinicians', () => {
    fc.assert(
      fc.property(text, types, others, parts, classes, (note, type, authorRole, encounterPart, patientClass) => {
        expect(
          engine.run(request([doc(note, { type, authorRole, encounterPart })], { patientClass })).suggestions,
        ).toEqual([])
      }),
    )
    fc.assert(
      fc.property(
        text,
        fc.constantFrom<DocumentType>('NURSING_NOTE', 'LABORATORY_REPORT'),
        providers,
        classes,
        (note, type, authorRole, patientClass) => {
          expect(engine.run(request([doc(note, { type, authorRole })], { patientClass })).suggestions).toEqual([])
        },
      ),
    )
  })

  it('codes an interpreted test for outpatients, never for inpatients (IV.K, III.B)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CONDITIONS),
        fc.constantFrom<readonly [DocumentType, AuthorRole]>(
          ['RADIOLOGY_REPORT', 'RADIOLOGIST'],
          ['PATHOLOGY_REPORT', 'PATHOLOGIST'],
        ),
        classes,
        ([phrase, code], [type, authorRole], patientClass) => {
          const result = engine.run(request([doc(`Impression: ${phrase}.`, { type, authorRole })], { patientClass }))
          expect(codesOf(result)).toEqual(patientClass === 'INPATIENT' ? [] : [code])
        },
      ),
    )
    const inpatient = engine.run(
      request([doc('Impression: Pneumonia.', { type: 'RADIOLOGY_REPORT', authorRole: 'RADIOLOGIST' })]),
    )
    expect(topicsOf(inpatient)).toEqual(['RADIOLOGY:J18.9'])
  })

  it('asks nothing that a provider already documents', () => {
    const result = engine.run(
      request([
        doc('Impression: Pneumonia.', { versionId: 'x-ray', type: 'RADIOLOGY_REPORT', authorRole: 'RADIOLOGIST' }),
        doc('Assessment: Pneumonia.', { versionId: 'note' }),
      ]),
    )
    expect(codesOf(result)).toEqual(['J18.9'])
    expect(result.opportunities).toEqual([])
    expect(result.suggestions[0]?.evidence.map(({ versionId }) => versionId)).toEqual(['note'])
  })

  it("takes a nurse's body mass index beside the provider's obesity only (I.B.14)", () => {
    const nurse = doc('Nutrition screening: BMI 42.3 today.', {
      versionId: 'nurse',
      type: 'NURSING_NOTE',
      authorRole: 'NURSE',
    })
    const provider = doc('Assessment: Obesity.', { versionId: 'provider' })
    expect(codesOf(engine.run(request([nurse])))).toEqual([])
    expect(codesOf(engine.run(request([provider])))).toEqual(['E66.9'])
    expect(codesOf(engine.run(request([nurse, provider])))).toEqual(['E66.9', 'Z68.41'])
  })

  it('takes the stage of an ulcer from a nurse where the provider documents the ulcer (I.B.14)', () => {
    const nurse = doc('Skin: stage 3 sacral pressure ulcer.', {
      versionId: 'nurse',
      type: 'NURSING_NOTE',
      authorRole: 'NURSE',
    })
    const provider = doc('Assessment: Sacral pressure ulcer.', { versionId: 'provider' })
    expect(codesOf(engine.run(request([nurse])))).toEqual([])
    expect(codesOf(engine.run(request([nurse, provider])))).toEqual(['L89.153'])
  })

  it('takes the side from another clinician, and leaves a conflict open (I.B.14)', () => {
    const provider = doc('Assessment: Hip pain.', { versionId: 'provider' })
    const therapist = (side: string) => doc(`Reports ${side} hip pain.`, { versionId: side, authorRole: 'THERAPIST' })
    expect(codesOf(engine.run(request([provider, therapist('left')])))).toEqual(['M25.552'])
    expect(codesOf(engine.run(request([provider, therapist('left'), therapist('right')])))).toEqual(['M25.559'])
  })

  it('does not code a result that a provider only quotes (III.B)', () => {
    const result = engine.run(request([doc('Chest X-ray:\nPneumonia.\nPlan:\nObserve.')]))
    expect(result.suggestions).toEqual([])
    expect(topicsOf(result)).toEqual(['RESULT:J18.9'])
  })

  it('offers an uncertain diagnosis before discharge as a reason to query, for inpatients', () => {
    expect(topicsOf(engine.run(request([doc('Assessment: Probable sepsis.')])))).toEqual(['UNCERTAIN:A41.9'])
    expect(
      topicsOf(engine.run(request([doc('Assessment: Probable sepsis.')], { patientClass: 'OUTPATIENT' }))),
    ).toEqual([])
  })
})
