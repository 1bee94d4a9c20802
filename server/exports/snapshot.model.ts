import type { CodeSystem, IsoDate } from '../codesets/model.js'
import type { Notice } from '../consents/consent.model.js'
import type { IntakeIdentifier } from '../documents/intake.model.js'
import type { PatientClass } from '../engine/model.js'

/** Everything an export needs of one submission, put together under the exporting person's sight. Pure data. */

/** ISO 8601 with seconds and `Z` or an offset, as `Date.toISOString` writes it. */
export type IsoInstant = string

export type CodeRole =
  | 'PRINCIPAL'
  | 'FIRST_LISTED'
  | 'SECONDARY'
  | 'ADMITTING'
  | 'REASON_FOR_VISIT'
  | 'EXTERNAL_CAUSE'
  | 'PROCEDURE'

export type Poa = 'Y' | 'N' | 'U' | 'W' | 'EXEMPT'

/** A person of the coding organisation. `id` is a UUID. */
export interface SnapshotPerson {
  readonly id: string
  readonly displayName: string
}

export interface SnapshotEvidence {
  /** UUIDs. */
  readonly documentId: string
  readonly versionId: string
  readonly versionNumber: number
  readonly documentTitle: string
  readonly kind: 'SUPPORTS' | 'CONTRADICTS' | 'NEGATED' | 'HISTORY'
  /** UTF-16 offsets into the version's stored text; null for a citation by page. */
  readonly start: number | null
  readonly end: number | null
  /** Counted from 1; null where the document has no pages. */
  readonly page: number | null
  /** The words from start to end, cut when the snapshot was put together; null for a page of a scan. */
  readonly quote: string | null
  /** SHA-256 of the stored text in hexadecimal: lets a reader check that the offsets still count into the same text. */
  readonly textSha256: string
  /** The document is labelled as a record of substance use disorder treatment (42 CFR Part 2). */
  readonly part2?: boolean
  /** What goes with the document wherever it goes (45 CFR 164.526(c)(3), (d)(5)). */
  readonly amendments?: readonly string[]
}

export interface SnapshotLine {
  /** UUID of the suggestion that became this code. */
  readonly id: string
  readonly system: CodeSystem
  /** With its dot where the system writes one. */
  readonly code: string
  /** From the release of the date of service; null where its licence or table gives none. */
  readonly title: string | null
  readonly kind: 'DIAGNOSIS' | 'PROCEDURE'
  readonly role: CodeRole
  readonly rank: number | null
  /** Null where it does not apply: outpatients, procedures, the admitting diagnosis. */
  readonly poa: Poa | null
  readonly modifiers: readonly string[]
  readonly units: number | null
  readonly performedOn: IsoDate | null
  readonly performer: string | null
  readonly origin: 'ENGINE' | 'CODER' | 'AUDITOR' | 'CLIENT'
  readonly decidedBy: SnapshotPerson
  readonly decidedAt: IsoInstant
  /** May be empty: a coder need not cite. */
  readonly evidence: readonly SnapshotEvidence[]
}

export interface SnapshotChart {
  /** UUID. */
  readonly id: string
  readonly accountNumber: string
  readonly patientClass: PatientClass
  readonly inpatientOrderAt: IsoInstant | null
  readonly admittedAt: IsoInstant | null
  readonly dischargedAt: IsoInstant | null
  readonly serviceDate: IsoDate | null
  readonly disposition: string | null
  readonly payer: string | null
  readonly attendingProvider: string | null
  readonly operatingProvider: string | null
  readonly serviceLine: string | null
  readonly facilityName: string
  /** The facility's own key or number, as its agreement names it. */
  readonly facilityIdentifier: string
}

export interface SnapshotPatient {
  readonly identifiers: readonly IntakeIdentifier[]
  readonly familyName: string
  readonly givenNames: readonly string[]
  readonly birthDate: IsoDate | null
  readonly sex: 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN'
}

export interface SubmissionSnapshot {
  /** Counts the chart's submissions from 1. */
  readonly number: number
  readonly submittedAt: IsoInstant
  readonly submitter: SnapshotPerson
  readonly chart: SnapshotChart
  readonly patient: SnapshotPatient
  /** The working set in claim order. */
  readonly lines: readonly SnapshotLine[]
  /** What must accompany it (42 CFR 2.32); absent or empty where nothing in it is a Part 2 record. */
  readonly notices?: readonly Notice[]
}

export type ClaimForm = '837I' | '837P'

/** Facility charts of every class become an institutional claim; professional-fee charts a professional one. */
export const claimForm = (patientClass: PatientClass): ClaimForm => (patientClass === 'PROFESSIONAL' ? '837P' : '837I')

/** What cites a document inherits its labels (design: sensitivity labels). */
export const restsOnPart2 = (line: Pick<SnapshotLine, 'evidence'>): boolean =>
  line.evidence.some((e) => e.part2 === true)
