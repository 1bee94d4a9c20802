export { blindMembersOn } from './pass.store.js'
