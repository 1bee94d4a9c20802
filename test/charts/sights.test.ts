import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHART_STATUSES } from '../../schema/values.js'
import type { Session } from '../../server/auth/session.js'
import { ROLES, type Role, type Viewer } from '../../server/auth/viewer.js'
import type { ChartRow } from '../../server/charts/chart.model.js'
import { resolveSight } from '../../server/charts/chart.policy.js'
import { sightOn } from '../../server/charts/chartAccess.js'

const QUEUE = 'a queue'
const viewerWith = (roles: Role[]): Viewer => ({
  orgId: 'org',
  memberId: 'me',
  userId: 'u',
  sessionId: 's',
  displayName: 'x',
  roles,
  facilityIds: [],
  teamIds: [],
  queueIds: [QUEUE],
  memberEpoch: 0,
  orgEpoch: 0,
})

/** What of a row a sight is resolved from. */
const row = fc.record({
  identityHold: fc.boolean(),
  queueId: fc.constantFrom(null, QUEUE, 'another queue'),
  restricted: fc.boolean(),
  myParts: fc.subarray(['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI'] as const, { maxLength: 2 }),
  iDecided: fc.boolean(),
  iSawWork: fc.boolean(),
  status: fc.constantFrom(...CHART_STATUSES),
  helpUntil: fc.constantFrom(null, new Date('2026-04-01T23:59:59Z')),
  glassUntil: fc.constantFrom(null, new Date('2026-04-01T13:00:00Z')),
  requestId: fc.constantFrom(null, 'a request'),
  underFinding: fc.boolean(),
  part2: fc.oneof(
    fc.constant({ admitted: false, consents: [] }),
    fc
      .subarray(['a', 'b'])
      .map((ids) => ({ admitted: true, consents: ids.map((consentId) => ({ consentId, scope: 'of it' })) })),
  ),
})

/** One thing of a chart may be all in which it differs from another. */
const rows = fc
  .tuple(row, fc.array(row, { maxLength: 4 }))
  .map(([first, more]) => [
    first,
    ...more,
    ...more.flatMap((other) => Object.entries(other).map(([field, value]) => ({ ...first, [field]: value as never }))),
  ])

describe('the sights', () => {
  it('of several charts in one session are those that each has alone', () => {
    fc.assert(
      fc.property(fc.subarray([...ROLES]), rows, (roles, charts) => {
        const viewer = viewerWith(roles)
        const session = { viewer, memory: new Map() } as unknown as Session
        for (const chart of charts)
          expect(sightOn(session, chart as unknown as ChartRow).key).toBe(resolveSight(viewer, chart).key)
      }),
      { numRuns: 1_500 },
    )
  })
})
