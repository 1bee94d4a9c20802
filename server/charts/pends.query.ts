import type { Pend } from '../../schema/review.js'
import { directoryOf } from '../accounts/index.js'
import type { Session } from '../auth/session.js'
import type { Sight } from '../auth/sight.js'
import { type ChartRow, todayOf } from './chart.model.js'
import { presentPend } from './pend.presenter.js'
import { pendsOf } from './pend.store.js'

/** Why a chart waits, or waited. */
export async function pendsFor(session: Session, chart: ChartRow, sight: Sight): Promise<Pend[]> {
  const [pends, directory] = await Promise.all([pendsOf(session, chart), directoryOf(session)])
  return pends.map((pend) => presentPend(pend, sight, directory, todayOf(chart).labels))
}
