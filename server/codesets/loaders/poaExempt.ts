import { looksLikeIcd10Cm, plainCode } from '../code.js'
import { DamagedFileError, numberedLines, type SourceFile, textOf } from './textFile.js'

/**
 * Reads the official list of ICD-10-CM codes exempt from present-on-admission reporting. Two layouts are in use: tab
 * divided with order number, code and description under a header line, or one code a line; codes with or without dot.
 *
 * @returns the exempt codes without dot
 * @throws DamagedFileError naming the line that holds no code, or a code for the second time
 */
export function parsePoaExempt(file: SourceFile): ReadonlySet<string> {
  const exempt = new Set<string>()
  for (const [line, text] of numberedLines(textOf(file))) {
    if (text.trim() === '' || (line === 1 && /code/i.test(text))) continue
    const cells = text.split('\t')
    const code = (cells.length > 1 && /^\d+$/.test(cells[0] ?? '') ? cells[1] : cells[0])?.trim() ?? ''
    const plain = plainCode('ICD10CM', code)
    if (plain === undefined || !looksLikeIcd10Cm(plain)) {
      throw new DamagedFileError(file.name, line, 'it holds no ICD-10-CM code.')
    }
    if (exempt.has(plain)) throw new DamagedFileError(file.name, line, `the code ${code} stands in the list twice.`)
    exempt.add(plain)
  }
  if (exempt.size === 0) throw new DamagedFileError(file.name, null, 'it has no codes.')
  return exempt
}
