import type { Database, OpenRead } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { forbidden } from '../kernel/errors.js'
import { type ServiceKey, type Services, serviceKey } from '../kernel/services.js'
import { type Accessed, accessedIn, newAccessed } from './accessed.js'
import type { Outlet } from '../live/outlet.js'
import type { Session } from './session.js'
import type { RenewableSocket } from './socketTicket.js'
import type { Viewer } from './viewer.js'
import { loadViewer } from './viewer.store.js'

export const DATABASE: ServiceKey<Database> = serviceKey('database')
export const CLOCK: ServiceKey<Clock> = serviceKey('clock')

/** What a verified access token or socket ticket says. Nothing in it is believed without the session's row. */
export interface Claims {
  readonly userId: string
  readonly sessionId: string
  readonly orgId: string
  /** A third party's program, and no person. */
  readonly clientId?: string
}

/**
 * One operation of one signed-in person. Reads share one read-only transaction, opened with the first read and ended
 * when the answer is complete; every command has a write transaction of its own.
 */
export interface Request {
  readonly claims: Claims
  readonly services: Services
  /** Of a subscription over a socket: where it can be served together with others. */
  readonly outlet?: Outlet | undefined
  /** Of a subscription: whether it ended before it had begun. */
  readonly isOver?: boolean
  /** What it came over, where that can go on with another sign-in. */
  readonly socket?: RenewableSocket | undefined
  /** What its reads and commands have touched so far: what is recorded before its answer leaves. */
  readonly accessed: Accessed
  /** The session reads go through: a consistent snapshot. @throws UNAUTHENTICATED where the sign-in has ended. */
  reading(): Promise<Session>
  /** Run `work` in a write transaction; afterwards reads see what it did. */
  writing<T>(work: (session: Session) => Promise<T>): Promise<T>
  /** How many statements its reads and commands have run so far, for the counts beside the API tests. */
  statements(): number
  /** End the read transaction. Safe to call twice. */
  close(): Promise<void>
}

export function openRequest(services: Services, claims: Claims, accessed: Accessed = newAccessed()): Request {
  const database = services.get(DATABASE)
  const clock = services.get(CLOCK)
  let open: Promise<{ read: OpenRead; session: Session }> | undefined
  let current: OpenRead | undefined
  let earlier = 0

  return {
    claims,
    services,
    accessed,
    async reading() {
      open ??= begin()
      return (await open).session
    },
    async writing(work) {
      if (claims.clientId !== undefined) throw forbidden('SCOPE')
      await this.close()
      return database.write(
        claims.orgId,
        async (tx) => {
          const now = clock.now()
          const viewer = await loadViewer(tx, claims, now)
          return work(sessionFor(viewer, tx, now))
        },
        (statements) => {
          earlier += statements
        },
      )
    },
    statements: () => earlier + (current?.statements() ?? 0),
    async close() {
      const closing = open
      open = undefined
      const settled = await closing?.catch(() => undefined)
      if (!settled) return
      earlier += settled.read.statements()
      if (current === settled.read) current = undefined
      await settled.read.end()
    },
  }

  async function begin(): Promise<{ read: OpenRead; session: Session }> {
    const read = await database.openRead(claims.orgId)
    try {
      const now = clock.now()
      const viewer = await loadViewer(read.tx, claims, now)
      current = read
      return { read, session: sessionFor(viewer, read.tx, now) }
    } catch (error) {
      await read.end()
      throw error
    }
  }

  function sessionFor(viewer: Viewer, tx: Session['tx'], now: Date): Session {
    return sessionOf({ services, viewer, tx, now }, accessed)
  }
}

/** @param accessed of the operation that it is a part of, where what it touches is noted */
export function sessionOf(of: Omit<Session, 'memory'>, accessed: Accessed): Session {
  accessed.memberId = of.viewer.memberId
  if (of.viewer.client) accessed.client = of.viewer.client
  return { ...of, memory: new Map([[accessedIn as unknown, accessed as unknown]]) }
}

/**
 * Run one read-only session and end it: a follower's wake, an export.
 * @param accessed of the operation that it is a part of
 */
export async function readOnce<T>(
  services: Services,
  claims: Claims,
  work: (session: Session) => Promise<T>,
  accessed?: Accessed,
): Promise<T> {
  const request = openRequest(services, claims, accessed)
  try {
    return await work(await request.reading())
  } finally {
    await request.close()
  }
}
