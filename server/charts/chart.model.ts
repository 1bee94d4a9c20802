import type {
  AbstractFieldName,
  ChartStatus,
  EditSeverity,
  EngineState,
  FieldClass,
  PoaValue,
} from '../../schema/values.js'
import { type DocumentsToday, type DocumentToday, documentsToday } from './documentsToday.model.js'
import type { EvidenceView } from './evidence.model.js'
import type { Part2Admission } from './part2.model.js'

/** Plain types of a chart, and what can be computed from them alone. */

/** A field of the abstract as a versioned line. A field without one is as it was imported, at version 1. */
export interface AbstractMeta {
  readonly version: number
  readonly decidedBy: string | null
  readonly decidedAt: string
  readonly evidence?: readonly EvidenceView[]
  /** A cited document got another version, or was withdrawn, since it was set. */
  readonly evidenceStale?: boolean
}

export interface AbstractVersionView extends Partial<AbstractMeta> {
  readonly field: AbstractFieldName
  readonly version: number
}

/** A chart's row with the facts of its facility that rules and dates need. */
export interface ChartRow {
  readonly orgId: string
  readonly id: string
  readonly facilityId: string
  readonly patientId: string
  readonly queueId: string | null
  readonly accountNumber: string
  readonly status: ChartStatus
  readonly identityHold: boolean
  readonly restricted: boolean
  readonly patientClass: 'INPATIENT' | 'OUTPATIENT' | 'EMERGENCY' | 'OBSERVATION' | 'PROFESSIONAL'
  readonly inpatientOrderAt: Date | null
  readonly admittedAt: Date | null
  readonly dischargedAt: Date | null
  readonly serviceDate: string | null
  readonly disposition: string | null
  readonly payer: string | null
  readonly attendingProvider: string | null
  readonly operatingProvider: string | null
  readonly serviceLine: string | null
  readonly totalChargesCents: number | null
  readonly abstractMeta: Readonly<Partial<Record<AbstractFieldName, AbstractMeta>>>
  readonly coderOfRecordId: string | null
  readonly assignedUntil: Date | null
  readonly firstCoderId: string | null
  readonly lastSubmitterId: string | null
  readonly orderVersion: number
  readonly submissionCount: number
  readonly lateDocument: boolean
  readonly engineState: EngineState
  readonly accessEpoch: number
  readonly deletedAt: Date | null
  readonly receivedAt: Date
  readonly facilityEpoch: number
  /** Rises with every change of the person's consents and restrictions. */
  readonly patientEpoch: number
  readonly timeZone: string
  readonly requireSigned: boolean
  readonly requirePoa: boolean
  /** The viewer's own parts on this chart, in force now. */
  readonly myParts: readonly ('CODER_OF_RECORD' | 'SECOND_LOOK' | 'AUDITOR' | 'CDI')[]
  /** Until when the viewer broke the glass of this chart; null where that is not in force now. */
  readonly glassUntil: Date | null
  /** The request of this very person that the viewer has in hand; null where there is none. */
  readonly requestId: string | null
  /** The blind pass of the viewer's that is not revealed yet; null where there is none. */
  readonly blindPassId: string | null
  /** Until when a question of the chart's coder opens it to supervisors; null where none stands now. */
  readonly helpUntil: Date | null
  /** An auditor has recorded a finding on it. */
  readonly underFinding: boolean
  /** Its documents that have a label today, or are withdrawn. */
  readonly marked: readonly DocumentToday[]
  /** Whether such records are open now to those who work on the chart, and by what. */
  readonly part2: Part2Admission
  /** The viewer decided a line of this chart: then never its auditor. */
  readonly iDecided: boolean
  /** The viewer, an auditor, was once on this chart, acted on its content or opened it: then no blind pass of theirs. */
  readonly iSawWork: boolean
  readonly kekId: string
  readonly wrapped: Uint8Array | null
}

/** What holds today of a chart's documents, as its row says. */
export const todayOf = (row: Pick<ChartRow, 'marked'>): DocumentsToday => documentsToday(row.marked)

/** One of its documents is a record of substance use disorder treatment (42 CFR Part 2). */
export const holdsPart2 = ({ marked }: Pick<ChartRow, 'marked'>): boolean =>
  marked.some((document) => !document.withdrawn && document.labels.includes('PART2'))

/** A chart's own facts as an event keeps them: instants as ISO text, no organisation, no keys. */
export interface ChartView {
  readonly id: string
  readonly facilityId: string
  readonly patientId: string
  readonly queueId: string | null
  readonly accountNumber: string
  readonly status: ChartStatus
  readonly identityHold: boolean
  readonly restricted: boolean
  readonly lateDocument: boolean
  readonly patientClass: string
  readonly inpatientOrderAt: string | null
  readonly admittedAt: string | null
  readonly dischargedAt: string | null
  readonly serviceDate: string | null
  readonly disposition: string | null
  readonly payer: string | null
  readonly attendingProvider: string | null
  readonly operatingProvider: string | null
  readonly serviceLine: string | null
  readonly totalChargesCents: number | null
  readonly abstractVersions: readonly AbstractVersionView[]
  readonly coderOfRecordId: string | null
  readonly assignedUntil: string | null
  readonly orderVersion: number
  readonly submissionCount: number
  readonly engineState: EngineState
  readonly receivedAt: string
}

