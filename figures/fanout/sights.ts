import type { Role } from '../../server/auth/viewer.js'

/** How a subscriber stands to the chart that everybody follows: what makes one sight another. */
export interface Standing {
  readonly roles: readonly Role[]
  readonly part?: 'CDI' | 'SECOND_LOOK' | 'AUDITOR'
  /** Broke the glass. */
  readonly glass?: true
  /** Has a request of the person in hand. */
  readonly request?: true
  /** Works the queue in which the chart stands. */
  readonly queued?: true
}

/** Twenty sights on one chart, whose coder has asked supervisors for help. The first sees every field of the document. */
export const STANDINGS: readonly Standing[] = [
  { roles: ['CDI'], part: 'CDI' },
  { roles: ['SUPERVISOR'] },
  { roles: ['SUPERVISOR'], glass: true },
  { roles: ['COMPLIANCE'] },
  { roles: ['AUDITOR'] },
  { roles: ['CODER'], queued: true },
  { roles: ['CDI'], queued: true },
  { roles: ['PRIVACY_OFFICER'] },
  { roles: ['PRIVACY_OFFICER'], glass: true },
  { roles: ['PRIVACY_OFFICER'], request: true },
  { roles: ['AUDITOR'], part: 'SECOND_LOOK' },
  { roles: ['AUDITOR'], part: 'AUDITOR' },
  { roles: ['CDI', 'SUPERVISOR'], part: 'CDI' },
  { roles: ['AUDITOR', 'COMPLIANCE'], part: 'AUDITOR' },
  { roles: ['AUDITOR', 'CDI'], part: 'CDI' },
  { roles: ['SUPERVISOR', 'PROVIDER'] },
  { roles: ['AUDITOR', 'CODER'], part: 'SECOND_LOOK' },
  { roles: ['SUPERVISOR', 'COMPLIANCE'] },
  { roles: ['SUPERVISOR', 'CODER'], queued: true },
  { roles: ['AUDITOR', 'PRIVACY_OFFICER'] },
]
