import { noteRequest } from '../auth/accessed.js'
import type { PrivacyRequestKind } from '../../schema/values.js'
import type { Session } from '../auth/session.js'

/**
 * The request of this person, at this facility, that the viewer has in hand now, under any of their merged records.
 * @param kind of this kind alone; of any, where none is named
 */
export async function requestInHand(
  session: Session,
  place: { readonly patientId: string; readonly facilityId: string },
  kind: PrivacyRequestKind | null = null,
): Promise<string | undefined> {
  const { tx, viewer } = session
  const [row] = await tx<{ id: string }[]>`
    select r.id from privacy_request r
    join patient a on a.org_id = r.org_id and a.id = r.patient_id
    join patient p on p.org_id = r.org_id and p.id = ${place.patientId}
    where r.org_id = ${viewer.orgId} and r.facility_id = ${place.facilityId} and r.assignee_id = ${viewer.memberId}
      and r.state in ('ASSIGNED', 'DECIDED') and coalesce(a.merged_into, a.id) = coalesce(p.merged_into, p.id)
      ${kind === null ? tx`` : tx`and r.kind = ${kind}`}
    order by r.id limit 1`
  if (row) noteRequest(session, row.id)
  return row?.id
}
