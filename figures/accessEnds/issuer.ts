import { ACCESS_TOKEN_SECONDS, createAccessTokens } from '../../server/auth/accessToken.js'
import { createClientTokens } from '../../server/clients/index.js'
import type { Database } from '../../server/db/pool.js'
import type { Vault } from '../../server/vault/vault.js'
import type { Cast } from './causes.js'

/**
 * Tokens of third parties as a node with this address issues them, by the same code, with a clock that is slow: they are
 * ten minutes old as far as anybody can tell, and run out soon.
 */
export const issuer =
  (database: Database, vault: Vault) =>
  (address: string): Cast['issued'] =>
  async ({ clientId, secret }, ms) => {
    // A token ends at a whole second: not before the time that it was given.
    const behind = ACCESS_TOKEN_SECONDS * 1_000 - ms - 1_000
    const clock = { now: () => new Date(Date.now() - behind) }
    const accessTokens = createAccessTokens({ key: vault.derive('access token'), issuer: address, clock })
    const tokens = createClientTokens({ database, vault, clock, accessTokens })
    return (await tokens.grant({ clientId, secret, clientAddress: '127.0.0.1' }, undefined)).accessToken
  }
