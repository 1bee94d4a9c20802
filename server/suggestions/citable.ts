import type { EvidenceInput } from '../../schema/inputs.js'
import type { EvidenceView } from '../charts/index.js'
import { newId } from '../kernel/ids.js'
import type { LineProblem } from './model.js'

/** What a document version must be for evidence to stand in it. */
export interface Citable {
  readonly id: string
  readonly documentId: string
  /** UTF-16 units. */
  readonly textLength: number
  readonly pageCount: number
  readonly withdrawn: boolean
}

/**
 * Evidence stands in a version of this chart, inside its text, or on a page of a scan. For codes and for fields of the
 * abstract alike.
 */
export function evidenceProblems(evidence: readonly EvidenceInput[], versions: readonly Citable[]): LineProblem[] {
  return evidence.flatMap((e) => {
    const version = versions.find((v) => v.id === e.versionId)
    if (!version || version.withdrawn)
      return [
        {
          code: 'EVIDENCE_VERSION',
          message: 'The evidence names a document version that this chart does not have.',
          field: 'evidence',
        },
      ]
    if (e.page != null) {
      const onPage = e.page >= 1 && e.page <= version.pageCount && e.start == null && e.end == null
      return onPage ? [] : [{ code: 'EVIDENCE_PAGE', message: 'The document has no such page.', field: 'evidence' }]
    }
    const inText = e.start != null && e.end != null && e.start >= 0 && e.start < e.end && e.end <= version.textLength
    return inText
      ? []
      : [{ code: 'EVIDENCE_SPAN', message: 'The evidence stands outside the text of the document.', field: 'evidence' }]
  })
}

/** Evidence as it is kept, each piece with an id of its own. Only for evidence without problems. */
export const evidenceViews = (
  evidence: readonly EvidenceInput[],
  versions: readonly Citable[],
  now: Date,
): EvidenceView[] => evidence.map((e) => toView(e, versions, now))

function toView(e: EvidenceInput, versions: readonly Citable[], now: Date): EvidenceView {
  const version = versions.find((v) => v.id === e.versionId)!
  return {
    id: newId(now.getTime()),
    documentId: version.documentId,
    versionId: version.id,
    start: e.page == null ? (e.start ?? null) : null,
    end: e.page == null ? (e.end ?? null) : null,
    page: e.page ?? null,
    kind: e.kind,
  }
}
