import type { FieldClass } from '../../schema/values.js'
import type { Disclosed } from './disclosed.js'
import type { ClientGrant } from './scope.js'
import { remembered, type Session } from './session.js'

/**
 * What one operation touched, noted while it runs and recorded before its answer leaves (recordAccess.ts). Nothing is
 * ever decided from it.
 */
export interface Accessed {
  /** Undefined until a read or command has found out who is asking. */
  memberId: string | undefined
  /** Patients whose charts were loaded and visible, with the facility of each chart. */
  readonly seen: Map<string, Set<string>>
  /** Patients of charts that were asked for and are not visible: the answer is that of a chart that is not there. */
  readonly refused: Set<string>
  /** Field classes that were answered; OPEN and WORK come with the row. */
  readonly classes: Set<FieldClass>
  /** Why parts were not answered: codes, with the rule's reason behind a colon. */
  readonly reasons: Set<string>
  /** A chart was seen whose glass the viewer broke: recorded as such, for operations and not for payment. */
  brokenGlass: boolean
  /** Requests of patients under which something of theirs was seen. */
  readonly requests: Set<string>
  /** Charts and consents that a third party was shown, by id. */
  readonly disclosed: Map<string, Disclosed>
  /** Of a third party: for whom and for what it asks, by its registration. */
  client?: Pick<ClientGrant, 'vendor' | 'purpose'>
  /** The hash under which the operation's text is kept. */
  operationHash: string | null
}

export const newAccessed = (): Accessed => ({
  memberId: undefined,
  seen: new Map(),
  refused: new Set(),
  classes: new Set(),
  reasons: new Set(),
  disclosed: new Map(),
  brokenGlass: false,
  requests: new Set(),
  operationHash: null,
})

/** What the session's request has touched. Sessions that no request made (the system's) keep one of their own. */
export const accessedIn = (session: Session): Accessed => remembered(session, accessedIn, newAccessed)

interface ChartOfPatient {
  readonly patientId: string
  readonly facilityId: string
}

export function noteSeen(session: Session, { patientId, facilityId }: ChartOfPatient): void {
  const { seen } = accessedIn(session)
  const facilities = seen.get(patientId)
  if (facilities) facilities.add(facilityId)
  else seen.set(patientId, new Set([facilityId]))
}

/** @param chart undefined where there is none: also then somebody asked for what they may not see */
export function noteRefused(session: Session, chart: ChartOfPatient | undefined): void {
  const accessed = accessedIn(session)
  accessed.reasons.add('NOT_FOUND')
  if (chart) accessed.refused.add(chart.patientId)
}

export function noteBrokenGlass(session: Session): void {
  accessedIn(session).brokenGlass = true
}

export const noteRequest = (session: Session, requestId: string): void =>
  void accessedIn(session).requests.add(requestId)

/** @param context what a resolver was called with; only an operation's own has a place for it */
export function noteClass(context: unknown, fieldClass: FieldClass): void {
  ;(context as { readonly accessed?: Accessed } | undefined)?.accessed?.classes.add(fieldClass)
}
