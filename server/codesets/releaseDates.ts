import type { IsoDate } from './model.js'

export interface ReleaseDates {
  readonly name: string
  readonly effectiveFrom: IsoDate
  readonly effectiveTo: IsoDate | null
}

export interface ReleaseDateOptions {
  readonly name?: string
  readonly effectiveFrom?: IsoDate
  readonly effectiveTo?: IsoDate
}

/**
 * The name and dates of a release: as given, else from the fiscal year in the name or in the file's name. FY2026 runs
 * from 2025-10-01 to 2026-09-30; an April update takes effect on 1 April of its year.
 * @throws RangeError with a sentence for the operator when they cannot be told, or contradict themselves
 */
export function releaseDates(fileName: string, options: ReleaseDateOptions = {}): ReleaseDates {
  const label = options.name ?? fileName
  const year = /(?<!\d)20\d\d(?!\d)/.exec(label)?.[0] ?? /\bFY[ -]?(\d\d)(?!\d)/i.exec(label)?.[1]?.padStart(4, '20')
  const april = /april|apr(?![a-z])/i.test(label)
  const name = options.name ?? (year && `FY${year}${april ? ' April' : ''}`)
  const effectiveFrom = options.effectiveFrom ?? (year && (april ? `${year}-04-01` : `${Number(year) - 1}-10-01`))
  const effectiveTo = options.effectiveTo ?? (year && !options.effectiveFrom ? `${year}-09-30` : null)
  if (!name || !effectiveFrom) {
    throw new RangeError(`${fileName} does not tell its fiscal year. Give --name and --effective-from.`)
  }
  for (const date of [effectiveFrom, effectiveTo]) {
    if (date !== null && !isDate(date)) throw new RangeError('A date of effect must be written as YYYY-MM-DD.')
  }
  if (effectiveTo !== null && effectiveTo < effectiveFrom) {
    throw new RangeError('The release would end before it takes effect. Check --effective-from and --effective-to.')
  }
  return { name, effectiveFrom, effectiveTo }
}

function isDate(text: string): boolean {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
