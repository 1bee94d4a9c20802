import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import type { EngineProgress } from './engine.js'
import type { EngineRequest, EngineResult } from './model.js'
import { type FromWorker, STOP, type ToWorker } from './protocol.js'
import type { PackedTables, TablesSource } from './tables.js'

export interface EnginePoolOptions {
  /** The tables of a date; `codeSetTables(codeSets)` in the server. */
  readonly tables: TablesSource
  /** Threads; default the cores less one, at least one and at most two. */
  readonly size?: number
  /** Old-generation heap of one thread in MiB; default the runtime's. A run beyond it ends as CRASHED. */
  readonly memoryMb?: number
}

export interface RunOptions {
  /** Called after each document, on the caller's thread. */
  readonly onProgress?: (progress: EngineProgress) => void
  readonly signal?: AbortSignal
}

export interface EnginePool {
  /**
   * Runs the engine in a worker thread; runs wait in order for a free one.
   * @throws EngineError NO_TABLES, CANCELLED, CRASHED, FAILED or CLOSED
   */
  runEngine(request: EngineRequest, options?: RunOptions): Promise<EngineResult>
  /** Ends the threads; runs that wait or run are rejected as CLOSED. */
  close(): Promise<void>
}

export type EngineErrorKind =
  /** No code table covers the date of service. */
  | 'NO_TABLES'
  /** The caller's signal. */
  | 'CANCELLED'
  /** The thread ended; another takes its place. */
  | 'CRASHED'
  /** The engine raised an error. */
  | 'FAILED'
  /** The pool was closed. */
  | 'CLOSED'

/** Says what went wrong without a word of the request. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  constructor(readonly kind: EngineErrorKind) {
    super(SENTENCES[kind])
  }
}

const SENTENCES: Readonly<Record<EngineErrorKind, string>> = {
  NO_TABLES: 'No code table covers the date of service.',
  CANCELLED: 'The run was cancelled.',
  CRASHED: 'The engine thread ended in the middle of a run.',
  FAILED: 'The engine could not finish the run.',
  CLOSED: 'The engine is closed.',
}

/** A pool of engine threads, started when first needed. An idle pool does not keep the process alive. */
export function createEnginePool(options: EnginePoolOptions): EnginePool {
  const slots: Slot[] = Array.from({ length: sizeOf(options.size) }, () => ({ worker: undefined, job: undefined }))
  const waiting: Job[] = []
  let closed = false
  let lastId = 0

  function dispatch(): void {
    for (const slot of slots) {
      if (slot.job) continue
      const job = waiting.shift()
      if (!job) return
      start(slot, job)
    }
  }

  function start(slot: Slot, job: Job): void {
    slot.job = job
    slot.worker ??= spawn(slot)
    slot.worker.ref()
    const message: ToWorker = { id: job.id, tables: job.tables, request: job.request, flags: job.flags }
    slot.worker.postMessage(message)
  }

  function spawn(slot: Slot): Worker {
    const worker = new Worker(ENTRY, workerOptions(options.memoryMb))
    worker.on('message', (message: FromWorker) => heard(slot, message))
    worker.on('error', () => lost(slot, worker))
    worker.on('exit', () => lost(slot, worker))
    return worker
  }

  function heard(slot: Slot, message: FromWorker): void {
    const job = slot.job
    if (!job || job.id !== message.id) return
    if (message.type === 'progress') {
      if (!job.settled) job.onProgress?.(message.progress)
      return
    }
    free(slot)
    if (message.type === 'done') job.settle(message.result)
    else job.settle(new EngineError(message.stopped ? 'CANCELLED' : 'FAILED'))
    dispatch()
  }

  function lost(slot: Slot, worker: Worker): void {
    if (slot.worker !== worker) return
    slot.worker = undefined
    const job = slot.job
    slot.job = undefined
    job?.settle(new EngineError('CRASHED'))
    dispatch()
  }

  return {
    async runEngine(request, { onProgress, signal } = {}) {
      if (closed) throw new EngineError('CLOSED')
      if (signal?.aborted) throw new EngineError('CANCELLED')
      const tables = await tablesOn(options.tables, request.dateOfService)
      if (closed) throw new EngineError('CLOSED')
      return new Promise<EngineResult>((resolve, reject) => {
        const job = newJob(++lastId, request, tables, onProgress, (outcome) => {
          signal?.removeEventListener('abort', cancel)
          if (outcome instanceof EngineError) reject(outcome)
          else resolve(outcome)
        })
        function cancel(): void {
          Atomics.store(job.flags, STOP, 1)
          const place = waiting.indexOf(job)
          if (place >= 0) waiting.splice(place, 1)
          // The thread frees its place by its own answer; the caller need not wait for that.
          job.settle(new EngineError('CANCELLED'))
        }
        if (signal?.aborted) return cancel()
        signal?.addEventListener('abort', cancel, { once: true })
        waiting.push(job)
        dispatch()
      })
    },
    async close() {
      closed = true
      for (const job of waiting.splice(0)) job.settle(new EngineError('CLOSED'))
      await Promise.all(
        slots.map(async (slot) => {
          const { worker, job } = slot
          slot.worker = undefined
          slot.job = undefined
          job?.settle(new EngineError('CLOSED'))
          await worker?.terminate()
        }),
      )
    },
  }
}

