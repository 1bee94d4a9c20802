import type { ChartStatus } from '../../schema/values.js'

/** Counted charts to rows of a board. Pure. */

/** Charts that stand alike in everything that a board tells. */
export interface BoardCell {
  readonly facilityId: string
  readonly queueId: string | null
  readonly status: ChartStatus
  readonly ownerId: string | null
  /** Which of `AGES` it is in, by days of the facility since they were received. */
  readonly age: number
  readonly due: 'OVERDUE' | 'TODAY' | 'NOT_DUE'
  readonly charts: number
  readonly cents: number
  readonly oldest: Date
  /** When the clock alone may change it. */
  readonly changesAt: Date
}

export interface BoardOwner {
  readonly memberId: string
  readonly charts: number
  readonly dueToday: number
  readonly overdue: number
}

export interface BoardRow {
  readonly id: string
  readonly queueId: string | null
  readonly facilityId: string
  readonly charts: number
  readonly statuses: readonly { readonly status: ChartStatus; readonly charts: number }[]
  readonly ages: readonly { readonly fromDays: number; readonly toDays: number | null; readonly charts: number }[]
  readonly oldestReceivedAt: Date
  readonly dueToday: number
  readonly overdue: number
  readonly owners: readonly BoardOwner[]
  readonly cents: number
}

/** From the first day of one up to the day before the next. */
export const AGES = [0, 1, 2, 4, 7, 14] as const
/** Whose charts somebody has in hand; a submitted one is done for its coder. */
const IN_HAND: readonly ChartStatus[] = ['IN_CODING', 'PENDED', 'REOPENED']
const ORDER: readonly ChartStatus[] = ['READY', 'IN_CODING', 'PENDED', 'REOPENED', 'SUBMITTED']

/** One row a worklist and facility, by their ids; a worklist without a chart has none. */
export function boardRowsOf(cells: readonly BoardCell[]): BoardRow[] {
  const rows = groupedBy(cells, (cell) => `${cell.queueId ?? 'none'}.${cell.facilityId}`)
  return [...rows].map(([id, own]) => rowOf(id, own)).sort((a, b) => (a.id < b.id ? -1 : 1))
}

function rowOf(id: string, cells: readonly BoardCell[]): BoardRow {
  const first = cells[0]!
  const owned = cells.filter((cell) => cell.ownerId !== null && IN_HAND.includes(cell.status))
  return {
    id,
    queueId: first.queueId,
    facilityId: first.facilityId,
    charts: sum(cells),
    statuses: ORDER.flatMap((status) => {
      const charts = sum(cells.filter((cell) => cell.status === status))
      return charts > 0 ? [{ status, charts }] : []
    }),
    ages: AGES.flatMap((fromDays, i) => {
      const next = AGES[i + 1]
      const charts = sum(cells.filter(({ age }) => age === i))
      return charts > 0 ? [{ fromDays, toDays: next === undefined ? null : next - 1, charts }] : []
    }),
    oldestReceivedAt: cells.reduce((oldest, cell) => (cell.oldest < oldest ? cell.oldest : oldest), first.oldest),
    dueToday: sum(cells, 'TODAY'),
    overdue: sum(cells, 'OVERDUE'),
    owners: [...groupedBy(owned, (cell) => cell.ownerId!)]
      .map(([memberId, of]) => ({
        memberId,
        charts: sum(of),
        dueToday: sum(of, 'TODAY'),
        overdue: sum(of, 'OVERDUE'),
      }))
      .sort((a, b) => (a.memberId < b.memberId ? -1 : 1)),
    cents: cells.reduce((cents, cell) => cents + cell.cents, 0),
  }
}

function groupedBy(cells: readonly BoardCell[], keyOf: (cell: BoardCell) => string): ReadonlyMap<string, BoardCell[]> {
  const groups = new Map<string, BoardCell[]>()
  for (const cell of cells) {
    const own = groups.get(keyOf(cell))
    if (own) own.push(cell)
    else groups.set(keyOf(cell), [cell])
  }
  return groups
}

const sum = (cells: readonly BoardCell[], due?: BoardCell['due']): number =>
  cells.reduce((charts, cell) => (due === undefined || cell.due === due ? charts + cell.charts : charts), 0)

/** The first instant at which the clock alone may change one of them. */
export const boardChangesAt = (cells: readonly BoardCell[]): Date | undefined =>
  cells.reduce<Date | undefined>(
    (first, { changesAt }) => (first === undefined || changesAt < first ? changesAt : first),
    undefined,
  )
