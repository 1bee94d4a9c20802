export { deletionDone, grantedDeletion } from './grantedDeletion.js'
