import type { FacilityAgreement } from '../../schema/agreements.js'
import { directoryOf } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import type { Session } from '../auth/session.js'
import { notFound } from '../kernel/errors.js'
import { agreementRules } from './agreement.policy.js'
import { agreementsOf } from './agreement.store.js'
import type { QualificationOutcome } from './qualifiedService.command.js'

/** The agreements with covered entities; none for whoever does not work with them. */
export async function listFacilityAgreements(session: Session): Promise<FacilityAgreement[]> {
  const { viewer } = session
  if (!allows(agreementRules(viewer), 'read', 'Agreement', { orgId: viewer.orgId })) return []
  const directory = await directoryOf(session)
  return (await agreementsOf(session)).map(({ facilityIds, qualifiedServiceOrganisation, ...row }) => ({
    ...row,
    purposes: [...row.purposes] as FacilityAgreement['purposes'],
    facilities: facilityIds.map((id) => directory.facility(id)).filter((it) => it !== null),
    qualifiedService: qualifiedServiceOrganisation,
  }))
}

export async function presentQualificationOutcome(outcome: QualificationOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const all = await listFacilityAgreements(await request.reading())
  const agreement = all.find(({ id }) => id === outcome.agreementId)
  if (!agreement) throw notFound()
  return { __typename: outcome.kind, agreement }
}
