import DataLoader from 'dataloader'
import { remembered, type Session } from '../auth/session.js'
import type { ChartRow, CommentView } from '../charts/index.js'
import { commentsOfCharts } from './comment.store.js'

/** The comments of several charts in one statement. The caller has judged that the viewer sees these charts. */
export const commentsLoader = (session: Session): DataLoader<ChartRow, CommentView[], string> =>
  remembered(
    session,
    commentsLoader,
    () =>
      new DataLoader<ChartRow, CommentView[], string>(
        async (charts) => {
          const found = await commentsOfCharts(session, charts)
          return charts.map((chart) => found.get(chart.id) ?? [])
        },
        { cacheKeyFn: (chart) => chart.id },
      ),
  )
