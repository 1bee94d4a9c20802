import { describe, expect, it } from 'vitest'
import { MUTANTS } from '../../figures/mutants/index.js'
import { countOf, rotOf } from '../../figures/mutants/mutant.js'
import { packageRoot } from '../../server/db/migrate.js'

/** The table of the figure `mutants`, which makes the holes; here is only seen that they can still be made. */
describe('hand-made holes', () => {
  it('each change one spot that is still there, and name a test that is', () => {
    expect(MUTANTS.map((mutant) => [mutant.name, rotOf(packageRoot(), mutant)]).filter(([, rot]) => rot)).toEqual([])
  })

  it('are at least forty, each named once, in at least fifteen files', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(40)
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length)
    expect(new Set(MUTANTS.map(({ file }) => file)).size).toBeGreaterThanOrEqual(15)
  })

  it('are told from spots that are gone, stand twice, or stay as they are', () => {
    const [first] = MUTANTS
    const rot = (change: object) => rotOf(packageRoot(), { ...first!, ...change })
    expect(rot({ find: 'a text that no file holds' })).toContain('0 times')
    expect(rot({ find: '\n' })).toMatch(/stands [1-9]\d+ times/)
    expect(rot({ replace: first!.find })).toBe('it changes nothing')
    expect(rot({ caughtBy: { file: 'test/none.test.ts', test: 'none', written: 'none' } })).toContain('no such test')
    expect(countOf('abab', 'ab')).toBe(2)
  })
})
