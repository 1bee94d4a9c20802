import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSections } from '../../server/engine/sections.js'
import { splitSentences } from '../../server/engine/sentences.js'
import { tokenize } from '../../server/engine/tokens.js'
import { buildTrie, child, NONE, valueAt } from '../../server/engine/trie.js'

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'PAST MEDICAL HISTORY:',
        'Plan:',
        '\n',
        '\n\n',
        '1. ',
        '2) ',
        '- ',
        'Dr. ',
        '. ',
        '; ',
        'word',
        'No. 5',
        'HEENT',
        'p.o. ',
      ),
      fc.string({ maxLength: 10 }),
    ),
    { maxLength: 50 },
  )
  .map((parts) => parts.join(' '))

describe('sections, sentences and words of any text', () => {
  it('covers the text with sections that never overlap', () => {
    fc.assert(
      fc.property(text, (note) => {
        let at = 0
        for (const section of findSections(note)) {
          expect(section.headingStart).toBeGreaterThanOrEqual(at)
          expect(section.headingEnd).toBeLessThanOrEqual(section.start)
          expect(section.start).toBeLessThanOrEqual(section.end)
          at = section.end
        }
        expect(at).toBe(note.length)
      }),
    )
  })

  it('keeps every word of a section in one sentence, and no sentence over two sections', () => {
    fc.assert(
      fc.property(text, (note) => {
        const sections = findSections(note)
        const sentences = splitSentences(note, sections)
        const words = sections.flatMap(({ start, end }) => tokenize(note, start, end))
        const inSentences = sentences.flatMap(({ start, end }) => tokenize(note, start, end))
        expect(inSentences.map(({ start, end }) => [start, end])).toEqual(words.map(({ start, end }) => [start, end]))
      }),
    )
  })

  it('gives each word its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (note) => {
        for (const { start, end, lower } of tokenize(note)) {
          expect(note.slice(start, end).toLowerCase().replace('’', "'")).toBe(lower)
        }
      }),
    )
  })

  it('divides sentences where a reader would', () => {
    const sentences = (note: string) =>
      splitSentences(note, findSections(note)).map(({ start, end }) => note.slice(start, end))
    expect(sentences('Seen by Dr. Smith. EF of 25. Given 5 mg p.o. daily.')).toEqual([
      'Seen by Dr. Smith.',
      'EF of 25.',
      'Given 5 mg p.o. daily.',
    ])
    expect(sentences('1. Sepsis.\n2. Stroke')).toEqual(['1. Sepsis.', '2. Stroke'])
    expect(sentences('Stable; no fever')).toEqual(['Stable;', 'no fever'])
    expect(sentences('A long line that was wrapped by some printer at about sixty\ncharacters goes on.')).toHaveLength(
      1,
    )
  })

  it.each([
    ['FINAL DIAGNOSIS:', 'DIAGNOSIS'],
    ['POSTOPERATIVE DIAGNOSES:', 'DIAGNOSIS'],
    ['PREOPERATIVE DIAGNOSIS:', 'PREOP_DIAGNOSIS'],
    ['Assessment and Plan:', 'ASSESSMENT'],
    ['Impression:', 'ASSESSMENT'],
    ['FAMILY HISTORY', 'FAMILY_HISTORY'],
    ['Family medical history:', 'FAMILY_HISTORY'],
    ['PAST MEDICAL HISTORY:', 'PAST_HISTORY'],
    ['HISTORY OF PRESENT ILLNESS:', 'PRESENT_ILLNESS'],
    ['REVIEW OF SYSTEMS:', 'REVIEW_OF_SYSTEMS'],
    ['Physical examination:', 'EXAMINATION'],
    ['HOSPITAL COURSE:', 'HOSPITAL_COURSE'],
    ['DISCHARGE MEDICATIONS:', 'MEDICATIONS'],
    ['LABORATORY DATA:', 'RESULTS'],
    ['Discharge instructions:', 'INSTRUCTIONS'],
    ['DESCRIPTION OF PROCEDURE:', 'PROCEDURE_DETAIL'],
    ['Reason for visit:', 'CHIEF_COMPLAINT'],
  ])('knows the heading %s', (heading, kind) => {
    expect(findSections(`Intro.\n${heading}\nText.`).at(-1)?.kind).toBe(kind)
  })

  it.each([
    ['oedema', 'edema'],
    ['fractures', 'fracture'],
    ['diagnoses', 'diagnosis'],
    ["Crohn's", 'crohn'],
    ['abscesses', 'abscess'],
    ['allergies', 'allergy'],
    ['diseases', 'disease'],
    ['diabetes', 'diabetes'],
    ['DVTs', 'DVT'],
    ['leukaemia', 'leukemia'],
    ['femoral', 'femur'],
  ])('folds %s as %s', (one, other) => {
    expect(tokenize(one)[0]?.norm).toBe(tokenize(other)[0]?.norm)
  })

  it('keeps apart what differs', () => {
    const norms = [
      'hypertension',
      'hypotension',
      'hyperkalemia',
      'hypokalemia',
      'ileum',
      'ilium',
      'peroneal',
      'perineal',
    ].map((word) => tokenize(word)[0]?.norm)
    expect(new Set(norms).size).toBe(norms.length)
    expect(tokenize('CRPS')[0]?.norm).not.toBe(tokenize('CRP')[0]?.norm)
  })
})

describe('the flat trie', () => {
  it('answers as a map of sequences does', () => {
    const sequence = fc.array(fc.nat(20), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(sequence, { maxLength: 80 }), fc.array(sequence), (stored, asked) => {
        const trie = buildTrie(
          stored.map((words, value) => [words, value] as const),
          (candidate, standing) => candidate < standing,
        )
        const model = new Map<string, number>()
        stored.forEach((words, value) => {
          if (!model.has(words.join())) model.set(words.join(), value)
        })
        for (const words of [...stored, ...asked]) {
          const node = words.reduce((at, word) => (at === NONE ? NONE : child(trie, at, word)), 0)
          expect(node === NONE ? NONE : valueAt(trie, node)).toBe(model.get(words.join()) ?? NONE)
        }
      }),
    )
  })
})
