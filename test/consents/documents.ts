import type {
  AgreementTerms,
  ConsentElements,
  ConsentRecord,
  DisclosureRequest,
  Restriction,
} from '../../server/consents/consent.model.js'

/** The smallest whole documents of each kind, to take something away from. */

export const PLAN = { kind: 'HEALTH_PLAN', name: 'Northern Mutual' } as const
export const HOME = { kind: 'COVERED_ENTITY', name: 'North Harbor Health (demo)' } as const
export const AT = new Date('2026-06-01T12:00:00.000Z')

export const COMPLETE: ConsentElements = {
  description: 'The discharge summary of March 2026',
  disclosers: [HOME],
  recipients: [PLAN],
  purposes: ['PAYMENT'],
  expiry: { at: '2027-01-01T00:00:00.000Z', event: null, none: false },
  signature: { signedOn: '2026-03-01', signedBy: 'Ottoline Quillfeather', representative: null },
  statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: false },
  plainLanguage: true,
  textVersion: '2026-01',
  labels: [],
  documentTypes: [],
  dataPeriod: { from: null, to: null },
  separateNotes: null,
}

const BY_KIND: Partial<Record<ConsentRecord['kind'], Partial<ConsentElements>>> = {
  PART2_TPO: {
    purposes: ['TREATMENT', 'PAYMENT', 'OPERATIONS'],
    recipients: [HOME, { kind: 'HEALTH_PLAN', name: null }],
  },
  PART2_LEGAL: { purposes: ['LEGAL'], recipients: [{ kind: 'COURT', name: 'Superior Court' }] },
  COURT_ORDER: {
    purposes: ['LEGAL'],
    recipients: [{ kind: 'COURT', name: 'Superior Court' }],
    labels: ['PART2'],
    legalAuthority: '42 CFR 2.64; Superior Court, 26-0417',
  },
}

export type ConsentFacts = Partial<Omit<ConsentRecord, 'elements'>> & { readonly elements?: Partial<ConsentElements> }

/** In force unless the facts say otherwise. */
export function consent({ elements, kind = 'HIPAA_AUTHORIZATION', ...facts }: ConsentFacts = {}): ConsentRecord {
  return {
    id: '00000000-0000-4000-8000-0000000000c1',
    kind,
    status: 'ACTIVE',
    rules: null,
    withdrawnAt: null,
    endedAt: null,
    endReason: null,
    ...facts,
    elements: { ...COMPLETE, ...BY_KIND[kind], ...elements },
  }
}

export const agreement = (facts: Partial<AgreementTerms> = {}): AgreementTerms => ({
  id: '00000000-0000-4000-8000-0000000000a1',
  purposes: ['TREATMENT', 'PAYMENT', 'OPERATIONS', 'RESEARCH', 'LEGAL', 'MARKETING', 'SALE', 'INDIVIDUAL_REQUEST'],
  classes: ['OPEN', 'WORK', 'ACCOUNT_REF', 'IDENTITY', 'CLINICAL'],
  qualifiedServiceOrganisation: false,
  from: '2024-01-01T05:00:00.000Z',
  until: null,
  ...facts,
})

export const request = (facts: Partial<DisclosureRequest> = {}): DisclosureRequest => ({
  purpose: 'PAYMENT',
  discloser: HOME,
  recipient: PLAN,
  recipientOwnsRecords: false,
  onwardTo: null,
  chartId: 'chart-1',
  classes: ['IDENTITY', 'CLINICAL'],
  labels: [],
  separateNotes: null,
  documentType: 'DISCHARGE_SUMMARY',
  documentId: 'd1',
  careDays: { from: '2026-03-09', to: '2026-03-15' },
  receivedAt: '2026-03-16T00:00:00.000Z',
  ...facts,
})

export const restriction = (facts: Partial<Restriction> = {}): Restriction => ({
  id: '00000000-0000-4000-8000-0000000000e1',
  selfPay: false,
  chartId: null,
  recipients: [],
  purposes: [],
  agreedAt: '2026-01-01T00:00:00.000Z',
  lifted: null,
  ...facts,
})
