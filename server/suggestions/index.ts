export { type CodeOnDate, inReviewOrder, isPrincipalRole, type Line, type LineProblem } from './model.js'
export { opportunityRows, todayIn, workingSetOf } from './suggestion.loader.js'
export { presentOpportunityState, presentSuggestion, presentSuggestionState } from './suggestion.presenter.js'
export {
  evidenceOf,
  insertEvidence,
  insertLine,
  insertOpportunity,
  linesOf,
  opportunitiesOf,
  updateLine,
} from './suggestion.store.js'
export {
  acceptedOf,
  citedBy,
  editsOf,
  factsOf,
  loadWorkingSet,
  orderOf,
  viewOf,
  type WorkingSet,
  withEvidence,
  withLines,
} from './workingSet.js'
