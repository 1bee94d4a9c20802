import type {
  ConsentEndReason,
  ConsentKind,
  ConsentStatus,
  FieldClass,
  LiftReason,
  PartyKind,
  Purpose,
  SensitivityLabel,
  SeparateNotes,
} from '../../schema/values.js'

/**
 * Plain types of consents and restrictions. Instants are ISO 8601 text in one form (`Date.toISOString`), so that text
 * order is time order; days are `YYYY-MM-DD`.
 */

/** Who discloses or receives. Without a name it is the whole class: "my treating providers". */
export interface Party {
  readonly kind: PartyKind
  readonly name: string | null
}

export interface Signature {
  readonly signedOn: string
  readonly signedBy: string
  /** Where a personal representative signs: who they are and by what authority (164.508(c)(1)(vi)). */
  readonly representative: { readonly name: string; readonly authority: string } | null
}

export interface Expiry {
  /** The moment from which it is no longer valid. */
  readonly at: string | null
  /** An event that relates to the person or the purpose; that it happened is recorded by a person. */
  readonly event: string | null
  /** "None": enough for research (164.508(c)(1)(v)) and for treatment, payment and operations (2.31(a)(7)). */
  readonly none: boolean
}

/** What a consent says, as facts: not a picture of a form. */
export interface ConsentElements {
  /** A specific and meaningful description of the information. */
  readonly description: string | null
  readonly disclosers: readonly Party[]
  readonly recipients: readonly Party[]
  readonly purposes: readonly Purpose[]
  readonly expiry: Expiry
  readonly signature: Signature | null
  readonly statements: {
    /** The right to revoke in writing, its exceptions, and how. */
    readonly revocation: boolean
    /** Whether treatment, payment, enrolment may be conditioned on it; for Part 2 what refusing leads to. */
    readonly conditioning: boolean
    /** That what is disclosed may be disclosed again, and under which rules. */
    readonly redisclosure: boolean
    /** That somebody is paid for it: of marketing and sale alone. */
    readonly remuneration: boolean
  }
  /** Of a court order: the law it cites and its docket. Whoever ordered it is who signed. Absent in what was recorded before. */
  readonly legalAuthority?: string | null
  readonly plainLanguage: boolean
  /** Which edition of the form's words was signed. */
  readonly textVersion: string | null
  /** Sensitive labels it speaks of by name; Part 2 consents speak of PART2 by their kind. */
  readonly labels: readonly SensitivityLabel[]
  /** Document types it is limited to; empty for all. */
  readonly documentTypes: readonly string[]
  /** Days of care it is limited to, both included; null is unlimited. */
  readonly dataPeriod: { readonly from: string | null; readonly to: string | null }
  /** Psychotherapy or counselling notes it is about, and then about nothing else. */
  readonly separateNotes: SeparateNotes | null
}

// ---- the tree of provisions (the shape of FHIR R5 Consent) -----------------------------------------------------------

export type Verdict = 'PERMIT' | 'DENY'

/**
 * An exception to what stands above it. Filters of one kind are alternatives, filters of different kinds must all match,
 * an absent filter matches everything. A value with a `|` is a code of another system (`system|code`) that we do not
 * know: whether it matches cannot be told.
 */
export interface Provision {
  readonly type: Verdict
  /** When the rule holds: instants or days as FHIR writes them. */
  readonly period?: Span
  /** Text is an actor that we have no word for, as it came. */
  readonly actors?: readonly (Actor | string)[]
  /** Only `disclose` is known; a disclosure is what is being decided. */
  readonly actions?: readonly string[]
  readonly labels?: readonly string[]
  readonly purposes?: readonly string[]
  readonly documentTypes?: readonly string[]
  readonly resourceTypes?: readonly string[]
  /** Days of care. */
  readonly dataPeriod?: Span
  /** Single documents by id. */
  readonly documents?: readonly string[]
  /** Filters that we have no word for, as they came (FHIR R4 elements by name); whether they match cannot be told. */
  readonly foreign?: Readonly<Record<string, unknown>>
  readonly provisions: readonly Provision[]
}

export interface Span {
  readonly from?: string
  readonly to?: string
}

/** Somebody by kind, by name, or by both. */
export interface Actor {
  readonly kind: PartyKind | null
  readonly name: string | null
}

/** A base and its exceptions. */
export interface Rules {
  readonly decision: Verdict
  readonly provisions: readonly Provision[]
}

