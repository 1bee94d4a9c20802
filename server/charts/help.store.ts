import type { HelpReason } from '../../schema/values.js'
import type { Session } from '../auth/session.js'

export interface Help {
  readonly id: string
  readonly chartId: string
  readonly suggestionId: string
  readonly memberId: string
  readonly reason: HelpReason
  readonly askedAt: Date
  readonly until: Date
}

export async function insertHelp(session: Session, help: Help): Promise<void> {
  await session.tx`insert into help ${session.tx({ ...help, orgId: session.viewer.orgId })}`
}

export interface OpenHelp extends Help {
  readonly facilityId: string
}

/** Questions that stand now, of coders who still have their chart, oldest first; of one chart or of all. */
export function helpInForce(session: Session, chartId: string | null = null): Promise<OpenHelp[]> {
  const { tx, viewer, now } = session
  return tx<OpenHelp[]>`
    select h.id, h.chart_id, h.suggestion_id, h.member_id, h.reason, h.asked_at, h.until, c.facility_id
    from help h join chart c on c.org_id = h.org_id and c.id = h.chart_id and c.coder_of_record_id = h.member_id
    where h.org_id = ${viewer.orgId} and h.until > ${now} and (${chartId}::uuid is null or h.chart_id = ${chartId}::uuid)
      and c.facility_id = any(${viewer.facilityIds as string[]}::uuid[])
    order by h.asked_at, h.id` as unknown as Promise<OpenHelp[]>
}