/** An edit as an event keeps it. */
export interface EditView {
  readonly key: string
  readonly ruleId: string
  readonly severity: EditSeverity
  readonly overridable: boolean
  readonly suggestionIds: readonly string[]
  readonly message: string
  readonly source: string
  readonly override: { readonly reason: string; readonly memberId: string; readonly at: string } | null
}

export interface OrderView {
  readonly version: number
  readonly principalId: string | null
  readonly suggestionIds: readonly string[]
}

export const iso = (at: Date | null): string | null => (at === null ? null : at.toISOString())

export function viewOfChart(row: ChartRow): ChartView {
  return {
    id: row.id,
    facilityId: row.facilityId,
    patientId: row.patientId,
    queueId: row.queueId,
    accountNumber: row.accountNumber,
    status: row.status,
    identityHold: row.identityHold,
    restricted: row.restricted,
    lateDocument: row.lateDocument,
    patientClass: row.patientClass,
    inpatientOrderAt: iso(row.inpatientOrderAt),
    admittedAt: iso(row.admittedAt),
    dischargedAt: iso(row.dischargedAt),
    serviceDate: row.serviceDate,
    disposition: row.disposition,
    payer: row.payer,
    attendingProvider: row.attendingProvider,
    operatingProvider: row.operatingProvider,
    serviceLine: row.serviceLine,
    totalChargesCents: row.totalChargesCents,
    abstractVersions: abstractVersions(row.abstractMeta),
    coderOfRecordId: row.coderOfRecordId,
    assignedUntil: iso(row.assignedUntil),
    orderVersion: row.orderVersion,
    submissionCount: row.submissionCount,
    engineState: row.engineState,
    receivedAt: row.receivedAt.toISOString(),
  }
}

/** The classes of the fields of a chart: an event about a chart touches these, so that nobody who sees some misses it. */
export const CHART_CLASSES: readonly FieldClass[] = ['WORK']

const ABSTRACT_ORDER: readonly AbstractFieldName[] = [
  'PATIENT_CLASS',
  'INPATIENT_ORDER_AT',
  'ADMITTED_AT',
  'DISCHARGED_AT',
  'SERVICE_DATE',
  'DISPOSITION',
  'PAYER',
  'ATTENDING_PROVIDER',
  'OPERATING_PROVIDER',
  'SERVICE_LINE',
]

/**
 * The class of each field of the abstract, as the contract declares it. Who set a field, when, how often and on which
 * words is of the field's own class: an event that changes it, and its line, are absent where the class is masked.
 */
export const ABSTRACT_CLASSES: Readonly<Record<AbstractFieldName, FieldClass>> = {
  PATIENT_CLASS: 'ACCOUNT_REF',
  INPATIENT_ORDER_AT: 'ACCOUNT_REF',
  ADMITTED_AT: 'ACCOUNT_REF',
  DISCHARGED_AT: 'ACCOUNT_REF',
  SERVICE_DATE: 'ACCOUNT_REF',
  DISPOSITION: 'CLINICAL',
  PAYER: 'ACCOUNT_REF',
  ATTENDING_PROVIDER: 'CLINICAL',
  OPERATING_PROVIDER: 'CLINICAL',
  SERVICE_LINE: 'ACCOUNT_REF',
}

const abstractVersions = (meta: ChartRow['abstractMeta']): AbstractVersionView[] =>
  ABSTRACT_ORDER.map((field) => ({ version: 1, ...meta[field], field }))

/**
 * The date on which every table is asked: the discharge of an inpatient, else the day of the encounter, as the
 * facility's calendar has it. Null while none of them is known.
 */
export function codingDate(
  row: Pick<ChartRow, 'patientClass' | 'dischargedAt' | 'serviceDate' | 'admittedAt' | 'timeZone'>,
): string | null {
  const discharge = row.dischargedAt && localDate(row.dischargedAt, row.timeZone)
  const admission = row.admittedAt && localDate(row.admittedAt, row.timeZone)
  if (row.patientClass === 'INPATIENT') return discharge ?? row.serviceDate ?? admission ?? null
  return row.serviceDate ?? admission ?? discharge ?? null
}

/** The calendar day of an instant at a facility, `YYYY-MM-DD`. */
export function localDate(at: Date, timeZone: string): string {
  return formatter(timeZone).format(at)
}

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(timeZone: string): Intl.DateTimeFormat {
  let made = formatters.get(timeZone)
  if (!made) {
    made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formatters.set(timeZone, made)
  }
  return made
}

/** The days of care that a chart speaks of, as the facility's calendar has them; null where none is known. */
export function careDaysOf(
  row: Pick<ChartRow, 'admittedAt' | 'dischargedAt' | 'serviceDate' | 'timeZone'>,
): { readonly from: string; readonly to: string } | null {
  const day = (at: Date | null) => at && localDate(at, row.timeZone)
  const days = [day(row.admittedAt), row.serviceDate, day(row.dischargedAt)].filter((d) => d !== null).sort()
  const [from] = days
  const to = days.at(-1)
  return from && to ? { from, to } : null
}

/** POA is asked of inpatient diagnoses, by facility (Guidelines, Appendix I). */
export const poaApplies = (row: Pick<ChartRow, 'patientClass' | 'requirePoa'>): boolean =>
  row.patientClass === 'INPATIENT' && row.requirePoa

export const isPoa = (value: string): value is PoaValue => ['Y', 'N', 'U', 'W', 'EXEMPT'].includes(value)