/** What is to be decided on, in the words of the filters. Null where it is not known. */
export interface Facts {
  readonly at: string
  readonly recipient: Party
  readonly purpose: Purpose
  readonly labels: readonly SensitivityLabel[]
  readonly documentType: string | null
  readonly documentId: string | null
  /** The days of care that the data speak of; null where unknown. */
  readonly careDays: { readonly from: string; readonly to: string } | null
}

// ---- documents of consent and restriction ----------------------------------------------------------------------------

export interface ConsentRecord {
  readonly id: string
  readonly kind: ConsentKind
  readonly status: ConsentStatus
  readonly elements: ConsentElements
  /** Rules of an imported resource: they narrow what the elements permit and never widen it. */
  readonly rules: Rules | null
  /** When the withdrawal in writing was received. */
  readonly withdrawnAt: string | null
  readonly endedAt: string | null
  readonly endReason: ConsentEndReason | null
}

export interface Restriction {
  readonly id: string
  /** Paid in full out of pocket: health plans learn nothing of it for payment or operations (164.522(a)(1)(vi)). */
  readonly selfPay: boolean
  /** The one encounter it is about; null for everything. */
  readonly chartId: string | null
  /** Whom it keeps out; empty for everybody (for every health plan where self-pay). */
  readonly recipients: readonly Party[]
  /** Empty for all purposes. */
  readonly purposes: readonly Purpose[]
  readonly agreedAt: string
  readonly lifted: { readonly at: string; readonly reason: LiftReason } | null
}

/** The facility's agreement with us, as far as disclosures ask for it. */
export interface AgreementTerms {
  readonly id: string
  readonly purposes: readonly string[]
  readonly classes: readonly string[]
  /** Holds the undertakings of a qualified service organisation (42 CFR 2.11). */
  readonly qualifiedServiceOrganisation: boolean
  /** From when, and until when, those undertakings hold; left out or null for as long as the agreement. */
  readonly qualifiedFrom?: string | null
  readonly qualifiedUntil?: string | null
  readonly from: string
  /** The moment from which it is no longer in force. */
  readonly until: string | null
}

/** One thing that is about to leave. */
export interface DisclosureRequest {
  /** Fixed by the code or the registration that asks, never by the request of a client. */
  readonly purpose: Purpose
  readonly discloser: Party
  readonly recipient: Party
  /** The recipient is the covered entity the records belong to: they go home. */
  readonly recipientOwnsRecords: boolean
  /** Whom the recipient passes it to by its nature, such as the payer of a claim: restrictions count there too. */
  readonly onwardTo: Party | null
  readonly chartId: string | null
  readonly classes: readonly FieldClass[]
  readonly labels: readonly SensitivityLabel[]
  readonly separateNotes: SeparateNotes | null
  readonly documentType: string | null
  readonly documentId: string | null
  readonly careDays: { readonly from: string; readonly to: string } | null
  /** When we received it: a restriction that the entity ended still holds for what was there before. */
  readonly receivedAt: string
}

export type BasisKind = 'AGREEMENT' | 'QSOA' | ConsentKind

export interface Basis {
  readonly kind: BasisKind
  readonly agreementId: string | null
  readonly consentId: string | null
}

export type DenialReason =
  | 'RESTRICTED_SELF_PAY'
  | 'RESTRICTED'
  | 'NO_AGREEMENT'
  | 'AGREEMENT_PURPOSE'
  | 'AGREEMENT_CLASSES'
  | 'RECIPIENT'
  | 'AUTHORIZATION_NEEDED'
  | 'SEPARATE_NOTES'
  | 'PART2_NO_BASIS'
  | 'PART2_LEGAL'
  | 'LABEL_NO_BASIS'

/** A text that travels with the data, and the consent it leaves under with a clear explanation of its scope (2.32). */
export interface Notice {
  readonly version: string
  readonly text: string
  readonly consentId: string | null
  readonly scope: string | null
}

export interface BasisDecision {
  readonly allowed: boolean
  readonly basis: Basis | null
  readonly notices: readonly Notice[]
  /** Why not, most important first; empty where it is allowed. */
  readonly reasons: readonly DenialReason[]
}

export const NO_ELEMENTS: ConsentElements = {
  description: null,
  disclosers: [],
  recipients: [],
  purposes: [],
  expiry: { at: null, event: null, none: false },
  signature: null,
  statements: { revocation: false, conditioning: false, redisclosure: false, remuneration: false },
  legalAuthority: null,
  plainLanguage: false,
  textVersion: null,
  labels: [],
  documentTypes: [],
  dataPeriod: { from: null, to: null },
  separateNotes: null,
}
