import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArtefact } from '../../server/codesets/artefact.js'
import { createCodeSets } from '../../server/codesets/codeSets.js'
import { parseStarter } from '../../server/codesets/loaders/starter.js'
import { isManifestation } from '../../server/codesets/officialRelease.js'
import { packageFile } from '../../server/codesets/packageRoot.js'
import { readReleases } from '../../server/codesets/readReleases.js'
import { buildStarter, starterFiles } from '../../server/codesets/starterRelease.js'

const folder = process.env.CODESETS_DIR ?? packageFile('../shared/data')
const icd10cm = existsSync(path.join(folder, 'icd10cm')) ? path.join(folder, 'icd10cm') : folder
const present = existsSync(path.join(icd10cm, 'icd10cm_order_2026.txt.gz'))
const name = `the official FY2026 files${present ? '' : ' (skipped: CODESETS_DIR has no icd10cm_order_2026.txt.gz)'}`
const DATE = '2026-03-01'

describe.skipIf(!present)(name, async () => {
  const read = present ? await readReleases([icd10cm], {}, () => {}) : { artefacts: [], files: [], warnings: [] }
  const official = read.artefacts.map(openArtefact)
  const sets = createCodeSets([...official, openArtefact(buildStarter(starterFiles()).artefact)])
  const codes = official.flatMap((release) => release.codes())
  const starterRows = starterFiles().flatMap((file) => parseStarter(file))

  it('are all recognised and give one complete release', () => {
    expect(read.files.filter((file) => file.outcome === 'read').map((file) => file.layout)).toEqual(
      expect.arrayContaining(['ICD10CM_ORDER', 'INDEX_TSV', 'TABULAR_XML', 'POA_EXEMPT']),
    )
    expect(sets.releaseOn('ICD10CM', DATE)).toMatchObject({
      name: 'FY2026',
      effectiveFrom: '2025-10-01',
      effectiveTo: '2026-09-30',
      codeCount: 98_186,
      billableCount: 74_719,
      gaps: [],
    })
    expect(codes.filter((code) => code.poaExempt).length).toBe(38_349)
  })

  it('hold every code of the starter set as billable or header as it says', () => {
    const wrong = starterRows.flatMap((row) => {
      const facts = sets.lookup('ICD10CM', row.plain, DATE)
      if (!facts) return [`${row.plain} does not exist`]
      return facts.billable === row.billable ? [] : [`${row.plain} is ${facts.billable ? 'billable' : 'a header'}`]
    })
    expect(wrong).toEqual([])
  })

  it('agree with the starter set on what is exempt from POA reporting, and on manifestations', () => {
    const wrong = starterRows.flatMap((row) => {
      const facts = sets.lookup('ICD10CM', row.plain, DATE)
      if (!facts || !row.billable) return []
      const exempt = facts.poaExempt === row.poaExempt ? [] : [`${row.plain} exempt: ${facts.poaExempt}`]
      const contradicted = row.manifestation ? !facts.manifestation : isManifestation(facts.title)
      return contradicted ? [...exempt, `${row.plain} manifestation: ${facts.manifestation}`] : exempt
    })
    expect(wrong).toEqual([])
  })

  it('can be searched: every 97th code by its code, and by its title within the first hits of its words', () => {
    const sample = codes.filter((_, at) => at % 97 === 0)
    const lost = sample.filter((facts) => sets.search('ICD10CM', facts.code, DATE, 1)[0] !== facts)
    expect(lost.map((facts) => facts.code)).toEqual([])
    const unfound = sample.filter((facts) => !sets.search('ICD10CM', facts.title, DATE, 60).includes(facts))
    expect(unfound.map((facts) => facts.code)).toEqual([])
  })

  it.each([
    ['hypertension', 'I10'],
    ['aspiration pneumonia', 'J69.0'],
    ['pneumonia aspiration', 'J69.0'],
    ['heart attack', 'I21.9'],
    ['type 2 diabetes', 'E11.9'],
    ['type 2 diabetes with chronic kidney disease', 'E11.22'],
    ['acute systolic heart failure', 'I50.21'],
    ['atrial fibrillation', 'I48.91'],
  ])('lead from "%s" to %s', (phrase, code) => {
    expect(sets.lexicon(DATE).filter((term) => term.phrase === phrase)).toContainEqual(
      expect.objectContaining({ code }),
    )
    expect(sets.search('ICD10CM', phrase, DATE, 1)[0]?.code).toBe(code)
  })

  it('have a lexicon of billable codes only', () => {
    const wrong = sets.lexicon(DATE).filter((term) => !sets.lookup('ICD10CM', term.code, DATE)?.billable)
    expect(wrong).toEqual([])
  })

  it.each([
    ['E10.9', 'E11.9', true],
    ['J18.9', 'J69.0', true],
    ['E11.9', 'I10', false],
    ['A41.9', 'A40.9', true],
    ['G63', 'E11.42', true],
    ['G63', 'E11.9', false],
  ])('Excludes1 of %s and %s: %s', (a, b, excluded) => {
    expect(sets.excludes1(a, b, DATE)).toBe(excluded)
    expect(sets.excludes1(b, a, DATE)).toBe(excluded)
  })
})
