import type {
  AbstractField,
  AddCommentInput,
  AddCommentMutation,
  AddSuggestionInput,
  AddSuggestionMutation,
  ClaimChartMutation,
  DecideOnSuggestionInput,
  DecideOnSuggestionMutation,
  DocumentOutcomeFieldsFragment,
  EvidenceInput,
  ExportChartInput,
  ExportChartMutation,
  OpenAuditInput,
  OpenAuditMutation,
  OverrideEditMutation,
  PendChartInput,
  RecordFindingInput,
  RecordFindingMutation,
  ReopenReason,
  ReorderSuggestionsMutation,
  SensitivityLabel,
  SetAbstractMutation,
  SubmitChartMutation,
  TypedDocumentString,
  UndoMutation,
  ViewerQuery,
  UnlabelReason,
  WithdrawalReason,
} from '../generated/graphql.js'
import type { ChartroomClientError } from './errors.js'
import type { AccessNotice, ChartModel, EndedReason, LiveState, QueuedCommand, StreamItem } from './model.js'

export interface Credentials {
  readonly email: string
  readonly password: string
}

export interface ChartroomOptions {
  /** Where the server is, such as `https://chartroom.example.org`. */
  readonly url: string
  /** Sign in with these by itself, whenever no session is there: for programs. */
  readonly credentials?: Credentials
  /** For a person of several organisations. */
  readonly organisationId?: string
  /**
   * For programs of third parties: answers a token of the token endpoint, asked anew before the last one expires. One that
   * is of another program or person than before ends all that was live for the one before.
   * @throws ChartroomClientError NETWORK or UNAVAILABLE where it is worth trying again
   */
  readonly accessToken?: () => Promise<GivenToken>
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch
  /** A WebSocket class; default: the global one (Node before 22 has none: pass that of the package `ws`). */
  readonly webSocket?: unknown
  /** Of the commands that wait in memory while the server cannot be reached. */
  readonly queue?: QueueLimits
  /**
   * How tabs of one browser find each other, to share one socket and their sign-out. Default: Web Locks and BroadcastChannel
   * in a page that has them; `null`: a socket for each tab.
   */
  readonly tabs?: Tabs | null
  /** For tests that move the time and the dice. */
  readonly timers?: Timers
}

export interface GivenToken {
  readonly accessToken: string
  /** Seconds. */
  readonly expiresIn: number
}

/** What a browser gives the tabs of one origin to agree by. Nothing of it is stored. */
export interface Tabs {
  readonly locks: Pick<LockManager, 'request'>
  channel(name: string): TabChannel
  isVisible(): boolean
  onVisible(listener: () => void): () => void
}

export interface TabChannel {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

export interface QueueLimits {
  /** How many may wait, of all charts together. Default 200. */
  readonly most?: number
  /** How long one may wait. Default 600. */
  readonly longestSeconds?: number
}

export interface Timers {
  /** Milliseconds. */
  now(): number
  setTimeout(callback: () => void, milliseconds: number): unknown
  clearTimeout(handle: unknown): void
  /** 0 to 1, for jitter. */
  random(): number
}

/** `organisation`: the person works for several and has to choose one. */
export type SessionStatus = 'signedOut' | 'secondFactor' | 'organisation' | 'signedIn'

export interface Session {
  readonly status: SessionStatus
  readonly organisation: Organisation | null
  /** To choose from, while the status is `organisation`. */
  readonly organisations: readonly Organisation[]
  /** A name for who is signed in, to compare with: another one for another person or organisation. */
  readonly subject: string | null
  /** Whether somebody signed out on purpose, here or in another tab: nothing of the page is kept then. */
  readonly left: boolean
}

export interface Organisation {
  readonly id: string
  readonly name: string
}

export type SignInResult =
  | { readonly signedIn: true; readonly organisation: Organisation }
  /** Ask for the code and call `verifyTotp`. */
  | { readonly signedIn: false; readonly secondFactorRequired: true }
  /** Call `chooseOrganisation` with one of them. */
  | { readonly signedIn: false; readonly organisations: readonly Organisation[] }

export type Viewer = ViewerQuery['viewer']

/** Variables of a mutation, of which `input.commandId` may be left out: it is made for the caller. */
export type CommandVariables<V> = V extends { input: infer I } ? { input: WithoutCommandId<I> } : V
export type WithoutCommandId<I> = I extends { commandId: string }
  ? Omit<I, 'commandId'> & { readonly commandId?: string }
  : I

/** A server, from the side of one person or program. */
export interface Chartroom {
  readonly url: string

