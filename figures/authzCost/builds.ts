import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { packageRoot } from '../../server/db/migrate.js'

/** One place in a built file where a rule is asked, and what stands there in the build without rules. */
export interface Cut {
  readonly file: string
  readonly from: RegExp
  readonly to: string
}

/**
 * The guard around fields, the predicate of lists, the check of a row, and the sight that both mask by. Without them
 * everything is seen, in the words that the coder of record sees it in, so that both builds give the same answer.
 */
export const CUTS: readonly Cut[] = [
  { file: 'server/auth/masking.js', from: /if \([^\n]*\) guard\(type\.name, field, fieldClass, speaks\);/, to: '' },
  {
    file: 'server/auth/rulesToSql.js',
    from: /export function accessibleBy|function accessibleBy/,
    to: 'function accessibleBy() {\n  return sql`true`;\n}\nfunction ruledOut',
  },
  { file: 'server/charts/chartAccess.js', from: /function isVisible\(session, chart\) \{/, to: '$&\n  return true;' },
  {
    file: 'server/charts/chartAccess.js',
    from: /function sightOn\(session, chart\) \{/,
    to: '$&\n  return remembered(session, sightOn, () => resolveSight(session.viewer, { ...chart, myParts: ["CODER_OF_RECORD"], iDecided: false }));',
  },
]

/** A copy of what was built, without the rules, beside the packages it needs. Used by this measurement and nothing else. */
export function buildWithoutRules(): { readonly folder: string; remove(): void } {
  const cache = path.join(packageRoot(), 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(path.join(cache, 'authz-cost-'))
  for (const part of ['server', 'schema', 'client', 'figures', 'demo'])
    cpSync(path.join(built(), part), path.join(folder, part), { recursive: true })
  for (const { file, from, to } of CUTS) {
    const target = path.join(folder, file)
    const text = readFileSync(target, 'utf8')
    if (!from.test(text)) throw new Error(`${file} has no such place any more: the cuts of this figure must follow it`)
    const exported = from.source.startsWith('export') && /export function accessibleBy/.test(text)
    writeFileSync(target, text.replace(from, exported ? `export ${to}` : to))
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export const built = (): string => path.join(packageRoot(), 'dist')
