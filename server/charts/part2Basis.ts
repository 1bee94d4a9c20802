import type { Session } from '../auth/session.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import { type ChartRow, holdsPart2 } from './chart.model.js'
import { mayBeAdmitted, type Part2Admission } from './part2.model.js'

export type Part2Chart = Pick<
  ChartRow,
  'id' | 'patientId' | 'facilityId' | 'admittedAt' | 'dischargedAt' | 'serviceDate' | 'timeZone' | 'receivedAt'
>

/** The answer for each of these charts, every one of which holds such a record. Where it changes by the clock, it says so (deadline.ts). */
export type Part2Basis = (
  session: Session,
  charts: readonly Part2Chart[],
) => Promise<ReadonlyMap<string, Part2Admission>>
export const PART2_BASIS: ServiceKey<Part2Basis> = serviceKey('part 2 basis')

/** There is no such record to be admitted to. */
export const NO_PART2: Part2Admission = { admitted: true, consents: [] }
const NOT_ADMITTED: Part2Admission = { admitted: false, consents: [] }

type Found = Omit<ChartRow, 'part2'>

/** Rows with their admission: asked for only of charts that hold such records, for somebody who could be admitted to them. */
export async function withPart2(session: Session, rows: readonly Found[]): Promise<ChartRow[]> {
  const asked = rows.filter((row) => holdsPart2(row) && mayBeAdmitted(row))
  const found = asked.length > 0 ? await session.services.get(PART2_BASIS)(session, asked) : undefined
  return rows.map((row) => ({
    ...row,
    part2: holdsPart2(row) ? (found?.get(row.id) ?? NOT_ADMITTED) : NO_PART2,
  }))
}

/** Whether anybody here may read such records of a chart now, the engine too: what it does, it does for those who work on it. */
export async function admitsPart2(session: Session, row: ChartRow): Promise<boolean> {
  if (!holdsPart2(row)) return true
  return (await session.services.get(PART2_BASIS)(session, [row])).get(row.id)?.admitted ?? false
}