  /** @throws ChartroomClientError UNAUTHENTICATED for a wrong address or password, RATE_LIMITED */
  signIn(credentials: Credentials): Promise<SignInResult>
  /** The six digits of the second factor. @throws ChartroomClientError UNAUTHENTICATED */
  verifyTotp(code: string): Promise<SignInResult>
  chooseOrganisation(organisationId: string): Promise<SignInResult>
  /** In a browser: takes up the session of the cookie. False where there is none. */
  restore(): Promise<boolean>
  /** Ends the session and everything live. */
  signOut(): Promise<void>
  getSession(): Session
  onSession(listener: () => void): () => void
  /** Who is asking; asked once per session. */
  viewer(): Promise<Viewer>

  /** @throws ChartroomClientError with the server's code; NETWORK where it cannot be reached */
  query<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R>
  /**
   * A command. Its `commandId` is made here and stays the same over every attempt, so that a lost answer never makes
   * anything happen twice. @throws ChartroomClientError
   */
  mutate<R, V>(document: TypedDocumentString<R, V>, variables: CommandVariables<V>): Promise<R>
  /**
   * Follows a subscription until the answered function is called. It is sent again on each new connection: what happened
   * in between is not told, so ask once more after `started`. @param observer.ended the server ended or refused it
   */
  subscribe<R, V>(document: TypedDocumentString<R, V>, variables: V, observer: Observer<R>): () => void
  /** The commands of every chart, closed ones too, that wait for the connection, oldest first. */
  queued(): readonly QueuedCommand[]
  onQueued(listener: () => void): () => void
  /** Sends bytes for `addDocument` or `importChart` and answers their uploadId. */
  upload(bytes: Uint8Array | Blob): Promise<string>

  /** Follows a chart until `close()`. Opening one twice gives two independent followers on the same socket. */
  openChart(id: string, options?: OpenChartOptions): LiveChart
  /** Breaks the socket as a lost network would; everything live resumes by itself. */
  simulateDrop(): void
  close(): void
}

export interface Observer<R> {
  next(data: R): void
  /** It stands, on this connection or on a new one. */
  started?(): void
  /** With the reason where it was refused. */
  ended?(error?: ChartroomClientError): void
}

export interface OpenChartOptions {
  /** Every item of the stream as it was received, before anything is made of it. */
  readonly onItem?: (item: StreamItem) => void
  /** Join the presence of the chart and follow that of others. Default true. */
  readonly presence?: boolean
}

export type DecideOptions = Omit<DecideOnSuggestionInput, 'commandId' | 'suggestionId' | 'seenVersion'>
export type AddOptions = Omit<AddSuggestionInput, 'commandId' | 'chartId' | 'propose'> & { readonly propose?: boolean }
export type CommentOptions = Omit<AddCommentInput, 'commandId' | 'chartId'>
export type PendOptions = Omit<PendChartInput, 'commandId' | 'chartId'>
export type ExportOptions = Omit<ExportChartInput, 'commandId' | 'chartId'>
export type AuditOptions = Omit<OpenAuditInput, 'commandId' | 'chartId'>
export type FindingOptions = Omit<RecordFindingInput, 'commandId'>

export type DecideOutcome = DecideOnSuggestionMutation['decideOnSuggestion']
export type AddOutcome = AddSuggestionMutation['addSuggestion']
export type ReorderOutcome = ReorderSuggestionsMutation['reorderSuggestions']
export type SetAbstractOutcome = SetAbstractMutation['setAbstract']
export type OverrideOutcome = OverrideEditMutation['overrideEdit']
export type CommentOutcome = AddCommentMutation['addComment']
export type ChartOutcome = ClaimChartMutation['claimChart']
export type SubmitOutcome = SubmitChartMutation['submitChart']
export type ExportOutcome = ExportChartMutation['exportChart']
export type AuditOutcome = OpenAuditMutation['openAudit']
export type FindingOutcome = RecordFindingMutation['recordFinding']
export type UndoOutcome = UndoMutation['undo']
export type DocumentOutcome = DocumentOutcomeFieldsFragment

export interface Focus {
  readonly suggestionId?: string | null
  readonly versionId?: string | null
  /** UTF-16 units into the version's text. */
  readonly start?: number | null
  readonly end?: number | null
  /** A soft lock: others see that this line is being edited. */
  readonly editing?: boolean
}

/**
 * A chart, live. `getSnapshot` and `subscribe` fit React's useSyncExternalStore. Every command answers the server's
 * typed outcome; expected ones (a conflict, invalid input) are answers, not exceptions, and a conflict is added to
 * `getSnapshot().conflicts`. What a command will change is shown at once and taken back if it does not come about.
 * Commands throw ChartroomClientError for FORBIDDEN, NOT_FOUND, UNAUTHENTICATED, RATE_LIMITED and the like.
 * While the server cannot be reached they wait in memory (`getSnapshot().queued`) and go out in order when it can,
 * also after `close()`; a sign-out drops them.
 */
export interface LiveChart {
  readonly id: string
  readonly state: LiveState
  readonly endedReason: EndedReason | null
  readonly accessNotice: AccessNotice | null
  getSnapshot(): ChartModel
  subscribe(listener: () => void): () => void
  /** Resolves with the first snapshot. @throws ChartroomClientError if the stream ends before it */
  ready(): Promise<ChartModel>
  /** Resolves as soon as the model fits, which may be at once. @throws ChartroomClientError if the stream ends before */
  until(fits: (model: ChartModel) => boolean): Promise<ChartModel>

