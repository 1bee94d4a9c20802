import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { writeArtefact } from './artefact.js'
import { type CodeRange, referencesIn, writtenCode } from './code.js'
import { compileLexicon } from './lexicon/lexicon.js'
import { parseStarter, type StarterRow, synonymTerm } from './loaders/starter.js'
import { DamagedFileError, type SourceFile } from './loaders/textFile.js'
import { packageFile } from './packageRoot.js'

/** The name of the starter set's release; it answers only on dates that no official release covers. */
export const STARTER = 'starter'

/** ICD-10-CM has been in use since this day (45 CFR 162.1002(c)). The starter set has no end. */
const STARTER_FROM = '2015-10-01'

/** The files of the starter set as they ship with the package. */
export function starterFiles(): readonly SourceFile[] {
  const folder = packageFile('server/codesets/starter')
  const names = readdirSync(folder).filter((name) => name.endsWith('.tsv'))
  return names.sort().map((name) => ({ name, bytes: readFileSync(path.join(folder, name)) }))
}

/**
 * Builds the starter release from its TSV files.
 * @throws DamagedFileError for a damaged row, or a code that two rows define.
 */
export function buildStarter(files: readonly SourceFile[]): { artefact: Buffer; contentHash: string } {
  const rows = new Map<string, StarterRow>()
  for (const file of files) {
    for (const row of parseStarter(file)) {
      if (rows.has(row.plain)) {
        throw new DamagedFileError(file.name, row.line, `${writtenCode('ICD10CM', row.plain)} is defined twice.`)
      }
      rows.set(row.plain, row)
    }
  }
  const codes = [...rows.values()]
  return writeArtefact({
    system: 'ICD10CM',
    name: STARTER,
    effectiveFrom: STARTER_FROM,
    effectiveTo: null,
    gaps: [],
    sources: ['starter set'],
    codes,
    blocks: [],
    sectionOf: new Map(),
    notes: new Map(codes.filter((row) => row.excludes1.length > 0).map((row) => [row.plain, notesOf(row)])),
    excludes1: new Map(codes.filter((row) => row.excludes1.length > 0).map((row) => [row.plain, rangesOf(row)])),
    lexicon: compileLexicon({
      codes,
      indexTerms: [],
      inclusionTerms: new Map(),
      synonyms: codes.flatMap(synonymTerms),
    }),
  })
}

const synonymTerms = (row: StarterRow) =>
  row.synonyms.map((synonym) => ({ plain: row.plain, term: synonymTerm(synonym) }))

const notesOf = (row: StarterRow) => ({ excludes1: row.excludes1 })

const rangesOf = (row: StarterRow): readonly CodeRange[] => row.excludes1.flatMap(referencesIn)
