import { type Purpose, type SensitivityLabel } from '../../schema/values.js'
import type {
  AgreementTerms,
  Basis,
  BasisDecision,
  ConsentRecord,
  DenialReason,
  DisclosureRequest,
  Facts,
  Party,
  Restriction,
} from './consent.model.js'
import { isPart2, kindProblems, missingElements, rulesOf, TPO } from './elements.decider.js'
import { part2Notice } from './part2Notice.model.js'
import { decideRules, fitsParty } from './provision.decider.js'

/**
 * May this leave, under which basis, and what must travel with it? Asked of one thing at a time, at the moment it leaves.
 *
 * 1. Restrictions come before every permit (164.522(a)). They end before what law requires (164.522(a)(1)(v), 164.512(a),
 *    (e)): that is what an order of a court on record requires, with who ordered it and the law it cites, and nothing that
 *    somebody says of a request.
 * 2. The agreement with the facility must be in force for the purpose and the classes (164.504(e)); a court order needs
 *    no purpose of ours.
 * 3. Then a legal basis: separate notes, marketing and sale each by an authorization of their own (164.508(a)(2)-(4));
 *    Part 2 records by a qualified service organisation agreement or a Part 2 consent, and in legal proceedings by
 *    nothing but a consent or court order for that (42 CFR 2.12, 2.31, 2.33(b)); other labels by a document that names
 *    them, unless the records go home; treatment, payment and operations under the agreement alone (164.506); anything
 *    else by an authorization.
 *
 * Pure: the same arguments give the same answer.
 */
export function decideBasis(
  request: DisclosureRequest,
  agreements: readonly AgreementTerms[],
  consents: readonly ConsentRecord[],
  restrictions: readonly Restriction[],
  at: Date,
): BasisDecision {
  const document = (...kinds: readonly ConsentRecord['kind'][]) =>
    firstOf(kinds, (kind) => consents.find((c) => c.kind === kind && isValid(c, at) && covers(c, request, at)))
  const order = document('COURT_ORDER')
  const restricted = order ? [] : restrictions.filter((r) => restricts(r, request, at))
  if (restricted.length > 0) return denied(restricted.some((r) => r.selfPay) ? 'RESTRICTED_SELF_PAY' : 'RESTRICTED')

  const agreement = agreementFor(request, order !== undefined, agreements, at)
  if (typeof agreement === 'string') return denied(agreement)
  const by = (kind: Basis['kind'], consent: ConsentRecord | null = null): BasisDecision => ({
    allowed: true,
    basis: { kind, agreementId: agreement.id, consentId: consent?.id ?? null },
    notices: isPart2Data(request) ? [part2Notice(consent)] : [],
    reasons: [],
  })

  if (order) return by('COURT_ORDER', order)
  if (request.separateNotes !== null) {
    const own = document(request.separateNotes === 'PSYCHOTHERAPY_NOTES' ? 'HIPAA_AUTHORIZATION' : 'PART2_SPECIFIC')
    return own ? by(own.kind, own) : denied('SEPARATE_NOTES')
  }
  if (isPart2Data(request)) {
    if (request.purpose === 'LEGAL') {
      const legal = document('PART2_LEGAL')
      return legal ? by('PART2_LEGAL', legal) : denied('PART2_LEGAL')
    }
    if (isQualified(agreement, at) && goesHome(request) && TPO.includes(request.purpose)) return by('QSOA')
    const consent = document('PART2_TPO', 'PART2_SPECIFIC')
    return consent ? by(consent.kind, consent) : denied('PART2_NO_BASIS')
  }
  if (!TPO.includes(request.purpose)) {
    const authorization = document('HIPAA_AUTHORIZATION')
    return authorization ? by('HIPAA_AUTHORIZATION', authorization) : denied('AUTHORIZATION_NEEDED')
  }
  if (request.labels.length > 0 && !goesHome(request)) {
    const named = document('HIPAA_AUTHORIZATION')
    return named ? by('HIPAA_AUTHORIZATION', named) : denied('LABEL_NO_BASIS')
  }
  if (!RECIPIENTS[request.purpose]?.includes(request.recipient.kind)) {
    const authorization = document('HIPAA_AUTHORIZATION')
    return authorization ? by('HIPAA_AUTHORIZATION', authorization) : denied('RECIPIENT')
  }
  return by('AGREEMENT')
}

/** Whom treatment, payment and operations may reach without the patient's authorization (164.506(c)). */
const RECIPIENTS: Readonly<Partial<Record<Purpose, readonly Party['kind'][]>>> = {
  TREATMENT: ['COVERED_ENTITY', 'PROVIDER', 'BUSINESS_ASSOCIATE'],
  PAYMENT: ['COVERED_ENTITY', 'HEALTH_PLAN', 'PROVIDER', 'BUSINESS_ASSOCIATE'],
  OPERATIONS: ['COVERED_ENTITY', 'HEALTH_PLAN', 'PROVIDER', 'BUSINESS_ASSOCIATE'],
}

const denied = (...reasons: DenialReason[]): BasisDecision => ({ allowed: false, basis: null, notices: [], reasons })

const isPart2Data = (request: DisclosureRequest): boolean =>
  request.labels.includes('PART2') || request.separateNotes === 'COUNSELLING_NOTES'

/** Back to the covered entity whose records they are, which knows what it labelled. */
const goesHome = (request: DisclosureRequest): boolean =>
  request.recipientOwnsRecords && request.recipient.kind === 'COVERED_ENTITY'

