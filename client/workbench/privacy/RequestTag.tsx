import type { PrivacyRequestFieldsFragment } from '../../live/index.js'
import { REQUEST_STATE } from '../ui/words/privacy.js'

export type PrivacyRequest = PrivacyRequestFieldsFragment

/** Where a request stands. */
export function RequestTag({ request: { state, overdue } }: { request: PrivacyRequest }) {
  const tone = overdue ? 'bad' : state === 'OPEN' ? 'warn' : state === 'CLOSED' ? '' : 'accent'
  return <span className={`tag ${tone}`}>{REQUEST_STATE[state]}</span>
}
