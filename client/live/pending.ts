import type { AbstractField } from '../generated/graphql.js'
import type { ChartBase, CommandName } from './model.js'

/**
 * A change that this client asked for and the stream has not shown yet. It is drawn over what the server has said, and
 * drawn again over whatever the server says meanwhile, until its own event arrives or it turns out not to have happened.
 */
export interface PendingChange {
  /** Of what it changes: changes of one key go out one after the other. */
  readonly key: ChangeKey
  readonly command: CommandName
  /** What `ChartModel.pending` calls it. */
  readonly name: string
  /** The version the person saw; moved on when the person's own change before it went through. */
  seen: number
  /** The version that the server answered; null while it has not. */
  result: number | null
  /** How it will look, drawn over `base`; not asked once the key has moved on. */
  draw(base: ChartBase): ChartBase
  /** Instead of by version, for what has none. */
  isShown?(base: ChartBase): boolean
}

export type ChangeKey =
  | `line:${string}`
  | 'order'
  | `abstract:${AbstractField}`
  | `comment:${string}`
  | `edit:${string}`

/** The version of what a key names; undefined where there is none. */
export function versionOf(base: ChartBase, key: ChangeKey): number | undefined {
  const [kind, id] = split(key)
  switch (kind) {
    case 'line':
      return base.suggestions.find((line) => line.id === id)?.version
    case 'order':
      return base.order.version
    case 'abstract':
      return base.chart.abstractVersions.find(({ field }) => field === id)?.version ?? 1
    case 'comment':
      return base.comments.find((comment) => comment.id === id)?.version
    default:
      return undefined
  }
}

/** What the person sees: the server's word with the person's own changes over it. */
export function drawPending(base: ChartBase, changes: readonly PendingChange[]): ChartBase {
  return changes.reduce((drawn, change, index) => {
    if (change.isShown) return change.isShown(base) ? drawn : change.draw(drawn)
    // Earlier changes of this client under the same key count as steps that will still come.
    const ahead = changes.slice(0, index).filter((it) => it.key === change.key && it.result === null).length
    const version = versionOf(base, change.key)
    return version === undefined || version > change.seen + ahead ? drawn : change.draw(drawn)
  }, base)
}

/** Whether the server's own word shows it by now, so that nothing need be drawn. */
export function isSettled(base: ChartBase, change: PendingChange): boolean {
  if (change.result === null) return false
  if (change.isShown) return change.isShown(base)
  const version = versionOf(base, change.key)
  return version === undefined || version >= change.result
}

/** The version that a new change of this key is made on: the last that the person saw, own changes included. */
export function seenVersion(base: ChartBase, key: ChangeKey, changes: readonly PendingChange[]): number {
  return changes.reduce(
    (seen, change) => (change.key === key && change.result === seen + 1 ? change.result : seen),
    versionOf(base, key) ?? 0,
  )
}

function split(key: ChangeKey): readonly [string, string] {
  const at = key.indexOf(':')
  return at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)]
}
