export { abstractValue, columnOf, stayProblem } from './abstract.decider.js'
export { type SeenChart, seeChart, seenCharts } from './chart.loader.js'
export {
  ABSTRACT_CLASSES,
  careDaysOf,
  type ChartRow,
  type ChartView,
  codingDate,
  type EditView,
  iso,
  localDate,
  type OrderView,
  poaApplies,
  todayOf,
  viewOfChart,
} from './chart.model.js'
export { presentChart, presentChartState, presentEdit, presentOrder, rowBehind } from './chart.presenter.js'
export { HELD_AS } from './chart.policy.js'
export {
  chartColumns,
  endAssignments,
  findChartForEach,
  findCharts,
  lockChart,
  saveChart,
  startAssignment,
} from './chart.store.js'
export { ASSIGNMENT_ENTITY, CHART_ENTITY } from './chartList.store.js'
export { deadlineOn, noteDeadline } from './deadline.js'
export { type DocumentsToday, documentsToday, inheritedLabels, NOTHING_TODAY } from './documentsToday.model.js'
export { admitsLabels, seenWithLabels, sightThrough } from './labels.presenter.js'
export { assignmentEnd } from './assignment.decider.js'
export { authorize, chartsVisibleTo, forbiddenReason, isVisible, possibleActions, sightOn } from './chartAccess.js'
export { type ChartCommand, onChart, sealerIn, sealerOf } from './chartCommand.js'
export { isEventVisible, lastVisibleCursor } from './chartLog.js'
export { alreadyDone, type ChartOutcome, chartEvent, invalid, saved } from './chartOutcome.js'
export { presentChartById, presentChartOutcome } from './chartOutcome.query.js'
export { onChartAsSystem, type SystemCommand, type SystemReason, systemSession } from './chartSystem.js'
export { insertHelp, type Help, helpInForce, type OpenHelp } from './help.store.js'
export { SORT_NEEDS } from './listCharts.query.js'
export { limitList, limitPast, limitText, requireText } from './limits.js'
export type { Part2Admission } from './part2.model.js'
export { admitsPart2, PART2_BASIS, type Part2Basis } from './part2Basis.js'
export { requestInHand } from './requestInHand.store.js'
export { presentPend } from './pend.presenter.js'
export { insertPend, pendsOf } from './pend.store.js'
export type * from './views.model.js'
export { releaseExpired } from './releaseExpired.job.js'
