import type { ConsentRecord, Notice, Party } from './consent.model.js'

/**
 * The statement that accompanies records of substance use disorder treatment: 42 CFR 2.32(a)(1), as amended by 89 FR
 * 12472 (in force from 16 April 2024). The words are the regulation's own and are never edited: new words are a new
 * version.
 */
export const PART2_NOTICE = {
  version: '42-CFR-2.32-a-1/2024-04-16',
  text:
    'This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). ' +
    'These rules prohibit you from using or disclosing this record, or testimony that describes the information ' +
    'contained in this record, in any civil, criminal, administrative, or legislative proceedings by any Federal, ' +
    'State, or local authority, against the patient, unless authorized by the consent of the patient, except as ' +
    'provided at 42 CFR 2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, ' +
    'the Federal rules prohibit you from making any other use or disclosure of this record unless at least one of ' +
    'the following applies: (i) Further use or disclosure is expressly permitted by the written consent of the ' +
    'individual whose information is being disclosed in this record or as otherwise permitted by 42 CFR part 2. ' +
    '(ii) You are a covered entity or business associate and have received the record for treatment, payment, or ' +
    'health care operations, or (iii) You have received the record from a covered entity or business associate as ' +
    'permitted by 45 CFR part 164, subparts A and E. A general authorization for the release of medical or other ' +
    'information is NOT sufficient to meet the required elements of written consent to further use or redisclose ' +
    'the record (see 42 CFR 2.31).',
} as const

/** @param consent the consent the record leaves under; null where it leaves under another basis */
export const part2Notice = (consent: Pick<ConsentRecord, 'id' | 'kind' | 'elements'> | null): Notice => ({
  ...PART2_NOTICE,
  consentId: consent?.id ?? null,
  scope: consent && scopeOf(consent),
})

/** A clear explanation of a consent's scope (2.32(a)): kinds and purposes, without names of persons. */
export function scopeOf({ kind, elements }: Pick<ConsentRecord, 'kind' | 'elements'>): string {
  const parts = [
    `${TITLES[kind]}: the patient consented to disclosure for ${words(elements.purposes)}`,
    `to ${[...new Set(elements.recipients.map(kindOf))].join(', ')}`,
  ]
  if (elements.documentTypes.length > 0) parts.push(`limited to ${words(elements.documentTypes)}`)
  const { from, to } = elements.dataPeriod
  if (from !== null || to !== null) parts.push(`of care from ${from ?? 'the beginning'} to ${to ?? 'now'}`)
  parts.push(
    elements.expiry.at !== null
      ? `until ${elements.expiry.at}`
      : elements.expiry.event !== null
        ? 'until the event that the consent names'
        : 'until it is revoked',
  )
  return `${parts.join(', ')}.`
}

const TITLES: Readonly<Record<ConsentRecord['kind'], string>> = {
  HIPAA_AUTHORIZATION: 'Authorization (45 CFR 164.508)',
  PART2_TPO: 'Consent for all future uses for treatment, payment and health care operations (42 CFR 2.31, 2.33)',
  PART2_SPECIFIC: 'Consent (42 CFR 2.31)',
  PART2_LEGAL: 'Consent to use in legal proceedings (42 CFR 2.31(d))',
  COURT_ORDER: 'Court order (42 CFR part 2, subpart E)',
}

const words = (names: readonly string[]): string => names.map((n) => n.toLowerCase().replaceAll('_', ' ')).join(', ')
const kindOf = (party: Party): string => words([party.kind])
