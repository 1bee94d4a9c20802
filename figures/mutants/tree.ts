import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Mutant } from './mutant.js'

/** What a test needs none of, and what is too big to be copied. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '.git',
  '.chartroom',
  'node_modules',
  'dist',
  'coverage',
  'test-results',
])

/** A copy of the package in which a hole can be made without anybody falling into it. */
export class Tree {
  readonly root = mkdtempSync(path.join(tmpdir(), 'chartroom-figure-'))

  constructor(of: string) {
    for (const name of readdirSync(of))
      if (!LEFT_OUT.has(name)) cpSync(path.join(of, name), path.join(this.root, name), { recursive: true })
    symlinkSync(path.join(of, 'node_modules'), path.join(this.root, 'node_modules'), 'dir')
  }

  /** Makes the hole, and closes it again whatever happens meanwhile. */
  async with<T>({ file, find, replace }: Mutant, work: () => Promise<T>): Promise<T> {
    const at = path.join(this.root, file)
    const whole = readFileSync(at, 'utf8')
    // As a function: a text would have its dollars read as patterns.
    writeFileSync(
      at,
      whole.replace(find, () => replace),
    )
    try {
      return await work()
    } finally {
      writeFileSync(at, whole)
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
