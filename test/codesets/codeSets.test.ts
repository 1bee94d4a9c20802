import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openArtefact } from '../../server/codesets/artefact.js'
import { createCodeSets } from '../../server/codesets/codeSets.js'
import { STARTER_HEADER } from '../../server/codesets/loaders/starter.js'
import { buildOfficial } from '../../server/codesets/officialRelease.js'
import { buildStarter } from '../../server/codesets/starterRelease.js'
import { CM_CODES, file, PCS_CODES } from './officialLayouts.js'
import { officialParts, officialRelease, pcsRelease } from './releases.js'

const STARTER_ROWS = [
  STARTER_HEADER.join('\t'),
  'I10\t1\tElevated blood pressure\thigh bp|HTN\t0\t\t',
  'R03.0\t1\tA reading of high pressure only\t\t0\tI10\t',
  'X99.9\t1\tOnly in the starter set\tstarter only\t0\t\t',
]
const starter = openArtefact(buildStarter([file('starter.tsv', `${STARTER_ROWS.join('\n')}\n`)]).artefact)
const sets = createCodeSets([starter, officialRelease(), pcsRelease()])
const DATE = '2026-03-01'
const codes = CM_CODES.map((code) => code.plain)
const aCode = fc.constantFrom(...codes)

describe('the release of a date', () => {
  const april = officialRelease({ name: 'FY2026 April', effectiveFrom: '2026-04-01' })
  const next = officialRelease({ name: 'FY2027', effectiveFrom: '2026-10-01', effectiveTo: null })
  const all = createCodeSets([april, starter, next, officialRelease()])
  it.each([
    ['2015-09-30', undefined],
    ['2015-10-01', 'starter'],
    ['2025-09-30', 'starter'],
    ['2025-10-01', 'FY2026'],
    ['2026-03-31', 'FY2026'],
    ['2026-04-01', 'FY2026 April'],
    ['2026-09-30', 'FY2026 April'],
    ['2026-10-01', 'FY2027'],
    ['2099-01-01', 'FY2027'],
  ])('%s: %s', (date, name) => expect(all.releaseOn('ICD10CM', date)?.name).toBe(name))

  it('is the starter set again after the last official one has ended', () => {
    expect(sets.releaseOn('ICD10CM', '2026-10-01')?.name).toBe('starter')
    expect(sets.releaseOn('ICD10PCS', '2026-10-01')).toBeUndefined()
  })

  it('is the one imported last where two have the same dates', () => {
    const corrected = officialRelease({ rows: officialParts().rows.slice(0, 5) })
    const both = createCodeSets([officialRelease(), corrected])
    expect(both.releaseOn('ICD10CM', DATE)?.codeCount).toBe(5)
  })
})

describe('lookup', () => {
  it('knows exactly the codes of its date, with or without dot', () => {
    for (const { plain, billable, title } of CM_CODES) {
      const written = plain.length > 3 ? `${plain.slice(0, 3)}.${plain.slice(3)}` : plain
      const found = sets.lookup('ICD10CM', plain, DATE)
      expect(found).toMatchObject({ code: written, billable, title })
      expect(sets.lookup('ICD10CM', written, DATE)).toBe(found)
      expect(sets.lookup('ICD10CM', plain, '2014-01-01')).toBeUndefined()
    }
    for (const { plain, billable } of PCS_CODES) {
      expect(sets.lookup('ICD10PCS', plain, DATE)).toMatchObject({ code: plain, billable })
    }
  })

  it('never answers by shape: what is not a row is not a code', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?$/), (text) => {
        const isRow = codes.includes(text) || (text[3] === '.' && codes.includes(text.replace('.', '')))
        expect(sets.lookup('ICD10CM', text, DATE) !== undefined).toBe(isRow)
      }),
    )
    for (const bad of ['', '.', 'E1.19', 'E11.', 'e11.9', ' I10', 'I10.', 'E11..9', '0DT.J0ZZ', '__proto__']) {
      expect(sets.lookup('ICD10CM', bad, DATE)).toBeUndefined()
      expect(sets.lookup('ICD10PCS', bad, DATE)).toBeUndefined()
    }
  })

  it('does not mix tables: a code of the starter set alone is unknown on a date of the official one', () => {
    expect(sets.lookup('ICD10CM', 'X99.9', DATE)).toBeUndefined()
    expect(sets.lookup('ICD10CM', 'X99.9', '2024-01-01')).toBeDefined()
  })

  it('marks exempt, manifestation and external cause codes', () => {
    expect(sets.lookup('ICD10CM', 'Z66', DATE)?.poaExempt).toBe(true)
    expect(sets.lookup('ICD10CM', 'I10', DATE)?.poaExempt).toBe(false)
    expect(sets.lookup('ICD10CM', 'F02.80', DATE)?.manifestation).toBe(true)
    expect(sets.lookup('ICD10CM', 'W19.XXXA', DATE)?.externalCause).toBe(true)
    expect(sets.lookup('ICD10CM', 'QA0', DATE)).toMatchObject({ externalCause: false, manifestation: false })
  })

  it('parents and children mirror each other', () => {
    for (const { plain } of CM_CODES) {
      const facts = sets.lookup('ICD10CM', plain, DATE)
      const above = facts?.parent && sets.children('ICD10CM', facts.parent, DATE)
      expect(facts?.parent === null ? plain.length : above).toEqual(
        facts?.parent === null ? 3 : expect.arrayContaining([facts]),
      )
      for (const child of sets.children('ICD10CM', plain, DATE)) expect(child.parent).toBe(facts?.code)
    }
    expect(sets.lookup('ICD10CM', 'W19.XXXA', DATE)?.parent).toBe('W19')
    expect(sets.children('ICD10PCS', '0DT', DATE).map((child) => child.code)).toEqual(['0DTJ0ZZ', '0DTJ4ZZ'])
  })
})

