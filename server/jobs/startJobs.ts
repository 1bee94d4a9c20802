import type PgBoss from 'pg-boss'
import type { Database } from '../db/pool.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import { bossOn, dueJobs, heartbeat } from './jobs.store.js'
import { JOB_NAMES, type JobData, type JobName, QUEUES } from './queues.js'

export const JOBS: ServiceKey<JobWaker> = serviceKey('jobs')

export interface JobWaker {
  /** After the commit that queued a job: a worker of this node looks at once, one of another node within two seconds. */
  wake(name: JobName): void
}

export interface Jobs extends JobWaker {
  /** Resolves when nothing is running here and nothing that could run now is waiting (tests, figures). */
  settled(): Promise<void>
  /** Takes no more jobs, lets the running ones end for `graceMs`, then hands them back. Idempotent. */
  stop(graceMs?: number): Promise<void>
}

export interface Attempt {
  /** Aborted where the server stops before the job has ended. */
  readonly signal: AbortSignal
  /** No retry follows a failure of this one. */
  readonly last: boolean
}

/** Runs at least once: a handler must be idempotent. It fails by throwing; what it throws is not kept. */
export type JobHandlers = { readonly [N in JobName]: (data: JobData[N], attempt: Attempt) => Promise<void> }

export interface JobsOptions {
  readonly database: Database
  /** Of what this node runs; the jobs of other names wait for another node. */
  readonly handlers: Partial<JobHandlers>
  /** A failure by name, without patient data: the job's name and the class of the error. */
  readonly onTrouble: (what: string, error: unknown) => void
}

/**
 * Work off the queue on this node. A job is held by a heartbeat: the jobs of a process that died (kill -9, power) go
 * back after `abandonedAfter` seconds and are tried again on any node, with a growing delay and a limit of attempts.
 *
 * @throws where `prepareJobs` has not been run on this database
 */
export async function startJobs({ database, handlers, onTrouble }: JobsOptions): Promise<Jobs> {
  const sql = database.outsideOrganisations
  const boss = bossOn(sql)
  const names = JOB_NAMES.filter((name) => handlers[name])
  boss.on('error', (error) => onTrouble('job queue', error))
  await boss.start()

  const running = new Map<JobName, Set<string>>(JOB_NAMES.map((name) => [name, new Set()]))
  const sleepers = new Map<JobName, Sleeper[]>()
  const aborting = new AbortController()
  let stopping = false

  const beat = setInterval(() => void beatAll(), BEAT_MS)
  beat.unref()
  const loops = names.flatMap((name) => {
    const own = Array.from({ length: QUEUES[name].concurrency }, () => new Sleeper())
    sleepers.set(name, own)
    return own.map((sleeper) => workOff(name, sleeper))
  })

  return {
    wake,
    async settled() {
      for (;;) {
        if ((await dueJobs(sql, names)) === 0) return
        for (const name of names) wake(name)
        await delay(20)
      }
    },
    async stop(graceMs = GRACE_MS) {
      if (stopping) return void (await Promise.all(loops))
      stopping = true
      for (const name of names) wake(name)
      const grace = setTimeout(() => aborting.abort(), graceMs)
      await Promise.all(loops)
      clearTimeout(grace)
      clearInterval(beat)
      await boss.stop({ graceful: false })
    },
  }

  function wake(name: JobName): void {
    for (const sleeper of sleepers.get(name) ?? []) sleeper.wake()
  }

  async function workOff(name: JobName, sleeper: Sleeper): Promise<void> {
    while (!stopping) {
      sleeper.reset()
      const [job] = await boss.fetch<JobData[JobName]>(name, { includeMetadata: true, batchSize: 1 })
      if (!job) await sleeper.sleep(POLL_MS)
      else await runJob(name, job)
    }
  }

  async function runJob(name: JobName, job: PgBoss.JobWithMetadata<JobData[JobName]>): Promise<void> {
    const held = running.get(name)!
    held.add(job.id)
    try {
      await handlerOf(name)(job.data, { signal: aborting.signal, last: job.retryCount >= job.retryLimit })
      await boss.complete(name, job.id)
    } catch (error) {
      onTrouble(`job ${name}`, error)
      // The row says that it failed, never with what: messages of errors may hold what they were about.
      await boss.fail(name, job.id, {}).catch((lost: unknown) => onTrouble(`job ${name}`, lost))
    } finally {
      held.delete(job.id)
    }
  }

  function handlerOf(name: JobName) {
    return handlers[name] as (data: JobData[JobName], attempt: Attempt) => Promise<void>
  }

  async function beatAll(): Promise<void> {
    try {
      for (const [name, ids] of running) if (ids.size > 0) await heartbeat(sql, name, [...ids])
      await boss.expire()
    } catch (error) {
      onTrouble('job queue', error)
    }
  }
}

const POLL_MS = 2_000
const BEAT_MS = 3_000
const GRACE_MS = 5_000

/** Sleeps until it is woken; a wake that came before the sleep counts. */
class Sleeper {
  #woken = false
  #end: (() => void) | undefined

  reset(): void {
    this.#woken = false
  }

  wake(): void {
    this.#woken = true
    this.#end?.()
  }

  async sleep(ms: number): Promise<void> {
    if (this.#woken) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#end = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#end = undefined
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
