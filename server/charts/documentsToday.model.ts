/**
 * What holds today of a chart's documents. It decides what is shown of them and of whatever cites them, at every point
 * of history, whatever a row or an event said at its time.
 */
export interface DocumentsToday {
  /** Whether the document was withdrawn: its words and the citations of them are seen by nobody. */
  has(documentId: string): boolean
  /** Undefined where the document is not known here. */
  labelsOf(documentId: string): readonly string[] | undefined
  /**
   * The labels of all of them, withdrawn ones too: inherited by whatever speaks of a chart without saying on which of its
   * documents it stands (comments, notes, findings, frozen codes, exports).
   */
  readonly labels: readonly string[]
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
  return {
    has: (id) => withdrawn.has(id),
    labelsOf: (id) => labels.get(id),
    labels: [...new Set([...labels.values()].flat())].sort(),
  }
}

export const NOTHING_TODAY: DocumentsToday = documentsToday([])

/** Labels that something inherits from what it cites. */
export const inheritedLabels = (
  evidence: readonly { readonly documentId: string }[],
  today: DocumentsToday,
): readonly string[] => evidence.flatMap((e) => today.labelsOf(e.documentId) ?? [])