  /** ACCEPT also changes POA, role or modifiers of an accepted line. */
  decide(suggestionId: string, decision: DecideOptions): Promise<DecideOutcome>
  add(suggestion: AddOptions): Promise<AddOutcome>
  makePrincipal(suggestionId: string): Promise<ReorderOutcome>
  /** One place up or down in the order; null where there is none. */
  move(suggestionId: string, direction: 'up' | 'down'): Promise<ReorderOutcome | null>
  /** All accepted lines in their new order. */
  reorder(suggestionIds: readonly string[], principalId?: string | null): Promise<ReorderOutcome>
  /** Instants as ISO 8601, dates as YYYY-MM-DD; null empties the field. */
  setAbstract(
    field: AbstractField,
    value: string | null,
    evidence?: readonly EvidenceInput[],
  ): Promise<SetAbstractOutcome>
  /** Undoes the caller's own last act on a line. */
  undo(suggestionId: string): Promise<UndoOutcome>
  overrideEdit(editKey: string, reason: string): Promise<OverrideOutcome>
  addComment(comment: CommentOptions): Promise<CommentOutcome>
  resolveComment(commentId: string): Promise<CommentOutcome>

  claim(): Promise<ChartOutcome>
  release(): Promise<ChartOutcome>
  pend(pend: PendOptions): Promise<ChartOutcome>
  /** One reason; all of them where it is left out. */
  unpend(pendId?: string): Promise<ChartOutcome>
  /** As of the last event this model shows. */
  submit(): Promise<SubmitOutcome>
  returnChart(note: string): Promise<ChartOutcome>
  reopen(reason: ReopenReason): Promise<ChartOutcome>
  exportChart(options: ExportOptions): Promise<ExportOutcome>
  runEngine(): Promise<ChartOutcome>
  openSecondLook(): Promise<ChartOutcome>
  openAudit(options: AuditOptions): Promise<AuditOutcome>
  recordFinding(finding: FindingOptions): Promise<FindingOutcome>
  resolveIdentity(decision: 'SAME_PATIENT' | 'OTHER_PATIENT'): Promise<ChartOutcome>
  signDocument(documentId: string): Promise<DocumentOutcome>
  /** All labels that it has from now on; where one is taken away, with the reason. */
  labelDocument(
    documentId: string,
    labels: readonly SensitivityLabel[],
    reason?: UnlabelReason,
  ): Promise<DocumentOutcome>
  withdrawDocument(documentId: string, reason: WithdrawalReason): Promise<DocumentOutcome>

  /**
   * The text of a document version; null where it may not be seen. Kept in memory alone, dropped with the document or
   * with the access to it.
   */
  documentText(versionId: string): Promise<string | null>
  /** Where this tab is; repeated every 10 s until the chart is closed. */
  focus(focus: Focus): void
  dismissConflict(id: string): void
  dismissAccessNotice(): void
  simulateDrop(): void
  close(): void
}
