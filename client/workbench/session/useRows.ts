import { useEffect, useState } from 'react'
import type { StreamEndReason, TypedDocumentString } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { chartroom, sentenceOf } from './chartroom.js'
import type { Asked } from './useAsked.js'

/** What one word of a stream of rows says: all of them, or what became of some, or that it is over. */
export interface RowsWord<Row> {
  readonly all?: readonly Row[]
  readonly changed?: readonly Row[]
  readonly goneIds?: readonly string[]
  readonly endReason?: StreamEndReason
}

/**
 * Rows that are live: all of them, then what becomes of them, by id. A connection that was lost brings all of them anew.
 * @param document undefined asks nothing
 * @param read a function that stays the same
 */
export function useRows<R, Row extends { readonly id: string }>(
  document: TypedDocumentString<R, Record<string, never>> | undefined,
  read: (answer: R) => RowsWord<Row>,
): Asked<readonly Row[]> {
  const [rows, setRows] = useState<ReadonlyMap<string, Row>>()
  const [problem, setProblem] = useState<string>()
  const [turn, setTurn] = useState(0)
  // Another one after each sign-in: what was live under an earlier one is opened again.
  const viewer = useViewer()

  useEffect(() => {
    setProblem(undefined)
    if (!document) return
    return chartroom.subscribe(
      document,
      {},
      {
        next(answer) {
          const { all, changed, goneIds, endReason } = read(answer)
          // Whoever may see it no more keeps nothing of it.
          if (endReason) {
            setRows(undefined)
            return setProblem(ENDED)
          }
          setRows((before) => {
            const now = new Map((all ?? [...(before?.values() ?? []), ...(changed ?? [])]).map((row) => [row.id, row]))
            for (const id of goneIds ?? []) now.delete(id)
            return now
          })
        },
        ended: (error) => error && setProblem(sentenceOf(error)),
      },
    )
  }, [document, read, viewer, turn])

  return {
    data: rows && [...rows.values()],
    problem,
    loading: document !== undefined && rows === undefined && problem === undefined,
    reload: () => setTurn((n) => n + 1),
  }
}

const ENDED = 'This is not yours to see any more. Look again, or ask your administrator.'
