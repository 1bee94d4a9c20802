import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../server/kernel/clock.js'
import { type Compared, compareWorlds } from './twoWorlds/compare.js'
import { CLASSES, PATHS } from './twoWorlds/model.js'
import { disputeAFinding } from './offices.js'
import { type SecretWorld, secretWorld } from './world.js'

/**
 * A bounded part of the figure `two-worlds`, which runs this very file for longer (see figures/twoWorlds.ts): the same
 * seed, the same questions, more changes.
 */
const TRIPLES = Number(process.env.TWO_WORLDS_TRIPLES ?? 300)
/** Of those who may not see a change, how many are asked; the figure asks everybody. */
const UNENTITLED = process.env.TWO_WORLDS_TRIPLES ? 99 : 3
const SEED = Number(process.env.TWO_WORLDS_SEED ?? 20_261)

/** What the contract has no field for: no answer of that path can carry a class. Kept no longer than it must be. */
const CANNOT: Readonly<Record<string, string>> = {
  'history/IDENTITY': 'no event holds a name',
  'event/IDENTITY': 'no event holds a name',
  'snapshot/IDENTITY': 'a snapshot names the chart by its account',
  'history/QUALITY': 'findings are in the audit’s own stream',
  'event/QUALITY': 'findings are in the audit’s own stream',
  'snapshot/QUALITY': 'findings are in the audit’s own stream',
  'history/MONEY': 'no command changes charges, so no event does',
  'event/MONEY': 'no command changes charges, so no event does',
  'export/ACCOUNT_REF': 'an export is frozen: only what it holds, which is clinical, can differ',
  'export/IDENTITY': 'an export is frozen: only what it holds, which is clinical, can differ',
  'export/QUALITY': 'an export holds no finding',
  'export/MONEY': 'an export is frozen: only what it holds, which is clinical, can differ',
  'export/ROW': 'an export is of its chart; that a chart is there is asked by the other paths',
  'history/RESULT': 'findings are in the audit’s own stream',
  'event/RESULT': 'findings are in the audit’s own stream',
  'snapshot/RESULT': 'findings are in the audit’s own stream',
  'export/RESULT': 'an export holds no finding',
  'error/RESULT': 'no conflict on a chart tells a finding',
  'quality/IDENTITY': 'a result names its chart by the account',
  'quality/CLINICAL': 'a result is frozen with its submission: of its words only what was found can differ',
  'quality/QUALITY': 'there is a result once its audit is closed; what it holds then is RESULT',
  'quality/MONEY': 'a result has no dollars',
  'quality/ROW': 'that there is a chart makes no result',
  'board/ACCOUNT_REF': 'a board counts charts and names none',
  'board/IDENTITY': 'a board names nobody but who works',
  'board/CLINICAL': 'a board has no content',
  'board/QUALITY': 'a board tells no finding',
  'board/RESULT': 'a board tells no finding',
  'inbox/IDENTITY': 'an entry names its chart by the account',
  'inbox/QUALITY': 'an entry says that there is something to answer, and not what',
  'inbox/RESULT': 'an entry says that there is something to answer, and not what',
  'inbox/MONEY': 'an entry has no dollars',
  'error/IDENTITY': 'no conflict tells a name',
  'error/QUALITY': 'no conflict tells a finding',
  'error/MONEY': 'no conflict tells charges',
  'error/ROW': 'a conflict tells the line it is about',
}

let world: SecretWorld
let compared: Compared
beforeAll(async () => {
  // Time stands still: two worlds that differ in a moment would differ in that.
  world = await secretWorld({ clock: fixedClock(new Date()) })
  await disputeAFinding(world)
  compared = await compareWorlds(world, randomFrom(SEED), { triples: TRIPLES, changes: 4_000, unentitled: UNENTITLED })
}, 3_600_000)
afterAll(() => world.server.close())

describe('two worlds that differ only in what a viewer may not see', () => {
  it('give the same bytes', () => {
    report(compared)
    const shown = compared.differing
      .slice(0, 5)
      .map(({ before, after, ...rest }) => ({ ...rest, ...around(before, after) }))
    expect(shown).toEqual([])
    expect(compared.counted).toBeGreaterThanOrEqual(TRIPLES)
  })

  it('are compared by every path and every class of field', () => {
    const cells = PATHS.flatMap((path) => CLASSES.map((changed) => `${path}/${changed}`))
    const never = cells.filter((cell) => !compared.cells.has(cell))
    expect(never).toEqual(cells.filter((cell) => cell in CANNOT))
  })
})

/** Where two answers part. */
function around(before: string, after: string): { before: string; after: string } {
  let at = 0
  while (at < before.length && before[at] === after[at]) at++
  return { before: before.slice(Math.max(0, at - 80), at + 80), after: after.slice(Math.max(0, at - 80), at + 80) }
}

function report({ changes, asked, counted, differing, cells, times }: Compared): void {
  const table = PATHS.map((path) => CLASSES.map((changed) => cells.get(`${path}/${changed}`) ?? 0))
  const [first, second] = times.map((ms) => ms.toSorted((a, b) => a - b))
  const at = (sorted: readonly number[], part: number) =>
    Number(sorted[Math.floor(part * (sorted.length - 1))]!.toFixed(2))
  const figures = {
    changes,
    'answers asked for': asked,
    'triples counted': counted,
    'triples that differ': differing.length,
    'ms, world one, p50 / p95 / p99': [0.5, 0.95, 0.99].map((p) => at(first!, p)).join(' / '),
    'ms, world two, p50 / p95 / p99': [0.5, 0.95, 0.99].map((p) => at(second!, p)).join(' / '),
    'largest distance of the two distributions (0 to 1)': distance(first!, second!),
  }
  const file = process.env.FIGURES_FILE
  if (file) writeFileSync(file, JSON.stringify({ figures, columns: CLASSES, rows: PATHS, table }))
  else console.info(`two worlds: ${JSON.stringify(figures)}`)
}

/** Of Kolmogorov and Smirnov: how far two distributions lie apart at most. */
function distance(a: readonly number[], b: readonly number[]): number {
  let [i, j, most] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    if (a[i]! <= b[j]!) i++
    else j++
    most = Math.max(most, Math.abs(i / a.length - j / b.length))
  }
  return Number(most.toFixed(4))
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n)
  }
}
