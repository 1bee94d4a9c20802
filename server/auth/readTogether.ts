import { sharingStatements } from '../db/sharedStatements.js'
import { ChartroomError } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import { type Accessed, newAccessed } from './accessed.js'
import { CLOCK, type Claims, DATABASE, sessionOf } from './request.js'
import type { Session } from './session.js'
import { loadViewers } from './viewer.store.js'

export interface Reader {
  readonly claims: Claims
  /** Of the operation that it is a part of. */
  readonly accessed?: Accessed | undefined
}

/**
 * One consistent read for several people of one organisation, each in a session of their own: who they are is read in one
 * statement, at one time, and an equal statement runs once for all of them. What is decided for each is decided by the code
 * that decides for one.
 *
 * @param work gets a session for each reader, in their order; for whoever is signed in no more the error
 */
export async function readTogether<T>(
  services: Services,
  orgId: string,
  readers: readonly Reader[],
  work: (sessions: readonly (Session | ChartroomError)[]) => Promise<T>,
): Promise<T> {
  const read = await services.get(DATABASE).openRead(orgId)
  try {
    const now = services.get(CLOCK).now()
    const tx = sharingStatements(read.tx)
    const claims = readers.map((reader) => reader.claims)
    const together = new Map<unknown, unknown>()
    const viewers = await loadViewers(tx, orgId, claims, now)
    const sessions = viewers.map((viewer, i) =>
      viewer instanceof ChartroomError
        ? viewer
        : sessionOf({ viewer, tx, now, services, together }, readers[i]!.accessed ?? newAccessed()),
    )
    return await work(sessions)
  } finally {
    await read.end()
  }
}
