import { looksLikeIcd10Cm } from '../code.js'
import { DamagedFileError, numberedLines, type SourceFile, textOf, tidy } from './textFile.js'

/** One line of an order file. */
export interface OrderRow {
  /** Without dot, as the file has it. */
  readonly plain: string
  readonly billable: boolean
  /** The long title. */
  readonly title: string
}

export type OrderFileSystem = 'ICD10CM' | 'ICD10PCS'

/**
 * Reads an official order file, the layout that ICD-10-CM and ICD-10-PCS share: columns 1-5 order number, 7-13 code
 * without dot, 15 flag (1 may be reported, 0 header), 17-76 short title, 78 on the long title.
 *
 * @returns all rows in the order of the file
 * @throws DamagedFileError naming the line: a gap in the order numbers, a code twice, a bad flag, a missing title
 */
export function parseOrderFile(file: SourceFile): { system: OrderFileSystem; rows: readonly OrderRow[] } {
  const rows: OrderRow[] = []
  const seen = new Set<string>()
  let system: OrderFileSystem | undefined
  for (const [line, text] of numberedLines(textOf(file))) {
    if (text.trim() === '') continue
    const refuse = (problem: string) => new DamagedFileError(file.name, line, problem)
    if (!/^\d{5} /.test(text)) throw refuse('it does not begin with an order number of five digits.')
    if (Number(text.slice(0, 5)) !== rows.length + 1) {
      throw refuse(`the order number is ${text.slice(0, 5)} where ${rows.length + 1} should follow; lines are missing.`)
    }
    const plain = text.slice(6, 13).trim()
    system ??= systemOf(plain)
    if (!SHAPES[system](plain) || text[13] !== ' ') throw refuse('columns 7-13 hold no code of this system.')
    const flag = text[14]
    if (flag !== '0' && flag !== '1') throw refuse('column 15 must be 0 (header) or 1 (may be reported).')
    const title = tidy(text.slice(77))
    if (title === '') throw refuse('the long title, from column 78 on, is missing.')
    if (seen.has(plain)) throw refuse(`the code ${plain} stands in the file twice.`)
    seen.add(plain)
    rows.push({ plain, billable: flag === '1', title })
  }
  if (!system) throw new DamagedFileError(file.name, null, 'it has no rows.')
  return { system, rows }
}

/** ICD-10-PCS begins with the section 0; no ICD-10-CM code begins with a digit. */
export const systemOf = (plain: string): OrderFileSystem => (/^\d/.test(plain) ? 'ICD10PCS' : 'ICD10CM')

// Shapes only tell a damaged column from a code. Whether a code exists is for the table to say.
const SHAPES: Record<OrderFileSystem, (plain: string) => boolean> = {
  ICD10CM: looksLikeIcd10Cm,
  ICD10PCS: (plain) => /^(?:[0-9A-HJ-NP-Z]{3}|[0-9A-HJ-NP-Z]{7})$/.test(plain),
}
