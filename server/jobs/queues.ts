/** What can be queued: names, and ids only. A job never carries patient data. */
export interface JobData {
  /** Read what is unread of one chart. At most one waits per chart. */
  'engine-run': { readonly orgId: string; readonly chartId: string }
  /** Escalate a break-glass that nobody reviewed in time. */
  'break-glass-review': { readonly orgId: string; readonly chartId: string; readonly breakGlassId: string }
}

export type JobName = keyof JobData

export interface QueueSpec {
  /** Attempts after the first one. */
  readonly retryLimit: number
  /** Seconds before the first retry; doubles from there, with jitter. */
  readonly retryDelay: number
  /** Seconds without a heartbeat after which a job counts as abandoned (its process died) and goes back. */
  readonly abandonedAfter: number
  /** Jobs a node runs at once. */
  readonly concurrency: number
}

export const QUEUES: Readonly<Record<JobName, QueueSpec>> = {
  'engine-run': { retryLimit: 4, retryDelay: 1, abandonedAfter: 15, concurrency: 2 },
  'break-glass-review': { retryLimit: 8, retryDelay: 30, abandonedAfter: 60, concurrency: 1 },
}

export const JOB_NAMES = Object.keys(QUEUES) as JobName[]
