import type { ChartState, Edit, Line, Order, Poa } from './types.js'

/** The lines of a chart in the groups and the order in which a coder works them. Pure. */
export interface LineGroups {
  readonly principal: readonly Line[]
  readonly accepted: readonly Line[]
  readonly procedures: readonly Line[]
  readonly proposals: readonly Line[]
  readonly rejected: readonly Line[]
}

export function groupLines(lines: readonly Line[], order: Order): LineGroups {
  const place = new Map((order.suggestionIds ?? []).map((id, i) => [id, i]))
  const rankOf = (line: Line): number => place.get(line.id) ?? 10_000 + (line.rank ?? 0)
  const accepted = lines.filter((l) => l.status === 'ACCEPTED').sort((a, b) => rankOf(a) - rankOf(b))
  const isFirst = (l: Line): boolean => (order.principalId ? l.id === order.principalId : isFirstRole(l))
  return {
    principal: accepted.filter(isFirst),
    accepted: accepted.filter((l) => !isFirst(l) && l.kind !== 'PROCEDURE'),
    procedures: accepted.filter((l) => !isFirst(l) && l.kind === 'PROCEDURE'),
    proposals: lines.filter((l) => l.status === 'PROPOSED').sort(byPromise),
    rejected: lines.filter((l) => l.status === 'REJECTED' || l.status === 'WITHDRAWN').sort(byCode),
  }
}

/** Every line that the keys visit, top to bottom. */
export const visitOrder = (groups: LineGroups, withRejected: boolean): Line[] => [
  ...groups.principal,
  ...groups.accepted,
  ...groups.procedures,
  ...groups.proposals,
  ...(withRejected ? groups.rejected : []),
]

/** The line to work after `id` was decided: the proposal that stood below it, else the one above, else nothing new. */
export function nextProposal(before: LineGroups, id: string): string | undefined {
  const i = before.proposals.findIndex((l) => l.id === id)
  if (i < 0) return before.proposals[0]?.id
  return (before.proposals[i + 1] ?? before.proposals[i - 1])?.id
}

/** POA is given for diagnoses of inpatients; the admitting diagnosis has none (Guidelines, Appendix I). */
export const needsPoa = (line: Line, chart: ChartState): boolean =>
  chart.patientClass === 'INPATIENT' && line.kind === 'DIAGNOSIS' && line.role !== 'ADMITTING'

export const lacksPoa = (line: Line, chart: ChartState): boolean =>
  needsPoa(line, chart) && line.poa === null && line.poaExempt !== true

/** What the engine read and nobody has decided. */
export const proposedPoa = (line: Line, chart: ChartState): Poa | undefined =>
  needsPoa(line, chart) && line.poa === null && line.poaExempt !== true ? (line.poaProposed ?? undefined) : undefined

/** The date whose code tables count: discharge for inpatients, else the day of service. */
export function codingDate(chart: ChartState): string | undefined {
  const day = (value: string | null): string | undefined => (value ? localDay(value) : undefined)
  if (chart.patientClass === 'INPATIENT')
    return day(chart.dischargedAt) ?? chart.serviceDate ?? day(chart.admittedAt) ?? undefined
  return chart.serviceDate ?? day(chart.admittedAt) ?? day(chart.dischargedAt) ?? undefined
}

export const blocks = (edit: Edit): boolean =>
  edit.override === null && (edit.severity === 'ERROR' || edit.severity === 'CRITICAL' || edit.severity === 'WARNING')

/** Worst first, standing before overridden. */
export function sortEdits(edits: readonly Edit[]): Edit[] {
  const weight = (e: Edit): number => (e.override ? 10 : 0) + SEVERITY.indexOf(e.severity)
  return [...edits].sort((a, b) => weight(a) - weight(b))
}

const SEVERITY = ['CRITICAL', 'ERROR', 'WARNING', 'INFO']
const isFirstRole = (line: Line): boolean => line.role === 'PRINCIPAL' || line.role === 'FIRST_LISTED'
const byCode = (a: Line, b: Line): number => (a.code ?? '').localeCompare(b.code ?? '')
const byPromise = (a: Line, b: Line): number =>
  // What a label hides cannot be worked.
  Number(a.code === null) - Number(b.code === null) ||
  Number(a.kind === 'PROCEDURE') - Number(b.kind === 'PROCEDURE') ||
  (b.confidence ?? 1) - (a.confidence ?? 1) ||
  byCode(a, b)

function localDay(instant: string): string {
  const d = new Date(instant)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`
}
