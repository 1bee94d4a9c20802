/** Where somebody is on a chart. In memory only: never logged, never persisted. */
export interface Focus {
  readonly presenceId: string
  readonly orgId: string
  readonly chartId: string
  readonly memberId: string
  readonly suggestionId: string | null
  readonly versionId: string | null
  readonly start: number | null
  readonly end: number | null
  /** A soft lock: shown to others, enforced by nothing. */
  readonly editing: boolean
}

/** One focus, as every node keeps it. */
export interface Place {
  readonly focus: Focus
  /** Of the sign-in that said it: see `signInTag`. */
  readonly tag: string
  readonly until: number
  /** Whether it was said to this node last, which then tells it to whoever was not there. */
  readonly own: boolean
}

/** Presence expires 30 s after the last heartbeat, on every node alike: what travels is its age, not a time. */
export const EXPIRES_MS = 30_000
