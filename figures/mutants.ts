import { availableParallelism } from 'node:os'
import { packageRoot } from '../server/db/migrate.js'
import type { Figure, Finding, Print } from './figure.js'
import { MUTANTS } from './mutants/index.js'
import { type Mutant, rotOf } from './mutants/mutant.js'
import { type Ran, runCatchers } from './mutants/runCatchers.js'
import { Tree } from './mutants/tree.js'

/** At least so many holes: a table that has shrunk shows less. */
const FEWEST = 40
/** Side by side, each in a tree of its own. */
const LANES = Math.min(2, availableParallelism())

/**
 * Makes one hole after the other in a copy of the package, and demands each time that the test which is named for it
 * fails, by an assertion of its own. First the tests are run where there is no hole, and must all hold.
 *
 * `MUTANTS='a coder lists'` in the environment tries the holes whose names hold these words, and no others.
 */
export const mutants: Figure = {
  name: 'mutants',
  shows: `every hand-made hole in the policies and the guard that was tried is caught; there are ${MUTANTS.length}`,
  async run(print) {
    const words = process.env.MUTANTS ?? ''
    const chosen = MUTANTS.filter(({ name }) => name.includes(words))
    const rotten = chosen.filter((mutant) => {
      const rot = rotOf(packageRoot(), mutant)
      if (rot) print(`  cannot be tried: ${mutant.name}: ${rot}`)
      return rot
    })
    if (rotten.length > 0) return { holds: false, figures: { holes: chosen.length, 'cannot be tried': rotten.length } }
    const trees = Array.from({ length: LANES }, () => new Tree(packageRoot()))
    try {
      return await tryAll(trees, chosen, words === '', print)
    } finally {
      for (const tree of trees) tree.remove()
    }
  },
}

async function tryAll(trees: readonly Tree[], chosen: readonly Mutant[], all: boolean, print: Print): Promise<Finding> {
  const whole = await runCatchers(
    trees[0]!.root,
    chosen.map(({ caughtBy }) => caughtBy),
  )
  const unsound = chosen.filter((mutant) => !judgedBy(mutant, whole)?.passed)
  for (const { name, caughtBy } of unsound) print(`  does not hold without a hole: ${caughtBy.test} (for: ${name})`)
  if (unsound.length > 0) return { holds: false, figures: { holes: chosen.length, 'unsound before': unsound.length } }
  print(`  ${new Set(chosen.map(({ caughtBy }) => caughtBy.test)).size} tests hold without a hole`)

  const waiting = [...chosen]
  const missed: Mutant[] = []
  await Promise.all(
    trees.map(async (tree) => {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const { caughtBy } = mutant
        const ran = judgedBy(mutant, await tree.with(mutant, () => runCatchers(tree.root, [caughtBy])))
        const caught = ran?.byAssertion === true
        if (!caught) missed.push(mutant)
        print(`  ${caught ? 'caught' : `NOT CAUGHT (${whyMissed(ran)})`}: ${mutant.name}`)
        print(`      ${mutant.file}, by ${caughtBy.file}: ${caughtBy.test}`)
      }
    }),
  )
  const figures = {
    holes: chosen.length,
    'in files': new Set(chosen.map(({ file }) => file)).size,
    tests: new Set(chosen.map(({ caughtBy }) => caughtBy.test)).size,
    caught: chosen.length - missed.length,
    'not caught': missed.length,
  }
  return { holds: missed.length === 0 && chosen.length >= (all ? FEWEST : 1), figures }
}

/** What the test that is named for it said: of several of one title, one that failed. */
const judgedBy = ({ caughtBy: { file, test } }: Mutant, ran: readonly Ran[]): Ran | undefined =>
  ran.filter((it) => it.file === file && it.title === test).sort((a, b) => Number(a.passed) - Number(b.passed))[0]

const whyMissed = (ran: Ran | undefined): string => {
  if (!ran) return 'the test did not come to run'
  return ran.passed ? 'the test holds' : 'the test broke, and asserted nothing'
}
