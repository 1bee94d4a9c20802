import { RateLimiterMemory } from 'rate-limiter-flexible'
import { recordAccess } from '../auth/recordAccess.js'
import { isInNetworks } from '../clients/index.js'
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

/** What the operations of each program cost together in the running minute, on this node. */
export interface ClientBudgets {
  /** @throws RATE_LIMITED with the seconds to wait, REQUEST_REFUSED for what no minute would have room for */
  take(clientId: string, perMinute: number, cost: number): Promise<void>
}

export function createClientBudgets(): ClientBudgets {
  // Points are counted here and compared below, because each program has a number of its own.
  const spent = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: 60 })
  return {
    async take(clientId, perMinute, cost) {
      if (cost > perMinute)
        throw new ChartroomError('REQUEST_REFUSED', `The request goes beyond a limit: cost, at most ${perMinute}.`, {
          limit: 'cost',
          most: perMinute,
        })
      // What costs nothing to answer is an operation too.
      const taken = Math.max(1, cost)
      const { consumedPoints, msBeforeNext } = await spent.consume(clientId, taken)
      if (consumedPoints <= perMinute) return
      // What is refused takes nothing from what would still fit.
      await spent.reward(clientId, taken)
      throw rateLimited(Math.max(1, Math.ceil(msBeforeNext / 1000)))
    },
  }
}
