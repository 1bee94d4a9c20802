import type {
  AbstractField,
  AccessChange,
  AccessChangeReason,
  ChartEventFieldsFragment,
  ChartEventType,
  ChartSnapshotFieldsFragment,
  ChartStateFieldsFragment,
  ChartStreamSubscription,
  CodeOrderFieldsFragment,
  CommentFieldsFragment,
  Decision,
  DocumentStateFieldsFragment,
  EditFieldsFragment,
  MemberFieldsFragment,
  OpportunityStateFieldsFragment,
  PendFieldsFragment,
  PresenceStreamSubscription,
  PresentOnAdmission,
  StreamEndReason,
  SubmissionFieldsFragment,
  SuggestionRole,
  SuggestionStateFieldsFragment,
} from '../generated/graphql.js'
import type { Commands } from './commands.js'

export type Member = MemberFieldsFragment
export type ChartState = ChartStateFieldsFragment
export type DocumentState = DocumentStateFieldsFragment
export type SuggestionState = SuggestionStateFieldsFragment
export type Opportunity = OpportunityStateFieldsFragment
export type CodeOrder = CodeOrderFieldsFragment
export type Edit = EditFieldsFragment
export type Comment = CommentFieldsFragment
export type Pend = PendFieldsFragment
export type Submission = SubmissionFieldsFragment
export type EngineProgress = NonNullable<ChartEventFieldsFragment['engine']>
export type ChartSnapshot = ChartSnapshotFieldsFragment
export type ChartEvent = ChartEventFieldsFragment
/** What `chartStream` yields. */
export type StreamItem = ChartStreamSubscription['chartStream']
/** One open tab of somebody, and where in the chart it is. */
export type Present = PresenceStreamSubscription['presence']['present'][number]

/**
 * What the server has said of one chart: the fold of a snapshot and the events after it. A pure value, equal whatever
 * way the same history was cut into snapshot and events.
 */
export interface ChartBase {
  /** The last event folded in; null before the first visible event. */
  readonly cursor: string | null
  readonly chart: ChartState
  /** False where the viewer sees that there is work but not what it says: the lists below are empty then. */
  readonly contentVisible: boolean
  readonly documents: readonly DocumentState[]
  /** For review: accepted by rank, then proposals by confidence, then what was rejected or withdrawn. */
  readonly suggestions: readonly SuggestionState[]
  readonly opportunities: readonly Opportunity[]
  readonly order: CodeOrder
  readonly edits: readonly Edit[]
  readonly comments: readonly Comment[]
  /** Those in force. */
  readonly pends: readonly Pend[]
  readonly submissions: readonly Submission[]
}

/** `offline`: the server could not be reached when it was last tried; it is tried again by itself. */
export type LiveState = 'connecting' | 'live' | 'resuming' | 'offline' | 'ended'

/** Why a live chart is over: the server's reason, `CLOSED` by us, or the code of an error that trying again cannot mend. */
export type EndedReason = StreamEndReason | 'CLOSED' | 'NOT_FOUND' | 'UNAUTHENTICATED' | 'REFUSED'

/**
 * The statement that goes with records of substance use disorder treatment (42 CFR 2.32), as the server sent it beside
 * what holds content of such records.
 */
export interface Part2Notice {
  readonly version: string
  readonly text: string
  /** The one consent that it rests on; null under a qualified service organisation agreement. */
  readonly consentId: string | null
  /** What that consent permits, in a sentence. */
  readonly scope: string | null
}

/** The last change of access, until it is dismissed. */
export interface AccessNotice {
  readonly change: AccessChange
  readonly reason: AccessChangeReason
}

/** One entry of the feed beside a chart. */
export interface RecentEvent {
  readonly cursor: string
  readonly type: ChartEventType
  /** Null where nobody but the system acted. */
  readonly actor: Member | null
  /** ISO 8601. */
  readonly at: string
  readonly subject: EventSubject
  /** With an assignment and its end: whose the chart was, and whose it is. */
  readonly coder: { readonly before: Member | null; readonly after: Member | null } | null
}

