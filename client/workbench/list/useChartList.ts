import { useCallback, useEffect, useRef, useState } from 'react'
import { type ChartFilter, type ChartSort, ChartsDocument } from '../../live/index.js'
import type { ChartListItem } from '../model/types.js'
import { chartroom, sentenceOf } from '../session/chartroom.js'

export interface ChartList {
  readonly charts: readonly ChartListItem[]
  readonly total: number | undefined
  readonly state: 'loading' | 'loadingMore' | 'idle'
  readonly problem: string | undefined
  readonly hasMore: boolean
  loadMore(): void
  reload(): void
}

const PAGE = 50

/** Pages of charts, one after the other; a new filter starts from the top, and a late answer to an old one is dropped. */
export function useChartList(filter: ChartFilter, sort: ChartSort): ChartList {
  const key = JSON.stringify([filter, sort])
  const [charts, setCharts] = useState<readonly ChartListItem[]>([])
  const [total, setTotal] = useState<number>()
  const [end, setEnd] = useState<string | null>(null)
  const [state, setState] = useState<ChartList['state']>('loading')
  const [problem, setProblem] = useState<string>()
  const turn = useRef(0)

  const load = useCallback(
    async (after: string | null, first: number) => {
      const mine = ++turn.current
      setState(after ? 'loadingMore' : 'loading')
      const [filter, sort] = JSON.parse(key) as [ChartFilter, ChartSort]
      try {
        const { charts: page } = await chartroom.query(ChartsDocument, { first, after, filter, sort })
        if (mine !== turn.current) return
        const nodes = page.edges.map((edge) => edge.node)
        setCharts((before) => (after ? [...before, ...nodes.filter((n) => !before.some((b) => b.id === n.id))] : nodes))
        setTotal(page.totalCount)
        setEnd(page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null)
        setProblem(undefined)
      } catch (error) {
        if (mine === turn.current) setProblem(sentenceOf(error))
      }
      if (mine === turn.current) setState('idle')
    },
    [key],
  )

  useEffect(() => void load(null, PAGE), [load])
  const reload = useCallback(() => void load(null, PAGE), [load])
  useEffect(() => {
    window.addEventListener('focus', reload)
    return () => window.removeEventListener('focus', reload)
  }, [reload])

  return {
    charts,
    total,
    state,
    problem,
    hasMore: end !== null,
    loadMore: () => {
      if (state === 'idle' && end !== null) void load(end, PAGE)
    },
    reload,
  }
}
