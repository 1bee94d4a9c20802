import type { ImportDocumentInput } from '../../schema/documentInputs.js'
import { SENSITIVITY_LABELS, type SensitivityLabel } from '../../schema/values.js'
import { limitText, requireText } from '../charts/index.js'
import { newId } from '../kernel/ids.js'
import type { NewVersion } from './document.store.js'
import type { IntakeDocument } from './intake.model.js'

/** What the sender says of a document beside its bytes. */
export interface DocumentFacts {
  readonly title: string
  readonly type: string
  readonly authorName: string | null
  readonly authorRole: string
  /** ISO 8601 */
  readonly authoredAt: string | null
  readonly signed: boolean
  readonly encounterPart: string
  readonly labels: readonly SensitivityLabel[]
}

/** @throws BAD_INPUT */
export function factsOf(input: ImportDocumentInput, field: string): DocumentFacts {
  requireText(`${field}.title`, input.title, 300)
  limitText(`${field}.authorName`, input.authorName, 200)
  return {
    title: input.title.trim(),
    type: input.type,
    authorName: input.authorName?.trim() || null,
    authorRole: input.authorRole,
    authoredAt: input.authoredAt?.toISOString() ?? null,
    signed: input.signed,
    encounterPart: input.encounterPart,
    labels: [...new Set(input.labels ?? [])],
  }
}

export interface Place {
  readonly documentId: string
  readonly number: number
  /** Of the version before it: sensitivity is inherited, and only ever added to. */
  readonly inherited: readonly string[]
}

/** A version from a file and what its sender says of it: what is said wins, what is left open is the file's. */
export function newVersion(place: Place, read: IntakeDocument, facts: DocumentFacts | null, now: Date): NewVersion {
  const labels = new Set<string>([...place.inherited, ...(facts?.labels ?? [])])
  return {
    id: newId(now.getTime()),
    documentId: place.documentId,
    number: place.number,
    title: shortened(facts?.title ?? read.title, 300),
    type: facts?.type ?? read.type,
    authorName: shortened(facts?.authorName ?? read.authorName ?? '', 200) || null,
    authorRole: facts?.authorRole ?? read.authorRole,
    authoredAt: facts?.authoredAt ?? read.authoredAt,
    encounterPart: facts?.encounterPart ?? read.encounterPart,
    signed: facts?.signed ?? read.signed,
    labels: SENSITIVITY_LABELS.filter((label) => labels.has(label)),
    text: read.text,
    scan: read.scan,
    pages: read.pages,
    original: read.original,
  }
}

/** A file's own title may be of any length; it is a caption, and the text says the rest. */
const shortened = (text: string, most: number): string =>
  (text.length <= most ? text : `${text.slice(0, most - 1)}…`).toWellFormed()
