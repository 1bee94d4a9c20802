import type { DocumentState, Line, SensitivityLabel } from './types.js'

/** The labels of a document as far as the viewer sees them; none where they are hidden. */
export const labelsOf = (document: DocumentState): readonly SensitivityLabel[] => document.version?.labels ?? []

/** What cites a labelled document inherits its labels. In the order of the contract, each once. Pure. */
export function inheritedLabels(line: Line, documents: readonly DocumentState[]): readonly SensitivityLabel[] {
  const cited = new Set((line.evidence ?? []).map((span) => span.documentId))
  const labels = new Set(documents.filter((d) => cited.has(d.id)).flatMap((d) => labelsOf(d)))
  return LABELS.filter((label) => labels.has(label))
}

export const LABELS: readonly SensitivityLabel[] = ['PART2', 'MENTAL_HEALTH', 'HIV', 'GENETIC', 'RESTRICTED']
