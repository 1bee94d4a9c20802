import type { AccessRecord } from '../../schema/accessRecords.js'
import type { Directory } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import type { Viewer } from '../auth/viewer.js'
import { recordSight } from './accessRecord.policy.js'
import type { RecordRow } from './accessRecord.model.js'
import { toAuditEvent } from './auditEvent.js'

/** An access record leaves only through here, without its place in the chain. */
export const presentRecord = (row: RecordRow, viewer: Viewer, directory: Directory): AccessRecord =>
  seenUnder(recordSight(viewer), {
    __typename: 'AccessRecord',
    at: row.at,
    member: row.actorId && directory.member(row.actorId),
    facilities: row.facilityIds.map((id) => directory.facility(id)).filter((facility) => facility !== null),
    action: row.action,
    purpose: row.purpose,
    outcome: row.outcome,
    reasons: [...row.reasons],
    classes: [...row.classes],
    breakGlass: row.breakGlass,
    requests: [...row.requests],
    operationHash: row.operationHash,
    subjects: [...row.subjectRefs],
    get fhir() {
      return JSON.stringify(toAuditEvent(row, row.actorId && (directory.member(row.actorId)?.displayName ?? null)))
    },
  }) as unknown as AccessRecord
