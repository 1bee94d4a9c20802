import { createHmac, randomBytes } from 'node:crypto'
import type { KeyRing } from './keyFile.js'
import { openBytes, sealBytes } from './seal.js'

/** A data key as its row keeps it. `wrapped` is null once the key was destroyed: nothing sealed with it opens again. */
export interface WrappedKey {
  readonly kekId: string
  readonly wrapped: Uint8Array | null
}

/** Opens and seals the values of one patient (or one upload). Every value names its place: `table.column/row id`. */
export interface Sealer {
  seal(place: string, plain: string): Uint8Array
  sealBinary(place: string, plain: Uint8Array): Uint8Array
  open(place: string, sealed: Uint8Array): string
  openBinary(place: string, sealed: Uint8Array): Buffer
}

export interface Vault {
  /** A new data key, wrapped for storage under (organisation, owner). */
  newKey(orgId: string, ownerId: string): WrappedKey
  /** @throws KeyDestroyedError after the key was destroyed. */
  sealer(orgId: string, ownerId: string, key: WrappedKey): Sealer
  /** Owners of the data keys that are open in this process, by organisation. */
  opened(): ReadonlyMap<string, readonly string[]>
  /** Let go of an owner's opened key, which was destroyed: nothing here opens what it sealed any more. */
  forget(orgId: string, ownerId: string): void
  /** The same value of the same facility gives the same index; nothing else can be told from it (HMAC-SHA256). */
  blindIndex(orgId: string, facilityId: string, assigner: string, type: string, value: string): Uint8Array
  /** A keyed reference of a subject that outlives the subject's key. */
  subjectRef(orgId: string, patientId: string): string
  /** 32 bytes for one named use of this installation. */
  derive(use: string): Buffer
}

export class KeyDestroyedError extends Error {
  override readonly name = 'KeyDestroyedError'
}

export function createVault(ring: KeyRing): Vault {
  const unwrapped = new Map<string, Buffer>()
  const index = ring.derive('blind index')
  const reference = ring.derive('subject reference')

  return {
    derive: (use) => ring.derive(use),
    newKey(orgId, ownerId) {
      const kekId = ring.currentKekId
      return { kekId, wrapped: sealBytes(ring.kek(kekId), keyPlace(orgId, ownerId), randomBytes(32)) }
    },
    sealer(orgId, ownerId, key) {
      if (!key.wrapped) throw new KeyDestroyedError('the key was destroyed')
      const dataKey = unwrap(orgId, ownerId, key.kekId, key.wrapped)
      const place = (p: string) => `${orgId}/${ownerId}/${p}`
      return {
        seal: (p, plain) => sealBytes(dataKey, place(p), Buffer.from(plain, 'utf8')),
        sealBinary: (p, plain) => sealBytes(dataKey, place(p), plain),
        open: (p, sealed) => openBytes(dataKey, place(p), sealed).toString('utf8'),
        openBinary: (p, sealed) => openBytes(dataKey, place(p), sealed),
      }
    },
    opened() {
      const owners = new Map<string, Set<string>>()
      for (const name of unwrapped.keys()) {
        const [orgId, ownerId] = name.split('/') as [string, string]
        owners.set(orgId, (owners.get(orgId) ?? new Set()).add(ownerId))
      }
      return new Map([...owners].map(([orgId, ids]) => [orgId, [...ids]]))
    },
    forget(orgId, ownerId) {
      const ofOwner = `${orgId}/${ownerId}/`
      for (const name of unwrapped.keys()) if (name.startsWith(ofOwner)) unwrapped.delete(name)
    },
    blindIndex: (orgId, facilityId, assigner, type, value) =>
      createHmac('sha256', index)
        .update([orgId, facilityId, assigner, type, value].map(lengthPrefixed).join(''))
        .digest(),
    subjectRef: (orgId, patientId) =>
      createHmac('sha256', reference).update(`${orgId}/${patientId}`).digest('base64url'),
  }

  /** Unwrapping is cheap but happens per row: the newest 2,000 keys stay opened. */
  function unwrap(orgId: string, ownerId: string, kekId: string, wrapped: Uint8Array): Buffer {
    // The whole place is in the name: a key that was opened for one owner is not thereby open for another.
    const name = `${orgId}/${ownerId}/${kekId}/${Buffer.from(wrapped).toString('base64')}`
    const known = unwrapped.get(name)
    if (known) return known
    const dataKey = openBytes(ring.kek(kekId), keyPlace(orgId, ownerId), wrapped)
    if (unwrapped.size >= 2_000) unwrapped.delete(unwrapped.keys().next().value!)
    unwrapped.set(name, dataKey)
    return dataKey
  }
}

const keyPlace = (orgId: string, ownerId: string): string => `data key/${orgId}/${ownerId}`
const lengthPrefixed = (text: string): string => `${text.length}:${text}`
