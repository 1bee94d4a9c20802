import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cruise, type IConfiguration, type ICruiseResult, type IViolation } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { afterAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../server/db/migrate.js'

const root = packageRoot()
const config = createRequire(import.meta.url)(path.join(root, '.dependency-cruiser.cjs')) as IConfiguration
const planted = mkdtempSync(path.join(realpathSync(tmpdir()), 'chartroom-architecture-'))

afterAll(() => rmSync(planted, { recursive: true, force: true }))

/** Per rule: files by name with the one import of each, the first of which breaks exactly that rule. */
const PLANTS: Record<string, [file: string, imports: string][]> = {
  'app-is-the-root': [
    ['server/charts/a.query.ts', '../app/env.js'],
    ['server/app/env.ts', ''],
  ],
  'kernel-stands-below-all': [
    ['server/kernel/a.ts', '../db/pool.js'],
    ['server/db/pool.ts', ''],
  ],
  'platform-knows-no-domain': [
    ['server/live/a.ts', '../charts/a.query.js'],
    ['server/charts/a.query.ts', ''],
  ],
  'auth-is-mechanism-only': [
    ['server/auth/a.ts', '../charts/a.query.js'],
    ['server/charts/a.query.ts', ''],
  ],
  'platform-below-auth': [
    ['server/trail/a.ts', '../auth/ability.js'],
    ['server/auth/ability.ts', ''],
  ],
  'deciders-are-pure': [
    ['server/suggestions/decider.ts', 'node:fs'],
    ['server/suggestions/a.decider.ts', 'node:fs'],
  ],
  'sql-stays-in-stores': [['server/charts/a.command.ts', 'postgres']],
  'graphql-stays-at-the-face': [['server/charts/a.command.ts', 'type-graphql']],
  'standard-clients-stay-in-tests': [['client/live/a.ts', '@apollo/client']],
  'graphql-ws-has-two-ends': [['client/live/a.ts', 'graphql-ws/client']],
  'casl-stays-in-auth': [['server/charts/a.command.ts', '@casl/ability']],
  'resolvers-are-thin': [
    ['server/charts/charts.resolver.ts', './charts.store.js'],
    ['server/charts/charts.store.ts', ''],
  ],
  'presenters-read-nothing': [
    ['server/charts/a.presenter.ts', '../db/pool.js'],
    ['server/db/pool.ts', ''],
  ],
  'imports-point-down': [
    ['server/charts/charts.store.ts', './open.command.js'],
    ['server/charts/open.command.ts', ''],
  ],
  'faces-are-leaves': [
    ['server/charts/a.query.ts', './charts.resolver.js'],
    ['server/charts/charts.resolver.ts', ''],
  ],
  'domains-meet-at-the-index': [
    ['server/charts/a.query.ts', '../consents/b.query.js'],
    ['server/consents/b.query.ts', ''],
  ],
  'tables-refer-to-tables': [
    ['server/charts/charts.table.ts', '../consents/index.js'],
    ['server/consents/index.ts', ''],
  ],
  'schema-is-a-leaf': [
    ['schema/a.ts', '../server/kernel/ids.js'],
    ['server/kernel/ids.ts', ''],
  ],
  'client-sees-only-the-sdl': [
    ['client/live/a.ts', '../../schema/a.js'],
    ['schema/a.ts', ''],
  ],
  'tests-stay-outside': [
    ['server/charts/a.query.ts', '../../test/support/world.js'],
    ['test/support/world.ts', ''],
  ],
  'oracle-stands-alone': [
    ['test/oracle/oracle.ts', '../../server/charts/chart.policy.js'],
    ['server/charts/chart.policy.ts', ''],
  ],
  'server-runs-without-dev-dependencies': [['server/charts/a.query.ts', 'only-in-development']],
  'no-cycles': [
    ['server/charts/a.query.ts', './b.query.js'],
    ['server/charts/b.query.ts', './a.query.js'],
  ],
  'no-orphans': [['server/charts/a.query.ts', '']],
}
/** Whom the oracle may not ask either, whatever is told by its own rule. */
const NOT_FOR_THE_ORACLE = [
  'server/charts/chart.policy.ts',
  'server/auth/sight.ts',
  'server/auth/masking.ts',
  'schema/charts.ts',
  'schema/values.ts',
  'test/security/world.ts',
]
/** What only tests speak with, each from every part of the product. */
const STANDARD_CLIENTS = ['@apollo/client', '@urql/core', 'urql', 'relay-runtime', 'react-relay', 'graphql-sse']
/** What the layers allow: none of it may trip a rule, or the rules would teach people to work around them. */
const ALLOWED: [file: string, imports: string][] = [
  ['server/app/main.ts', '../charts/charts.resolver.js'],
  ['server/charts/charts.resolver.ts', './open.command.js'],
  ['server/charts/open.command.ts', './charts.store.js'],
  ['server/charts/charts.store.ts', 'postgres'],
  ['server/charts/charts.policy.ts', '@casl/ability'],
  ['server/charts/a.query.ts', '../consents/index.js'],
  ['server/charts/charts.decider.ts', '../codesets/model.js'],
  ['server/charts/charts.table.ts', '../patients/patients.table.js'],
  ['server/patients/patients.table.ts', 'drizzle-orm/pg-core'],
  ['server/consents/index.ts', '../kernel/ids.js'],
  ['server/codesets/model.ts', '../kernel/ids.js'],
  ['server/kernel/ids.ts', 'node:crypto'],
  ['server/cli/main.ts', '../app/main.js'],
  ['schema/charts.ts', 'type-graphql'],
  ['client/live/follow.ts', 'graphql'],
  ['client/live/socket.ts', 'graphql-ws/client'],
  ['server/app/ws.ts', 'graphql-ws'],
  ['test/charts/charts.test.ts', '../../server/charts/charts.store.js'],
  ['test/oracle/oracle.ts', './actors.table.js'],
  ['test/oracle/actors.table.ts', ''],
  ['test/security/matrix.test.ts', '../oracle/oracle.js'],
]

describe('imports', () => {
  it('point down in the whole tree', async () => {
    const all = ['server', 'schema', 'client', 'demo', 'figures', 'test', 'bin', 'scripts']
    const folders = all.filter((folder) => existsSync(path.join(root, folder)))
    const result = await check(root, folders)
    expect(result.summary.totalCruised).toBeGreaterThan(100)
    expect(result.summary.violations.map((it) => describeViolation(it, result))).toEqual([])
  }, 120_000)

  it('are checked by rules that each say what to do instead', () => {
    const rules = config.forbidden ?? []
    expect(rules.map((rule) => rule.name).sort()).toEqual(Object.keys(PLANTS).sort())
    for (const rule of rules) expect(rule.comment?.length, rule.name).toBeGreaterThan(40)
  })

  it.each(Object.entries(PLANTS))('%s catches a planted violation', async (name, files) => {
    const result = await plant(name, files)
    const found = result.summary.violations.filter((it) => it.from === files[0]![0])
    expect(found.map((it) => it.rule.name)).toContain(name)
    expect(found.map((it) => it.rule.name).filter((other) => other !== name)).toEqual([])
  })

  it.each(NOT_FOR_THE_ORACLE)('of the oracle do not lead to %s', async (file) => {
    const result = await plant(`oracle-${path.basename(file)}`, [
      ['test/oracle/oracle.ts', path.posix.relative('test/oracle', file).replace(/\.ts$/, '.js')],
      [file, ''],
    ])
    expect(result.summary.violations.map((it) => it.rule.name)).toContain('oracle-stands-alone')
  })

  it.each(STANDARD_CLIENTS)('of the product do not lead to %s', async (name) => {
    const files = ['server/app/ws.ts', 'server/charts/a.query.ts', 'client/live/socket.ts', 'schema/a.ts', 'demo/a.ts']
    const result = await plant(
      `standard-${name.replace('/', '-')}`,
      files.map((file) => [file, name]),
    )
    const found = result.summary.violations.filter((it) => it.rule.name === 'standard-clients-stay-in-tests')
    expect(found.map((it) => it.from).sort()).toEqual([...files].sort())
  })

  it('may do what the layers allow', async () => {
    const result = await plant('allowed', ALLOWED)
    expect(result.summary.violations.map((it) => describeViolation(it, result))).toEqual([])
    expect(result.summary.totalDependenciesCruised).toBeGreaterThanOrEqual(
      ALLOWED.filter(([, imports]) => imports !== '').length,
    )
  })

  it('of types alone may form a cycle, since they are gone when the code runs', async () => {
    const result = await plant('type-cycle', [
      ['server/charts/a.query.ts', 'type:./b.query.js'],
      ['server/charts/b.query.ts', './a.query.js'],
    ])
    expect(result.summary.violations.map((it) => it.rule.name)).not.toContain('no-cycles')
  })
})

async function plant(name: string, files: [file: string, imports: string][]): Promise<ICruiseResult> {
  const base = path.join(planted, name)
  write(base, 'package.json', JSON.stringify({ type: 'module', devDependencies: { 'only-in-development': '1.0.0' } }))
  write(base, 'tsconfig.json', JSON.stringify({ compilerOptions: { module: 'NodeNext' } }))
  write(
    base,
    'node_modules/only-in-development/package.json',
    JSON.stringify({ name: 'only-in-development', main: 'a.js' }),
  )
  write(base, 'node_modules/only-in-development/a.js', 'module.exports = 1')
  for (const [file, imports] of files) write(base, file, source(imports))
  const folders = [...new Set(files.map(([file]) => file.split('/')[0]!))]
  return check(base, folders)
}

function source(imports: string): string {
  if (imports === '') return 'export const it = 1\n'
  if (imports.startsWith('type:')) return `import type { it } from '${imports.slice(5)}'\nexport type It = typeof it\n`
  return `import { it } from '${imports}'\nexport const that = it\n`
}

function write(base: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(base, file)), { recursive: true })
  writeFileSync(path.join(base, file), text)
}

async function check(base: string, folders: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(
    folders,
    { ...config.options, baseDir: base, ruleSet: { forbidden: config.forbidden ?? [] }, validate: true },
    config.options?.enhancedResolveOptions,
    { tsConfig: extractTSConfig(path.join(base, 'tsconfig.json')) },
  )
  if (typeof output === 'string') throw new Error('dependency-cruiser answered text')
  return output
}

function describeViolation(violation: IViolation, result: ICruiseResult): string {
  const rule = result.summary.ruleSetUsed?.forbidden?.find((it) => it.name === violation.rule.name)
  const way = violation.cycle?.map((step) => step.name).join(' → ') ?? violation.to
  return `${violation.rule.name}: ${violation.from} → ${way}. ${rule?.comment ?? ''}`
}
