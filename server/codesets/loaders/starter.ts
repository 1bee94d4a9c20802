import { isExternalCause, looksLikeIcd10Cm, plainCode } from '../code.js'
import type { LexiconTerm } from '../model.js'
import { DamagedFileError, numberedLines, type SourceFile, textOf, tidy } from './textFile.js'

/** A row of the starter set: codes and wording that this project wrote itself. */
export interface StarterRow {
  readonly line: number
  /** Without dot. */
  readonly plain: string
  readonly billable: boolean
  readonly title: string
  readonly synonyms: readonly string[]
  readonly poaExempt: boolean
  /** References as in an official note: `E10.-`, `J00-J06`. */
  readonly excludes1: readonly string[]
  readonly manifestation: boolean
  readonly externalCause: boolean
}

export const STARTER_HEADER = ['code', 'billable', 'title', 'synonyms', 'poaExempt', 'excludes1', 'flags'] as const

/**
 * Reads one TSV of the starter set: a header line, then code (with dot), billable 0/1, title, synonyms divided by `|`,
 * poaExempt 0/1, excludes1 divided by `|`, flags divided by `|` (`manifestation`).
 * @throws DamagedFileError naming the line.
 */
export function parseStarter(file: SourceFile): readonly StarterRow[] {
  const rows: StarterRow[] = []
  for (const [line, text] of numberedLines(textOf(file))) {
    const cells = text.split('\t')
    if (line === 1) {
      if (cells.join('\t') !== STARTER_HEADER.join('\t')) {
        throw new DamagedFileError(file.name, 1, `the header must be ${STARTER_HEADER.join(', ')}, divided by tabs.`)
      }
      continue
    }
    if (text !== '') rows.push(readRow(cells, file.name, line))
  }
  if (rows.length === 0) throw new DamagedFileError(file.name, null, 'it has no rows.')
  return rows
}

/** True if a synonym is an abbreviation: by its capitals (`HFrEF`, `T2DM`), or short and without a vowel (`ckd`). */
export function isAbbreviation(synonym: string): boolean {
  if (!/^[A-Za-z0-9&/-]{2,8}$/.test(synonym)) return false
  return (synonym.match(/[A-Z]/g)?.length ?? 0) >= 2 || /^[b-df-hj-np-tv-xz0-9]{2,5}$/.test(synonym)
}

/** The lexicon term of a synonym. */
export const synonymTerm = (synonym: string): Omit<LexiconTerm, 'code'> => ({
  phrase: tidy(synonym).toLowerCase(),
  source: isAbbreviation(synonym) ? 'ABBREVIATION' : 'SYNONYM',
})

function readRow(cells: readonly string[], file: string, line: number): StarterRow {
  if (cells.length !== STARTER_HEADER.length) {
    throw new DamagedFileError(file, line, `it has ${cells.length} columns instead of ${STARTER_HEADER.length}.`)
  }
  const [code = '', billable = '', title = '', synonyms = '', poaExempt = '', excludes1 = '', flags = ''] = cells
  const plain = plainCode('ICD10CM', code)
  if (plain === undefined || !looksLikeIcd10Cm(plain) || (plain.length > 3 && !code.includes('.'))) {
    throw new DamagedFileError(file, line, 'the code is not written as ICD-10-CM writes it, such as E11.40.')
  }
  if (title.trim() === '') throw new DamagedFileError(file, line, 'the title is missing.')
  const unknown = listed(flags).find((flag) => flag !== 'manifestation')
  if (unknown !== undefined) throw new DamagedFileError(file, line, `the flag "${unknown}" is not known.`)
  return {
    line,
    plain,
    billable: bit(billable, 'billable', file, line),
    title: tidy(title),
    synonyms: listed(synonyms),
    poaExempt: bit(poaExempt, 'poaExempt', file, line),
    excludes1: listed(excludes1),
    manifestation: listed(flags).includes('manifestation'),
    externalCause: isExternalCause(plain),
  }
}

function bit(cell: string, column: string, file: string, line: number): boolean {
  if (cell === '0' || cell === '1') return cell === '1'
  throw new DamagedFileError(file, line, `${column} must be 0 or 1.`)
}

const listed = (cell: string): string[] =>
  cell
    .split('|')
    .map((item) => item.trim())
    .filter((item) => item !== '')
