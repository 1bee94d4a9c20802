import { useCallback, useEffect, useRef, useState } from 'react'
import { type AccessRecordFilter, AccessRecordsDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { chartroom, sentenceOf } from '../session/chartroom.js'
import type { Asked } from '../session/useAsked.js'
import type { AccessRecord } from './RecordsPage.js'

export interface RecordRow {
  readonly id: string
  readonly record: AccessRecord
}

export interface Records extends Asked<readonly RecordRow[]> {
  readonly hasMore: boolean
  more(): void
}

const PAGE = 50

/** Pages of records, one after the other; another filter starts from the top, and a late answer to it is dropped. */
export function useRecords(filter: AccessRecordFilter | undefined): Records {
  const key = filter && JSON.stringify(filter)
  const [data, setData] = useState<readonly RecordRow[]>()
  const [end, setEnd] = useState<string | null>(null)
  const [loading, setLoading] = useState(filter !== undefined)
  const [problem, setProblem] = useState<string>()
  const viewer = useViewer()
  const turn = useRef(0)

  const load = useCallback(
    (after: string | null) => {
      const mine = ++turn.current
      if (key === undefined) return
      setLoading(true)
      chartroom
        .query(AccessRecordsDocument, { filter: JSON.parse(key) as AccessRecordFilter, first: PAGE, after })
        .then(({ accessRecords: page }) => {
          if (mine !== turn.current) return
          const rows = page.edges.map(({ cursor, node }) => ({ id: cursor, record: node }))
          setData((before) => (after ? [...(before ?? []), ...rows] : rows))
          setEnd(page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null)
          setProblem(undefined)
        })
        .catch((error: unknown) => mine === turn.current && setProblem(sentenceOf(error)))
        .finally(() => mine === turn.current && setLoading(false))
    },
    [key],
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
