import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { packageRoot } from '../server/db/migrate.js'
import type { Print } from './figure.js'

/** What tests leave for a figure: its numbers, and where there is one a table of counts. */
export interface Left {
  readonly figures: Readonly<Record<string, number | string>>
  readonly columns?: readonly string[]
  readonly rows?: readonly string[]
  readonly table?: readonly (readonly number[])[]
}

export interface TestRun {
  readonly passed: boolean
  /** Undefined where the tests ended before they left anything. */
  readonly left: Left | undefined
  /** What many test files count alike (FIGURES_COUNTED), summed over all of them. */
  readonly counted: Readonly<Record<string, number>>
}

/**
 * Runs tests of the suite, longer or with more kept than `npm test` does. A figure that is a test has one definition of
 * what holds: the test's.
 * @param settings of the environment, read by the tests
 */
export async function runTests(
  files: readonly string[],
  settings: Readonly<Record<string, string>>,
  print: Print,
): Promise<TestRun> {
  const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-figure-'))
  const file = path.join(folder, 'figures.json')
  const counted = path.join(folder, 'counted')
  try {
    const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
    const child = spawn(process.execPath, [vitest, 'run', '--reporter=verbose', ...files], {
      cwd: packageRoot(),
      env: { ...process.env, ...settings, FIGURES_FILE: file, FIGURES_COUNTED: counted, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        for (const line of text.split('\n')) if (TELLING.test(line)) print(`  ${line.trim()}`)
      })
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    return { passed: code === 0, left: readLeft(file), counted: sum(counted) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Of what a run says, the lines that name a test, and what became of it. */
const TELLING = /^\s*(✓|×|❯|FAIL|AssertionError|Error:|Tests|Test Files)/

function readLeft(file: string): Left | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Left
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function sum(folder: string): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const counts = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<string, number>
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count
  }
  return sums
}

export function printTable({ columns = [], rows = [], table = [] }: Left, print: Print): void {
  const name = Math.max(...rows.map((row) => row.length), 0)
  const cell = (value: string | number, i: number): string => String(value).padStart(columns[i]!.length + 2)
  print(`  ${' '.repeat(name)}${columns.map(cell).join('')}`)
  for (const [i, row] of rows.entries()) print(`  ${row.padEnd(name)}${(table[i] ?? []).map(cell).join('')}`)
}
