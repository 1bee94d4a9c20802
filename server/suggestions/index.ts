export {
  type CodeOnDate,
  defaultRole,
  inReviewOrder,
  isPrincipalRole,
  kindOfSystem,
  type Line,
  type LineProblem,
} from './model.js'
export { evidenceProblems, evidenceViews } from './citable.js'
export { codeProblems, poaProblems, roleProblems } from './suggestion.decider.js'
export { opportunityRows, todayIn, workingSetOf } from './suggestion.loader.js'
export {
  presentEvidence,
  presentOpportunityState,
  presentSuggestion,
  presentSuggestionState,
} from './suggestion.presenter.js'
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
  codeOnDate,
  tableOf,
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
