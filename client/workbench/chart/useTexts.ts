import { useEffect, useMemo, useRef, useState } from 'react'
import type { LiveChart } from '../../live/index.js'
import type { DocumentState } from '../model/types.js'
import { sentenceOf } from '../session/chartroom.js'

export interface Texts {
  /** By document version. */
  readonly loaded: ReadonlyMap<string, string>
  readonly problems: ReadonlyMap<string, string>
  retry(versionId: string): void
}

/**
 * The words of all documents of a chart, the shown one first. They are kept in memory for as long as the page shows
 * the chart and the viewer may see them, so that quotes and finding in all documents answer at once.
 */
export function useTexts(
  live: LiveChart | undefined,
  documents: readonly DocumentState[],
  firstVersionId: string | undefined,
): Texts {
  const [loaded, setLoaded] = useState<ReadonlyMap<string, string>>(new Map())
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const asked = useRef(new Set<string>())
  const visible = documents.filter((d) => !d.withdrawnAt && d.version && d.version.scan !== true)
  const wanted = visible.map((d) => d.version!.id)
  const key = wanted.join()

  useEffect(() => {
    asked.current.clear()
    setLoaded(new Map())
    setProblems(new Map())
  }, [live])

  useEffect(() => {
    if (!live) return
    const ids = key ? key.split(',') : []
    // What was withdrawn, or may no longer be seen, leaves the page at once; should it come back, it is asked for again.
    for (const id of asked.current) if (!ids.includes(id)) asked.current.delete(id)
    setLoaded((map) => (ids.length === map.size && ids.every((id) => map.has(id)) ? map : keep(map, ids)))
    const order = [...ids].sort((a, b) => Number(b === firstVersionId) - Number(a === firstVersionId))
    for (const id of order) {
      if (asked.current.has(id)) continue
      asked.current.add(id)
      live
        .documentText(id)
        .then((text) => text !== null && asked.current.has(id) && setLoaded((map) => new Map(map).set(id, text)))
        .catch((error: unknown) => setProblems((map) => new Map(map).set(id, sentenceOf(error))))
    }
  }, [live, key, firstVersionId, problems])

  return useMemo(
    () => ({
      loaded,
      problems,
      retry(versionId: string) {
        asked.current.delete(versionId)
        setProblems((map) => new Map([...map].filter(([id]) => id !== versionId)))
      },
    }),
    [loaded, problems],
  )
}

const keep = (map: ReadonlyMap<string, string>, ids: readonly string[]): ReadonlyMap<string, string> =>
  new Map([...map].filter(([id]) => ids.includes(id)))
