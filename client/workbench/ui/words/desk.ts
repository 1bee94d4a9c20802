import type { InboxKind } from '../../../live/index.js'

/** What came into an inbox, said to whom it is for. */
export const INBOX_KIND: Readonly<Record<InboxKind, string>> = {
  MENTIONED: 'mentioned you',
  COMMENT_ANSWERED: 'answered your comment',
  CHART_ASSIGNED: 'put you on the chart',
  CHART_RETURNED: 'returned the chart to you',
  FINDINGS_TO_ANSWER: 'closed an audit of your work',
  DISPUTE_TO_ANSWER: 'disputes a finding of yours',
  DISPUTE_TO_DECIDE: 'asks for a decision on a finding',
  DISPUTE_ANSWERED: 'answered your dispute',
}
