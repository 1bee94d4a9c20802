import type { AccessChange } from '../../schema/values.js'
import { CLOCK } from '../auth/request.js'
import type { Services } from '../kernel/services.js'
import { accessEnded, LIVE_METRICS } from '../live/metrics.js'

/** What a look of one subscriber gave, in numbers. */
interface Told {
  readonly items: readonly object[]
  /** It began after a cursor. */
  readonly resumes: boolean
  /** By `performance.now()`: the wake-up that it looked for. */
  readonly wokenAt: number | undefined
}

/** Counts what one subscriber's own look is about to deliver: numbers and kinds, nothing of what is in it. */
export function countLook(services: Services, { items, resumes, wokenAt }: Told): void {
  const metrics = services.get(LIVE_METRICS)
  const sinceWakeMs = wokenAt === undefined ? undefined : performance.now() - wokenAt
  for (const item of items) {
    const { __typename, change, events = [] } = item as Counted
    if (__typename === 'ChartSnapshot') metrics.snapshot('OPENING')
    if (__typename === 'AccessChanged') metrics.snapshot('ACCESS')
    if (resumes && __typename === 'ResyncRequired') metrics.resumed('RESYNC')
    if (resumes && __typename === 'AccessChanged') metrics.resumed('ACCESS')
    if (sinceWakeMs !== undefined && __typename === 'AccessChanged') metrics.accessChanged(change!, sinceWakeMs)
    if (__typename === 'StreamEnded') accessEnded(metrics, wokenAt)
    const sinceCommitMs = wokenAt === undefined ? undefined : age(services, events)
    metrics.delivered({ path: 'OWN', events: events.length, readers: 1, sinceWakeMs, sinceCommitMs })
  }
  if (resumes && items.every((item) => (item as Counted).__typename === 'ChartEvents')) metrics.resumed('EXACT')
}

interface Counted {
  readonly __typename: string
  readonly change?: AccessChange
  readonly events?: readonly { readonly at: Date }[]
}

/** Milliseconds since the newest of them; undefined where there is none. */
export function age(services: Services, events: readonly { readonly at: Date }[]): number | undefined {
  const last = events.at(-1)
  return last && services.get(CLOCK).now().getTime() - last.at.getTime()
}
