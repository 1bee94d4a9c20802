import type { Part2Consent } from '../auth/part2.model.js'
import { covers, isQualified, isValid } from './basis.decider.js'
import type { AgreementTerms, ConsentRecord, DisclosureRequest, Party, Provision, Rules } from './consent.model.js'
import { scopeOf } from './part2Notice.model.js'

/**
 * Are a chart's records of substance use disorder treatment open to those who code and review it? Pure.
 *
 * We hold them for the covered entity. As its qualified service organisation we may have them (42 CFR 2.11, 2.12(c)(4));
 * else under the patient's consent to payment, of which coding is a part: one that names us, or one for all future
 * treatment, payment and operations that reaches the covered entity, whose business associate we are (2.33(b)). All of the
 * chart's records or none: nobody codes a chart with holes. A restriction keeps nothing from them (164.522(a) is about
 * what leaves), and no authorization opens anything here.
 */
export interface AdmissionRequest {
  /** The covered entity whose records they are. */
  readonly entity: Party
  readonly us: Party
  readonly chartId: string
  readonly documents: readonly { readonly documentId: string; readonly documentType: string }[]
  readonly careDays: DisclosureRequest['careDays']
  readonly receivedAt: string
}

export interface Admission {
  readonly admitted: boolean
  /** What it rests on, each once; none under a qualified service organisation agreement. */
  readonly consents: readonly Part2Consent[]
  /** The next instant at which the clock alone may change the answer; null where it never does. */
  readonly changesAt: string | null
}

export function decideAdmission(
  asked: AdmissionRequest,
  agreements: readonly AgreementTerms[],
  consents: readonly ConsentRecord[],
  at: Date,
): Admission {
  const changesAt = nextChange(agreements, consents, at)
  if (agreements.some((agreement) => isQualified(agreement, at))) return { admitted: true, consents: [], changesAt }
  const usable = consents.filter(({ kind }) => KINDS.includes(kind)).filter((consent) => isValid(consent, at))
  const used = new Map<string, ConsentRecord>()
  for (const document of asked.documents) {
    const by = usable.find((consent) => reaches(consent, asked, document, at))
    if (!by) return { admitted: false, consents: [], changesAt }
    used.set(by.id, by)
  }
  const named = [...used.values()].map((consent) => ({ consentId: consent.id, scope: scopeOf(consent) }))
  return { admitted: true, consents: named.sort((a, b) => (a.consentId < b.consentId ? -1 : 1)), changesAt }
}

const KINDS: readonly ConsentRecord['kind'][] = ['PART2_TPO', 'PART2_SPECIFIC']

function reaches(
  consent: ConsentRecord,
  { entity, us, chartId, careDays, receivedAt }: AdmissionRequest,
  document: AdmissionRequest['documents'][number],
  at: Date,
): boolean {
  const request: DisclosureRequest = {
    ...document,
    purpose: 'PAYMENT',
    discloser: entity,
    recipient: us,
    recipientOwnsRecords: false,
    onwardTo: null,
    chartId,
    classes: ['CLINICAL'],
    labels: ['PART2'],
    separateNotes: null,
    careDays,
    receivedAt,
  }
  if (covers(consent, request, at)) return true
  return consent.kind === 'PART2_TPO' && covers(consent, { ...request, recipient: entity }, at)
}

// ---- by the clock ----------------------------------------------------------------------------------------------------

/** The first instant after `at` at which an agreement or consent begins or ends to count. */
export function nextChange(
  agreements: readonly AgreementTerms[],
  consents: readonly ConsentRecord[],
  at: Date,
): string | null {
  const now = at.toISOString()
  const instants = [
    ...agreements.flatMap((a) => [a.from, a.until, a.qualifiedFrom ?? null, a.qualifiedUntil ?? null]),
    ...consents
      .filter(({ status }) => status === 'ACTIVE')
      .flatMap(({ elements, rules }) => [elements.expiry.at, ...(rules ? periodsOf(rules) : [])]),
  ]
  return instants.filter((it): it is string => it !== null && it > now).sort()[0] ?? null
}

/** When the periods of an imported resource's rules begin and end. */
function periodsOf(rules: Rules): string[] {
  const within = (provision: Provision): string[] => [
    ...(provision.period?.from === undefined ? [] : [instantOf(provision.period.from)]),
    ...(provision.period?.to === undefined ? [] : [afterLast(provision.period.to)]),
    ...provision.provisions.flatMap(within),
  ]
  return rules.provisions.flatMap(within)
}

const instantOf = (text: string): string => new Date(text).toISOString()

/** The moment after a day, month, year or instant has passed, as FHIR writes them: what ends on it still counts on it. */
function afterLast(text: string): string {
  const last = new Date(text)
  if (text.length === 4) last.setUTCFullYear(last.getUTCFullYear() + 1)
  else if (text.length === 7) last.setUTCMonth(last.getUTCMonth() + 1)
  else if (text.length === 10) last.setUTCDate(last.getUTCDate() + 1)
  else if (text.includes('.')) last.setTime(last.getTime() + 1)
  else last.setTime(last.getTime() + 1_000)
  return last.toISOString()
}
