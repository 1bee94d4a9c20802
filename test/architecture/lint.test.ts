import path from 'node:path'
import { ESLint } from 'eslint'
import { beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../server/db/migrate.js'

const root = packageRoot()
const eslint = new ESLint({ cwd: root })

/** Code is checked in the place of a file that exists, because type-aware rules need one that the compiler knows. */
const DOMAIN = 'server/codesets/code.ts'
const STORE = 'server/facilities/facilities.store.ts'
const COMMAND_LINE = 'server/cli/output.ts'
const CLOCK = 'server/kernel/clock.ts'
const TEST = 'test/app/env.test.ts'

const REFUSED: [what: string, file: string, code: string, rule: string][] = [
  ['a promise nobody waits for', DOMAIN, 'async function work() {}\nwork()', 'no-floating-promises'],
  [
    'a promise where a condition is wanted',
    DOMAIN,
    'async function ok() { return 1 }\nif (ok()) throw new Error()',
    'no-misused-promises',
  ],
  ['waiting for what is no promise', DOMAIN, 'await 1', 'await-thenable'],
  ['any', DOMAIN, 'export const x: any = 1', 'no-explicit-any'],
  [
    'a forgotten case',
    DOMAIN,
    "declare const v: 'a' | 'b'\nswitch (v) { case 'a': break }",
    'switch-exhaustiveness-check',
  ],
  [
    'a type imported as a value',
    DOMAIN,
    "import { Stats } from 'node:fs'\nexport type S = Stats",
    'consistent-type-imports',
  ],
  ['the time of the machine', DOMAIN, 'export const t = Date.now()', 'no-restricted-syntax'],
  ['the time of the machine', DOMAIN, 'export const t = new Date()', 'no-restricted-syntax'],
  ['the time of the machine', COMMAND_LINE, 'export const t = new Date()', 'no-restricted-syntax'],
  ['the environment', DOMAIN, 'export const p = process.env.PORT', 'no-restricted-syntax'],
  [
    'a statement',
    DOMAIN,
    'declare const sql: typeof String.raw\nexport const q = sql`select 1`',
    'no-restricted-syntax',
  ],
  [
    'a statement',
    DOMAIN,
    'declare const c: { tx: typeof String.raw }\nexport const q = c.tx`select 1`',
    'no-restricted-syntax',
  ],
  ['a default export', DOMAIN, 'export default 1', 'no-restricted-syntax'],
  [
    'simple resolvers',
    DOMAIN,
    'declare const F: any\nclass A { @F({ simple: true }) b!: string }\nexport { A }',
    'no-restricted-syntax',
  ],
  ['console', DOMAIN, "console.log('x')", 'no-console'],
  [
    'rulesToFields',
    DOMAIN,
    "import { rulesToFields } from '@casl/ability/extra'\nrulesToFields",
    'no-restricted-imports',
  ],
  [
    'the client of graphql-ws in the server',
    DOMAIN,
    "import { createClient } from 'graphql-ws'\ncreateClient",
    'no-restricted-imports',
  ],
  ['a focused test', TEST, "import { it } from 'vitest'\nit.only('x', () => {})", 'no-restricted-syntax'],
  ['loose equality', DOMAIN, "export const e = '1' == String(1)", 'eqeqeq'],
]

const ACCEPTED: [what: string, file: string, code: string][] = [
  ['a date from a value', DOMAIN, "export const d = new Date('2026-01-01')"],
  ['the clock itself', CLOCK, 'export const now = () => new Date()'],
  ['a statement in a store', STORE, 'declare const sql: typeof String.raw\nexport const q = sql`select 1`'],
  ['printing on the command line', COMMAND_LINE, "console.error('x')"],
  ['settings on the command line', COMMAND_LINE, 'export const p = process.env.PORT'],
]

describe('lint', () => {
  // The compiler reads the whole project once; that is not the first rule's time.
  beforeAll(() => rulesBroken(DOMAIN, 'export const x = 1'))

  it.each(REFUSED)('refuses %s (%s)', async (_what, file, code, rule) => {
    expect(await rulesBroken(file, code)).toContain(rule)
  })

  it.each(ACCEPTED)('accepts %s (%s)', async (_what, file, code) => {
    expect(await rulesBroken(file, code)).toEqual([])
  })
})

async function rulesBroken(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: path.join(root, file) })
  expect(result?.fatalErrorCount).toBe(0)
  return (result?.messages ?? []).map(
    (message) => message.ruleId?.replace('@typescript-eslint/', '') ?? message.message,
  )
}