export interface EventSubject {
  readonly kind:
    | 'chart'
    | 'document'
    | 'suggestion'
    | 'opportunity'
    | 'order'
    | 'edit'
    | 'comment'
    | 'pend'
    | 'submission'
  readonly id: string | null
  /** A code, a title or a number, where the viewer may see one. */
  readonly label: string | null
  /** With SUGGESTION_MODIFIED: the code that was put instead. */
  readonly replacement: string | null
}

/** Somebody was first. Nothing was changed; all three sides are here for a person to decide. */
export type Conflict = SuggestionConflict | OrderConflict | AbstractConflict | SubmitConflict

interface ConflictOf<Kind extends string> {
  readonly kind: Kind
  /** Of this conflict, for `dismissConflict`. */
  readonly id: string
}

export interface SuggestionConflict extends ConflictOf<'suggestion'> {
  readonly suggestionId: string
  readonly base: SuggestionState | null
  readonly theirs: SuggestionState
  readonly yours: {
    readonly decision: Decision | null
    readonly code: string | null
    readonly role: SuggestionRole | null
    readonly poa: PresentOnAdmission | null
  }
}

export interface OrderConflict extends ConflictOf<'order'> {
  readonly base: CodeOrder | null
  readonly theirs: CodeOrder
  readonly yours: readonly string[] | null
}

export interface AbstractConflict extends ConflictOf<'abstract'> {
  readonly field: AbstractField
  readonly base: string | null
  readonly theirs: string | null
  readonly theirVersion: number
  readonly yours: string | null
}

/** What changed since the submitter last looked. */
export interface SubmitConflict extends ConflictOf<'submit'> {
  readonly lines: readonly { readonly suggestionId: string; readonly status: string; readonly code: string | null }[]
  readonly abstractFields: readonly AbstractField[]
  readonly documentIds: readonly string[]
}

/** A command that waits for the connection: it is sent when there is one, unless that takes too long. */
export interface QueuedCommand {
  readonly chartId: string
  readonly command: CommandName
  /** The line, comment, edit or field it is about, where it is about one. */
  readonly subject: string | null
  /** ISO 8601. */
  readonly since: string
  /** It was sent and nobody answered: it may have been carried out. It is sent again under the same id. */
  readonly attempted: boolean
}

/** As the functions of a live chart are called. */
export type CommandName = keyof Commands

/** Counted since the chart was opened. */
export interface StreamFacts {
  /** Events folded in. */
  readonly events: number
  /** Events received again and left out. */
  readonly duplicates: number
  /** Events whose `previous` was not the last one: each made us ask for a snapshot. */
  readonly gaps: number
  /** Subscriptions that went on from a cursor after a drop. */
  readonly resumes: number
  readonly snapshots: number
}

/** Everything a page shows of one chart. Immutable; the same object until something changes. */
export interface ChartModel extends Omit<ChartBase, 'chart'> {
  readonly state: LiveState
  /** Null where nothing of the chart is content of a Part 2 record that this viewer sees. */
  readonly part2Notice: Part2Notice | null
  readonly endedReason: EndedReason | null
  readonly accessNotice: AccessNotice | null
  readonly id: string
  /** Null until the first snapshot. */
  readonly chart: ChartState | null
  /** Everybody else who has the chart open: one entry for each of their tabs. */
  readonly presence: readonly Present[]
  /** How far the engine is, while it runs. */
  readonly engine: EngineProgress | null
  readonly conflicts: readonly Conflict[]
  /** Newest first, at most 50. */
  readonly recentEvents: readonly RecentEvent[]
  /** Lines, comments, abstract fields and `order` shown as they will be, not yet confirmed: their ids and names. */
  readonly pending: ReadonlySet<string>
  /** The commands of this chart that wait for the connection, oldest first. */
  readonly queued: readonly QueuedCommand[]
  readonly facts: StreamFacts
}
