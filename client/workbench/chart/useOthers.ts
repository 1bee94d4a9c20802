import { useEffect, useRef } from 'react'
import type { ChartModel } from '../../live/index.js'
import { announce } from '../ui/announce.js'
import { wordsOf } from './ActivityPanel.js'

/** Reads out, politely, what others do and who comes: sighted colleagues see it, everybody should know it. */
export function useOthersAnnounced(model: ChartModel, ownId: string, say: (sentence: string) => void): void {
  const lastCursor = useRef<string | null>(undefined)
  const here = useRef(new Set<string>())
  const { recentEvents: events, presence } = model
  const tell = useRef(say)
  tell.current = say

  useEffect(() => {
    const last = lastCursor.current
    lastCursor.current = events[0]?.cursor ?? null
    // What was there when the page came is no news.
    if (last === undefined) return
    const known = events.findIndex((e) => e.cursor === last)
    const fresh = events.slice(0, known < 0 ? events.length : known)
    for (const event of [...fresh].reverse()) {
      if (!event.actor || event.actor.id === ownId) continue
      announce(`${wordsOf(event)}.`)
      tell.current(`${wordsOf(event)}.`)
    }
  }, [events, ownId])

  useEffect(() => {
    const now = new Map(presence.map((p) => [p.member.id, p.member.displayName]))
    for (const [id, name] of now) if (id !== ownId && !here.current.has(id)) announce(`${name} is on this chart.`)
    here.current = new Set(now.keys())
  }, [presence, ownId])
}
