import { ChartDocument, type ChartQuery } from '../client/generated/graphql.js'
import type { ChartModel, LiveChart, SuggestionState } from '../client/live/index.js'
import type { Actor } from './actors.js'

export async function chartOf(actor: Actor, id: string): Promise<NonNullable<ChartQuery['chart']>> {
  const { chart } = await actor.room.query(ChartDocument, { id })
  if (!chart) throw new Error('the chart is not visible')
  return chart
}

export function quoteOf(chart: NonNullable<ChartQuery['chart']>, evidenceId: string): string {
  const evidence = (chart.suggestions ?? []).flatMap((s) => s.quotes ?? [])
  return evidence.find((e) => e.id === evidenceId)?.quote ?? ''
}

export const proposals = (model: ChartModel): SuggestionState[] =>
  model.suggestions.filter((s) => s.status === 'PROPOSED' && s.origin === 'ENGINE' && !model.pending.has(s.id))
export const accepted = (model: ChartModel): SuggestionState[] =>
  model.suggestions.filter((s) => s.status === 'ACCEPTED')
export const lineIn = (model: ChartModel, id: string): SuggestionState | undefined =>
  model.suggestions.find((s) => s.id === id)

export async function settled(a: LiveChart, b: LiveChart): Promise<ChartModel> {
  for (;;) {
    const left = await a.until((m) => m.state === 'live' && m.pending.size === 0)
    const right = await b.until((m) => m.state === 'live' && m.pending.size === 0)
    if (left.cursor === right.cursor) return left
    await Promise.race([a.until((m) => m.cursor !== left.cursor), b.until((m) => m.cursor !== right.cursor)])
  }
}
