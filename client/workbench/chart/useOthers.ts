import { useEffect, useRef } from 'react'
import type { ChartModel } from '../../live/index.js'
import { announce } from '../ui/announce.js'
import { wordsOf } from './ActivityPanel.js'

/** Reads out, politely, what others do and who comes: sighted colleagues see it, everybody should know it. */
export function useOthersAnnounced(model: ChartModel | undefined, ownId: string): void {
  const lastCursor = useRef<string>(undefined)
  const here = useRef(new Set<string>())
  const events = model?.recentEvents
  const presence = model?.presence

  useEffect(() => {
    const newest = events?.[0]
    if (!events || !newest) return
    const known = events.findIndex((e) => e.cursor === lastCursor.current)
    const fresh = lastCursor.current === undefined ? [] : events.slice(0, known < 0 ? events.length : known)
    lastCursor.current = newest.cursor
    for (const event of [...fresh].reverse())
      if (event.actor && event.actor.id !== ownId) announce(`${wordsOf(event)}.`)
  }, [events, ownId])

  useEffect(() => {
    if (!presence) return
    const now = new Map(presence.map((p) => [p.member.id, p.member.displayName]))
    for (const [id, name] of now) if (id !== ownId && !here.current.has(id)) announce(`${name} is on this chart.`)
    here.current = new Set(now.keys())
  }, [presence, ownId])
}
