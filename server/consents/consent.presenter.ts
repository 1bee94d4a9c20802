import type { Consent, ConsentParty, LifeEvent as LifeEventType, Restriction } from '../../schema/consents.js'
import type { Directory } from '../accounts/index.js'
import { maskedFields, seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import { isValid } from './basis.decider.js'
import { consentActions, restrictionActions } from './consent.policy.js'
import type { Party } from './consent.model.js'
import { missingElements } from './elements.decider.js'
import { toFhirConsents } from './fhirConsentOut.js'
import type { ConsentView, LifeEvent, Reliance, RestrictionView } from './record.model.js'

/** A consent with what hangs on it. */
export interface WholeConsent {
  readonly view: ConsentView
  readonly life: readonly LifeEvent<string>[]
  readonly reliance: Reliance
}

export interface WholeRestriction {
  readonly view: RestrictionView
  readonly life: readonly LifeEvent<string>[]
}

/** A consent leaves only through here. */
export function presentConsent(whole: WholeConsent, sight: Sight, directory: Directory, now: Date): Consent {
  const { view, life, reliance } = whole
  const { elements } = view
  const { signature, expiry, dataPeriod } = elements
  return seenUnder(sight, {
    __typename: 'Consent',
    id: view.id,
    version: view.version,
    patientId: view.patientId,
    facility: directory.facility(view.facilityId),
    kind: view.kind,
    status: view.status,
    inForce: isValid(view, now),
    missing: missingElements(view.kind, elements),
    description: elements.description,
    disclosers: elements.disclosers.map((party) => presentParty(party, sight)),
    recipients: elements.recipients.map((party) => presentParty(party, sight)),
    purposes: [...elements.purposes],
    expiresAt: expiry.at,
    expiryEvent: expiry.event,
    signedOn: signature?.signedOn ?? null,
    signedBy: signature?.signedBy ?? null,
    representative: signature?.representative?.name ?? null,
    representativeAuthority: signature?.representative?.authority ?? null,
    legalAuthority: elements.legalAuthority ?? null,
    textVersion: elements.textVersion,
    labels: [...elements.labels],
    documentTypes: [...elements.documentTypes],
    dataFrom: dataPeriod.from,
    dataTo: dataPeriod.to,
    separateNotes: elements.separateNotes,
    withdrawnAt: view.withdrawnAt,
    endedAt: view.endedAt,
    endReason: view.endReason,
    reliedOnCount: reliance.count,
    lastReliedOnAt: reliance.lastAt,
    history: life.map((event) => presentLife(event, sight, directory)),
    get fhir() {
      return toFhirConsents(view, view.patientId).map((resource) => JSON.stringify(resource))
    },
    get access() {
      return { masked: maskedFields('Consent', sight), can: consentActions(sight, view) }
    },
  }) as unknown as Consent
}

/** A restriction leaves only through here. */
export function presentRestriction(whole: WholeRestriction, sight: Sight, directory: Directory): Restriction {
  const { view, life } = whole
  return seenUnder(sight, {
    __typename: 'Restriction',
    id: view.id,
    version: view.version,
    patientId: view.patientId,
    facility: directory.facility(view.facilityId),
    chartId: view.chartId,
    selfPay: view.selfPay,
    recipients: view.recipients.map((party) => presentParty(party, sight)),
    purposes: [...view.purposes],
    words: view.words,
    agreedAt: view.agreedAt,
    liftedAt: view.lifted?.at ?? null,
    liftReason: view.lifted?.reason ?? null,
    requestId: view.requestId,
    history: life.map((event) => presentLife(event, sight, directory)),
    get access() {
      return { masked: maskedFields('Restriction', sight), can: restrictionActions(sight, view.lifted !== null) }
    },
  }) as unknown as Restriction
}

const presentParty = (party: Party, sight: Sight): ConsentParty => seenUnder(sight, { ...party })

const presentLife = (event: LifeEvent<string>, sight: Sight, directory: Directory): LifeEventType =>
  seenUnder(sight, {
    version: event.version,
    type: event.type,
    actor: event.type === 'EXPIRED' ? null : directory.member(event.actorId),
    at: event.at,
    receivedAt: event.receivedAt,
    note: event.note,
  }) as unknown as LifeEventType
