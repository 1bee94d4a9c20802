import type { InboxKind } from '../../schema/values.js'

/** An entry as it is kept. */
export interface InboxRow {
  readonly id: string
  readonly kind: InboxKind
  readonly chartId: string
  readonly subjectId: string | null
  readonly actorId: string | null
  readonly at: Date
  readonly dueAt: Date | null
  readonly readAt: Date | null
}
