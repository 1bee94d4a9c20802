import { recordAccess } from '../auth/recordAccess.js'
import { isInNetworks, spend } from '../clients/index.js'
import type { Database } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { ChartroomError, forbidden, rateLimited } from '../kernel/errors.js'
import { sha256 } from '../kernel/text.js'
import type { OperationContext } from './operation.js'
import { noteErrors } from './recordOperation.js'

/**
 * What was registered of a program beside its scopes, before its operation is read: from where it asks, and whether it may
 * send this text at all. The answer waits for the record of a refusal.
 * @param text of the operation, as it was sent
 * @throws FORBIDDEN (NETWORK, OPERATION_NOT_REGISTERED), UNAUTHENTICATED
 */
export async function admitClient(context: OperationContext, text: string, clientAddress: string): Promise<void> {
  try {
    const { client } = (await context.reading()).viewer
    if (!client) throw forbidden('SCOPE')
    const { networks, operationHashes } = client.limits
    if (networks && !isInNetworks(clientAddress, networks)) throw forbidden('NETWORK')
    if (operationHashes && !operationHashes.includes(sha256(text))) throw forbidden('OPERATION_NOT_REGISTERED')
  } catch (error) {
    await context.finish()
    if (error instanceof ChartroomError) {
      noteErrors(context, [{ extensions: { ...error.detail, code: error.code } }])
      await recordAccess(context.services, context.claims, context.accessed, { action: 'operation', purpose: 'NONE' })
    }
    throw error
  }
}

/** What the operations of each program cost together in the running minute, on all nodes. */
export interface ClientBudgets {
  /** @throws RATE_LIMITED with the seconds to wait, REQUEST_REFUSED for what no minute would have room for */
  take(client: { readonly orgId: string; readonly clientId: string }, perMinute: number, cost: number): Promise<void>
}

const MINUTE_MS = 60_000

export function createClientBudgets(
  database: Pick<Database, 'outsideOrganisations'>,
  clock: Pick<Clock, 'now'>,
): ClientBudgets {
  return {
    async take({ orgId, clientId }, perMinute, cost) {
      if (cost > perMinute)
        throw new ChartroomError('REQUEST_REFUSED', `The request goes beyond a limit: cost, at most ${perMinute}.`, {
          limit: 'cost',
          most: perMinute,
        })
      const at = clock.now()
      // What costs nothing to answer is an operation too. What is refused takes nothing from what would still fit.
      const began = await spend(database, { orgId, clientId, at, most: perMinute, cost: Math.max(1, cost) })
      if (!began) return
      const waits = began.getTime() + MINUTE_MS - at.getTime()
      throw rateLimited(Math.min(60, Math.max(1, Math.ceil(waits / 1000))))
    },
  }
}
