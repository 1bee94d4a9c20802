import { type ServiceKey, serviceKey } from '../kernel/services.js'
import { CLOSE, type CloseReason } from './closeCodes.js'

/**
 * What the live engine tells of itself to whoever runs it: numbers, and words of the fixed lists below. No function takes
 * an id, so that no number is ever about a patient or a person.
 */
export interface LiveMetrics {
  /** A subscription began, and ended, whichever way. */
  subscribed(stream: StreamName): void
  unsubscribed(stream: StreamName): void
  /** One that did not begin. @param code of the error catalogue */
  refused(code: string): void
  /** A connection that this side ended. */
  dropped(reason: DropReason): void
  /** What one execution gave has been handed to its readers' connections. */
  delivered(delivery: Delivery): void
  snapshot(cause: SnapshotCause): void
  /** A stream that began with `after`. */
  resumed(outcome: ResumeOutcome): void
  /** Milliseconds from when this node heard of a change of access to when the stream that it concerns has changed or ended. */
  accessChanged(change: AccessEffect, milliseconds: number): void
  /**
   * Numbers that are read when somebody asks for them. Of several sources each is the sum, an age the highest.
   * @returns what stops it
   */
  watch(read: () => LiveGauges): () => void
}

export interface Delivery {
  /** `SHARED`: executed once for a group. `OWN`: for one reader. */
  readonly path: 'SHARED' | 'OWN'
  /** Of the log, in this frame. */
  readonly events: number
  /** Who is sent it. */
  readonly readers: number
  /** Since the wake-up that led to it; absent where none did. */
  readonly sinceWakeMs?: number | undefined
  /** Since the instant that the newest event in it carries, taken in its transaction, just before the commit. */
  readonly sinceCommitMs?: number | undefined
}

export type StreamName = 'chartStream' | 'presence' | 'queueBoard' | 'inbox' | 'OTHER'
/** Ours, and two that have no close frame: a peer that answers no ping, one that reads nothing at all. */
export type DropReason = keyof typeof CLOSE | 'DEAD_PEER' | 'UNREAD'
export const dropReasonOf = (reason: CloseReason): DropReason =>
  (Object.keys(CLOSE) as (keyof typeof CLOSE)[]).find((name) => CLOSE[name] === reason) ?? 'INTERNAL'

export type SnapshotCause = 'OPENING' | 'ACCESS'
/** `EXACT`: the events after the cursor; `ACCESS`: a new snapshot, for access had changed; `RESYNC`: the cursor is no use. */
export type ResumeOutcome = 'EXACT' | 'ACCESS' | 'RESYNC'
export type AccessEffect = 'NARROWED' | 'READ_ONLY' | 'RESTORED' | 'ENDED'

/** Each is optional: a source tells what it knows. */
export interface LiveGauges {
  readonly sockets?: number
  /** Streams over HTTP. */
  readonly httpStreams?: number
  /** Whoever the hub wakes: a feed counts once, however many read it. */
  readonly followers?: number
  readonly feeds?: number
  readonly groups?: number
  /** Subscribers that are in a group; the others look for themselves. */
  readonly grouped?: number
  readonly queuedFrames?: number
  readonly queuedBytes?: number
  /** Of the frame that has waited longest. */
  readonly oldestQueuedMs?: number
}

/**
 * A stream that access ended, told from when this node heard of the change.
 * @param wokenAt by `performance.now()`; undefined where nothing was heard of, as of a stream that never began
 */
export function accessEnded(metrics: LiveMetrics, wokenAt: number | undefined): void {
  if (wokenAt !== undefined) metrics.accessChanged('ENDED', performance.now() - wokenAt)
}

/** Where nobody measures. */
export const NO_METRICS: LiveMetrics = {
  subscribed() {},
  unsubscribed() {},
  refused() {},
  dropped() {},
  delivered() {},
  snapshot() {},
  resumed() {},
  accessChanged() {},
  watch: () => () => {},
}

export const LIVE_METRICS: ServiceKey<LiveMetrics> = serviceKey('live metrics', NO_METRICS)
