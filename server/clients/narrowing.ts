import { isWithin, type Scope } from '../auth/scope.js'
import { isNetworkWithin } from './networks.js'

/** What is registered of a program beside its name and purpose: all of it can be changed. */
export interface ClientTerms {
  readonly scopes: readonly Scope[]
  readonly operationHashes: readonly string[] | null
  readonly costPerMinute: number | null
  readonly networks: readonly string[] | null
  readonly redirectUris: readonly string[]
}

/**
 * Whether whatever may be done under `after` might be done under `before`. What only takes away counts at once; everything
 * else waits for a second person.
 */
export const onlyNarrows = (before: ClientTerms, after: ClientTerms): boolean =>
  isWithin(after.scopes, before.scopes) &&
  isLimitWithin(before.operationHashes, after.operationHashes, (hash, own) => own.includes(hash)) &&
  isLimitWithin(before.networks, after.networks, (network, own) => own.some((it) => isNetworkWithin(network, it))) &&
  (before.costPerMinute === null || (after.costPerMinute !== null && after.costPerMinute <= before.costPerMinute)) &&
  after.redirectUris.every((uri) => before.redirectUris.includes(uri))

/**
 * Whether anything may be done under `before` that may not under `after`. Tokens and streams were let in by what was
 * registered then: they end, and the program asks again.
 */
export const takesAway = (before: ClientTerms, after: ClientTerms): boolean => !onlyNarrows(after, before)

/** No limit is the widest. */
function isLimitWithin(
  before: readonly string[] | null,
  after: readonly string[] | null,
  isHeld: (one: string, before: readonly string[]) => boolean,
): boolean {
  if (before === null) return true
  return after !== null && after.every((one) => isHeld(one, before))
}
