import { Worker } from 'node:worker_threads'
import { workerFile } from '../kernel/workers.js'
import type { FhirIssue } from './fhirDefinitions.js'

export type { FhirIssue } from './fhirDefinitions.js'

export interface FhirQuestion {
  readonly id: number
  readonly json: string
}
export type FhirAnswer = { readonly id: number } & (
  | { readonly issues: readonly FhirIssue[] }
  | { readonly failure: string }
)

export interface FhirValidator {
  /**
   * Checks serialised FHIR (`serialiseFhir`) against the official R4 definitions.
   *
   * @returns every issue found; a command that exports refuses if one has severity `error`
   * @throws Error when the check itself failed or the validator was closed: then nothing is known of the bundle
   */
  validate(json: string): Promise<readonly FhirIssue[]>
  /** Ends the worker; waiting calls fail. */
  close(): Promise<void>
}

/**
 * Runs the checks in a worker that starts at the first call, so that a node which never exports pays nothing and one
 * that does keeps answering while the definitions load (about a second). An idle worker ends after `idleMs` and gives its
 * memory back. It never keeps the process alive.
 */
export function createFhirValidator(idleMs = 300_000): FhirValidator {
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  let closed = false
  const waiting = new Map<number, { resolve(issues: readonly FhirIssue[]): void; reject(error: Error): void }>()

  const failAll = (): void => {
    for (const { reject } of waiting.values()) reject(new Error('The FHIR check ended before it answered.'))
    waiting.clear()
  }

  const start = (): Worker => {
    const { url, execArgv } = workerFile(import.meta.url, './validateFhir.worker')
    const started = new Worker(url, { execArgv })
    started.unref()
    started.on('message', (answer: FhirAnswer) => {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('issues' in answer) asked?.resolve(answer.issues)
      else asked?.reject(new Error(`The FHIR check failed: ${answer.failure}.`))
      if (waiting.size === 0) restUntilIdle()
    })
    // An error is followed by exit; only the worker in use speaks for the calls that wait.
    started.on('error', () => {})
    started.on('exit', () => {
      if (worker !== started) return
      worker = null
      failAll()
    })
    return started
  }

  const stop = async (): Promise<void> => {
    clearTimeout(idle)
    const running = worker
    worker = null
    failAll()
    await running?.terminate()
  }

  const restUntilIdle = (): void => {
    worker?.unref()
    clearTimeout(idle)
    idle = setTimeout(() => void stop(), idleMs)
    idle.unref()
  }

  return {
    validate: (json) => {
      if (closed) return Promise.reject(new Error('The FHIR validator is closed.'))
      clearTimeout(idle)
      worker ??= start()
      // While somebody waits the worker holds the process open, or a command-line export would end unanswered.
      worker.ref()
      const id = ++lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        worker?.postMessage({ id, json } satisfies FhirQuestion)
      })
    },
    close: async () => {
      closed = true
      await stop()
    },
  }
}
