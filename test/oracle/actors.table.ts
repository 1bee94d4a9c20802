import type { Class } from './fields.table.js'

/**
 * Who sees which classes of a chart: design.md section 3, the table "may see (default policy)", with sections 2 and 8 for
 * restricted charts and broken glasses. One line is one role in one relation to the chart; a person has what any line of
 * any of their roles gives, and then what `NEVER` takes away. Where no line fits, the chart is not there.
 */

export const ROLES = [
  'CODER',
  'AUDITOR',
  'CDI',
  'SUPERVISOR',
  'PROVIDER',
  'COMPLIANCE',
  'PRIVACY_OFFICER',
  'ADMIN',
] as const
export type Role = (typeof ROLES)[number]

export const RELATIONS = [
  /** Nothing but a grant for the facility. */
  'NONE',
  /** A team of theirs works its queue. */
  'QUEUE',
  /** Coder of record, and the time has not run out. */
  'CODER',
  /** Was coder of record; the assignment ran out in coding, or was taken back. */
  'FORMER_CODER',
  'SECOND_LOOK',
  'AUDITOR',
  'CDI',
  /** Was on it in such a part, which ended. */
  'FORMER_PART',
  /** Its coder asked for help on a line today. */
  'ASKED_FOR_HELP',
  /** This person broke the glass within the hour. */
  'GLASS',
  /** Codes it a second time, blind, and has not revealed it. */
  'BLIND_PASS',
  /** A request of this very patient is in the person's hands, and open. */
  'REQUEST',
  'OTHER_FACILITY',
  'OTHER_ORGANISATION',
] as const
export type Relation = (typeof RELATIONS)[number]

export const STATUSES = ['READY', 'IN_CODING', 'PENDED', 'SUBMITTED', 'REOPENED', 'EXPORTED'] as const
export type Status = (typeof STATUSES)[number]

export interface ChartState {
  readonly status: Status
  readonly restricted: boolean
  readonly identityHold: boolean
  /** An auditor recorded a finding on it. */
  readonly found: boolean
}

export interface Line {
  readonly role: Role
  /** `ANY`: at the facilities granted to the person, whatever else they have to do with the chart. */
  readonly relation: readonly Relation[] | 'ANY'
  readonly when?: Partial<ChartState>
  readonly sees: readonly Class[]
  readonly design: string
}

