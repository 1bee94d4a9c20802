import type { SensitivityLabel } from '../../schema/values.js'
import { carryingPart2, seenUnder } from '../auth/masking.js'
import { type Sight, sightOf } from '../auth/sight.js'

export const admitsLabels = (sight: Sight, labels: readonly string[]): boolean =>
  labels.every((label) => sight.labels.has(label as SensitivityLabel))

/**
 * The sight under which something with these labels is seen: without its content where one of them is not admitted.
 * That it exists, and its state, is work and stays (design: sensitivity labels).
 */
export function sightThrough(sight: Sight, labels: readonly string[]): Sight {
  if (!sight.classes.has('CLINICAL') || admitsLabels(sight, labels)) return sight
  return sightOf({ ...sight, classes: [...sight.classes].filter((c) => c !== 'CLINICAL') })
}

/** Present something that has these labels, its own or inherited. */
export function seenWithLabels<T extends object>(sight: Sight, labels: readonly string[], object: T): T {
  const seen = seenUnder(sightThrough(sight, labels), object)
  return labels.includes('PART2') ? carryingPart2(seen) : seen
}
