import type { PatientLookupInput } from '../../schema/consentInputs.js'
import type { Consent, Restriction } from '../../schema/consents.js'
import { directoryOf } from '../accounts/index.js'
import { noteRefused, noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import { remembered, type Session } from '../auth/session.js'
import { notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { toThirdParty } from './clientConsents.js'
import { consentSight, isOpenMatter, visibleConsents } from './consent.policy.js'
import { presentConsent, presentRestriction } from './consent.presenter.js'
import {
  consentsByIds,
  inHand,
  listConsents,
  livesOfConsents,
  placeOfConsent,
  relianceOn,
  sameAs,
} from './consent.store.js'
import { mayAt } from './consentCommand.js'
import type { ConsentOutcome, RestrictionOutcome } from './consentOutcome.js'
import { placeOf } from './patientLookup.js'
import type { ConsentView, RestrictionView } from './record.model.js'
import { listRestrictions, livesOfRestrictions, restrictionsByIds } from './restriction.store.js'

/** Consents of one person, found by one exact identifier; none where the person is unknown or not the viewer's. */
export async function consentsOf(request: Request, lookup: PatientLookupInput): Promise<Consent[]> {
  const session = await request.reading()
  const ids = await listConsents(session, abilityOf(session), await patientsAt(session, lookup))
  return presentConsents(session, await toThirdParty(session, await consentsByIds(session, ids)))
}

export async function restrictionsOf(request: Request, lookup: PatientLookupInput): Promise<Restriction[]> {
  const session = await request.reading()
  const ids = await listRestrictions(session, abilityOf(session), await patientsAt(session, lookup))
  return presentRestrictions(session, await restrictionsByIds(session, ids))
}

/** @throws NOT_FOUND where it is absent or not the viewer's: the two are the same answer. */
export async function consentById(request: Request, id: string): Promise<Consent> {
  const session = await request.reading()
  const place = isUuid(id) ? await placeOfConsent(session, id) : undefined
  if (!place || !mayAt(session, 'read', 'Consent', place.facilityId)) {
    noteRefused(session, place)
    throw notFound()
  }
  const views = await toThirdParty(session, await consentsByIds(session, [id]))
  const [consent] = await presentConsents(session, views)
  if (!consent) {
    noteRefused(session, place)
    throw notFound()
  }
  return consent
}

/**
 * Consents and restrictions among these ids that the viewer sees, by id. For whoever sees none at all nothing is looked
 * up, and for everybody else what is absent and what is not theirs take the same way.
 */
export async function consentNodes(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Consent | Restriction>> {
  const asked = ids.filter(isUuid)
  const ability = abilityOf(session)
  const found = new Map<string, Consent | Restriction>()
  if (asked.length === 0 || ability.rulesFor('read', 'Consent').length === 0) return found
  const at = (subject: 'Consent' | 'Restriction') => (view: ConsentView | RestrictionView) => {
    const may = mayAt(session, 'read', subject, view.facilityId)
    if (!may) noteRefused(session, view)
    return may
  }
  const consents = (await consentsByIds(session, asked)).filter(at('Consent'))
  for (const consent of await presentConsents(session, await toThirdParty(session, consents)))
    found.set(consent.id, consent)
  const restrictions = (await restrictionsByIds(session, asked)).filter(at('Restriction'))
  for (const restriction of await presentRestrictions(session, restrictions)) found.set(restriction.id, restriction)
  return found
}

/** The outcome of a command on a consent, as its caller sees the consent now. */
export async function presentConsentOutcome(outcome: ConsentOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const consent = await consentById(request, outcome.consentId)
  if (outcome.kind === 'ConsentSaved') return { __typename: outcome.kind, consent }
  return { __typename: outcome.kind, consent, seenVersion: outcome.seenVersion }
}

/** The outcome of a command on a restriction, as its caller sees the restriction now. */
export async function presentRestrictionOutcome(outcome: RestrictionOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const found = await restrictionsByIds(session, [outcome.restrictionId])
  const visible = found.filter((view) => mayAt(session, 'read', 'Restriction', view.facilityId))
  const [restriction] = await presentRestrictions(session, visible)
  if (!restriction) throw notFound()
  if (outcome.kind === 'RestrictionSaved') return { __typename: outcome.kind, restriction }
  return { __typename: outcome.kind, restriction, seenVersion: outcome.seenVersion }
}

const abilityOf = (session: Session) => remembered(session, visibleConsents, () => visibleConsents(session.viewer))

async function patientsAt(session: Session, lookup: PatientLookupInput): Promise<readonly string[]> {
  const place = await placeOf(session, lookup)
  if (!place) return []
  noteSeen(session, place)
  return sameAs(session, place.patientId)
}

async function presentConsents(session: Session, views: readonly ConsentView[]): Promise<Consent[]> {
  const ids = views.map((view) => view.id)
  const [lives, reliances, directory, asked] = await Promise.all([
    livesOfConsents(session, views),
    relianceOn(session, ids),
    directoryOf(session),
    inHand(session, views),
  ])
  return views.map((view) => {
    noteSeen(session, view)
    const whole = {
      view,
      life: lives.get(view.id) ?? [],
      reliance: reliances.get(view.id) ?? { count: 0, lastAt: null },
    }
    const open = isOpenMatter(view.status) || asked.has(view.id)
    return presentConsent(whole, consentSight(session.viewer, open), directory, session.now)
  })
}

async function presentRestrictions(session: Session, views: readonly RestrictionView[]): Promise<Restriction[]> {
  const [lives, directory, asked] = await Promise.all([
    livesOfRestrictions(session, views),
    directoryOf(session),
    inHand(session, views),
  ])
  return views.map((view) => {
    noteSeen(session, view)
    const whole = { view, life: lives.get(view.id) ?? [] }
    return presentRestriction(
      whole,
      consentSight(session.viewer, view.lifted === null || asked.has(view.id)),
      directory,
    )
  })
}
