import type { Session } from '../auth/session.js'
import type { AgreementTerms, Party } from './consent.model.js'

/** The SQL of what a disclosure rests on beside consents: the facility's agreements, and a lock that holds them still. */

/** The covered entity whose records a facility's are, with its agreements. Their days are the facility's own calendar days. */
export async function termsOf(
  session: Session,
  facilityId: string,
): Promise<{ readonly entity: Party; readonly agreements: readonly AgreementTerms[] }> {
  const rows = await session.tx<TermsRow[]>`
    select e.name as entity, a.id, a.purposes, a.classes, a.qualified_service_organisation, a.qualified_from, a.qualified_until,
      a.effective_from::timestamp at time zone f.time_zone as starts,
      (a.effective_to + 1)::timestamp at time zone f.time_zone as ends
    from facility f
    join covered_entity e on e.org_id = f.org_id and e.id = f.covered_entity_id
    left join agreement a on a.org_id = f.org_id and a.covered_entity_id = f.covered_entity_id
    where f.org_id = ${session.viewer.orgId} and f.id = ${facilityId}
    order by a.effective_from, a.id`
  const [first] = rows
  if (!first) throw new Error('there is no such facility')
  return {
    entity: { kind: 'COVERED_ENTITY', name: first.entity },
    agreements: rows.flatMap(({ id, purposes, classes, qualifiedServiceOrganisation, starts, ends, ...qualified }) =>
      id === null
        ? []
        : [
            {
              id,
              purposes,
              classes,
              qualifiedServiceOrganisation,
              qualifiedFrom: qualified.qualifiedFrom?.toISOString() ?? null,
              qualifiedUntil: qualified.qualifiedUntil?.toISOString() ?? null,
              from: starts.toISOString(),
              until: ends?.toISOString() ?? null,
            },
          ],
    ),
  }
}

/** The documents of a chart that are records of substance use disorder treatment, as they are labelled today. */
export async function part2DocumentsOf(
  session: Session,
  chartId: string,
): Promise<{ documentId: string; documentType: string }[]> {
  const rows = await session.tx<{ documentId: string; documentType: string }[]>`
    select d.id as document_id, v.type as document_type
    from document d join document_version v on v.org_id = d.org_id and v.id = d.current_version_id
    where d.org_id = ${session.viewer.orgId} and d.chart_id = ${chartId} and d.withdrawn_at is null
      and 'PART2' = any(v.labels)
    order by d.id`
  return [...rows]
}

interface TermsRow {
  readonly entity: string
  readonly id: string | null
  readonly purposes: string[]
  readonly classes: string[]
  readonly qualifiedServiceOrganisation: boolean
  readonly qualifiedFrom: Date | null
  readonly qualifiedUntil: Date | null
  readonly starts: Date
  readonly ends: Date | null
}

/**
 * Hold a person's consents and restrictions still until the transaction ends: `change` for whoever changes them, `rely`
 * for whoever discloses in reliance on them. A withdrawal waits for a disclosure that has begun, and the next waits for it.
 */
export async function lockPerson(session: Session, patientId: string, to: 'change' | 'rely'): Promise<void> {
  const { tx, viewer } = session
  const mode = to === 'change' ? tx`for update` : tx`for share`
  await tx`
    select p.id from patient p
    where p.org_id = ${viewer.orgId} and p.id = (
      select coalesce(asked.merged_into, asked.id) from patient asked
      where asked.org_id = ${viewer.orgId} and asked.id = ${patientId})
    ${mode}`
}

/** Whatever rests on a person's consents is decided anew, under each of their merged records. */
export async function bumpPatientEpoch(session: Session, patientId: string): Promise<void> {
  await session.tx`
    update patient set access_epoch = access_epoch + 1
    where org_id = ${session.viewer.orgId} and coalesce(merged_into, id) = (
      select coalesce(asked.merged_into, asked.id) from patient asked
      where asked.org_id = ${session.viewer.orgId} and asked.id = ${patientId})`
}
