/** What a run leaves behind, and all that the checker knows: nothing of it is asked of the server's own rules. */

/** Classes of fields as the design names them. */
export type Class = 'OPEN' | 'WORK' | 'ACCOUNT_REF' | 'CLINICAL'

/** One event of a chart's log, as the database holds it when everything has come to rest. */
export interface Commit {
  /** From 1, in the order of the commits. */
  readonly seq: number
  readonly cursor: string
  readonly type: string
  readonly subjectId: string
  /** The command in whose transaction it was written; null where there was none. */
  readonly commandId: string | null
  /** Whoever sees one of these hears of it. */
  readonly classes: readonly Class[]
  /** Of which classes it has something to show. */
  readonly carries: readonly Class[]
}

export interface Command {
  readonly id: string
  readonly name: string
  /** On the clock of whoever sent it, the same for all of them. The first time, where it was sent again. */
  readonly sentAt: number
  /** Undefined where no answer ever came. */
  readonly answeredAt: number | undefined
  /** Refused: the answer said that nothing was done. */
  readonly answer: 'DONE' | 'REFUSED' | 'UNKNOWN'
  /** Done, it leaves so many events in a chart's log; undefined for at least one; 0 for what stands in no chart's log. */
  readonly events: number | undefined
}

/** What somebody may see of a chart from some command on. */
export interface Step {
  /** Null: not even that it is there. */
  readonly sees: readonly Class[] | null
  /** Null for what held when the run began. */
  readonly commandId: string | null
}

export interface Standing {
  readonly person: string
  readonly chartId: string
  /** In the order in which they came to hold. */
  readonly steps: readonly Step[]
}

/** An event as somebody was told it. */
export interface Told {
  readonly cursor: string
  readonly previous: string | null
  readonly type: string
  /** What it is about, where that was shown. */
  readonly subjectId: string | null
  /** Classes of which a value was shown. */
  readonly shows: readonly Class[]
  /** The event itself, word for word. */
  readonly bytes: string
}

export type Item =
  /** Subscribed, on a new connection or again on the same one. */
  | { readonly kind: 'opened'; readonly at: number; readonly after: string | null }
  | {
      readonly kind: 'snapshot'
      readonly at: number
      readonly cursor: string | null
      readonly sight: string
      readonly shows: readonly Class[]
      /** Ids of all comments; null where they are masked. */
      readonly comments: readonly string[] | null
      /** It came with word of a change of access. */
      readonly changed: boolean
    }
  | { readonly kind: 'events'; readonly at: number; readonly events: readonly Told[] }
  | { readonly kind: 'ended'; readonly at: number; readonly reason: string }
  | { readonly kind: 'resync'; readonly at: number }
  | { readonly kind: 'refused'; readonly at: number; readonly code: string }

/** Everything one viewer was told of one chart, over as many connections as it took. */
export interface Stream {
  readonly viewer: string
  readonly person: string
  readonly chartId: string
  readonly items: readonly Item[]
}

export interface History {
  /** By chart. */
  readonly logs: ReadonlyMap<string, readonly Commit[]>
  readonly commands: readonly Command[]
  /** Commands of which the database remembers the outcome. */
  readonly kept: ReadonlySet<string>
  readonly standings: readonly Standing[]
  readonly streams: readonly Stream[]
}
