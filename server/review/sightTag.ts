import { createHmac } from 'node:crypto'
import type { Session } from '../auth/session.js'
import type { Sight } from '../auth/sight.js'
import { VAULT } from '../vault/service.js'
import type { Vault } from '../vault/vault.js'

/**
 * A sight by name, to be handed to a client that will come back: it says nothing and gives nothing, is the same on
 * every node and for everyone of equal sight, and tells on return whether access changed meanwhile (PROTOCOL.md, LV16).
 */
export const sightTag = (session: Session, sight: Sight): string => {
  const { key, tags, sights } = knownTo(session)
  let tag = tags.get(sight)
  if (!tag) {
    tag = createHmac('sha256', key).update(sight.key).digest().subarray(0, 16).toString('base64url')
    if (sights.size >= 5_000) sights.clear()
    tags.set(sight, tag)
    sights.set(tag, sight)
  }
  return tag
}

/** The sight behind a tag, where this process has handed it out; another one may have. */
export const sightTagged = (session: Session, tag: string): Sight | undefined => knownTo(session).sights.get(tag)

interface Known {
  readonly key: Buffer
  readonly tags: WeakMap<Sight, string>
  readonly sights: Map<string, Sight>
}
const known = new WeakMap<Vault, Known>()

function knownTo(session: Session): Known {
  const vault = session.services.get(VAULT)
  let found = known.get(vault)
  if (!found) {
    found = { key: vault.derive('sight tag'), tags: new WeakMap(), sights: new Map() }
    known.set(vault, found)
  }
  return found
}
