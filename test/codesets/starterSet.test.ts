import { describe, expect, it } from 'vitest'
import { openArtefact } from '../../server/codesets/artefact.js'
import { referencesIn } from '../../server/codesets/code.js'
import { createCodeSets } from '../../server/codesets/codeSets.js'
import { parseStarter } from '../../server/codesets/loaders/starter.js'
import { buildStarter, starterFiles } from '../../server/codesets/starterRelease.js'

const rows = starterFiles().flatMap((file) => parseStarter(file).map((row) => ({ ...row, file: file.name })))
const byPlain = new Map(rows.map((row) => [row.plain, row]))
const release = openArtefact(buildStarter(starterFiles()).artefact)
const at = (row: (typeof rows)[number]) => `${row.file}:${row.line} ${row.plain}`

describe('the starter set that ships with the program', () => {
  it('has 1,500 billable codes or more', () => {
    expect(rows.filter((row) => row.billable).length).toBeGreaterThanOrEqual(1500)
  })

  it('defines each code once and builds', () => {
    expect(byPlain.size).toBe(rows.length)
    expect(release.info).toMatchObject({
      name: 'starter',
      codeCount: rows.length,
      effectiveTo: null,
    })
  })

  it('has each synonym for one code only', () => {
    const owners = new Map<string, string[]>()
    for (const row of rows) {
      for (const synonym of row.synonyms) {
        const key = synonym.toLowerCase()
        owners.set(key, [...(owners.get(key) ?? []), at(row)])
      }
    }
    expect([...owners].filter(([, where]) => where.length > 1)).toEqual([])
  })

  it('has a billable code for every synonym, also for those of headers', () => {
    const led = new Set(release.lexicon().map((term) => term.phrase))
    const lost = rows.flatMap((row) =>
      row.synonyms.filter((it) => !led.has(it.toLowerCase())).map((it) => [at(row), it]),
    )
    expect(lost).toEqual([])
  })

  it('has the category of every code', () => {
    expect(rows.filter((row) => !byPlain.has(row.plain.slice(0, 3))).map(at)).toEqual([])
  })

  it('has no billable code with codes under it', () => {
    const above = new Set(rows.flatMap(({ plain }) => [...plain].map((_, i) => plain.slice(0, i))))
    expect(rows.filter((row) => row.billable && above.has(row.plain)).map(at)).toEqual([])
  })

  it('has no code that is both manifestation and external cause, or manifestation and exempt', () => {
    const wrong = rows.filter((row) => row.manifestation && row.externalCause)
    expect(wrong.map(at)).toEqual([])
    expect(rows.filter((row) => row.manifestation && row.poaExempt).map(at)).toEqual([])
  })

  it('is searched so that an injury is found in its initial encounter first', () => {
    const sets = createCodeSets([release])
    for (const query of ['colles left', 'sprain of right ankle', 'burn of right hand'])
      expect(sets.search('ICD10CM', query, '2026-01-01', 1)[0]?.code).toMatch(/^[ST].*A$/)
  })

  it('names readable codes in its Excludes1 notes, none of which holds the code itself', () => {
    const unreadable = rows.filter((row) => row.excludes1.some((note) => referencesIn(note).length === 0))
    expect(unreadable.map(at)).toEqual([])
    const sets = createCodeSets([release])
    const silent = rows.filter((row) => {
      const others = row.excludes1.flatMap(referencesIn).flatMap((range) => byPlain.get(range.first)?.plain ?? [])
      return others.some((other) => other !== row.plain && !sets.excludes1(row.plain, other, '2026-01-01'))
    })
    expect(silent.map(at)).toEqual([])
  })
})
