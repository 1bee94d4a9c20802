import { canonicalJson, sha256 } from '../kernel/text.js'

/**
 * Why data was used: PAYMENT for coding, OPERATIONS for its audits, its supervision and patients' rights (45 CFR 164.501,
 * 164.506); NONE where no patient's data was meant.
 */
export const RECORDED_PURPOSES = ['PAYMENT', 'OPERATIONS', 'TREATMENT', 'NONE'] as const
export type Purpose = (typeof RECORDED_PURPOSES)[number]

/** FAILED: it was begun and gave no answer, for a reason that is nobody's right. */
export type AccessOutcome = 'ALLOWED' | 'DENIED' | 'FAILED'

/** Facts for whoever examines the records: reason codes, ids of commands and streams, positions. Never patient data. */
export type AccessDetail = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** One use of patient data, or the attempt of one. Nothing in it says who the patient is to anybody without the key. */
export interface AccessEntry {
  /** The member; null for the system and for people who are not known. */
  readonly actorId: string | null
  readonly facilityIds: readonly string[]
  /** `query chart`, `mutation claimChart`, `stream start`, `sign-in` … */
  readonly action: string
  readonly purpose: Purpose
  /** SHA-256 of the operation's text without its literals; the text itself is kept once. */
  readonly operationHash: string | null
  /** Keyed references (Vault.subjectRef): they outlive the patients' keys. */
  readonly subjectRefs: readonly string[]
  /** Field classes that were answered. */
  readonly classes: readonly string[]
  readonly outcome: AccessOutcome
  readonly detail: AccessDetail
}

/** An entry in its place in the chain of its organisation. */
export interface AccessRecord extends AccessEntry {
  readonly orgId: string
  /** From 1, without gaps. */
  readonly seq: number
  /** ISO 8601 in UTC, milliseconds. */
  readonly at: string
  readonly previousHash: string
  readonly hash: string
}

export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

/** Before the first record of an organisation. */
export const CHAIN_START: ChainHead = { seq: 0, hash: '0'.repeat(64) }

/** SHA-256 over the hash of the record before and the canonical JSON of everything else in this one. */
export function hashOf(record: Omit<AccessRecord, 'hash'>): string {
  const {
    orgId,
    seq,
    at,
    actorId,
    facilityIds,
    action,
    purpose,
    operationHash,
    subjectRefs,
    classes,
    outcome,
    detail,
  } = record
  // Named one by one: a field that a row has besides is none of the record, and must not change what it hashes to.
  const content = {
    orgId,
    seq,
    at,
    actorId,
    facilityIds,
    action,
    purpose,
    operationHash,
    subjectRefs,
    classes,
    outcome,
    detail,
  }
  return sha256(record.previousHash + canonicalJson(content))
}

/** The entries as the records that follow on `head`. Lists are sets: sorted, each value once. */
export function chainOn(
  head: ChainHead,
  orgId: string,
  entries: readonly { readonly entry: AccessEntry; readonly at: Date }[],
): AccessRecord[] {
  let { seq, hash } = head
  return entries.map(({ entry, at }) => {
    const record = {
      orgId,
      seq: ++seq,
      at: at.toISOString(),
      actorId: entry.actorId,
      facilityIds: asSet(entry.facilityIds),
      action: entry.action,
      purpose: entry.purpose,
      operationHash: entry.operationHash,
      subjectRefs: asSet(entry.subjectRefs),
      classes: asSet(entry.classes),
      outcome: entry.outcome,
      detail: entry.detail,
      previousHash: hash,
    }
    hash = hashOf(record)
    return { ...record, hash }
  })
}

const asSet = (values: readonly string[]): string[] => [...new Set(values)].sort()