describe('notes', () => {
  it('are inherited from header, section and chapter, nearest first', () => {
    const notes = sets.notes('ICD10CM', 'E10.9', DATE)
    expect(notes.excludes1).toEqual([
      'sugar sickness of the second kind (E11.-)',
      'whatever only chapter ten names (J69.-)',
    ])
    expect(notes.useAdditional).toEqual(['code to tell the treatment (Z79.-)'])
  })

  it('leave inclusion terms to the code they stand at', () => {
    expect(sets.notes('ICD10CM', 'E11.9', DATE).inclusionTerms).toEqual(['Sweet blood [SB]'])
    expect(sets.notes('ICD10CM', 'E11.21', DATE).inclusionTerms).toEqual([])
  })
})

describe('Excludes1', () => {
  it('is symmetric, and never holds of a code and itself', () => {
    fc.assert(
      fc.property(aCode, aCode, (a, b) => {
        expect(sets.excludes1(a, b, DATE)).toBe(sets.excludes1(b, a, DATE))
        expect(sets.excludes1(a, a, DATE)).toBe(false)
      }),
    )
  })

  it('holds exactly of the pairs that notes of codes, headers and chapters name', () => {
    const pairs = codes.flatMap((a) => codes.filter((b) => a < b && sets.excludes1(a, b, DATE)).map((b) => [a, b]))
    const first = codes.filter((code) => code.startsWith('E10'))
    const second = codes.filter((code) => code.startsWith('E11'))
    const lung = codes.filter((code) => code.startsWith('J18'))
    const expected = [
      ...first.flatMap((a) => second.map((b) => [a, b])),
      ...[...first, ...second].flatMap((a) => ['J69', 'J690'].map((b) => [a, b])),
      ...lung.map((a) => [a, 'J690']),
    ]
    expect(pairs.toSorted()).toEqual(expected.toSorted())
  })

  it('asks the notes of its date', () => {
    expect(sets.excludes1('I10', 'R03.0', DATE)).toBe(false)
    expect(sets.excludes1('I10', 'R03.0', '2024-01-01')).toBe(true)
  })
})

describe('lexicon', () => {
  const codesOf = (phrase: string, date = DATE) =>
    sets.lexicon(date).flatMap((term) => (term.phrase === phrase ? [term.code] : []))

  it.each([
    ['pneumonia', ['J18.9']],
    ['acute pneumonia', ['J18.9']],
    ['aspiration pneumonia', ['J69.0']],
    ['pneumonia aspiration', ['J69.0']],
    ['swallowing pneumonia', ['J69.0']],
    ['pneumonia due to swallowed food', ['J69.0']],
    ['sugar sickness with kidney trouble', ['E11.22']],
    ['sugary sickness', ['E11.9']],
    ['finger fracture', ['S62.600A']],
    ['sweet blood', ['E11.9']],
    ['sb', ['E11.9']],
    ['broken finger', ['S62.600A']],
    ['pneumonitis', []],
    ['sugar sickness with lost code', []],
    ['high bp', ['I10']],
    ['htn', ['I10']],
    ['starter only', []],
  ])('%s: %j', (phrase, expected) => expect(codesOf(phrase)).toEqual(expected))

  it('holds billable codes of its release only, each pair once, in lower case', () => {
    const terms = sets.lexicon(DATE)
    expect(new Set(terms.map((term) => `${term.phrase}\t${term.code}`)).size).toBe(terms.length)
    for (const term of terms) {
      expect(sets.lookup('ICD10CM', term.code, DATE)?.billable).toBe(true)
      expect(term.phrase).toBe(term.phrase.toLowerCase().replace(/\s+/g, ' ').trim())
    }
  })

  it('is the same list each time, and none where no table is', () => {
    expect(sets.lexicon(DATE)).toBe(sets.lexicon(DATE))
    expect(sets.lexicon('2000-01-01')).toEqual([])
    expect(codesOf('starter only', '2024-01-01')).toEqual(['X99.9'])
  })
})

