import type { ExportFormat } from '../../schema/values.js'

export interface ExportProblem {
  readonly code: string
  readonly message: string
  readonly field?: string
}

/** What left, as it left. */
export interface ExportRecord {
  readonly id: string
  readonly submissionId: string
  readonly format: ExportFormat
  readonly memberId: string
  /** ISO 8601 */
  readonly at: string
  /** SHA-256, hexadecimal, of the content in UTF-8. */
  readonly sha256: string
  /** The FHIR R4 Bundle as JSON text, or the CSV. Opened when it is asked for. */
  readonly content: string
}
