export { addQueue, queueByName } from './queues.store.js'
