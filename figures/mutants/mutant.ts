import { readFileSync } from 'node:fs'
import path from 'node:path'

/** A hole that a tired engineer could make: one spot of one file, written differently. */
export interface Mutant {
  /** What it would let out, and to whom. */
  readonly name: string
  /** From the root of the package. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly find: string
  readonly replace: string
  readonly caughtBy: Catcher
}

/** One test, by its title. */
export interface Catcher {
  readonly file: string
  readonly test: string
  /** How the title is written where it is one of many. */
  readonly written: string
}

export const by = (file: string, test: string, written = test): Catcher => ({
  file: `test/${file}.test.ts`,
  test,
  written,
})

/** How often a text stands in another. */
export const countOf = (text: string, part: string): number => text.split(part).length - 1

/** What is wrong with an entry of the table; undefined where it can be tried. */
export function rotOf(root: string, { file, find, replace, caughtBy }: Mutant): string | undefined {
  const times = countOf(read(root, file), find)
  if (times !== 1) return `what it looks for stands ${times} times in ${file}`
  if (find === replace) return 'it changes nothing'
  if (!read(root, caughtBy.file).includes(caughtBy.written)) return `${caughtBy.file} has no such test`
  return undefined
}

function read(root: string, file: string): string {
  try {
    return readFileSync(path.join(root, file), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
