import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Catcher } from './mutant.js'

/** What vitest's JSON reporter says of a run. */
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly title: string
      readonly status: string
      readonly failureMessages: readonly string[] | null
    }[]
  }[]
}

export interface Ran {
  readonly title: string
  readonly file: string
  readonly passed: boolean
  /** It failed because something was not as expected, and not because something broke. */
  readonly byAssertion: boolean
}

/** Longer than the slowest of these tests takes on a busy machine: what hangs has caught nothing. */
const LONGEST_MS = 180_000
const FOR_EACH_FILE_MS = 60_000

/** Runs these tests and no others in a tree. Tests that did not run are not among the answers. */
export async function runCatchers(root: string, catchers: readonly Catcher[]): Promise<readonly Ran[]> {
  const report = path.join(root, 'catchers.json')
  rmSync(report, { force: true })
  const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
  const titles = [...new Set(catchers.map(({ test }) => escaped(test)))]
  const files = [...new Set(catchers.map(({ file }) => file))]
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--reporter=json', `--outputFile=${report}`, '-t', `(${titles.join('|')})$`, ...files],
    { cwd: root, env: { ...process.env, NO_COLOR: '1' }, stdio: 'ignore' },
  )
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS + files.length * FOR_EACH_FILE_MS)
  await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  clearTimeout(timer)
  return (readReport(report)?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ title, status, failureMessages }) => ({
        title,
        file: path.relative(root, name),
        passed: status === 'passed',
        byAssertion: (failureMessages ?? []).some(isAssertion),
      })),
  )
}

/** Of vitest itself (a promise or snapshot included), or of a property that holds one; a property that threw is none. */
const isAssertion = (message: string): boolean =>
  /\bAssertionError\b|^Error: (Snapshot|promise (resolved|rejected)) /.test(message) ||
  (/Property failed after/.test(message) && !/\b(Type|Reference|Syntax|Range)Error\b/.test(message))

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch (error) {
    // Where vitest did not come to its end there is none, or half of one.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
