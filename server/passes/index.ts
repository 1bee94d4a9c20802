export { blindMembersOn } from './pass.store.js'
export { PASS_ENTITY } from './pass.entity.js'
