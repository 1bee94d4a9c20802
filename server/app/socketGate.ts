import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CATALOGUE, ChartroomError, notFound, rateLimited } from '../kernel/errors.js'
import { block } from './rateLimits.js'

export interface SocketCaps {
  readonly total: number
  readonly perAddress: number
  /** Counted when a socket has said whose it is. */
  readonly perPerson: number
}

/** Counts open sockets, all and by address. */
export interface SocketGate {
  /** Takes a place until the returned function is called. @throws ChartroomError UNAVAILABLE, RATE_LIMITED */
  enter(clientAddress: string): () => void
  readonly size: number
}

export function createSocketGate(caps: SocketCaps): SocketGate {
  const byAddress = new Map<string, number>()
  let total = 0
  return {
    enter(clientAddress) {
      const key = block(clientAddress)
      const own = byAddress.get(key) ?? 0
      if (total >= caps.total) throw new ChartroomError('UNAVAILABLE')
      if (own >= caps.perAddress) throw rateLimited(30)
      total++
      byAddress.set(key, own + 1)
      let left = false
      return () => {
        if (left) return
        left = true
        total--
        const others = byAddress.get(key)! - 1
        if (others > 0) byAddress.set(key, others)
        else byAddress.delete(key)
      }
    },
    get size() {
      return total
    },
  }
}

/**
 * Whether a page of this origin may open a socket (cross-site socket hijacking). A browser always names the origin; a
 * request without one is from a program, which has no page's sign-in to borrow.
 * @throws ChartroomError NOT_FOUND for another address, FORBIDDEN for a foreign page
 */
export function checkUpgrade(req: IncomingMessage, allowedOrigins: readonly string[]): void {
  if (req.url?.split('?')[0] !== '/graphql') throw notFound()
  checkOrigin(req, allowedOrigins)
}

/** @throws ChartroomError FORBIDDEN for a foreign page */
export function checkOrigin({ headers: { origin } }: IncomingMessage, allowedOrigins: readonly string[]): void {
  if (origin !== undefined && !allowedOrigins.includes(origin)) {
    throw new ChartroomError('FORBIDDEN', 'This request comes from a page that this server does not know.')
  }
}

/** Answers an upgrade with HTTP instead, before any 101. */
export function refuseUpgrade(socket: Duplex, { code, message, detail }: ChartroomError): void {
  const { status } = CATALOGUE[code]
  const body = JSON.stringify({ code, message })
  const retry = typeof detail.retryAfterSeconds === 'number' ? `retry-after: ${detail.retryAfterSeconds}\r\n` : ''
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\n` +
      `content-type: application/json; charset=utf-8\r\n${retry}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
