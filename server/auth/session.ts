import type { Tx } from '../db/pool.js'
import type { Services } from '../kernel/services.js'
import type { Viewer } from './viewer.js'

/**
 * One viewer inside one transaction. Stores take it instead of a connection: there is no query without an identity.
 * What is kept in it (loaders, resolved sights) lives as long as the transaction: one request, one command, one wake.
 */
export interface Session {
  readonly viewer: Viewer
  readonly tx: Tx
  /** The time the request began: one answer for all its rules. */
  readonly now: Date
  readonly services: Services
  /** Per-session memory, by owner. */
  readonly memory: Map<unknown, unknown>
}

/** Memory of a session under a key of its owner, made on first use. */
export function remembered<T>(session: Session, key: unknown, make: () => T): T {
  if (!session.memory.has(key)) session.memory.set(key, make())
  return session.memory.get(key) as T
}
