import { useEffect, useState, useSyncExternalStore } from 'react'
import { ChartHeaderDocument, type ChartModel, type LiveChart } from '../../live/index.js'
import type { ChartListItem } from '../model/types.js'
import { chartroom, sentenceOf } from '../session/chartroom.js'

/** The live chart of the page; opened again after every sign-in. Undefined until it is opened. */
export function useChart(
  chartId: string,
  visit: number,
): { live: LiveChart | undefined; model: ChartModel | undefined } {
  const [live, setLive] = useState<LiveChart>()
  useEffect(() => {
    const opened = chartroom.openChart(chartId)
    let current = true
    // Until the new one has something to show, the page keeps what the one before showed, and what was typed on it.
    setLive((before) => before ?? opened)
    const take = (): void => {
      if (current) setLive(opened)
    }
    opened.ready().then(take, take)
    return () => {
      current = false
      opened.close()
    }
  }, [chartId, visit])
  const model = useSyncExternalStore(live?.subscribe ?? subscribeToNothing, live?.getSnapshot ?? nothing)
  return { live, model }
}

const subscribeToNothing = () => () => undefined
const nothing = () => undefined

/** Whose chart it is and where it waits: what the stream does not carry. Asked again when what one may see changes. */
export function useChartHeader(chartId: string, key: string): { header: ChartListItem | undefined; problem?: string } {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly header: ChartListItem | undefined }>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    let current = true
    chartroom
      .query(ChartHeaderDocument, { id: chartId })
      .then(({ chart }) => current && setAnswer({ key, header: chart ?? undefined }))
      .catch((error: unknown) => current && setProblem(sentenceOf(error)))
    return () => {
      current = false
    }
  }, [chartId, key])
  // What was said under another sight leaves the page with it, not when the next answer comes.
  return { header: answer?.key === key ? answer.header : undefined, ...(problem && { problem }) }
}
