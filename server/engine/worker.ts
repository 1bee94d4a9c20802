import { parentPort } from 'node:worker_threads'
import { createEngine, type Engine, EngineStopped } from './engine.js'
import { type FromWorker, STOP, type ToWorker } from './protocol.js'
import { KEPT_RELEASES, type PackedTables, unpackTables } from './tables.js'

/** The engine's thread: keeps one engine per release, runs one request at a time. */
if (!parentPort) throw new Error('This file runs in a worker thread only.')
const port = parentPort
const engines = new Map<string, Engine>()

port.on('message', run)

function run({ id, tables, request, flags }: ToWorker): void {
  const answer = (reply: FromWorker): void => port.postMessage(reply)
  const stop = (): boolean => Atomics.load(flags, STOP) === 1
  try {
    const engine = engineFor(tables)
    const result = engine.run(request, (progress) => answer({ type: 'progress', id, progress }), stop)
    answer({ type: 'done', id, result })
  } catch (error) {
    // Only the kind crosses: a message could hold words of the text.
    answer({
      type: 'failed',
      id,
      stopped: error instanceof EngineStopped,
      kind: error instanceof Error ? error.name : 'Error',
    })
  }
}

function engineFor(tables: PackedTables): Engine {
  const known = engines.get(tables.hash)
  engines.delete(tables.hash)
  const engine = known ?? createEngine(unpackTables(tables))
  engines.set(tables.hash, engine)
  if (engines.size > KEPT_RELEASES) engines.delete(engines.keys().next().value!)
  return engine
}
