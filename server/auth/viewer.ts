import type { ClientGrant } from './scope.js'

/** Who is asking. Built from rows on every request, never from what a request claims. */

export const ROLES = [
  'CODER',
  'AUDITOR',
  'CDI',
  'SUPERVISOR',
  'PROVIDER',
  'COMPLIANCE',
  'PRIVACY_OFFICER',
  'ADMIN',
] as const
export type Role = (typeof ROLES)[number]

export interface Viewer {
  readonly orgId: string
  readonly memberId: string
  readonly userId: string
  /** The sign-in session the request rests on. */
  readonly sessionId: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly facilityIds: readonly string[]
  readonly teamIds: readonly string[]
  /** Queues that the viewer's teams work. */
  readonly queueIds: readonly string[]
  readonly memberEpoch: number
  readonly orgEpoch: number
  /** A third party's program: no person, no roles, and nothing beyond this grant. */
  readonly client?: ClientGrant
}

export const hasRole = (viewer: Viewer, ...roles: readonly Role[]): boolean =>
  roles.some((role) => viewer.roles.includes(role))
