export { enqueue, prepareJobs } from './jobs.store.js'
export { JOB_NAMES, type JobData, type JobName } from './queues.js'
export { type Attempt, JOBS, type JobHandlers, type Jobs, type JobWaker, startJobs } from './startJobs.js'
