import { describe, expect, it } from 'vitest'
import { rangeCovers, referencesIn } from '../../server/codesets/code.js'
import { titlePhrases } from '../../server/codesets/lexicon/lexicon.js'
import { alternatives, compose, phraseOf } from '../../server/codesets/lexicon/phrase.js'
import { isManifestation } from '../../server/codesets/officialRelease.js'

describe('phrases of the index', () => {
  it.each([
    ['Diabetes, diabetic', ['diabetes', 'diabetic']],
    ['viral, virus', ['viral', 'virus']],
    ['Seclusion, pupil', ['pupil seclusion', 'seclusion pupil']],
    ['severe, in infancy', ['severe in infancy']],
    ['stenosis or stricture', ['stenosis', 'stricture']],
    ['uterus NEC', ['uterus']],
  ])('%s stands for %j', (term, expected) => expect(alternatives(term)).toEqual(expected))

  it.each([
    [
      [['pneumonia'], ['aspiration']],
      ['aspiration pneumonia', 'pneumonia aspiration'],
    ],
    [[['diabetes'], ['with'], ['kidney disease']], ['diabetes with kidney disease']],
    [
      [['diabetes'], ['type 2'], ['with'], ['coma']],
      ['type 2 diabetes with coma', 'diabetes type 2 with coma'],
    ],
    [
      [['pneumonia'], ['due to'], ['streptococcus'], ['group b']],
      ['pneumonia due to group b streptococcus', 'pneumonia due to streptococcus group b'],
    ],
  ])('%j reads %j', (path, expected) => expect(compose(path)).toEqual(expected))

  it('drops parentheses, brackets, NEC and NOS', () => {
    expect(phraseOf('Primary (essential) hypertension [HTN], NOS')).toBe('primary hypertension')
  })

  it.each([
    ['Pneumonia, unspecified organism', ['pneumonia unspecified organism', 'pneumonia']],
    ['Bursitis of unspecified shoulder', ['bursitis of unspecified shoulder', 'bursitis of shoulder']],
    ['Sprain of left ankle, initial encounter', ['sprain of left ankle initial encounter', 'sprain of left ankle']],
  ])('the title %s reads %j', (title, expected) => expect(titlePhrases(title)).toEqual(expected))
})

describe('references in Excludes notes', () => {
  it.each([
    ['something (I50.4-)', ['I504-I504']],
    ['something (A00-B99)', ['A00-B99']],
    ['something (T74.22, T76.22)', ['T7422-T7422', 'T7622-T7622']],
    ['in S06.1- to S06.6- , S06.81- and S06.82-', ['S061-S066', 'S0681-S0681', 'S0682-S0682']],
    ['vitamin B12 deficiency (E53.8)', ['E538-E538']],
    ['carcinoid (C7A.0-, D3A.-), new kinds (QA0.-)', ['C7A0-C7A0', 'D3A-D3A', 'QA0-QA0']],
    ['see the index', []],
    ['HIV, SLE [SLE], H1N1 (COPD)', []],
  ])('%s', (note, expected) => expect(referencesIn(note).map((r) => `${r.first}-${r.last}`)).toEqual(expected))

  it.each([
    ['sugar nerves (E08-E13 with .42)', ['E1142'], ['E1141', 'E119', 'E1442']],
    ['sugar vessels (E08-E13 with .51-.52)', ['E1151', 'E0952'], ['E1153']],
    ['a fever of glands (B27.0-B27.9 with .9)', ['B2799', 'B2709'], ['B2791', 'B279']],
    ['after a stroke (I69. with final characters -23)', ['I69023', 'I69923'], ['I69022']],
    ['open fracture (S02.- with 7th character B)', ['S020XXB'], ['S020XXA']],
    ['whooping cough (A37 with fifth-character 1)', ['A3701'], ['A3700']],
    ['a psychosis (F11-F19 with fifth to sixth characters 51)', ['F11151'], ['F11150']],
    ['open fracture (S52.- with open fracture 7th character)', [], ['S5200XA', 'S5200XB']],
  ])('%s', (note, held, others) => {
    const covered = (code: string) => referencesIn(note).some((range) => rangeCovers(range, code))
    expect([held.filter(covered), others.filter(covered)]).toEqual([held, []])
  })

  it.each([
    ['A00', 'B99', 'B999', true],
    ['A00', 'B99', 'C00', false],
    ['I504', 'I504', 'I5043', true],
    ['I504', 'I504', 'I50', false],
    ['S061', 'S066', 'S066X1A', true],
    ['S061', 'S066', 'S067', false],
  ])('%s-%s holds %s: %s', (first, last, code, held) => expect(rangeCovers({ first, last }, code)).toBe(held))
})

describe('manifestation titles (guideline I.A.13)', () => {
  it.each([
    ['Dementia in other diseases classified elsewhere, unspecified severity', true],
    ['Joint trouble in infectious and parasitic diseases classified elsewhere', true],
    ['A microbe as the cause of diseases classified elsewhere', false],
    ['Weakness due to conditions classified elsewhere', true],
    ['Trouble in the ear, not elsewhere classified', false],
  ])('%s: %s', (title, expected) => expect(isManifestation(title)).toBe(expected))
})
