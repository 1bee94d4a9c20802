import type { Accessed } from '../auth/accessed.js'
import { readTogether } from '../auth/readTogether.js'
import type { Claims } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { findChartForEach } from '../charts/index.js'
import { ConnectionLost } from '../db/transaction.js'
import { ChartroomError } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import type { Visitor } from '../live/admission.js'
import { admissionOf, type Standing } from '../live/admissions.js'
import { type Place, readAhead } from './logAhead.js'

/** Somebody who is to be shown what is to be shown of a chart, once. */
export interface Visit<T> extends Place {
  readonly claims: Claims
  /** Of the operation that it is a part of. */
  readonly accessed?: Accessed | undefined
  readonly standing: Standing
  /** Whether whoever asks has left meanwhile. */
  readonly isOver?: (() => boolean) | undefined
  /** May be called again from the beginning. */
  work(session: Session): Promise<T>
}

/**
 * Reading a chart for whoever follows it, together with everybody who asks at the same moment: after a restart a thousand
 * come back to one chart. One consistent read (auth/readTogether.ts) for as many as are admitted at once: sign-ins and
 * members, the chart as each stands to it, the cursors they come with, and the log from the earliest of them are read by one
 * statement each, however many they are. What each may see is then decided for each, by what decides for one who comes
 * alone: a read for one is a read for several of whom there is one.
 *
 * Whoever fails fails alone: what went wrong in company is done again without.
 *
 * @throws Crowded where too many wait already; UNAUTHENTICATED where the sign-in stands no more; UNAVAILABLE to whoever has
 * left, and hears it no more
 */
export function visitChart<T>(services: Services, chartId: string, visit: Visit<T>): Promise<T> {
  const { claims, standing } = visit
  const admission = admissionOf(services, standing)
  const who = { orgId: claims.orgId, personId: claims.userId }
  if (standing === 'ENTERING') admission.refuseCrowd(who)
  return new Promise<T>((resolve, reject) => {
    const guest: Guest = {
      ...who,
      visit,
      gone: () => visit.isOver?.() ?? false,
      left: () => reject(new ChartroomError('UNAVAILABLE')),
      resolve: resolve as (value: unknown) => void,
      reject,
    }
    admission.join(`${claims.orgId}/${chartId}`, guest, (guests) => serve(services, chartId, guests as Guest[]))
  })
}

interface Guest extends Visitor {
  readonly visit: Visit<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
}

async function serve(services: Services, chartId: string, guests: readonly Guest[]): Promise<void> {
  let results: readonly PromiseSettledResult<unknown>[]
  try {
    results = await readFor(services, chartId, guests)
  } catch (error) {
    if (guests.length > 1 && !(error instanceof ConnectionLost)) return serveApart(services, chartId, guests)
    for (const guest of guests) guest.reject(error)
    return
  }
  const failed: Guest[] = []
  for (const [i, guest] of guests.entries()) {
    const result = results[i]!
    if (result.status === 'fulfilled') guest.resolve(result.value)
    else if (guests.length === 1 || isFinal(result.reason)) guest.reject(result.reason)
    else failed.push(guest)
  }
  if (failed.length > 0) await serveApart(services, chartId, failed)
}

/** In halves, until whoever it is that cannot be read for is alone. */
async function serveApart(services: Services, chartId: string, guests: readonly Guest[]): Promise<void> {
  const half = Math.ceil(guests.length / 2)
  await serve(services, chartId, guests.slice(0, half))
  if (half < guests.length) await serve(services, chartId, guests.slice(half))
}

const isFinal = (error: unknown): boolean => error instanceof ChartroomError || error instanceof ConnectionLost

function readFor(
  services: Services,
  chartId: string,
  guests: readonly Guest[],
): Promise<readonly PromiseSettledResult<unknown>[]> {
  const visits = guests.map(({ visit }) => visit)
  return readTogether(services, visits[0]!.claims.orgId, visits, async (sessions) => {
    const signedIn = sessions.filter((it): it is Session => !(it instanceof ChartroomError))
    const [any] = signedIn
    if (any) {
      await findChartForEach(signedIn, chartId)
      await readAhead(any, chartId, visits)
    }
    const working = sessions.map((session, i) =>
      session instanceof ChartroomError ? Promise.reject(session) : visits[i]!.work(session),
    )
    return Promise.allSettled(working)
  })
}
