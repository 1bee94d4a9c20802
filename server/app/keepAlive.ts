import type { WebSocket } from 'ws'
import { CLOSE } from '../live/closeCodes.js'

const PING_EVERY_MS = 12_000
/** A peer that has gone is noticed within 20 s: at worst it goes right after a pong. */
const PONG_WITHIN_MS = 8_000

/** Messages, pings among them: a page sends a few a minute. */
const BURST = 300
const PER_SECOND = 50

/** Ends a socket whose other side is gone or does not read, and one that talks too much. */
export function keepAlive(ws: WebSocket): void {
  let waiting: NodeJS.Timeout | undefined
  const pings = setInterval(() => {
    if (ws.readyState !== ws.OPEN) return
    waiting ??= setTimeout(() => ws.terminate(), PONG_WITHIN_MS)
    ws.ping()
  }, PING_EVERY_MS)
  let left = BURST
  let filledAt = performance.now()

  ws.on('pong', () => {
    clearTimeout(waiting)
    waiting = undefined
  })
  ws.on('message', spend)
  ws.on('ping', spend)
  ws.once('close', () => {
    clearInterval(pings)
    clearTimeout(waiting)
  })

  function spend(): void {
    const now = performance.now()
    left = Math.min(BURST, left + ((now - filledAt) / 1_000) * PER_SECOND) - 1
    filledAt = now
    if (left >= 0 || ws.readyState !== ws.OPEN) return
    ws.close(CLOSE.TOO_MANY_MESSAGES.code, CLOSE.TOO_MANY_MESSAGES.reason)
    // Perhaps it does not read the close frame either.
    setTimeout(() => ws.terminate(), 1_000).unref()
  }
}
