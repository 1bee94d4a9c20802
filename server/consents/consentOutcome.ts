import type { Session } from '../auth/session.js'
import { notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { consentsByIds, placeOfConsent } from './consent.store.js'
import type { Place } from './consentCommand.js'
import type { LifeProblem } from './lifecycle.decider.js'
import type { ConsentView } from './record.model.js'

/** What commands on consents and restrictions lead to. */

interface Invalid {
  readonly kind: 'CommandInvalid'
  readonly problems: readonly LifeProblem[]
}

export type ConsentOutcome =
  | { readonly kind: 'ConsentSaved'; readonly consentId: string }
  | { readonly kind: 'ConsentChanged'; readonly consentId: string; readonly seenVersion: number }
  | Invalid

export type RestrictionOutcome =
  | { readonly kind: 'RestrictionSaved'; readonly restrictionId: string }
  | { readonly kind: 'RestrictionChanged'; readonly restrictionId: string; readonly seenVersion: number }
  | Invalid

export const invalidFor = (problems: readonly LifeProblem[]): Invalid => ({ kind: 'CommandInvalid', problems })

/** How a command finds whose consent it names. */
export const placeOfConsentNamed =
  (consentId: string) =>
  (session: Session): Promise<Place | undefined> =>
    isUuid(consentId) ? placeOfConsent(session, consentId) : Promise.resolve(undefined)

/** The consent as it stands, under the person's lock. */
export async function readConsent(session: Session, consentId: string): Promise<ConsentView> {
  const [view] = await consentsByIds(session, [consentId])
  if (!view) throw notFound()
  return view
}
