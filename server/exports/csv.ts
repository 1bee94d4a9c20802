import { stringify } from 'csv-stringify/sync'
import { restsOnPart2, type SnapshotEvidence, type SnapshotLine, type SubmissionSnapshot } from './snapshot.model.js'

/**
 * One row per code, in claim order, as RFC 4180 text with a byte order mark (without it spreadsheets read UTF-8 as
 * something else). Holds the account number and the place of the evidence but neither the patient's name nor quoted text:
 * a spreadsheet needs no more (45 CFR 164.502(b)). Where a document was amended at the person's request or is disputed, one
 * more column says so in the rows that rest on it. Where a code rests on a Part 2 record, two more columns hold the
 * statement of 42 CFR 2.32 and the scope of the consent, in the rows that need them.
 */
export function toCsv(snapshot: SubmissionSnapshot): string {
  const columns = [
    ...COLUMNS,
    ...(snapshot.lines.some((line) => amendmentsOf(line).length > 0) ? [AMENDMENTS] : []),
    ...(snapshot.lines.some(restsOnPart2) ? PART2_COLUMNS : []),
  ]
  const rows = snapshot.lines.map((line, index) => columns.map(({ value }) => toCell(value(line, index + 1, snapshot))))
  // All quoted: left to itself the library leaves a lone line feed bare when records end in CR LF.
  return stringify([columns.map(({ header }) => header), ...rows], {
    bom: true,
    quoted: true,
    record_delimiter: '\r\n',
  })
}

/**
 * Text that no spreadsheet takes for a formula (OWASP, CSV injection): a leading `=`, `+`, `-`, `@`, tab, return or line
 * feed, also full-width and also after white space or what cannot be seen, gets an apostrophe before it. Text that begins
 * with apostrophes and then such a character gets one more, so that `fromCell` restores every value exactly.
 */
export const toCell = (value: string): string => (ACTIVE.test(value) ? `'${value}` : value)

/** What `toCell` was given. */
export const fromCell = (cell: string): string =>
  cell.startsWith("'") && ACTIVE.test(cell.slice(1)) ? cell.slice(1) : cell

/**
 * Full-width = + - @ are U+FF1D, U+FF0B, U+FF0D, U+FF20; U+2212 is the minus sign. Characters of Cc and Cf cannot be seen,
 * and some programs drop them before they look.
 */
const ACTIVE = /^'*(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212])/u

interface Column {
  readonly header: string
  readonly value: (line: SnapshotLine, sequence: number, snapshot: SubmissionSnapshot) => string
}

const COLUMNS: readonly Column[] = [
  { header: 'facility', value: (_line, _sequence, { chart }) => chart.facilityIdentifier },
  { header: 'account_number', value: (_line, _sequence, { chart }) => chart.accountNumber },
  { header: 'patient_class', value: (_line, _sequence, { chart }) => chart.patientClass },
  { header: 'admitted_at', value: (_line, _sequence, { chart }) => chart.admittedAt ?? '' },
  { header: 'discharged_at', value: (_line, _sequence, { chart }) => chart.dischargedAt ?? '' },
  { header: 'service_date', value: (_line, _sequence, { chart }) => chart.serviceDate ?? '' },
  { header: 'submission', value: (_line, _sequence, { number }) => String(number) },
  { header: 'submitted_at', value: (_line, _sequence, { submittedAt }) => submittedAt },
  { header: 'submitted_by', value: (_line, _sequence, { submitter }) => submitter.displayName },
  { header: 'sequence', value: (_line, sequence) => String(sequence) },
  { header: 'system', value: (line) => line.system },
  { header: 'code', value: (line) => line.code },
  { header: 'title', value: (line) => line.title ?? '' },
  { header: 'kind', value: (line) => line.kind },
  { header: 'role', value: (line) => line.role },
  { header: 'poa', value: (line) => line.poa ?? '' },
  { header: 'modifiers', value: (line) => line.modifiers.join(' ') },
  { header: 'units', value: (line) => (line.units === null ? '' : String(line.units)) },
  { header: 'performed_on', value: (line) => line.performedOn ?? '' },
  { header: 'performer', value: (line) => line.performer ?? '' },
  { header: 'origin', value: (line) => line.origin },
  { header: 'decided_by', value: (line) => line.decidedBy.displayName },
  { header: 'decided_at', value: (line) => line.decidedAt },
  { header: 'evidence', value: (line) => line.evidence.map(toPlace).join('; ') },
]

/** What goes with the documents that a code rests on (45 CFR 164.526(c)(3), (d)(5)). */
const AMENDMENTS: Column = { header: 'amendments', value: (line) => amendmentsOf(line).join(' ') }
const amendmentsOf = (line: SnapshotLine): string[] => [
  ...new Set(line.evidence.flatMap(({ amendments = [] }) => amendments)),
]

const PART2_COLUMNS: readonly Column[] = [
  {
    header: 'part2_notice',
    value: (line, _sequence, { notices = [] }) =>
      restsOnPart2(line) ? [...new Set(notices.map((notice) => notice.text))].join(' ') : '',
  },
  {
    header: 'part2_consent_scope',
    value: (line, _sequence, { notices = [] }) =>
      restsOnPart2(line) ? notices.flatMap(({ scope }) => scope ?? []).join(' ') : '',
  },
]

/** Such as `Discharge summary v2 120-164` or `Ambulance run sheet v1 page 2`. */
function toPlace({ documentTitle, versionNumber, start, end, page }: SnapshotEvidence): string {
  const place = start !== null && end !== null ? ` ${start}-${end}` : page !== null ? ` page ${page}` : ''
  return `${documentTitle} v${versionNumber}${place}`
}
