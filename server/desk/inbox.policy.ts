import type { InboxKind } from '../../schema/values.js'
import { isBlind, type Sight, sees } from '../auth/sight.js'

/** What an entry is about, which says who may see it: it is told nobody who may not see that. */
export const ABOUT: Readonly<Record<InboxKind, 'COMMENT' | 'CHART' | 'RESULT'>> = {
  MENTIONED: 'COMMENT',
  COMMENT_ANSWERED: 'COMMENT',
  CHART_ASSIGNED: 'CHART',
  CHART_RETURNED: 'CHART',
  FINDINGS_TO_ANSWER: 'RESULT',
  DISPUTE_TO_ANSWER: 'RESULT',
  DISPUTE_TO_DECIDE: 'RESULT',
  DISPUTE_ANSWERED: 'RESULT',
}

/** Of a chart that is visible. Comments are content, and speak of codes: as on the chart itself. */
export const showsEntry = (kind: InboxKind, sight: Sight): boolean =>
  ABOUT[kind] === 'CHART' || (sees(sight, 'CLINICAL') && !isBlind(sight))
