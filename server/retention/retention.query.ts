import type { LegalHold, Tombstone } from '../../schema/retention.js'
import { type Directory, directoryOf } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import type { Session } from '../auth/session.js'
import { badInput, notFound } from '../kernel/errors.js'
import type { HoldOutcome } from './legalHold.command.js'
import { retentionRules } from './retention.policy.js'
import { holdById, type HoldRow, holdsAt, tombstonesAt } from './retention.store.js'

/** @param first 1 to 200 */
export async function legalHolds(session: Session, first: number): Promise<LegalHold[]> {
  const rows = await holdsAt(session, facilitiesOf(session, first), first)
  const directory = await directoryOf(session)
  return rows.map((row) => present(row, directory))
}

/** @param first 1 to 200 */
export async function tombstones(session: Session, first: number): Promise<Tombstone[]> {
  const rows = await tombstonesAt(session, facilitiesOf(session, first), first)
  const directory = await directoryOf(session)
  return rows.map(({ id, facilityId, reason, requestedBy, approvedBy, chartCount, deletedAt, requestId }) => ({
    id,
    facilityId,
    reason,
    requestedBy: directory.member(requestedBy)!,
    approvedBy: directory.member(approvedBy)!,
    chartCount,
    deletedAt,
    requestId,
  }))
}

export async function presentHoldOutcome(outcome: HoldOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const row = await holdById(session, outcome.holdId)
  if (!row || !mayRead(session, row.facilityId)) throw notFound()
  return { __typename: outcome.kind, hold: present(row, await directoryOf(session)) }
}

function facilitiesOf(session: Session, first: number): string[] {
  if (!Number.isInteger(first) || first < 1 || first > 200) throw badInput('first', 'must be from 1 to 200.')
  return session.viewer.facilityIds.filter((facilityId) => mayRead(session, facilityId))
}

const mayRead = ({ viewer }: Session, facilityId: string): boolean =>
  allows(retentionRules(viewer), 'read', 'Retention', { orgId: viewer.orgId, facilityId })

function present(row: HoldRow, directory: Directory): LegalHold {
  const { id, facilityId, reason, reference, placedAt, liftedAt, liftReason } = row
  const placedBy = directory.member(row.placedBy)!
  return {
    id,
    facilityId,
    reason,
    reference,
    placedBy,
    placedAt,
    liftedBy: directory.member(row.liftedBy),
    liftedAt,
    liftReason,
  }
}
