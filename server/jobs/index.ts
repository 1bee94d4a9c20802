export { enqueue, prepareJobs } from './jobs.store.js'
export { JOB_NAMES, type JobData, type JobName } from './queues.js'
export { type Attempt, type JobHandlers, JOBS, type Jobs, type JobWaker, startJobs } from './startJobs.js'
