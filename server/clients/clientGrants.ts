import { type ClientGrant, type Context, inContext, intersectScopes, parseScopes } from '../auth/scope.js'
import type { Database } from '../db/pool.js'
import { isUuid } from '../kernel/ids.js'
import { registrationOf } from './client.store.js'

/**
 * What tokens of a program have at most, whether or not it is in force now: what is registered and agreed.
 * @param clientId as OAuth knows it
 * @returns undefined where there is none of that id
 */
export async function grantRegistered(
  database: Database,
  clientId: string,
  context: Context,
): Promise<ClientGrant | undefined> {
  const [orgId, id, ...rest] = clientId.split('.')
  if (!isUuid(orgId) || !isUuid(id) || rest.length > 0) return undefined
  const row = await database.read(orgId, (tx) => registrationOf(tx, orgId, id))
  if (!row) return undefined
  const { scopes, agreementScopes, purpose, vendorName, operationHashes, costPerMinute, networks } = row
  return {
    actsFor: context === 'user' ? 'PERSON' : 'ITSELF',
    scopes: inContext(intersectScopes(parsed(scopes), parsed(agreementScopes)), context),
    purpose,
    vendor: vendorName,
    until: LAST,
    limits: { operationHashes, costPerMinute, networks },
  }
}

const parsed = (texts: readonly string[]) => parseScopes(texts.join(' ')) ?? []
/** Of the scopes alone: nothing is decided by when. */
const LAST = new Date(8_640_000_000_000_000)
