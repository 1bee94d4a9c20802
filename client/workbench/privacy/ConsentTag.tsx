import type { ConsentFieldsFragment, RestrictionFieldsFragment } from '../../live/index.js'
import { CONSENT_STATUS, PARTY } from '../ui/words/privacy.js'

export type Consent = ConsentFieldsFragment
export type Restriction = RestrictionFieldsFragment

/** Where a consent stands. */
export function ConsentTag({ consent }: { consent: Consent }) {
  if (consent.status === 'ACTIVE')
    return consent.inForce ? <span className="tag ok">In force</span> : <span className="tag">Not in force</span>
  return <span className={`tag ${consent.status === 'DRAFT' ? 'warn' : ''}`}>{CONSENT_STATUS[consent.status]}</span>
}

/** Names of people and organisations are shown while a consent is a draft, and a restriction in force. */
export function partiesWords(
  parties: Consent['recipients'],
  { masked }: Consent['access'] | Restriction['access'],
): string {
  const hidden = masked.some(({ field }) => field === 'signedBy' || field === 'words')
  return parties
    .map(({ kind, name }) => {
      if (name) return `${name} (${PARTY[kind]})`
      return hidden ? `${PARTY[kind]}, name hidden` : `any ${PARTY[kind]}`
    })
    .join('; ')
}
