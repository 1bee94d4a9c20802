import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Vault } from '../vault/vault.js'

/** The `client_id` of OAuth names the organisation too: a token request belongs to one before anything is looked up. */
export const publicId = (orgId: string, clientId: string): string => `${orgId}.${clientId}`

/**
 * A client's secret of one version: 256 bits that no row holds. A command that is sent again can answer the same one,
 * and a copy of the database lets nobody in.
 */
export const clientSecret = (vault: Vault, orgId: string, clientId: string, version: number): string =>
  createHmac('sha256', vault.derive('client secrets')).update(`${orgId}/${clientId}/${version}`).digest('base64url')

export function isSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}
