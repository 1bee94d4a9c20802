import type { ReviewBreakGlassInput } from '../../schema/breakGlass.js'
import { organisationCommand } from '../accounts/index.js'
import { noteRefused, noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import { forbidden, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { breakGlassRules, mayWithGlass } from './breakGlass.policy.js'
import { lockGlass, saveReview } from './breakGlass.store.js'
import { requireText } from './limits.js'

export interface ReviewOutcome {
  readonly kind: 'BreakGlassReviewed' | 'BreakGlassReviewedBefore'
  readonly breakGlassId: string
}

/**
 * Say whether a glass was rightly broken. Once, by a second person: nobody reviews their own.
 * @throws NOT_FOUND where it is absent or not the viewer's to see, FORBIDDEN (SEPARATION_OF_DUTIES for one's own)
 */
export function reviewBreakGlass(request: Request, input: ReviewBreakGlassInput): Promise<ReviewOutcome> {
  requireText('note', input.note, 1_000)
  const { breakGlassId, verdict } = input
  return organisationCommand<ReviewOutcome>(request, 'reviewBreakGlass', input, async (session) => {
    const rules = breakGlassRules(session.viewer)
    const glass = isUuid(breakGlassId) ? await lockGlass(session, breakGlassId) : undefined
    if (!glass || !mayWithGlass(rules, 'read', glass)) {
      noteRefused(session, glass)
      throw notFound()
    }
    noteSeen(session, glass)
    if (glass.memberId === session.viewer.memberId) throw forbidden('SEPARATION_OF_DUTIES')
    if (!mayWithGlass(rules, 'review', glass)) throw forbidden('ROLE')
    return async () => {
      if (glass.reviewedAt) return { kind: 'BreakGlassReviewedBefore', breakGlassId }
      await saveReview(session, glass, { verdict, note: input.note.trim() })
      return { kind: 'BreakGlassReviewed', breakGlassId }
    }
  })
}