describe('search', () => {
  const found = (query: string, first = 10) => sets.search('ICD10CM', query, DATE, first).map((facts) => facts.code)

  it('finds every code by its exact text first, in any writing', () => {
    for (const { plain } of CM_CODES) {
      const code = sets.lookup('ICD10CM', plain, DATE)?.code ?? ''
      for (const query of [plain, code, code.toLowerCase(), ` ${code} `]) expect(found(query)[0]).toBe(code)
    }
    for (const { plain } of PCS_CODES) expect(sets.search('ICD10PCS', plain, DATE, 1)[0]?.code).toBe(plain)
  })

  it('finds every code by all words of its title', () => {
    for (const { title } of CM_CODES) {
      expect(sets.search('ICD10CM', title, DATE, 50).some((facts) => facts.title === title)).toBe(true)
    }
  })

  it.each([
    ['E11.', ['E11', 'E11.2', 'E11.21', 'E11.22', 'E11.9']],
    ['htn', ['I10']],
    ['sweet bl', ['E11.9']],
    ['aspiration pneumonia', ['J69.0']],
    ['pressure', ['I10']],
    ['nothing of the kind whatever', []],
  ])('%s: %j', (query, expected) => expect(found(query).slice(0, Math.max(1, expected.length))).toEqual(expected))

  it('puts the code of an exact synonym before codes with the words in their title', () => {
    expect(found('pneumonia')[0]).toBe('J18.9')
    expect(found('sugar sickness')[0]).toBe('E11.9')
  })

  it('gives billable before headers, no code twice, and no more than asked', () => {
    fc.assert(
      fc.property(fc.constantFrom('sugar', 'broken finger', 'inflamed', 'E', 'kind'), fc.nat(12), (query, first) => {
        const answer = sets.search('ICD10CM', query, DATE, first)
        expect(new Set(answer).size).toBe(answer.length)
        expect(answer.length).toBeLessThanOrEqual(first)
        expect(answer).toEqual(sets.search('ICD10CM', query, DATE, 100).slice(0, first))
      }),
    )
    const answer = sets.search('ICD10CM', 'inflamed', DATE, 20).map((facts) => facts.billable)
    expect(answer.lastIndexOf(true)).toBeLessThan(answer.indexOf(false))
  })

  it('answers the same when it was prepared in turns, also when several ask for that at once', async () => {
    const prepared = createCodeSets([starter, officialRelease(), pcsRelease()])
    await Promise.all(Array.from({ length: 3 }, () => prepared.prepare('ICD10CM', DATE)))
    for (const { title } of CM_CODES)
      expect(prepared.search('ICD10CM', title, DATE, 9)).toEqual(sets.search('ICD10CM', title, DATE, 9))
    expect(prepared.lexicon(DATE)).toEqual(sets.lexicon(DATE))
    await prepared.prepare('ICD10CM', '1900-01-01')
  })

  it('takes any text as words', () => {
    fc.assert(fc.property(fc.string(), (query) => sets.search('ICD10CM', query, DATE, 5).length <= 5))
    expect(found('')).toEqual([])
    expect(found('   ')).toEqual([])
  })
})

describe('artefact', () => {
  it('has a hash of its content, whatever the order of its parts', () => {
    const one = buildOfficial(officialParts())
    const other = buildOfficial(officialParts({ rows: officialParts().rows.toReversed() }))
    expect(other.contentHash).toBe(one.contentHash)
    expect(openArtefact(one.artefact).info).toMatchObject({
      contentHash: one.contentHash,
      codeCount: CM_CODES.length,
      billableCount: CM_CODES.filter((code) => code.billable).length,
      gaps: [],
    })
    fc.assert(
      fc.property(fc.nat(CM_CODES.length - 1), (at) => {
        const rows = officialParts().rows.map((row, i) => (i === at ? { ...row, title: `${row.title} changed` } : row))
        expect(buildOfficial(officialParts({ rows })).contentHash).not.toBe(one.contentHash)
      }),
    )
  })

  it('tells which official files were missing', () => {
    const bare = officialRelease({ indexes: [], tabular: null, poaExempt: null })
    expect(bare.info.gaps).toEqual(['INDEX', 'POA_EXEMPT', 'TABULAR'])
    expect(pcsRelease().info.gaps).toEqual([])
  })

  it('is refused when it is something else', () => {
    expect(() => openArtefact(Buffer.from('no gzip'))).toThrow()
    const { artefact } = buildOfficial(officialParts())
    expect(() => openArtefact(artefact.subarray(0, artefact.length - 30))).toThrow()
  })
})
