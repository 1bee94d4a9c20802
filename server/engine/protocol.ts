import type { EngineProgress } from './engine.js'
import type { EngineRequest, EngineResult } from './model.js'
import type { PackedTables } from './tables.js'

/** What the pool says to a thread. The tables are shared memory: sending them again costs nothing. */
export interface ToWorker {
  readonly id: number
  readonly tables: PackedTables
  readonly request: EngineRequest
  /** Shared with the pool; `flags[STOP]` becomes 1 when the run is cancelled. */
  readonly flags: Int32Array
}

export const STOP = 0

/** What a thread says to the pool. */
export type FromWorker =
  | { readonly type: 'progress'; readonly id: number; readonly progress: EngineProgress }
  | { readonly type: 'done'; readonly id: number; readonly result: EngineResult }
  | { readonly type: 'failed'; readonly id: number; readonly stopped: boolean; readonly kind: string }
