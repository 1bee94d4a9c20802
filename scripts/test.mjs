/**
 * `npm test`: types, lint, format, then every test; `npm test -- test/db` only the tests under that path. Ends with
 * the skipped tests by name, and `N passed, N failed, N skipped` on a line of its own.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { findTools } from './findTools.mjs'
import { root } from './freshness.mjs'

const only = process.argv.slice(2)
const counts = path.join(root, 'node_modules', '.cache', 'chartroom', 'counts.json')
const bin = (name) => path.join(root, 'node_modules', '.bin', name)
const node = process.execPath

const gates = [
  ['Types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  ['Lint', bin('eslint'), ['--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.']],
  ['Format', bin('biome'), ['format', '.']],
]
const broken = []
if (only.length === 0) {
  for (const [name, command, args] of gates) if (!runStep(name, command, args)) broken.push(name)
}

// Before the tests, several of which start the program at the same time.
if (!runStep('Build', node, [path.join(root, 'scripts', 'build.mjs')])) broken.push('Build')

mkdirSync(path.dirname(counts), { recursive: true })
rmSync(counts, { force: true })
const vitest = ['run', '--reporter=default', `--reporter=${path.join(root, 'scripts', 'countReporter.mjs')}`, ...only]
const testsHeld = runStep('Tests', bin('vitest'), vitest, { ...findTools(), CHARTROOM_TEST_COUNTS: counts })

const { passed, failed, skipped } = existsSync(counts)
  ? JSON.parse(readFileSync(counts, 'utf8'))
  : { passed: 0, failed: 1, skipped: [] }
console.log('')
for (const { name, why } of skipped) console.log(`Skipped: ${name}: ${why}`)
for (const name of broken) console.log(`Failed: ${name} (see above); counted as one failure`)
const failures = failed + broken.length
// vitest can end badly with every test green, for example when a worker crashed on its way out.
if (!testsHeld && failed === 0) console.log('Failed: vitest ended with an error (see above)')
console.log(`${passed} passed, ${failures || (testsHeld ? 0 : 1)} failed, ${skipped.length} skipped`)
process.exitCode = testsHeld && broken.length === 0 ? 0 : 1

function runStep(name, command, args, env = {}) {
  const started = performance.now()
  console.log(`\n== ${name}`)
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && command !== node,
    env: { ...process.env, ...env },
  })
  console.log(
    `== ${name}: ${status === 0 ? 'holds' : 'FAILED'}, ${((performance.now() - started) / 1000).toFixed(0)} s`,
  )
  return status === 0
}