interface Slot {
  worker: Worker | undefined
  job: Job | undefined
}

interface Job {
  readonly id: number
  readonly request: EngineRequest
  readonly tables: PackedTables
  readonly flags: Int32Array
  readonly onProgress: RunOptions['onProgress']
  settled: boolean
  /** The first outcome counts; later ones are ignored. */
  settle(outcome: EngineResult | EngineError): void
}

function newJob(
  id: number,
  request: EngineRequest,
  tables: PackedTables,
  onProgress: RunOptions['onProgress'],
  deliver: (outcome: EngineResult | EngineError) => void,
): Job {
  return {
    id,
    request,
    tables,
    onProgress,
    flags: new Int32Array(new SharedArrayBuffer(4)),
    settled: false,
    settle(outcome) {
      if (this.settled) return
      this.settled = true
      deliver(outcome)
    },
  }
}

function free(slot: Slot): void {
  slot.job = undefined
  slot.worker?.unref()
}

async function tablesOn(source: TablesSource, date: string): Promise<PackedTables> {
  try {
    return await source(date)
  } catch (error) {
    if (error instanceof RangeError) throw new EngineError('NO_TABLES')
    throw error
  }
}

const MOST_THREADS = 2
const sizeOf = (asked: number | undefined): number =>
  Math.max(1, asked ?? Math.min(MOST_THREADS, availableParallelism() - 1))

/** From source (tsx, vitest) the thread is TypeScript too; compiled, it is plain JavaScript. */
const FROM_SOURCE = import.meta.url.endsWith('.ts')
const ENTRY = FROM_SOURCE ? sourceEntry() : new URL('./worker.js', import.meta.url)

/**
 * A thread of Node 20 ignores `--import tsx`, so a first module of its own registers the loader and then loads the file.
 * The loader is taken by its path: what `require` resolves for `tsx/esm/api` cannot find its own hooks.
 */
function sourceEntry(): URL {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'))
  const loader = new URL('./esm/api/index.mjs', tsx).href
  const file = new URL('./worker.ts', import.meta.url).href
  const lines = `import { register } from '${loader}'; register(); await import('${file}')`
  return new URL(`data:text/javascript,${encodeURIComponent(lines)}`)
}

function workerOptions(memoryMb: number | undefined): WorkerOptions {
  return {
    name: 'engine',
    execArgv: [],
    ...(memoryMb !== undefined && { resourceLimits: { maxOldGenerationSizeMb: memoryMb } }),
  }
}
