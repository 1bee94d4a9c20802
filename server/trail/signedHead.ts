import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../kernel/text.js'
import type { ChainHead } from './record.model.js'

/** How far a chain went at a time, vouched for by this installation's key. Keep it where the database's owner cannot write. */
export interface SignedHead extends ChainHead {
  readonly orgId: string
  /** ISO 8601 in UTC. */
  readonly at: string
  /** HMAC-SHA256 over the canonical JSON of the rest, base64url. */
  readonly signature: string
}

/** @param key `vault.derive('trail head')` */
export function signHead(key: Uint8Array, orgId: string, { seq, hash }: ChainHead, at: Date): SignedHead {
  const head = { orgId, seq, hash, at: at.toISOString() }
  return { ...head, signature: signatureOf(key, head) }
}

/** Whether it was signed with this key, and not changed since. */
export function isSigned(key: Uint8Array, { signature, ...head }: SignedHead): boolean {
  const expected = Buffer.from(signatureOf(key, head))
  const given = Buffer.from(signature)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

export const signedHeadShape: z.ZodType<SignedHead> = z.strictObject({
  orgId: z.string(),
  seq: z.int().min(0),
  hash: z.string().length(64),
  at: z.string(),
  signature: z.string(),
})

const signatureOf = (key: Uint8Array, head: Omit<SignedHead, 'signature'>): string =>
  createHmac('sha256', key).update(canonicalJson(head)).digest('base64url')
