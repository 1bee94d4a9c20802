import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine, type EngineDocument, EngineStopped } from '../../server/engine/index.js'
import { CONDITIONS, doc, engine, request, TABLES } from './support.js'

const PIECES = [
  'no',
  'denies',
  'history of',
  'left',
  'right',
  'acute',
  'chronic',
  'probable',
  'and',
  'with',
  'mother had',
  'Sodium 128',
  'BMI 42.3',
  'é',
  '😀',
  '.',
  ',',
  ';',
  '\n',
  '\n\n',
  ':',
  '1. ',
  '- ',
  'Assessment:\n',
  'FAMILY HISTORY: ',
  'Plan:',
  '(',
  ')',
  'the patient',
  'was ruled out',
  'stage 3',
]
const noise = fc.string({ unit: 'grapheme', maxLength: 12 })
const note = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...CONDITIONS.map(([phrase]) => phrase)), noise), {
    maxLength: 40,
  })
  .map((parts) => parts.join(' '))
const document: fc.Arbitrary<Omit<EngineDocument, 'versionId'>> = fc.record({
  type: fc.constantFrom(
    'PROGRESS_NOTE',
    'DISCHARGE_SUMMARY',
    'RADIOLOGY_REPORT',
    'LABORATORY_REPORT',
    'NURSING_NOTE',
    'OTHER',
  ),
  authorRole: fc.constantFrom('ATTENDING', 'RADIOLOGIST', 'NURSE', 'LABORATORY', 'OTHER'),
  signed: fc.boolean(),
  encounterPart: fc.constantFrom('AT_ADMISSION', 'DURING', 'AT_DISCHARGE'),
  text: note,
})
const chart = fc
  .array(document, { maxLength: 5 })
  .map((documents) => documents.map((one, index) => ({ ...one, versionId: `v${index}` })))

describe('the engine on any text', () => {
  it('gives spans inside the text that begin and end with a word, and billable codes', () => {
    fc.assert(
      fc.property(chart, (documents) => {
        const result = engine.run(request(documents))
        const texts = new Map(documents.map(({ versionId, text }) => [versionId, text]))
        for (const { code, evidence, confidence, reason } of result.suggestions) {
          expect(TABLES.codes.find((facts) => facts.code === code)?.billable).toBe(true)
          expect(confidence).toBeGreaterThan(0)
          expect(confidence).toBeLessThanOrEqual(1)
          expect(reason).toMatch(/^“.*\.$/s)
          expect(evidence.some(({ kind }) => kind === 'SUPPORTS')).toBe(true)
        }
        for (const { versionId, start, end } of [...result.suggestions, ...result.opportunities].flatMap(
          ({ evidence }) => evidence,
        )) {
          const words = texts.get(versionId)!.slice(start, end)
          expect(words).not.toBe('')
          expect(words).toBe(words.trim())
          expect(start).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('answers the same bytes again, also when its tables are compiled anew', () => {
    const again = createEngine(TABLES)
    fc.assert(
      fc.property(chart, (documents) => {
        const asked = request(documents)
        expect(JSON.stringify(again.run(asked))).toBe(JSON.stringify(engine.run(asked)))
      }),
    )
  })

  it('does not depend on the order of the documents', () => {
    fc.assert(
      fc.property(
        chart.chain((documents) =>
          fc.tuple(fc.constant(documents), fc.shuffledSubarray(documents, { minLength: documents.length })),
        ),
        ([documents, shuffled]) => {
          const { suggestions, opportunities } = engine.run(request(documents))
          const other = engine.run(request(shuffled))
          expect(other.suggestions).toEqual(suggestions)
          expect(other.opportunities).toEqual(opportunities)
        },
      ),
    )
  })

  it('marks the words of the term, wherever it stands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CONDITIONS), noise, noise, ([phrase, code], before, after) => {
        const text = `${before}\n\nAssessment:\n${phrase}.\n\n${after}`
        const found = engine.run(request([doc(text)])).suggestions.find((suggestion) => suggestion.code === code)
        expect(found?.evidence.map(({ start, end }) => text.slice(start, end))).toContain(phrase)
      }),
    )
  })

  it('reads empty documents as not read, reports every document, and stops when told', () => {
    const documents = [
      doc('Pneumonia.', { versionId: 'a' }),
      doc(' \n', { versionId: 'b' }),
      doc('Stroke.', { versionId: 'c' }),
    ]
    const seen: number[] = []
    const result = engine.run(request(documents), ({ documentsRead, documentsTotal }) =>
      seen.push(documentsRead, documentsTotal),
    )
    expect(result.readVersionIds).toEqual(['a', 'c'])
    expect(seen).toEqual([1, 3, 2, 3, 3, 3])
    let asked = 0
    expect(() => engine.run(request(documents), undefined, () => ++asked > 2)).toThrow(EngineStopped)
  })

  it('reads a hostile text in a time that grows with its length only', () => {
    const hostile = [
      'pneumonia '.repeat(4000),
      'no '.repeat(8000),
      `Sodium ${'is '.repeat(6000)}`,
      'A'.repeat(50_000),
      `${'a/'.repeat(20_000)}:`,
      '1. '.repeat(10_000),
      'history of '.repeat(5000),
    ]
    for (const text of hostile) expect(engine.run(request([doc(text)])).readVersionIds).toHaveLength(1)
  })
})
