import type {
  PrivacyRequestKind,
  PrivacyRequestState,
  RequestCloseReason,
  RequestDecision,
  RequestDenial,
  Requester,
  RequestEventType,
  RequestResultType,
} from '../../schema/values.js'

/** Plain types of what people ask of their own records. */

export interface RequestStep {
  readonly requestId: string
  readonly version: number
  readonly type: RequestEventType
  readonly actorId: string
  readonly at: Date
  readonly assigneeId: string | null
  readonly decision: RequestDecision | null
  readonly denialReason: RequestDenial | null
  /** Opened when it is read; null where the person's key was destroyed. */
  readonly note: string | null
}

export interface RequestResult {
  readonly id: string
  readonly requestId: string
  readonly type: RequestResultType
  readonly subjectId: string | null
  readonly actorId: string
  readonly at: Date
  readonly sha256: string | null
  /** Read and opened when it is asked for; null where there is none, or the person's key was destroyed. */
  readonly content: () => Promise<string | null>
}

export interface RequestView {
  readonly id: string
  readonly facilityId: string
  readonly patientId: string
  readonly kind: PrivacyRequestKind
  readonly state: PrivacyRequestState
  readonly version: number
  readonly requester: Requester
  readonly receivedOn: string
  readonly dueOn: string | null
  readonly extended: boolean
  readonly paidInFull: boolean
  readonly recordedBy: string
  readonly recordedAt: Date
  readonly assigneeId: string | null
  readonly assignedBy: string | null
  readonly decision: RequestDecision | null
  readonly denialReason: RequestDenial | null
  readonly decidedAt: Date | null
  readonly deniedBy: string | null
  readonly closeReason: RequestCloseReason | null
  readonly closedAt: Date | null
  /** Of the facility, by whose calendar it is due. */
  readonly timeZone: string
  readonly history: readonly RequestStep[]
  readonly results: readonly RequestResult[]
}

/** Columns that a step changes. */
export type RequestChange = Partial<
  Pick<
    RequestView,
    | 'state'
    | 'dueOn'
    | 'extended'
    | 'assigneeId'
    | 'assignedBy'
    | 'decision'
    | 'denialReason'
    | 'decidedAt'
    | 'deniedBy'
    | 'closeReason'
    | 'closedAt'
  >
>
