/**
 * Where what one subscriber shares with others leaves: frames that are made once for a group, with only the operation's
 * id differing (PROTOCOL.md, LV23). What is a subscriber's own (snapshots, changes of access, the end) does not pass here.
 */
export interface Outlet {
  /** Equal keys: of equal items, seen under equal sight, the same bytes (document, operation, variables below the root). */
  readonly key: string
  /** Runs the selection on an item, once for everybody of the group. */
  project(item: object): Promise<Frame>
  /** Sends them, or keeps what the reader cannot take yet; ends the socket by name where too much waits. */
  write(frames: readonly Sent[]): void
  /** Lets go of what waits. @returns where the first that was not sent began; undefined where everything was */
  purge(): Mark | undefined
}

/** A message without its head, the same for everybody of a group. */
export type Frame = Buffer

export interface Sent {
  readonly frame: Frame
  /** Where whoever did not get it goes on. */
  readonly before: Mark
}

/** A place in a log, as one sight sees it. */
export interface Mark {
  readonly position: number
  /** The cursor of the last event before it that is visible. */
  readonly previous: string | null
}
