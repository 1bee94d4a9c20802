import { Worker } from 'node:worker_threads'
import { workerFile } from '../../kernel/workers.js'
import type { Intake, IntakeProblem } from '../intake.model.js'
import type { IntakeHints } from './hints.js'
import type { IntakeLimits } from './limits.js'
import { IntakeError } from './problem.js'

export type IntakeJob =
  | { readonly task: 'read'; readonly bytes: Uint8Array; readonly hints: IntakeHints; readonly limits: IntakeLimits }
  | { readonly task: 'draw'; readonly bytes: Uint8Array; readonly page: number; readonly width: number }

export type IntakeReply =
  | { readonly ok: true; readonly value: Intake | Uint8Array }
  | { readonly ok: false; readonly problem: IntakeProblem; readonly sentence: string }

type Bounds = Pick<IntakeLimits, 'maxTime' | 'maxMemory'>

const IDLE_MS = 60_000

/**
 * One worker thread that takes one job at a time. It starts with the first job, ends after a minute without one, and
 * never keeps the process alive. A job that runs out of time or memory takes its thread with it, and nothing else.
 */
export class IntakeThread {
  private worker: Worker | null = null
  private idle: NodeJS.Timeout | null = null
  private ended: Worker | null = null
  private ready: Promise<void> = Promise.resolve()
  private last: Promise<unknown> = Promise.resolve()

  /**
   * @param bounds wall time in milliseconds from when the job's turn comes, and growth of the process in bytes
   * @throws IntakeError
   */
  async run(job: IntakeJob, bounds: Bounds): Promise<Intake | Uint8Array> {
    const turn = this.last.then(() => this.runNow(job, bounds))
    this.last = turn.catch(() => undefined)
    return turn
  }

  /** Ends the thread. A job under way is broken off with an error that is not the file's fault. */
  async end(): Promise<void> {
    const { worker } = this
    this.ended = worker
    this.forget()
    await worker?.terminate()
  }

  private async runNow(job: IntakeJob, bounds: Bounds): Promise<Intake | Uint8Array> {
    if (this.idle !== null) clearTimeout(this.idle)
    this.worker ??= this.start()
    const worker = this.worker
    worker.ref()
    await this.ready
    const bytes = await copyInSlices(job.bytes)
    const reply = await answer(worker, { ...job, bytes }, bounds)
    if (reply === null && this.ended === worker) throw new Error('The intake worker was stopped.')
    if (reply === null) {
      this.forget()
      await worker.terminate()
      throw new IntakeError(
        'DAMAGED',
        'Reading the file took more time or memory than it is given. Split it or export it again.',
      )
    }
    worker.unref()
    this.idle = setTimeout(() => void this.end(), IDLE_MS).unref()
    if (!reply.ok) throw new IntakeError(reply.problem, reply.sentence)
    return reply.value
  }

  private start(): Worker {
    const { url, execArgv } = workerFile(import.meta.url, './intake.worker')
    const worker = new Worker(url, {
      execArgv,
      // A parser needs none of the server's settings and may print nothing: its output could hold the file's text.
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 1024, stackSizeMb: 4 },
    })
    worker.stdout.resume()
    worker.stderr.resume()
    let cause: unknown
    worker.on('error', (error) => {
      cause = error
    })
    worker.once('exit', () => {
      if (this.worker === worker) this.forget()
    })
    this.ready = new Promise((resolve, reject) => {
      worker.once('message', () => resolve())
      // A thread that does not even start is our fault, never the file's.
      worker.once('exit', () => reject(new Error('The intake worker ended before it was ready.', { cause })))
    })
    return worker
  }

  private forget(): void {
    if (this.idle !== null) clearTimeout(this.idle)
    this.idle = null
    this.worker = null
  }
}

/** The worker's reply, or null when the job's time is over or the thread ended under it. */
async function answer(
  worker: Worker,
  job: IntakeJob & { bytes: Uint8Array<ArrayBuffer> },
  { maxTime, maxMemory }: Bounds,
): Promise<IntakeReply | null> {
  return new Promise((resolve) => {
    const done = (reply: IntakeReply | null): void => {
      clearTimeout(timer)
      clearInterval(watch)
      worker.off('message', done).off('exit', onExit)
      resolve(reply)
    }
    const onExit = (): void => done(null)
    const timer = setTimeout(() => done(null), maxTime)
    // A thread's own heap limit does not count buffers, and those are what a hostile file blows up.
    const before = process.memoryUsage.rss()
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > maxMemory) done(null)
    }, 50)
    worker.on('message', done).on('exit', onExit)
    worker.postMessage(job, [job.bytes.buffer])
  })
}

const SLICE = 4 * 1024 * 1024

/** The caller keeps its bytes and the worker owns a copy; a large one is made in slices between other work. */
async function copyInSlices(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const copy = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += SLICE) {
    copy.set(bytes.subarray(at, at + SLICE), at)
    if (at + SLICE < bytes.length) await new Promise(setImmediate)
  }
  return copy
}
