import { type ConsentElement, type ConsentKind, type Purpose, SENSITIVITY_LABELS } from '../../schema/values.js'
import type { ConsentElements, Provision, Rules } from './consent.model.js'

/** What a consent of a kind must hold, what it may not be mixed with, and what its elements permit. Pure. */

/**
 * The elements without which a consent is not in force (45 CFR 164.508(c)(1)-(3), 42 CFR 2.31(a)): the six core elements,
 * the required statements, the edition of the form. Empty for one that is complete. A court order is no consent: it
 * needs its content, its parties, its purpose, its limit, who ordered it and by which law (164.512(a), (e)(1)(i); 42 CFR
 * 2.61 to 2.67), because it goes before what was agreed to keep back.
 */
export function missingElements(kind: ConsentKind, elements: ConsentElements): ConsentElement[] {
  const { description, disclosers, recipients, purposes, signature, statements, textVersion } = elements
  const has: Partial<Record<ConsentElement, boolean>> = {
    DESCRIPTION: isText(description),
    DISCLOSER: disclosers.length > 0,
    RECIPIENT: recipients.length > 0,
    PURPOSE: purposes.length > 0,
    EXPIRY: hasExpiry(kind, elements),
    SIGNATURE: isSigned(signature),
  }
  if (kind === 'COURT_ORDER') has.LEGAL_AUTHORITY = isText(elements.legalAuthority ?? null)
  else {
    has.STATEMENT_REVOCATION = statements.revocation
    has.STATEMENT_CONDITIONING = statements.conditioning
    has.STATEMENT_REDISCLOSURE = statements.redisclosure
    has.PLAIN_LANGUAGE = elements.plainLanguage
    has.TEXT_VERSION = isText(textVersion)
    // Marketing and sale say that somebody is paid (164.508(a)(3)(ii), (a)(4)(i)).
    if (purposes.includes('MARKETING') || purposes.includes('SALE'))
      has.STATEMENT_REMUNERATION = statements.remuneration
  }
  // A class of recipients is enough in an authorization and in one consent for all future treatment, payment, operations.
  if (kind === 'PART2_SPECIFIC' || kind === 'PART2_LEGAL')
    has.NAMED_RECIPIENT = recipients.every((party) => isText(party.name))
  if (recipients.some((party) => party.kind === 'INTERMEDIARY'))
    has.NAMED_INTERMEDIARY = recipients.every((party) => party.kind !== 'INTERMEDIARY' || isText(party.name))
  return (Object.keys(has) as ConsentElement[]).filter((element) => !has[element])
}

export interface KindProblem {
  readonly code: string
  readonly message: string
  readonly field: string
}

/** What may not stand in one document: 164.508(b)(3), 42 CFR 2.31(b) and (d). */
export function kindProblems(kind: ConsentKind, elements: ConsentElements): KindProblem[] {
  const { purposes, separateNotes, expiry, signature } = elements
  const problems: KindProblem[] = []
  const no = (code: string, field: string, message: string) => void problems.push({ code, field, message })
  const legal = purposes.includes('LEGAL')

  if (kind === 'PART2_LEGAL' && purposes.some((purpose) => purpose !== 'LEGAL'))
    no('LEGAL_COMBINED', 'purposes', 'A consent to use in legal proceedings stands alone; record the rest as another.')
  if ((kind === 'PART2_TPO' || kind === 'PART2_SPECIFIC') && legal)
    no('LEGAL_COMBINED', 'purposes', 'Legal proceedings need a consent of their own (PART2_LEGAL).')
  if (kind === 'PART2_TPO' && purposes.some((purpose) => !TPO.includes(purpose) && purpose !== 'LEGAL'))
    no('PURPOSE_OF_KIND', 'purposes', 'This kind is for treatment, payment and operations; use PART2_SPECIFIC.')
  if (purposes.some((purpose) => ALONE.includes(purpose)) && new Set(purposes).size > 1)
    no('PURPOSE_COMBINED', 'purposes', 'Marketing and sale each need an authorization of their own.')
  if (separateNotes === 'PSYCHOTHERAPY_NOTES' && kind !== 'HIPAA_AUTHORIZATION')
    no('NOTES_OF_KIND', 'separateNotes', 'Psychotherapy notes need an authorization of their own.')
  if (separateNotes === 'COUNSELLING_NOTES' && kind !== 'PART2_SPECIFIC')
    no('NOTES_OF_KIND', 'separateNotes', 'Counselling notes need a Part 2 consent of their own (PART2_SPECIFIC).')
  if (expiry.at !== null && signature !== null && expiry.at.slice(0, 10) < signature.signedOn)
    no('EXPIRY_BEFORE_SIGNATURE', 'expiresAt', 'It would expire before it was signed; check both dates.')
  if ([expiry.at !== null, expiry.event !== null, expiry.none].filter(Boolean).length > 1)
    no('EXPIRY_TWICE', 'expiresAt', 'Give one of a date, an event, or none.')
  return problems
}

/**
 * What the elements permit, as rules: nothing, but for the one exception they describe. A label is covered only where it
 * is named; everything that carries a label the document does not name stays denied.
 */
export function rulesOf(kind: ConsentKind, elements: ConsentElements): Rules {
  const { recipients, purposes, documentTypes, dataPeriod } = elements
  const covered: readonly string[] = isPart2(kind) ? ['PART2', ...elements.labels] : elements.labels
  const uncovered = SENSITIVITY_LABELS.filter((label) => !covered.includes(label))
  const permit: Provision = {
    type: 'PERMIT',
    actors: recipients,
    purposes,
    ...(documentTypes.length > 0 && { documentTypes }),
    ...((dataPeriod.from !== null || dataPeriod.to !== null) && {
      dataPeriod: { from: dataPeriod.from ?? undefined, to: dataPeriod.to ?? undefined },
    }),
    provisions: uncovered.length > 0 ? [{ type: 'DENY', labels: uncovered, provisions: [] }] : [],
  }
  return { decision: 'DENY', provisions: [permit] }
}

export const isPart2 = (kind: ConsentKind): boolean => kind.startsWith('PART2_')

export const TPO: readonly Purpose[] = ['TREATMENT', 'PAYMENT', 'OPERATIONS']
const ALONE: readonly Purpose[] = ['MARKETING', 'SALE']

const isText = (text: string | null): boolean => text !== null && text.trim() !== ''

function hasExpiry(kind: ConsentKind, { expiry, purposes }: ConsentElements): boolean {
  if (expiry.at !== null || isText(expiry.event)) return true
  if (!expiry.none || purposes.length === 0) return false
  if (kind === 'HIPAA_AUTHORIZATION') return purposes.every((purpose) => purpose === 'RESEARCH')
  if (kind === 'PART2_TPO' || kind === 'PART2_SPECIFIC') return purposes.every((purpose) => TPO.includes(purpose))
  return false
}

/** Signed and dated; a representative says by what authority (164.508(c)(1)(vi)). */
const isSigned = (signature: ConsentElements['signature']): boolean =>
  signature !== null &&
  isText(signature.signedOn) &&
  isText(signature.signedBy) &&
  (signature.representative === null ||
    (isText(signature.representative.name) && isText(signature.representative.authority)))