export const LINES: readonly Line[] = [
  {
    role: 'CODER',
    relation: ['QUEUE'],
    sees: ['ROW', 'ACCOUNT_REF'],
    // Silent on charts of the queue that somebody else codes: the queue is the team's, and shows who works on what.
    design: 'of a waiting chart in their queues: work and account only',
  },
  {
    role: 'CODER',
    relation: ['CODER'],
    sees: ['ROW', 'ACCOUNT_REF', 'IDENTITY', 'CLINICAL'],
    // "Own quality results" are a list of their own (`subjects.table.ts`); audits and findings are the auditor's.
    design: 'identity and clinical from claim on',
  },
  {
    role: 'AUDITOR',
    relation: 'ANY',
    sees: ['ROW', 'ACCOUNT_REF'],
    // Silent on charts that are not under their review: there an auditor finds the charts to open an audit on.
    design: 'as coder …',
  },
  {
    role: 'AUDITOR',
    relation: ['AUDITOR', 'SECOND_LOOK'],
    sees: ['ROW', 'ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY'],
    design: '… for charts under their review; quality of those',
  },
  {
    role: 'AUDITOR',
    relation: ['BLIND_PASS'],
    // All that the coder reads, to code it again; what `BLIND` names is hidden besides.
    sees: ['ROW', 'ACCOUNT_REF', 'IDENTITY', 'CLINICAL'],
    design: 'blind passes hide earlier codes until reveal',
  },
  { role: 'CDI', relation: ['QUEUE'], sees: ['ROW', 'ACCOUNT_REF'], design: 'as coder …' },
  {
    role: 'CDI',
    relation: ['CDI'],
    sees: ['ROW', 'ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'MONEY'],
    design: '… for their charts; money of those',
  },
  {
    role: 'SUPERVISOR',
    relation: 'ANY',
    sees: ['ROW', 'ACCOUNT_REF', 'MONEY'],
    design: 'account number, facility, payer, dates, dollars, owner, ages; no identity, no clinical',
  },
  {
    role: 'SUPERVISOR',
    relation: ['ASKED_FOR_HELP'],
    sees: ['CLINICAL'],
    // Content, and not who it is about: "no identity" stands without an exception.
    design: "a chart's content when its coder asks for help on a line (that working day)",
  },
  {
    role: 'SUPERVISOR',
    relation: ['GLASS'],
    sees: ['IDENTITY', 'CLINICAL'],
    design: '… or with a reason from a closed list; section 8: break-glass, one chart, 60 minutes',
  },
  {
    role: 'COMPLIANCE',
    relation: 'ANY',
    // Silent on the account, without which a quality programme cannot name a chart.
    sees: ['ROW', 'ACCOUNT_REF', 'QUALITY', 'MONEY'],
    design: 'quality, money',
  },
  {
    role: 'COMPLIANCE',
    relation: 'ANY',
    when: { found: true },
    sees: ['CLINICAL'],
    design: 'clinical of charts under a finding',
  },
  { role: 'PRIVACY_OFFICER', relation: 'ANY', sees: ['ROW'], design: 'metadata' },
  {
    role: 'PRIVACY_OFFICER',
    relation: 'ANY',
    when: { identityHold: true },
    sees: ['ACCOUNT_REF', 'IDENTITY'],
    // A hold is a question about whose chart it is, put to a person (section 2): identity and account, and no text.
    design: 'identity and text only inside an open request, incident or review',
  },
  {
    role: 'PRIVACY_OFFICER',
    relation: ['GLASS'],
    sees: ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL'],
    design: 'section 8: break-glass, supervisors and privacy officers, one chart',
  },
  {
    role: 'PRIVACY_OFFICER',
    relation: ['REQUEST'],
    // Silent on the account: what a person asks about is their record, which is kept by account.
    sees: ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL'],
    design: 'identity and text only inside an open request, incident or review, for its patients',
  },
  // PROVIDER: "that query with the documents it cites". The contract has no queries yet, so there is nothing to see.
  // ADMIN: "no patient data".
]

/** "A provider's money mask" (sections 3 and 8): whatever else the person is. */
export const NEVER: readonly { readonly role: Role; readonly class: Class }[] = [{ role: 'PROVIDER', class: 'MONEY' }]

/** A grant for one chart: a part on it. Others do not learn that a restricted chart is there (section 2). */
export const GRANTS: readonly { readonly role: Role; readonly relation: Relation }[] = [
  { role: 'CODER', relation: 'CODER' },
  { role: 'AUDITOR', relation: 'AUDITOR' },
  { role: 'AUDITOR', relation: 'SECOND_LOOK' },
  { role: 'CDI', relation: 'CDI' },
]

/**
 * Whoever gives such grants sees that the chart is there, as a privacy officer and in no other role: "metadata", and what
 * a hold adds. Silent on a glass and a restricted chart: section 2 says "everyone without a grant", and a glass is none.
 */
export const SEES_RESTRICTED: Role = 'PRIVACY_OFFICER'
export const COUNTS_NOT_ON_RESTRICTED: readonly Relation[] = ['GLASS', 'ASKED_FOR_HELP', 'BLIND_PASS']

/** Labels of documents: who reads what stands under one (section 3, "Sensitivity labels"; section 8 for glasses). */
export const LABELS = ['PART2', 'MENTAL_HEALTH', 'HIV', 'GENETIC', 'RESTRICTED'] as const
export type Label = (typeof LABELS)[number]

export interface LabelLine {
  readonly role: Role
  readonly relation: Relation | 'ANY'
  readonly when?: Partial<ChartState>
  readonly labels: readonly Label[]
  /** Part 2 besides, where the facility has a basis: a qualified service organisation, or a TPO consent in force. */
  readonly part2OnBasis: boolean
}

const SENSITIVE = ['MENTAL_HEALTH', 'HIV', 'GENETIC', 'RESTRICTED'] as const
export const LABEL_LINES: readonly LabelLine[] = [
  ...GRANTS.map(({ role, relation }) => ({ role, relation, labels: SENSITIVE, part2OnBasis: true })),
  // Silent on a supervisor who was asked: the coder may ask about any line of the chart that they read.
  { role: 'SUPERVISOR', relation: 'ASKED_FOR_HELP', labels: SENSITIVE, part2OnBasis: true },
  { role: 'SUPERVISOR', relation: 'GLASS', labels: SENSITIVE, part2OnBasis: false },
  { role: 'PRIVACY_OFFICER', relation: 'GLASS', labels: SENSITIVE, part2OnBasis: false },
  { role: 'AUDITOR', relation: 'BLIND_PASS', labels: SENSITIVE, part2OnBasis: true },
  // Silent on requests; a person's access is to the whole of their record (164.524).
  { role: 'PRIVACY_OFFICER', relation: 'REQUEST', labels: SENSITIVE, part2OnBasis: true },
  // Silent on compliance under a finding too; what it reads is read for the same operations of the same facility.
  { role: 'COMPLIANCE', relation: 'ANY', when: { found: true }, labels: SENSITIVE, part2OnBasis: true },
]

/**
 * What a broken glass does not open though its class does. Section 8: a glass never opens Part 2 labels; a comment carries
 * no label of its own, and its words may speak of anything.
 */
export const GLASS_HIDES: readonly { readonly type: string; readonly field: string }[] = [
  { type: 'Comment', field: 'body' },
  { type: 'Comment', field: 'mentions' },
]

/**
 * What a blind pass hides, whatever class it has: earlier codes, and whatever speaks of them (section 3, AUDITOR; section 5,
 * "Blind work is never a hidden entry in the shared log"). Fields that answer null, lists that are empty, things that no id
 * finds, and the events that are told.
 */
export const BLIND: {
  readonly masked: Readonly<Record<string, readonly string[]>>
  readonly empty: readonly string[]
  readonly notFound: readonly string[]
  readonly told: readonly string[]
} = {
  masked: {
    Chart: ['suggestions', 'order', 'edits', 'comments', 'opportunities', 'audits'],
    ChartSnapshot: ['suggestions', 'order', 'edits', 'comments', 'opportunities'],
    Pend: ['note'],
  },
  // Each line of the abstract says what somebody made of the record, and each submission is what was made.
  empty: ['submissions', 'abstractVersions'],
  notFound: ['Suggestion', 'Comment', 'Submission', 'Audit', 'Finding', 'Export'],
  // That work goes on, and what came in to be read.
  told: ['CHART_', 'DOCUMENT_', 'IDENTITY_', 'LATE_DOCUMENT_'],
}
