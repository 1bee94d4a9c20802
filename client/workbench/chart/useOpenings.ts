import { useEffect, useState } from 'react'
import { BreakGlassReviewsDocument, HelpRequestsDocument, type HelpRequestsQuery } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import type { BrokenGlass } from '../model/types.js'
import { chartroom } from '../session/chartroom.js'

export type Question = HelpRequestsQuery['helpRequests'][number]

/**
 * By what a chart is open to somebody who has no part on it: a glass of their own that they broke, or a question of its
 * coder. Asked again when what one may see changes; nobody but those whom it can concern asks at all.
 */
export function useOpenings(chartId: string, key: string) {
  const { member, roles } = useViewer()
  const [glass, setGlass] = useState<BrokenGlass>()
  const [questions, setQuestions] = useState<readonly Question[]>([])
  const breaks = roles.includes('SUPERVISOR') || roles.includes('PRIVACY_OFFICER')
  const helps = roles.includes('SUPERVISOR')

  useEffect(() => {
    if (!breaks) return
    let current = true
    chartroom
      .query(BreakGlassReviewsDocument, { first: 50, openOnly: false })
      .then(({ breakGlassReviews: all }) => {
        const mine = all.find(
          (it) => it.chartId === chartId && it.member.id === member.id && Date.parse(it.until) > Date.now(),
        )
        if (current) setGlass(mine)
      })
      // The banner is a courtesy: what is open, the chart itself shows.
      .catch(() => current && setGlass(undefined))
    return () => {
      current = false
    }
  }, [breaks, chartId, member.id, key])

  useEffect(() => {
    if (!helps) return
    let current = true
    chartroom
      .query(HelpRequestsDocument, {})
      .then(({ helpRequests }) => current && setQuestions(helpRequests.filter((it) => it.chartId === chartId)))
      .catch(() => current && setQuestions([]))
    return () => {
      current = false
    }
  }, [helps, chartId, key])

  return { glass, questions }
}
