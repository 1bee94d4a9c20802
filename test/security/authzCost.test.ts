import { readFileSync } from 'node:fs'
import path from 'node:path'
import { transformSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { CUTS } from '../../figures/authzCost/builds.js'
import { packageRoot } from '../../server/db/migrate.js'

/** The figure `authz-cost` takes the rules out of what is built; here is only seen that it still finds them there. */
describe('the build without rules', () => {
  it.each(CUTS.map((cut) => [cut.file, cut] as const))('has its cut to make in %s', (file, { from, to }) => {
    const source = readFileSync(path.join(packageRoot(), file.replace(/\.js$/, '.ts')), 'utf8')
    const tsconfigRaw = { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } }
    const { code } = transformSync(source, { loader: 'ts', format: 'esm', target: 'node20', tsconfigRaw })
    expect(code.match(new RegExp(from, 'g'))).toHaveLength(1)
    expect(code.replace(from, to)).not.toBe(code)
  })
})
