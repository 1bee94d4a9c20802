import type { SensitivityLabel } from '../../schema/values.js'
import { carryingPart2, seenUnder } from '../auth/masking.js'
import { type Sight, sightOf } from '../auth/sight.js'

/**
 * What holds today of a chart's documents. It decides what is shown of them and of whatever cites them, at every point
 * of history, whatever a row or an event said at its time.
 */
export interface DocumentsToday {
  /** Whether the document was withdrawn: its words and the citations of them are seen by nobody. */
  has(documentId: string): boolean
  /** Undefined where the document is not known here. */
  labelsOf(documentId: string): readonly string[] | undefined
}

export interface DocumentToday {
  readonly documentId: string
  readonly withdrawn: boolean
  readonly labels: readonly string[]
}

/** Every version of a document has the same labels; where several are given, their labels count together. */
export function documentsToday(documents: Iterable<DocumentToday>): DocumentsToday {
  const withdrawn = new Set<string>()
  const labels = new Map<string, readonly string[]>()
  for (const document of documents) {
    if (document.withdrawn) withdrawn.add(document.documentId)
    const before = labels.get(document.documentId)
    labels.set(document.documentId, before ? [...before, ...document.labels] : document.labels)
  }
  return { has: (id) => withdrawn.has(id), labelsOf: (id) => labels.get(id) }
}

export const NOTHING_TODAY: DocumentsToday = documentsToday([])

/** Labels that something inherits from what it cites. */
export const inheritedLabels = (
  evidence: readonly { readonly documentId: string }[],
  today: DocumentsToday,
): readonly string[] => evidence.flatMap((e) => today.labelsOf(e.documentId) ?? [])

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
