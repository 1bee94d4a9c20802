import { by, type Mutant } from './mutant.js'

/** Holes in what takes a second person, and in who looks after members, glasses and access records. */

export const OFFICES: readonly Mutant[] = [
  {
    name: 'whoever broke a glass finds it rightly broken',
    file: 'server/charts/breakGlass.policy.ts',
    find: "if (hasRole(viewer, 'PRIVACY_OFFICER')) rules.push(rule('review', { ...inFacility, ...notOwn }))",
    replace: "if (hasRole(viewer, 'PRIVACY_OFFICER')) rules.push(rule('review', inFacility))",
    caughtBy: by(
      'charts/breakGlassPolicy',
      'is seen and reviewed at one’s facilities, by office, late ones by compliance too, and never by who broke it',
    ),
  },
  {
    name: 'compliance reads of every broken glass, late or not',
    file: 'server/charts/breakGlass.policy.ts',
    find: "rules.push(rule('read', { ...inFacility, ...escalated }))",
    replace: "rules.push(rule('read', inFacility))",
    caughtBy: by(
      'charts/breakGlassPolicy',
      'is seen and reviewed at one’s facilities, by office, late ones by compliance too, and never by who broke it',
    ),
  },
  {
    name: 'what was written of a broken glass is read long after its review',
    file: 'server/charts/breakGlass.policy.ts',
    find: 'const open = glass.reviewedAt === null && allows(',
    replace: 'const open = allows(',
    caughtBy: by(
      'charts/breakGlassPolicy',
      'is seen and reviewed at one’s facilities, by office, late ones by compliance too, and never by who broke it',
    ),
  },
  {
    name: 'everybody reads what others asked to have approved',
    file: 'server/approvals/approval.policy.ts',
    find: "subject: 'Approval', conditions: { orgId, requestedBy: memberId } },",
    replace: "subject: 'Approval', conditions: { orgId } },",
    caughtBy: by(
      'accounts/memberPolicy',
      'is seen by who asked and by privacy officers, and decided by the latter, never by who asked',
    ),
  },
  {
    name: 'a privacy officer is told that they may approve what they asked for',
    file: 'server/approvals/approval.policy.ts',
    find: 'conditions: { requestedBy: memberId },',
    replace: "conditions: { requestedBy: memberId, state: 'DECLINED' },",
    caughtBy: by(
      'accounts/memberPolicy',
      'is seen by who asked and by privacy officers, and decided by the latter, never by who asked',
    ),
  },
  {
    name: 'an administrator grants roles to themselves',
    file: 'server/accounts/member.policy.ts',
    find: 'conditions: { orgId: viewer.orgId, memberId: { $ne: viewer.memberId } },',
    replace: 'conditions: { orgId: viewer.orgId },',
    caughtBy: by(
      'accounts/memberPolicy',
      'is seen by administrators of the organisation, and changed by them unless it is their own',
    ),
  },
  {
    name: 'a supervisor sees where people of other facilities are signed in',
    file: 'server/accounts/member.policy.ts',
    find: 'conditions: { facilityIds: { $in: [...viewer.facilityIds] } },',
    replace: 'conditions: { facilityIds: { $exists: true } },',
    caughtBy: by(
      'accounts/memberPolicy',
      'is seen and ended by supervisors and privacy officers of a facility its person works at',
    ),
  },
  {
    name: 'coding staff bring charts into facilities they have no grant for',
    file: 'server/documents/import.policy.ts',
    find: 'conditions: { id: { $nin: [...viewer.facilityIds] } },',
    replace: 'conditions: { id: { $in: [] } },',
    caughtBy: by('documents/importChart', 'is for coding staff with a grant for the facility'),
  },
  {
    name: 'a privacy officer reads access records that are of other facilities too',
    file: 'server/privacy/accessRecord.store.ts',
    find: 'and facility_ids <@ ${scope.facilityIds as string[]}::uuid[]',
    replace: "and (facility_ids = '{}' or facility_ids && ${scope.facilityIds as string[]}::uuid[])",
    caughtBy: by('privacy/accessRecords', 'are of a viewer’s facilities alone, all that a record names'),
  },
  {
    name: 'an administrator reads access records of patients',
    file: 'server/privacy/accessRecord.store.ts',
    find: "tx`and purpose = 'NONE' and subject_refs = '{}'`",
    replace: 'tx``',
    caughtBy: by('privacy/accessRecords', 'show an administrator only what touched no patient’s data'),
  },
  {
    name: 'a coder reads what audits say of colleagues',
    file: 'server/audits/quality.policy.ts',
    find: "rules.push(rule(['read', 'reply'], { ...inFacility, memberId: me }))",
    replace: "rules.push(rule(['read', 'reply'], inFacility))",
    caughtBy: by('audits/qualityAccess', 'are one to everybody but that person, the auditor and compliance'),
  },
  {
    name: 'an auditor decides what they were not agreed with on',
    file: 'server/audits/quality.policy.ts',
    find: "rules.push(never(['decide'], { $or: party }))",
    replace: "rules.push(never(['decide'], { $or: party.slice(0, 1) }))",
    caughtBy: by('audits/quality', 'is decided by no auditor or coder of it who has the right besides'),
  },
  {
    name: 'results on a restricted chart are told to whoever has no part on it',
    file: 'server/audits/quality.policy.ts',
    find: "rules.push(never(ALL, { 'chart.restricted': true,",
    replace: "rules.push(never(['decide'], { 'chart.restricted': true,",
    caughtBy: by(
      'audits/quality',
      'are not there on a restricted chart without a part on it, nor for whoever lost the role or the facility',
    ),
  },
  {
    name: 'an accounting of a destroyed person is given without their asking',
    file: 'server/consents/accounting.query.ts',
    find: "if (await requestInHand(session, place, destroyed ? 'ACCOUNTING' : null))",
    replace: 'if (destroyed || (await requestInHand(session, place)))',
    caughtBy: by('privacy/destroyed', 'is for whoever has that person’s request for it in hand, and for nobody else'),
  },
]
