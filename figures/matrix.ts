import type { Figure } from './figure.js'
import { runTests } from './testRun.js'

const SEED = 3_303

/** The whole of test/security/matrix.test.ts; `npm test` runs a part of it, drawn by the same seed. */
export const matrix: Figure = {
  name: 'matrix',
  shows:
    'what every role in every relation to a chart in every state is told by every field on every path, and may do, is what a table written from the design says',
  async run(print) {
    const settings = { MATRIX: 'whole', MATRIX_SEED: String(SEED) }
    const { passed, left } = await runTests(['test/security/matrix.test.ts'], settings, print)
    for (const line of left?.rows ?? []) print(`  ${line}`)
    const { figures } = left ?? { figures: {} as Record<string, number | string> }
    return { holds: passed && figures['cells wrong'] === 0 && figures['fields without a line'] === 0, figures }
  },
}
