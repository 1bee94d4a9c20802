export { auditsLoader } from './audit.loader.js'
export { presentAudit, presentFinding } from './audit.presenter.js'
