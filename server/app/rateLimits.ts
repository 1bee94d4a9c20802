import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { rateLimited } from '../kernel/errors.js'

/** Requests a minute, on this node. What one address or one person sends beyond it is refused with 429. */
export interface RateLimits {
  /** @throws ChartroomError RATE_LIMITED */
  address(clientAddress: string): Promise<void>
  /** @throws ChartroomError RATE_LIMITED */
  person(userId: string, attempts?: number): Promise<void>
}

export interface Rates {
  /** An office behind one address shares it. */
  readonly perAddress: number
  readonly perPerson: number
}

export function createRateLimits({ perAddress, perPerson }: Rates): RateLimits {
  const addresses = new RateLimiterMemory({ points: perAddress, duration: 60 })
  const people = new RateLimiterMemory({ points: perPerson, duration: 60 })
  return {
    address: (clientAddress) => take(addresses, block(clientAddress)),
    person: (userId, attempts = 1) => take(people, userId, attempts),
  }
}

async function take(limiter: RateLimiterMemory, key: string, points = 1): Promise<void> {
  try {
    await limiter.consume(key, points)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw rateLimited(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)))
  }
}

/** A household has a /64 of IPv6 addresses, so that counting single ones would count nothing (RFC 6177). */
export function block(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1]!
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const groups = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right]
  return `${groups.slice(0, 4).join(':')}::/64`
}
