import { accessEnds } from './accessEnds.js'
import { canaries } from './canaries.js'
import { authzCost } from './authzCost.js'
import { cop } from './cop.js'
import { fanout } from './fanout.js'
import type { Figure, Finding, Print } from './figure.js'
import { history } from './history.js'
import { httpAudits } from './httpAudits.js'
import { idle } from './idle.js'
import { kill } from './kill.js'
import { killNine } from './killNine.js'
import { matrix } from './matrix.js'
import { mutants } from './mutants.js'
import { slowReader } from './slowReader.js'
import { twoWorlds } from './twoWorlds.js'
import { writers } from './writers.js'

/** Every figure. A new one is a file beside this and a line here. */
const FIGURES: readonly Figure[] = [
  accessEnds,
  authzCost,
  canaries,
  cop,
  fanout,
  history,
  httpAudits,
  idle,
  kill,
  killNine,
  matrix,
  mutants,
  slowReader,
  twoWorlds,
  writers,
]

export function listFigures(): readonly { name: string; shows: string }[] {
  return FIGURES.map(({ name, shows }) => ({ name, shows }))
}

/**
 * Runs one figure: its numbers, then one line with the verdict; with `json` one object and nothing else.
 * @returns undefined when there is no figure of that name
 */
export async function runFigure(name: string, options: { json: boolean }, print: Print): Promise<Finding | undefined> {
  const figure = FIGURES.find((it) => it.name === name)
  if (!figure) return undefined
  const finding = await figure.run(options.json ? () => {} : print)
  if (options.json) print(JSON.stringify({ name, shows: figure.shows, ...finding }))
  else printFinding(figure, finding, print)
  return finding
}

function printFinding(figure: Figure, finding: Finding, print: Print): void {
  const width = Math.max(...Object.keys(finding.figures).map((key) => key.length))
  for (const [key, value] of Object.entries(finding.figures)) print(`  ${key.padEnd(width)}  ${value}`)
  print(`${figure.name}: ${finding.holds ? 'holds' : 'DOES NOT HOLD'} (${figure.shows})`)
}
