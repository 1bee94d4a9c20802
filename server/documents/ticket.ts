import { randomBytes } from 'node:crypto'
import { isUuid } from '../kernel/ids.js'

/**
 * The last part of an upload's address: the organisation, so that the row is looked for under its row level security,
 * and 256 random bits. Only its hash is stored, and it is never logged.
 */
export const newTicket = (orgId: string): string =>
  Buffer.concat([Buffer.from(orgId.replaceAll('-', ''), 'hex'), randomBytes(32)]).toString('base64url')

/** The organisation a ticket names; undefined where it is no ticket. */
export function organisationOf(ticket: string): string | undefined {
  if (!/^[\w-]{64}$/.test(ticket)) return undefined
  const hex = Buffer.from(ticket, 'base64url').subarray(0, 16).toString('hex')
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return isUuid(id) ? id : undefined
}
