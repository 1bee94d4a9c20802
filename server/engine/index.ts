export { createEngine, type Engine, type EngineProgress, EngineStopped } from './engine.js'
export type * from './model.js'
export {
  createEnginePool,
  EngineError,
  type EngineErrorKind,
  type EnginePool,
  type EnginePoolOptions,
  type RunOptions,
} from './pool.js'
export {
  codeSetTables,
  type EngineCode,
  type EngineTables,
  engineTablesFrom,
  type PackedTables,
  packTables,
  type TablesSource,
} from './tables.js'
