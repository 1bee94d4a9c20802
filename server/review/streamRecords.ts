import type { Accessed } from '../auth/accessed.js'
import { DISCLOSURES } from '../auth/disclosed.js'
import { subjectRefsOf } from '../auth/recordAccess.js'
import type { Claims } from '../auth/request.js'
import { type Sight, stands } from '../auth/sight.js'
import type { ChartRow } from '../charts/index.js'
import { newId } from '../kernel/ids.js'
import type { Services } from '../kernel/services.js'
import type { AccessDetail, AccessEntry } from '../trail/record.model.js'
import { TRAIL } from '../trail/writer.js'

/** What a look is about to deliver. */
export interface Leaving {
  readonly chart: Pick<ChartRow, 'id' | 'patientId' | 'facilityId' | 'requestId'>
  readonly sight: Sight
  /** Of the chart's log: everything after `from` up to `to` is shown, as a snapshot or as events. */
  readonly from: number
  readonly to: number
  readonly snapshot: boolean
  /** How access changed with it. */
  readonly change: string | undefined
}

export interface StreamRecords {
  /**
   * Resolves when what must be known of this delivery is durable.
   * @throws ChartroomError UNAVAILABLE: then it may not leave
   */
  leaving(delivery: Leaving): Promise<void>
  /** Whether events up to a position are on record already: then that is noted, and nothing is to be written. */
  covers(to: number): boolean
  /** What is to be written before such a delivery of a person's may leave; whoever asks for it writes it. */
  due(delivery: Leaving): AccessEntry[]
  /** Note the end. Where even that is lost, the range that was reserved stands as the upper bound. */
  ended(): void
}

/** Positions that are reserved at once: so many events leave on one record. */
export const RANGE = 200

/**
 * The access records of one stream: its start, a range before the first event beyond the last one leaves, each change
 * of access, its end. Nothing delivered, nothing written. A stream without an end was cut off: its last range is then
 * the most that was delivered.
 */
export function streamRecords(
  services: Services,
  claims: Claims,
  accessed: Pick<Accessed, 'operationHash' | 'client' | 'disclosed'>,
  memberId: string,
): StreamRecords {
  const stream = newId()
  let last: Leaving | undefined
  let reserved = -1
  let ended = false

  return {
    async leaving(delivery) {
      const entries = due(delivery)
      if (entries.length > 0) await services.get(TRAIL).record(claims.orgId, entries)
      if (claims.clientId !== undefined)
        await services.get(DISCLOSURES).made(claims, { ...accessed, memberId }, delivery.sight.classes)
    },
    due,
    covers(to) {
      if (!last || to > reserved) return false
      if (to > last.to) last = { ...last, to }
      return true
    },
    ended() {
      if (ended || !last) return
      ended = true
      const entry = entryOf(last, 'stream end', { to: last.to })
      // The writer tells of its own trouble; a stream that has ended has nobody left to be told.
      services
        .get(TRAIL)
        .record(claims.orgId, [entry])
        .catch(() => {})
    },
  }

  function due(delivery: Leaving): AccessEntry[] {
    const entries: AccessEntry[] = []
    if (!last) entries.push(entryOf(delivery, 'stream start', { from: delivery.from, to: delivery.to }))
    else if (delivery.change) {
      const { change, to } = delivery
      entries.push(entryOf(delivery, 'stream access', { change, to }))
    }
    // A start and a new snapshot say themselves how far they go.
    if (entries.length > 0 && delivery.snapshot) reserved = Math.max(reserved, delivery.to)
    if (delivery.to > reserved && !(delivery.snapshot && entries.length > 0)) {
      const from = Math.max(reserved, delivery.from)
      reserved = Math.max(delivery.to, from + RANGE)
      entries.push(entryOf(delivery, 'stream range', { from, to: reserved }))
    }
    last = delivery
    return entries
  }

  function entryOf({ chart, sight }: Leaving, action: string, detail: AccessDetail): AccessEntry {
    const glass = stands(sight, 'BREAK_GLASS')
    const requests = chart.requestId && stands(sight, 'REQUEST_IN_HAND') ? [chart.requestId] : undefined
    return {
      actorId: memberId,
      facilityIds: [chart.facilityId],
      action,
      purpose: accessed.client?.purpose ?? (glass || requests ? 'OPERATIONS' : 'PAYMENT'),
      operationHash: accessed.operationHash,
      subjectRefs: subjectRefsOf(services, claims.orgId, [chart.patientId]),
      classes: [...sight.classes],
      outcome: 'ALLOWED',
      detail: {
        stream,
        ...detail,
        ...(glass && { breakGlass: true }),
        ...(requests && { requests }),
        ...(accessed.client && { client: claims.clientId!, recipient: accessed.client.vendor }),
      },
    }
  }
}
