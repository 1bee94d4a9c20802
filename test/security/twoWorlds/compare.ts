import { type Account, EVERYONE } from '../standings.js'
import type { SecretWorld } from '../world.js'
import { changesOf, tellEverybody } from './changes.js'
import { type ChangedClass, entitled, type Path } from './model.js'
import { type Probe, probesOf } from './probes.js'
import { RUN_ENGINE, Viewer } from './viewer.js'

export interface Compared {
  readonly changes: number
  readonly asked: number
  /** Triples of a viewer who may not see the change, a query whose answer changed for one who may, and the change. */
  readonly counted: number
  readonly differing: readonly Difference[]
  /** Counted triples by `path/class`. */
  readonly cells: ReadonlyMap<string, number>
  /** Milliseconds of the answers of counted triples, in the first world and in the second. */
  readonly times: readonly [number[], number[]]
}

export interface Difference {
  readonly account: Account
  readonly path: Path
  readonly class: ChangedClass
  readonly kind: string
  readonly chart: string
  readonly before: string
  readonly after: string
}

/** Every command that is sent again has its outcome. No engine runs on this server: nothing changes by itself. */
async function settle(world: SecretWorld, viewers: readonly Viewer[]): Promise<void> {
  for (const viewer of viewers)
    for (const id of world.charts.values())
      await viewer.graphql(RUN_ENGINE, { input: { commandId: viewer.commandId(id), chartId: id } })
}

/**
 * Makes random changes, each kind at least once, until enough triples count or so many changes are made.
 * @param until `unentitled`: of those who may not see a change so many are asked, drawn anew for each
 */
export async function compareWorlds(
  world: SecretWorld,
  random: (n: number) => number,
  until: { readonly triples: number; readonly changes: number; readonly unentitled: number },
  onProgress: (counted: number) => void = () => {},
): Promise<Compared> {
  const draws = changesOf(world)
  const viewers = EVERYONE.map((account) => new Viewer(world, account))
  const cells = new Map<string, number>()
  const differing: Difference[] = []
  const times: [number[], number[]] = [[], []]
  let [changes, counted, asked] = [0, 0, 0]
  const ask = async (probes: readonly Probe[], asking: readonly Viewer[]) => {
    const answers = new Map<Account, { text: string; ms: number }[]>()
    await Promise.all(
      asking.map(async (viewer) => {
        const own: { text: string; ms: number }[] = []
        for (const probe of probes) {
          const begun = performance.now()
          const text = await probe.ask(viewer)
          own.push({ text, ms: performance.now() - begun })
          asked++
        }
        answers.set(viewer.account, own)
      }),
    )
    return answers
  }
  try {
    await settle(world, viewers)
    for (const chart of world.charts.keys()) await tellEverybody(world, chart)
    while (changes < draws.length || (counted < until.triples && changes < until.changes)) {
      // Each kind once in a row, in an order the seed decides, so that none is left to luck.
      const change = draws[changes % draws.length]!(random)
      const probes = await probesOf(world, change.chart, random)
      const standing = world.standings.get(change.chart)!
      const [may, mayNot] = [true, false].map((wanted) =>
        viewers.filter(({ account }) => entitled(account, standing, change.class) === wanted),
      ) as [Viewer[], Viewer[]]
      while (mayNot.length > until.unentitled) mayNot.splice(random(mayNot.length), 1)
      const before = await ask(probes, [...may, ...mayNot])
      await change.make()
      const after = await ask(probes, [...may, ...mayNot])
      changes++
      for (const [i, probe] of probes.entries()) {
        const changed = may.some(({ account }) => before.get(account)![i]!.text !== after.get(account)![i]!.text)
        if (!changed) continue
        for (const { account } of mayNot) {
          const [first, second] = [before.get(account)![i]!, after.get(account)![i]!]
          counted++
          times[0].push(first.ms)
          times[1].push(second.ms)
          const cell = `${probe.path}/${change.class}`
          cells.set(cell, (cells.get(cell) ?? 0) + 1)
          if (first.text !== second.text)
            differing.push({
              account,
              path: probe.path,
              class: change.class,
              kind: change.kind,
              chart: change.chart,
              before: first.text,
              after: second.text,
            })
        }
      }
      onProgress(counted)
    }
  } finally {
    for (const viewer of viewers) viewer.close()
  }
  return { changes, asked, counted, differing, cells, times }
}
