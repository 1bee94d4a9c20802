import type { IntakeDocument } from '../intake.model.js'

/** What the sender knows of a file besides its bytes. It fills what the file leaves open and never overrides it. */
export interface IntakeHints {
  /** Used for a title only, never to tell the format. */
  readonly fileName?: string
  readonly defaults?: Partial<
    Pick<IntakeDocument, 'title' | 'type' | 'authorName' | 'authorRole' | 'authoredAt' | 'signed' | 'encounterPart'>
  >
  /** The facility's IANA time zone for times that a source states without an offset. Default `UTC`. */
  readonly zone?: string
}
