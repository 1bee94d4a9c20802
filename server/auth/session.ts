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
  /** Of several sessions that read together (readTogether.ts), one for all: nothing in it may depend on the viewer. */
  readonly together?: Map<unknown, unknown>
}

/** Memory of a session under a key of its owner, made on first use. */
export function remembered<T>(session: Session, key: unknown, make: () => T): T {
  if (!session.memory.has(key)) session.memory.set(key, make())
  return session.memory.get(key) as T
}

/**
 * The same of what does not depend on who the viewer is, or on nothing of the viewer that is not in `name`: made once for
 * all who read together.
 */
export function rememberedTogether<T>(session: Session, owner: unknown, name: string, make: () => T): T {
  const memory = session.together ?? session.memory
  const key = rememberedTogether
  if (!memory.has(key)) memory.set(key, new Map<unknown, Map<string, unknown>>())
  const byOwner = memory.get(key) as Map<unknown, Map<string, unknown>>
  let byName = byOwner.get(owner)
  if (!byName) byOwner.set(owner, (byName = new Map()))
  if (!byName.has(name)) byName.set(name, make())
  return byName.get(name) as T
}
