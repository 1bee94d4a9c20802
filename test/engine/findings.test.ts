import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doc, engine, request, topicsOf } from './support.js'

const lab = (text: string) =>
  engine.run(request([doc(text, { versionId: 'lab', type: 'LABORATORY_REPORT', authorRole: 'LABORATORY' })]))

describe('values outside their limits (III.B)', () => {
  it.each([
    'Sodium 128',
    'Na 128 mmol/L (L)',
    'sodium of 128',
    'Sodium: 128 mEq/L',
    'Serum sodium was low at 128.',
    'Sodium level 128 (135-145)',
    'Na+ 128',
  ])('low sodium: %s', (text) => {
    const result = lab(text)
    expect(result.suggestions).toEqual([])
    expect(topicsOf(result)).toEqual(['LOW_SODIUM'])
    const [evidence] = result.opportunities[0]!.evidence
    expect(text.slice(evidence!.start, evidence!.end)).toContain('128')
  })

  it.each([
    'Sodium 138',
    'sodium chloride 0.9% 100 mL',
    'sodium 2 g diet',
    'No 128',
    'potassium 20 mEq daily',
    'Potassium chloride 20 mEq',
    'calcium 500 mg',
    'troponin <0.01',
    'na 128',
    'Hemoglobin A1c 7.2',
    'INR 1.0',
    'Glucose 110',
    'WBC 7.2',
    'Seen in 2004 for sodium',
    'Sodium 12/8/2004',
  ])('nothing: %s', (text) => {
    expect(topicsOf(lab(text))).toEqual([])
  })

  it.each([
    ['Potassium 2.9', 'LOW_POTASSIUM'],
    ['K 6.2 mmol/L H', 'HIGH_POTASSIUM'],
    ['Creatinine 3.1', 'HIGH_CREATININE'],
    ['Hgb 7.2 g/dL', 'LOW_HEMOGLOBIN'],
    ['Glucose 320', 'HIGH_GLUCOSE'],
    ['Troponin I 0.18', 'HIGH_TROPONIN'],
    ['Lactate 4.2', 'HIGH_LACTATE'],
    ['BNP 973', 'HIGH_BNP'],
    ['Albumin 2.1', 'LOW_ALBUMIN'],
    ['INR 5.4', 'HIGH_INR'],
    ['WBC 16.3', 'HIGH_WHITE_CELLS'],
    ['White count 14,200', 'HIGH_WHITE_CELLS'],
    ['Platelets 45,000', 'LOW_PLATELETS'],
  ])('%s is %s', (text, topic) => {
    expect(topicsOf(lab(text))).toEqual([topic])
  })

  it("trusts the report's own reference range", () => {
    expect(topicsOf(lab('Sodium 134 (133-146)'))).toEqual([])
    expect(topicsOf(lab('Sodium 136 (137-146)'))).toEqual(['LOW_SODIUM'])
  })

  it('asks nothing once a provider names the condition, and goes on asking after anybody else does', () => {
    const value = doc('Sodium 128', { versionId: 'lab', type: 'LABORATORY_REPORT', authorRole: 'LABORATORY' })
    const named = (rest: Parameters<typeof doc>[1]) =>
      topicsOf(engine.run(request([value, doc('Assessment: Hyponatremia.', { versionId: 'n', ...rest })])))
    expect(named({})).toEqual([])
    expect(named({ signed: false })).toContain('LOW_SODIUM')
    expect(named({ authorRole: 'NURSE' })).toContain('LOW_SODIUM')
    expect(topicsOf(engine.run(request([value, doc('Assessment: No hyponatremia.', { versionId: 'n' })])))).toEqual([
      'LOW_SODIUM',
    ])
  })

  it('is low exactly below the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 96, max: 199 }), (value) => {
        expect(topicsOf(lab(`Sodium ${value} mmol/L`))).toEqual(
          value < 135 ? ['LOW_SODIUM'] : value > 145 ? ['HIGH_SODIUM'] : [],
        )
      }),
    )
  })
})
