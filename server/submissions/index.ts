export { type FrozenSnapshot, submittedCodes } from './snapshot.model.js'
export { presentSubmission } from './submission.presenter.js'
export { openSnapshot, snapshotOf, submissionsOf } from './submission.store.js'
