import type { BreakGlassState } from '../../schema/values.js'
import { assignmentEnd } from './assignment.decider.js'

/** How long a broken glass stays open, and when its review is due (45 CFR 164.312(a)(2)(ii)). */

export const GLASS_MINUTES = 60
const REVIEW_WORKING_DAYS = 3

export const glassEnds = (now: Date): Date => new Date(now.getTime() + GLASS_MINUTES * 60_000)

/** The end of the third working day after it, in the facility's own calendar. */
export const reviewDue = (now: Date, timeZone: string): Date => assignmentEnd(now, REVIEW_WORKING_DAYS, timeZone)

export const stateOfReview = (glass: {
  readonly reviewedAt: Date | null
  readonly escalatedAt: Date | null
}): BreakGlassState => (glass.reviewedAt ? 'REVIEWED' : glass.escalatedAt ? 'ESCALATED' : 'WAITING')
