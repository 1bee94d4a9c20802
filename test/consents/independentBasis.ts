import type {
  AgreementTerms,
  ConsentRecord,
  DisclosureRequest,
  Party,
  Restriction,
} from '../../server/consents/consent.model.js'

/**
 * The rules on what may leave, read from the regulations once more and written down another way: as one list of what
 * permits and one list of what forbids, each line with its paragraph, over plain sets. Consents have no rules of their own
 * here: those are compared elsewhere (independent.ts).
 */
export interface Permit {
  readonly basis: string
  readonly consentId: string | null
}

/** Every basis on which it may leave; none where it may not. */
export function permitsOf(
  request: DisclosureRequest,
  agreements: readonly AgreementTerms[],
  consents: readonly ConsentRecord[],
  restrictions: readonly Restriction[],
  at: Date,
): Permit[] {
  const now = at.toISOString()
  const standing = consents.filter((c) => stands(c, now) && speaksOf(c, request))
  const by = (...kinds: string[]): Permit[] =>
    standing.filter((c) => kinds.includes(c.kind)).map((c) => ({ basis: c.kind, consentId: c.id }))
  const orders = by('COURT_ORDER')

  // 164.504(e): without an agreement in force nothing leaves; what a court orders needs none of its purposes (164.512).
  const inForce = agreements
    .filter((a) => a.from <= now && !(a.until !== null && a.until <= now))
    .filter((a) => orders.length > 0 || a.purposes.includes(request.purpose))
    .filter((a) => request.classes.every((c) => a.classes.includes(c)))
  if (inForce.length === 0) return []
  if (orders.length > 0) return orders
  // 164.522(a): what was agreed to keep back is kept back.
  if (restrictions.some((r) => forbids(r, request, now))) return []

  // 164.508(a)(2), 42 CFR 2.31(b): separate notes by a document of their own.
  if (request.separateNotes === 'PSYCHOTHERAPY_NOTES') return by('HIPAA_AUTHORIZATION')
  if (request.separateNotes === 'COUNSELLING_NOTES') return by('PART2_SPECIFIC')
  if (request.labels.includes('PART2')) {
    // 42 CFR 2.12(d), 2.33(b): never in proceedings against the patient without a consent to that alone.
    if (request.purpose === 'LEGAL') return by('PART2_LEGAL')
    const qualified = inForce.some(
      (a) =>
        a.qualifiedServiceOrganisation &&
        (a.qualifiedFrom ?? now) <= now &&
        (a.qualifiedUntil === undefined || a.qualifiedUntil === null || a.qualifiedUntil > now),
    )
    // 42 CFR 2.11, 2.12(c)(4): between the program and those who serve it.
    const home = isHome(request) && ROUTINE.has(request.purpose) && qualified
    return [...(home ? [{ basis: 'QSOA', consentId: null }] : []), ...by('PART2_TPO', 'PART2_SPECIFIC')]
  }
  const routine =
    ROUTINE.has(request.purpose) &&
    (request.labels.length === 0 || isHome(request)) &&
    // 164.506(c): whom treatment, payment and operations may reach.
    [
      'COVERED_ENTITY',
      'PROVIDER',
      'BUSINESS_ASSOCIATE',
      ...(request.purpose === 'TREATMENT' ? [] : ['HEALTH_PLAN']),
    ].includes(request.recipient.kind)
  return routine ? [{ basis: 'AGREEMENT', consentId: null }] : by('HIPAA_AUTHORIZATION')
}

const ROUTINE: ReadonlySet<string> = new Set(['TREATMENT', 'PAYMENT', 'OPERATIONS'])
const isHome = (r: DisclosureRequest): boolean => r.recipientOwnsRecords && r.recipient.kind === 'COVERED_ENTITY'

/** 164.508(b)(2): whole, in force, neither over nor taken back. The documents given here are whole and rightly mixed. */
function stands(c: ConsentRecord, now: string): boolean {
  const ends = [c.elements.expiry.at, c.withdrawnAt, c.endedAt].filter((end): end is string => end !== null)
  if (c.endReason === 'KNOWN_FALSE' || c.status === 'DRAFT') return false
  if (c.status === 'WITHDRAWN' && c.withdrawnAt === null) return false
  if (c.status === 'ENDED' && c.endedAt === null) return false
  return ends.every((end) => end > now)
}

function speaksOf({ kind, elements: e }: ConsentRecord, r: DisclosureRequest): boolean {
  const labels = new Set<string>([...e.labels, ...(kind.startsWith('PART2') ? ['PART2'] : [])])
  const carried = new Set<string>([...r.labels, ...(r.separateNotes === 'COUNSELLING_NOTES' ? ['PART2'] : [])])
  // 42 CFR 2.31(a)(4): any Part 2 consent but the one for all future use reaches only whom it names, also onward.
  const reached = [r.recipient, ...(kind === 'PART2_SPECIFIC' || kind === 'PART2_LEGAL' ? [r.onwardTo] : [])]
  const days = r.careDays
  const { from, to } = e.dataPeriod
  return (
    (e.separateNotes ?? null) === r.separateNotes &&
    e.disclosers.some((p) => isOne(p, r.discloser)) &&
    reached.every((party) => party === null || e.recipients.some((p) => isOne(p, party))) &&
    e.purposes.includes(r.purpose) &&
    [...carried].every((label) => labels.has(label)) &&
    (e.documentTypes.length === 0 || (r.documentType !== null && e.documentTypes.includes(r.documentType))) &&
    ((from === null && to === null) ||
      (days !== null && (from === null || days.from >= from) && (to === null || days.to <= to)))
  )
}

const isOne = (named: Party, party: Party): boolean =>
  named.kind === party.kind && (named.name === null || named.name === party.name)

function forbids(r: Restriction, request: DisclosureRequest, now: string): boolean {
  // 164.522(a)(2)(iii): one that the entity ended holds on for what it had before.
  const over =
    r.lifted !== null && r.lifted.at <= now && !(r.lifted.reason === 'ENTITY_ENDED' && request.receivedAt < r.lifted.at)
  if (r.agreedAt > now || over) return false
  if (r.chartId !== null && request.chartId !== null && r.chartId !== request.chartId) return false
  // 164.522(a)(1)(vi): an item paid in full, kept from health plans for payment and operations.
  if (r.selfPay && !['PAYMENT', 'OPERATIONS'].includes(request.purpose)) return false
  if (!r.selfPay && r.purposes.length > 0 && !r.purposes.includes(request.purpose)) return false
  return [request.recipient, request.onwardTo].some(
    (party) =>
      party !== null &&
      (!r.selfPay || party.kind === 'HEALTH_PLAN') &&
      (r.recipients.length === 0 ||
        // Somebody without a name may be the one who is named.
        r.recipients.some(
          (p) => p.kind === party.kind && (p.name === null || party.name === null || p.name === party.name),
        )),
  )
}
