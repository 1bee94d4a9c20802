import type { ChartSnapshot } from '../../schema/stream.js'
import { type Directory, directoryOf } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import { type Session, rememberedTogether } from '../auth/session.js'
import { isBlind, type Sight } from '../auth/sight.js'
import {
  type ChartRow,
  type ChartView,
  type CommentView,
  type DocumentView,
  documentsToday,
  type EditView,
  type OpportunityView,
  type OrderView,
  type PendView,
  pendsOf,
  presentChartState,
  presentEdit,
  presentOrder,
  presentPend,
  type SubmissionView,
  type SuggestionView,
  viewOfChart,
} from '../charts/index.js'
import { documentViewsOf, presentDocumentState } from '../documents/index.js'
import { presentSubmission, submissionsOf } from '../submissions/index.js'
import {
  editsOf,
  inReviewOrder,
  opportunityRows,
  orderOf,
  presentOpportunityState,
  presentSuggestionState,
  viewOf,
  workingSetOf,
} from '../suggestions/index.js'
import { presentComment } from './comment.presenter.js'
import { commentsOf } from './comment.store.js'
import { sightTag } from './sightTag.js'

/** Everything of a chart at one position of its log, before anybody looks at it. */
export interface ChartState {
  readonly chart: ChartView
  readonly documents: readonly DocumentView[]
  readonly suggestions: readonly SuggestionView[]
  readonly opportunities: readonly OpportunityView[]
  readonly order: OrderView
  readonly edits: readonly EditView[]
  readonly comments: readonly CommentView[]
  readonly pends: readonly PendView[]
  readonly submissions: readonly SubmissionView[]
}

/**
 * Read in the session's one consistent snapshot, so that events after it follow with no gap and no overlap; once for all
 * who read together.
 */
export const chartStateOf = (session: Session, chart: ChartRow): Promise<ChartState> =>
  rememberedTogether(session, chartStateOf, chart.id, () => readChartState(session, chart))

async function readChartState(session: Session, chart: ChartRow): Promise<ChartState> {
  const [set, documents, opportunities, comments, pends, submissions] = await Promise.all([
    workingSetOf(session, chart),
    documentViewsOf(session, chart),
    opportunityRows(session, chart),
    commentsOf(session, chart),
    pendsOf(session, chart),
    submissionsOf(session, chart),
  ])
  return {
    chart: viewOfChart(chart),
    documents,
    suggestions: inReviewOrder(set.lines).map((line) => viewOf(set, line)),
    opportunities: opportunities.map((o) => ({ ...o, evidence: set.evidence.get(o.id) ?? [] })),
    order: orderOf(set),
    edits: editsOf(set),
    comments,
    pends,
    submissions,
  }
}

export function presentSnapshot(
  state: ChartState,
  sight: Sight,
  directory: Directory,
  cursor: string | null,
  tag: string,
): ChartSnapshot {
  const today = documentsToday(
    state.documents.map(({ id, withdrawnAt, version }) => ({
      documentId: id,
      withdrawn: withdrawnAt !== null,
      labels: version.labels,
    })),
  )
  return seenUnder(sight, {
    __typename: 'ChartSnapshot',
    cursor,
    sight: tag,
    chart: presentChartState(state.chart, sight, directory, today),
    documents: state.documents.map((d) => presentDocumentState(d, sight, today)),
    suggestions: state.suggestions.map((s) => presentSuggestionState(s, sight, directory, today)),
    opportunities: state.opportunities.map((o) => presentOpportunityState(o, sight, today)),
    order: presentOrder(state.order, sight),
    edits: state.edits.map((e) => presentEdit(e, sight, directory, today.labels)),
    comments: state.comments.map((c) => presentComment(c, sight, directory, today.labels)),
    pends: state.pends.map((p) => presentPend(p, sight, directory, today.labels)),
    submissions: (isBlind(sight) ? [] : state.submissions).map((s) =>
      presentSubmission(s, sight, directory, today.labels),
    ),
  }) as unknown as ChartSnapshot
}

/** The snapshot of a chart as this session's viewer sees it. */
export async function snapshotFor(
  session: Session,
  chart: ChartRow,
  sight: Sight,
  cursor: string | null,
): Promise<ChartSnapshot> {
  const [state, directory] = await Promise.all([chartStateOf(session, chart), directoryOf(session)])
  return presentSnapshot(state, sight, directory, cursor, sightTag(session, sight))
}
