import { expect, it } from 'vitest'
import type { ChartModel } from '../../client/live/index.js'
import { createNodeChartroom } from '../../client/live/node.js'
import { systemTimers } from '../../client/live/timers.js'
import { play } from './history.js'
import { scriptedServer } from './scriptedServer.js'

// What React's useSyncExternalStore asks of a store; that pages use it so is shown in a browser (test/browser).
it('a live chart is an external store: one object until it changes, and told of each change with the new one in place', async () => {
  const server = await scriptedServer()
  const room = createNodeChartroom({ url: server.url, timers: { ...systemTimers, random: () => 0 } })
  try {
    const { snapshots, events } = play([1, 2, 3, 4].map((at) => ({ act: 'propose' as const, at })))
    const chart = room.openChart('c', { presence: false })
    const { subscribe, getSnapshot } = chart
    const told: ChartModel[] = []
    let before = getSnapshot()
    const stop = subscribe(() => {
      const now = getSnapshot()
      expect(now).not.toBe(before)
      expect(getSnapshot()).toBe(now)
      told.push(now)
      before = now
    })
    /** Stops listening while it is being told, as a part of a page that is taken away does. */
    let heard = 0
    const once = subscribe(() => {
      heard++
      once()
    })
    expect(getSnapshot()).toBe(before)
    await server.subscriptions(1)
    server.send({ __typename: 'ChartSnapshot', ...snapshots[1]! })
    server.send({ __typename: 'ChartEvents', events: events.slice(1) })
    await chart.until((it) => it.suggestions.length === 4)
    // Nothing new: nobody is told, and what did not change is the same object.
    const shown = getSnapshot()
    server.send({ __typename: 'ChartEvents', events: [] })
    server.drop()
    await server.subscriptions(2)
    const after = await chart.until((it) => it.state === 'live' && it.facts.resumes === 1)
    expect(after.suggestions).toBe(shown.suggestions)
    expect(after.documents).toBe(shown.documents)
    expect([heard, told.length > 2]).toEqual([1, true])
    stop()
    const last = told.length
    chart.close()
    expect(told).toHaveLength(last)
    expect(getSnapshot().state).toBe('ended')
  } finally {
    room.close()
    await server.close()
  }
})
