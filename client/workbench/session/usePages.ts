import { useCallback, useEffect, useRef, useState } from 'react'
import type { TypedDocumentString } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { chartroom, sentenceOf } from './chartroom.js'
import type { Asked } from './useAsked.js'

export interface Edge<N> {
  readonly cursor: string
  readonly node: N
}

export interface Page<N> {
  readonly edges: readonly Edge<N>[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
}

export interface Pages<N> extends Asked<readonly Edge<N>[]> {
  readonly hasMore: boolean
  more(): void
}

/**
 * Pages of a list, one after the other. Other variables start from the top, and a late answer to older ones is dropped.
 * Undefined variables ask nothing.
 * @param pageOf the same function every time
 */
export function usePages<R, V, N>(
  document: TypedDocumentString<R, V>,
  variables: V | undefined,
  pageOf: (answer: R) => Page<N>,
): Pages<N> {
  const key = variables === undefined ? undefined : JSON.stringify(variables)
  const [data, setData] = useState<readonly Edge<N>[]>()
  const [end, setEnd] = useState<string | null>(null)
  const [loading, setLoading] = useState(variables !== undefined)
  const [problem, setProblem] = useState<string>()
  const viewer = useViewer()
  const turn = useRef(0)

  const load = useCallback(
    (after: string | null) => {
      const mine = ++turn.current
      if (key === undefined) return
      setLoading(true)
      chartroom
        .query(document, { ...(JSON.parse(key) as V), after })
        .then((answer) => {
          if (mine !== turn.current) return
          const page = pageOf(answer)
          setData((before) => (after ? [...(before ?? []), ...page.edges] : page.edges))
          setEnd(page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null)
          setProblem(undefined)
        })
        .catch((error: unknown) => mine === turn.current && setProblem(sentenceOf(error)))
        .finally(() => mine === turn.current && setLoading(false))
    },
    [document, key, pageOf],
  )
  useEffect(() => {
    setData(undefined)
    load(null)
    return () => {
      turn.current++
    }
  }, [load, viewer])

  return {
    data,
    problem,
    loading,
    hasMore: end !== null,
    reload: () => load(null),
    more: () => {
      if (!loading && end !== null) load(end)
    },
  }
}
