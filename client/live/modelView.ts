import type { ChartBase, ChartModel, Conflict, Present, QueuedCommand } from './model.js'
import { NO_ORDER } from './reduce.js'
import { drawPending, type PendingChange } from './pending.js'
import type { StreamView } from './stream.js'

export interface ModelView {
  get(): ChartModel
  /** Whether anything a page shows has changed. */
  show(
    view: StreamView,
    changes: readonly PendingChange[],
    conflicts: readonly Conflict[],
    presence: readonly Present[],
    queued: readonly QueuedCommand[],
  ): boolean
}

/** Puts the parts of a chart together. Its model is the same object, and each list in it, until something changes. */
export function createModel(id: string): ModelView {
  let model: ChartModel = { ...EMPTY, id }
  let pending = NONE
  let pendingOf: readonly PendingChange[] = []

  return {
    get: () => model,
    show(view, changes, conflicts, presence, queued) {
      if (changes !== pendingOf) {
        pendingOf = changes
        pending = changes.length === 0 ? NONE : new Set(changes.map(({ name }) => name).filter((name) => name !== ''))
      }
      const next: ChartModel = {
        ...(view.base ? withoutCursor(drawPending(view.base, changes), view.base) : EMPTY),
        id,
        state: view.state,
        endedReason: view.endedReason,
        part2Notice: view.part2Notice,
        accessNotice: view.accessNotice,
        presence,
        engine: view.engine,
        conflicts: same(model.conflicts, conflicts),
        recentEvents: view.recentEvents,
        pending,
        queued,
        facts: view.facts,
      }
      if (isShallowEqual(model, next)) return false
      model = next
      return true
    },
  }
}

/** What is drawn, standing where the server's word stands. */
const withoutCursor = (drawn: ChartBase, base: ChartBase): ChartBase => ({ ...drawn, cursor: base.cursor })

const same = <T>(before: readonly T[], now: readonly T[]): readonly T[] =>
  before.length === 0 && now.length === 0 ? before : now

function isShallowEqual(a: ChartModel, b: ChartModel): boolean {
  const keys = Object.keys(b) as (keyof ChartModel)[]
  return keys.length === Object.keys(a).length && keys.every((key) => Object.is(a[key], b[key]))
}

const NONE: ReadonlySet<string> = new Set()

const EMPTY: ChartModel = {
  state: 'connecting',
  endedReason: null,
  part2Notice: null,
  accessNotice: null,
  id: '',
  cursor: null,
  chart: null,
  contentVisible: false,
  documents: [],
  suggestions: [],
  opportunities: [],
  order: NO_ORDER,
  edits: [],
  comments: [],
  pends: [],
  submissions: [],
  presence: [],
  engine: null,
  conflicts: [],
  recentEvents: [],
  pending: NONE,
  queued: [],
  facts: { events: 0, duplicates: 0, gaps: 0, resumes: 0, snapshots: 0 },
}
