import type { Session } from '../auth/session.js'
import { type PatientKey, patientSealer } from '../patients/index.js'

/** The SQL of what a person had amended, or disagrees with: privacy requests, from the side of the document. */

interface AmendmentRow extends PatientKey {
  readonly documentId: string
  readonly type: 'AMENDMENT' | 'DISAGREEMENT'
  readonly at: Date
  readonly patientId: string
  readonly eventId: string | null
  readonly note: Uint8Array | null
}

/**
 * What goes with each of these documents wherever it goes, in words, oldest first: that it was amended at the person's
 * request (45 CFR 164.526(c)(3)), and what the person says who disagrees with it (164.526(d)(5)).
 */
export async function amendmentsOf(
  session: Session,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const { tx, viewer } = session
  const rows = await tx<AmendmentRow[]>`
    select r.subject_id as document_id, r.type, r.at, q.patient_id, k.kek_id, k.wrapped, e.id as event_id, e.note
    from privacy_request_result r
    join privacy_request q on q.org_id = r.org_id and q.id = r.request_id
    join patient_key k on k.org_id = q.org_id and k.patient_id = q.patient_id
    left join privacy_request_event e on e.org_id = r.org_id and e.request_id = r.request_id and e.at = r.at
      and e.type = 'CONTESTED' and r.type = 'DISAGREEMENT'
    where r.org_id = ${viewer.orgId} and r.subject_id = any(${documentIds as string[]}::uuid[])
      and r.type in ('AMENDMENT', 'DISAGREEMENT')
    order by r.at, r.id`
  const found = new Map<string, string[]>()
  for (const row of rows) found.set(row.documentId, [...(found.get(row.documentId) ?? []), wordsOf(session, row)])
  return found
}

function wordsOf(session: Session, { type, at, patientId, kekId, wrapped, eventId, note }: AmendmentRow): string {
  const day = at.toISOString().slice(0, 10)
  if (type === 'AMENDMENT') return `Amended at the person’s request, ${day} (45 CFR 164.526(c)).`
  const said =
    eventId && note && wrapped
      ? patientSealer(session, patientId, { kekId, wrapped }).open(`privacy_request_event.note/${eventId}`, note)
      : ''
  return `${DISAGREES}, ${day} (45 CFR 164.526(d)): ${said}`
}

/** Where the document's own words may not be told, neither may what is said of them. */
export const DISAGREES = 'The person disagrees with this'
