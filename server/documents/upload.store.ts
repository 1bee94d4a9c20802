import { createHash, timingSafeEqual } from 'node:crypto'
import type { Session } from '../auth/session.js'
import type { Tx } from '../db/pool.js'
import { VAULT } from '../vault/service.js'
import type { Vault } from '../vault/vault.js'
import type { MediaKind } from './intake.model.js'

/** The SQL of uploads: bytes that came in and wait to be imported, each sealed under a key of its own. */

export interface NewUpload {
  readonly id: string
  readonly ticket: string
  readonly declaredBytes: number
  readonly declaredSha256: string | null
  readonly expiresAt: Date
}

export async function insertUpload(session: Session, upload: NewUpload): Promise<void> {
  const { ticket, ...plain } = upload
  await session.tx`insert into upload ${session.tx({
    ...plain,
    orgId: session.viewer.orgId,
    memberId: session.viewer.memberId,
    ticketHash: hashOf(ticket),
    state: 'CREATED',
    createdAt: session.now,
  })}`
}

/** Remove what nobody imported in time, with the keys that would open it, and what was imported already. */
export async function sweepUploads(session: Session): Promise<void> {
  await session.tx`delete from upload where org_id = ${session.viewer.orgId} and expires_at < ${session.now}`
}

/** How much of the member's own is on its way or waiting. */
export async function pendingUploads(session: Session): Promise<{ count: number; bytes: number }> {
  const [row] = await session.tx<{ count: number; bytes: number }[]>`
    select count(*)::int as count, coalesce(sum(declared_bytes), 0)::bigint as bytes from upload
    where org_id = ${session.viewer.orgId} and member_id = ${session.viewer.memberId} and state <> 'USED'
      and expires_at > ${session.now}`
  return row!
}

export interface Ticketed {
  readonly memberId: string
  readonly state: 'CREATED' | 'STORED' | 'USED'
  readonly declaredBytes: number
  readonly declaredSha256: string | null
}

/** The upload that this ticket is for, if its time is not over and its member still works here. */
export async function ticketedUpload(
  tx: Tx,
  orgId: string,
  id: string,
  ticket: string,
  now: Date,
): Promise<Ticketed | undefined> {
  const [row] = await tx<(Ticketed & { ticketHash: string })[]>`
    select u.member_id, u.state, u.declared_bytes, u.declared_sha256, u.ticket_hash
    from upload u join member m on m.org_id = u.org_id and m.id = u.member_id and m.disabled_at is null
    where u.org_id = ${orgId} and u.id = ${id} and u.expires_at > ${now}`
  if (!row) return undefined
  return timingSafeEqual(Buffer.from(row.ticketHash), Buffer.from(hashOf(ticket))) ? row : undefined
}

export interface Received {
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly mediaKind: MediaKind
  readonly expiresAt: Date
}

/** Keep the bytes, sealed. False where another request was first: a ticket is used once. */
export async function storeUpload(
  tx: Tx,
  vault: Vault,
  orgId: string,
  id: string,
  received: Received,
): Promise<boolean> {
  const key = vault.newKey(orgId, id)
  const content = vault.sealer(orgId, id, key).sealBinary(contentPlace(id), received.bytes)
  const rows = await tx`
    update upload set state = 'STORED', sha256 = ${received.sha256}, media_kind = ${received.mediaKind},
      kek_id = ${key.kekId}, wrapped_key = ${key.wrapped as never}, content = ${content as never},
      expires_at = ${received.expiresAt}
    where org_id = ${orgId} and id = ${id} and state = 'CREATED' returning id`
  return rows.length > 0
}

export interface StoredUpload {
  readonly id: string
  readonly bytes: Uint8Array
}

/** The member's own stored uploads among these ids, opened. */
export async function storedUploads(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredUpload>> {
  const { tx, viewer, now } = session
  if (ids.length === 0) return new Map()
  const rows = await tx<{ id: string; kekId: string; wrappedKey: Uint8Array; content: Uint8Array }[]>`
    select id, kek_id, wrapped_key, content from upload
    where org_id = ${viewer.orgId} and member_id = ${viewer.memberId} and state = 'STORED' and expires_at > ${now}
      and id = any(${ids as string[]}::uuid[])`
  const vault = session.services.get(VAULT)
  return new Map(
    rows.map((row) => {
      const sealer = vault.sealer(viewer.orgId, row.id, { kekId: row.kekId, wrapped: row.wrappedKey })
      return [row.id, { id: row.id, bytes: sealer.openBinary(contentPlace(row.id), row.content) }]
    }),
  )
}

/** Take the uploads: content and key are gone afterwards. False where one of them was taken or ran out meanwhile. */
export async function useUploads(session: Session, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true
  const { tx, viewer, now } = session
  const rows = await tx`
    update upload set state = 'USED', content = null, wrapped_key = null
    where org_id = ${viewer.orgId} and member_id = ${viewer.memberId} and state = 'STORED' and expires_at > ${now}
      and id = any(${ids as string[]}::uuid[]) returning id`
  return rows.length === new Set(ids).size
}

const contentPlace = (id: string): string => `upload.content/${id}`
/** Of the ticket alone, which has 256 random bits: nothing to guess, so nothing to slow down. */
const hashOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex')
