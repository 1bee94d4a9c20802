export type { DenialReason, Notice } from './consent.model.js'
export { recordReliance } from './consent.store.js'
export { basisFor, type DisclosedThing, type Disclosure, type DisclosureDecision } from './disclosure.js'
export { part2Notice } from './part2Notice.model.js'