function firstOf<K, T>(kinds: readonly K[], find: (kind: K) => T | undefined): T | undefined {
  for (const kind of kinds) {
    const found = find(kind)
    if (found !== undefined) return found
  }
  return undefined
}

// ---- restrictions ----------------------------------------------------------------------------------------------------

function restricts(restriction: Restriction, request: DisclosureRequest, at: Date): boolean {
  if (!isInForce(restriction, request, at)) return false
  if (restriction.chartId !== null && request.chartId !== null && restriction.chartId !== request.chartId) return false
  const reached = request.onwardTo === null ? [request.recipient] : [request.recipient, request.onwardTo]
  const purposes: readonly Purpose[] = restriction.selfPay ? ['PAYMENT', 'OPERATIONS'] : restriction.purposes
  if (purposes.length > 0 && !purposes.includes(request.purpose)) return false
  return reached.some((party) => {
    if (restriction.selfPay && party.kind !== 'HEALTH_PLAN') return false
    // What cannot be told apart is kept back: a restriction is a denial.
    return restriction.recipients.length === 0 || restriction.recipients.some((r) => fitsParty(r, party) !== 'NO')
  })
}

/** One that the entity ended by itself still holds for what was there before (164.522(a)(2)(iii)). */
function isInForce({ agreedAt, lifted }: Restriction, request: DisclosureRequest, at: Date): boolean {
  const now = at.toISOString()
  if (agreedAt > now) return false
  if (lifted === null || lifted.at > now) return true
  return lifted.reason === 'ENTITY_ENDED' && request.receivedAt < lifted.at
}

// ---- agreement -------------------------------------------------------------------------------------------------------

function agreementFor(
  request: DisclosureRequest,
  requiredByLaw: boolean,
  agreements: readonly AgreementTerms[],
  at: Date,
): AgreementTerms | DenialReason {
  const inForce = agreements.filter((a) => isInForceAt(a, at))
  if (inForce.length === 0) return 'NO_AGREEMENT'
  // Required by law is no purpose of the agreement (164.504(e)(2)(ii)(A)).
  const forPurpose = inForce.filter((a) => requiredByLaw || a.purposes.includes(request.purpose))
  if (forPurpose.length === 0) return 'AGREEMENT_PURPOSE'
  const forClasses = forPurpose.filter((a) => request.classes.every((c) => a.classes.includes(c)))
  // One with the undertakings of a qualified service organisation gives more.
  return forClasses.find((a) => isQualified(a, at)) ?? forClasses[0] ?? 'AGREEMENT_CLASSES'
}

function isInForceAt({ from, until }: AgreementTerms, at: Date): boolean {
  const now = at.toISOString()
  return from <= now && (until === null || now < until)
}

/** Whether an agreement holds the undertakings of a qualified service organisation now (42 CFR 2.11). */
export function isQualified(agreement: AgreementTerms, at: Date): boolean {
  const now = at.toISOString()
  const { qualifiedServiceOrganisation, qualifiedFrom = null, qualifiedUntil = null } = agreement
  if (!qualifiedServiceOrganisation || !isInForceAt(agreement, at)) return false
  return (qualifiedFrom === null || qualifiedFrom <= now) && (qualifiedUntil === null || now < qualifiedUntil)
}

// ---- documents of consent --------------------------------------------------------------------------------------------

/**
 * Whether a document is in force: neither expired by date or event, nor withdrawn, known to be false or incomplete
 * (164.508(b)(2); 42 CFR 2.31(c)). A withdrawal counts from when it was received.
 */
export function isValid(consent: ConsentRecord, at: Date): boolean {
  const now = at.toISOString()
  const { kind, status, elements, withdrawnAt, endedAt, endReason } = consent
  if (status === 'DRAFT' || endReason === 'KNOWN_FALSE') return false
  if (withdrawnAt !== null ? withdrawnAt <= now : status === 'WITHDRAWN') return false
  if (endedAt !== null ? endedAt <= now : status === 'ENDED') return false
  if (missingElements(kind, elements).length > 0 || kindProblems(kind, elements).length > 0) return false
  if (elements.signature !== null && elements.signature.signedOn > now.slice(0, 10)) return false
  return elements.expiry.at === null || now < elements.expiry.at
}

/** Whether what a document says covers the request: its elements permit it, and so do the rules it came with, if any. */
export function covers(consent: ConsentRecord, request: DisclosureRequest, at: Date): boolean {
  const { kind, elements, rules } = consent
  if (elements.separateNotes !== request.separateNotes) return false
  if (!elements.disclosers.some((party) => fitsParty(party, request.discloser) === 'YES')) return false
  // One consent for all future treatment, payment and operations follows the records; any other reaches whom it names.
  const onward = request.onwardTo !== null && isPart2(kind) && kind !== 'PART2_TPO' ? [request.onwardTo] : []
  return [request.recipient, ...onward].every((recipient) => {
    const facts = factsOf({ ...request, recipient }, at)
    return [rulesOf(kind, elements), ...(rules === null ? [] : [rules])].every(
      (r) => decideRules(r, facts) === 'PERMIT',
    )
  })
}

function factsOf(request: DisclosureRequest, at: Date): Facts {
  const labels = new Set<SensitivityLabel>(request.labels)
  // Separate notes of Part 2 are Part 2 records, labelled or not.
  if (request.separateNotes === 'COUNSELLING_NOTES') labels.add('PART2')
  const { recipient, purpose, documentType, documentId, careDays } = request
  return { at: at.toISOString(), recipient, purpose, labels: [...labels], documentType, documentId, careDays }
}
