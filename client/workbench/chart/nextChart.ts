import { ChartsDocument, ClaimChartDocument } from '../../live/index.js'
import { chartroom } from '../session/chartroom.js'

/**
 * The chart to work after one was submitted: the oldest of one's own, else the oldest that waits in the same worklist,
 * claimed. Somebody may be faster: then the one after it is tried.
 * @returns undefined where nothing waits
 */
export async function nextChart(after: string, queueId: string | undefined): Promise<string | undefined> {
  const own = await chartroom.query(ChartsDocument, {
    first: 2,
    after: null,
    filter: { mine: true, status: ['IN_CODING', 'REOPENED'] },
    sort: 'RECEIVED_ASC',
  })
  const mine = own.charts.edges.find(({ node }) => node.id !== after)
  if (mine) return mine.node.id

  const waiting = await chartroom.query(ChartsDocument, {
    first: 10,
    after: null,
    filter: { status: ['READY'], ...(queueId && { queueId }) },
    sort: 'RECEIVED_ASC',
  })
  for (const { node } of waiting.charts.edges) {
    if (!node.access.can.includes('claim')) continue
    const { claimChart } = await chartroom.mutate(ClaimChartDocument, { input: { chartId: node.id } })
    if (claimChart.__typename === 'ChartSaved') return node.id
  }
  return undefined
}
