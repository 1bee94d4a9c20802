import DataLoader from 'dataloader'
import { remembered, type Session } from '../auth/session.js'
import type { ChartRow } from '../charts/index.js'
import type { AuditView } from './audit.model.js'
import { auditsOfCharts } from './audit.store.js'

/** The audits of several charts in two statements. The caller has judged that the viewer sees these charts. */
export const auditsLoader = (session: Session): DataLoader<ChartRow, AuditView[], string> =>
  remembered(
    session,
    auditsLoader,
    () =>
      new DataLoader<ChartRow, AuditView[], string>(
        async (charts) => {
          const found = await auditsOfCharts(session, charts)
          return charts.map((chart) => found.get(chart.id) ?? [])
        },
        { cacheKeyFn: (chart) => chart.id },
      ),
  )
