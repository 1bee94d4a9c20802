import type { BreakGlassReason, BreakGlassVerdict } from '../../schema/values.js'

/** A broken glass as it was read. */
export interface GlassView {
  readonly id: string
  readonly facilityId: string
  readonly chartId: string
  readonly patientId: string
  readonly memberId: string
  readonly reason: BreakGlassReason
  readonly at: Date
  readonly until: Date
  readonly reviewDue: Date
  readonly escalatedAt: Date | null
  readonly reviewedAt: Date | null
  readonly reviewerId: string | null
  readonly verdict: BreakGlassVerdict | null
  /** Opened when they are read. */
  readonly note: string
  readonly reviewNote: string | null
}
