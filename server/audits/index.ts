export { auditsLoader } from './audit.loader.js'
export { presentAudit, presentFinding } from './audit.presenter.js'
export { seenResults } from './quality.query.js'
