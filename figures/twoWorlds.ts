import type { Figure } from './figure.js'
import { printTable, runTests } from './testRun.js'

const TRIPLES = 10_000
const SEED = 3_301

/** The property of test/security/twoWorlds.ts with ten thousand triples that count; `npm test` runs a part of it. */
export const twoWorlds: Figure = {
  name: 'two-worlds',
  shows: `${TRIPLES} random (viewer, query, change) triples: what changes only hidden data changes no byte, order, count or error`,
  async run(print) {
    const settings = { TWO_WORLDS_TRIPLES: String(TRIPLES), TWO_WORLDS_SEED: String(SEED) }
    const { passed, left } = await runTests(['test/security/twoWorlds.test.ts'], settings, print)
    if (left) {
      print('  triples that counted, by path and class of what was changed (0: the contract has no such field there)')
      printTable(left, print)
    }
    return { holds: passed && left !== undefined, figures: { seed: SEED, ...left?.figures } }
  },
}
