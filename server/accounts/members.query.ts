import type { LiveSession, Membership, Team } from '../../schema/members.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import type { Session } from '../auth/session.js'
import { notFound } from '../kernel/errors.js'
import { type Directory, directoryOf } from './directory.js'
import { liveSessionsIn } from './liveSession.store.js'
import { type MembershipView, membershipsIn, teamsIn } from './member.store.js'
import { type MemberOutcome, memberRulesOf } from './memberCommand.js'

/** Everybody of the organisation with what they may do; nobody, for whoever is no administrator. */
export async function listMemberships(session: Session): Promise<Membership[]> {
  if (!isAdministrator(session)) return []
  const views = await membershipsIn(session.tx, session.viewer.orgId)
  const directory = await directoryOf(session)
  return views.map((view) => present(view, directory))
}

export async function listTeams(session: Session): Promise<Team[]> {
  return isAdministrator(session) ? teamsIn(session.tx, session.viewer.orgId) : []
}

/** Sign-ins in force of people at the viewer's facilities; none, for whoever may not see them. */
export async function listLiveSessions(session: Session): Promise<LiveSession[]> {
  const rules = memberRulesOf(session)
  if (!rules.rulesFor('read', 'LiveSession').length) return []
  const views = await liveSessionsIn(session.tx, session.viewer.orgId, session.now)
  const directory = await directoryOf(session)
  return views
    .filter((view) => allows(rules, 'read', 'LiveSession', view))
    .map(({ id, memberId, signedInAt, lastUsedAt, expiresAt }) => ({
      id,
      member: directory.member(memberId)!,
      signedInAt,
      lastUsedAt,
      expiresAt,
    }))
}

export async function presentMemberOutcome(outcome: MemberOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const [view] = isAdministrator(session) ? await membershipsIn(session.tx, session.viewer.orgId, outcome.memberId) : []
  if (!view) throw notFound()
  const membership = present(view, await directoryOf(session))
  if (outcome.kind === 'MemberSaved') return { __typename: outcome.kind, membership }
  return { __typename: outcome.kind, membership, seenVersion: outcome.seenVersion }
}

function isAdministrator(session: Session): boolean {
  const { orgId, memberId } = session.viewer
  return allows(memberRulesOf(session), 'read', 'Membership', { orgId, memberId })
}

const present = (view: MembershipView, directory: Directory): Membership => ({
  id: view.id,
  member: { id: view.id, displayName: view.displayName },
  version: view.version,
  roles: [...view.roles],
  facilities: view.facilityIds.map((id) => directory.facility(id)).filter((f) => f !== null),
  teams: [...view.teams],
  disabledAt: view.disabledAt,
})
