import type { AccessOutcome, AccessPurpose } from '../../schema/values.js'

/** An access record as it was read. */
export interface RecordRow {
  readonly seq: number
  readonly at: Date
  readonly actorId: string | null
  readonly facilityIds: readonly string[]
  readonly action: string
  readonly purpose: AccessPurpose
  readonly operationHash: string | null
  readonly subjectRefs: readonly string[]
  readonly classes: readonly string[]
  readonly outcome: AccessOutcome
  readonly reasons: readonly string[]
  readonly breakGlass: boolean
  readonly requests: readonly string[]
}
