import type { BreakGlass } from '../../schema/breakGlass.js'
import type { Directory } from '../accounts/index.js'
import { maskedFields, seenUnder } from '../auth/masking.js'
import type { Ability } from '../auth/rules.js'
import type { Viewer } from '../auth/viewer.js'
import { stateOfReview } from './breakGlass.decider.js'
import { breakGlassSight, mayWithGlass } from './breakGlass.policy.js'
import type { GlassView } from './breakGlass.model.js'

/** A broken glass leaves only through here. */
export function presentBreakGlass(view: GlassView, viewer: Viewer, rules: Ability, directory: Directory): BreakGlass {
  const sight = breakGlassSight(viewer, rules, view)
  return seenUnder(sight, {
    __typename: 'BreakGlass',
    id: view.id,
    chartId: view.chartId,
    facility: directory.facility(view.facilityId),
    member: directory.member(view.memberId),
    reason: view.reason,
    get note() {
      return view.note
    },
    at: view.at,
    until: view.until,
    state: stateOfReview(view),
    reviewDue: view.reviewDue,
    escalatedAt: view.escalatedAt,
    reviewedAt: view.reviewedAt,
    reviewer: view.reviewerId && directory.member(view.reviewerId),
    verdict: view.verdict,
    get reviewNote() {
      return view.reviewNote
    },
    canReview: view.reviewedAt === null && mayWithGlass(rules, 'review', view),
    masked: maskedFields('BreakGlass', sight),
  }) as unknown as BreakGlass
}
