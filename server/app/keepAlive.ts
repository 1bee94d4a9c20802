import type { WebSocket } from 'ws'
import { CLOSE } from '../live/closeCodes.js'
import type { DropReason } from '../live/metrics.js'

const PING_EVERY_MS = 12_000
/** A peer that has gone is noticed within 20 s: at worst it goes right after a pong. */
const PONG_WITHIN_MS = 8_000

/** Messages, pings among them: a page sends a few a minute. */
const BURST = 300
const PER_SECOND = 50

/** Bytes that wait to be read by the other side. A stream waits for its reader; answers to pings do not. */
const MOST_UNREAD = 16 * 1024 * 1024

/** Ends a socket whose other side is gone or does not read, and one that talks too much. */
export function keepAlive(ws: WebSocket, onDropped: (reason: DropReason) => void = () => {}): void {
  let waiting: NodeJS.Timeout | undefined
  const pings = setInterval(() => {
    if (ws.readyState !== ws.OPEN) return
    waiting ??= setTimeout(() => end('DEAD_PEER'), PONG_WITHIN_MS)
    ws.ping()
  }, PING_EVERY_MS)
  let left = BURST
  let filledAt = performance.now()

  ws.on('pong', () => {
    clearTimeout(waiting)
    waiting = undefined
    // One that nobody asked for says that it is alive, and costs as much as any message.
    spend()
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
    // Whoever goes on talking and never reads would have its answers fill the memory; it would read no close frame either.
    if (ws.bufferedAmount > MOST_UNREAD) return end('UNREAD')
    if (left >= 0 || ws.readyState !== ws.OPEN) return
    onDropped('TOO_MANY_MESSAGES')
    ws.close(CLOSE.TOO_MANY_MESSAGES.code, CLOSE.TOO_MANY_MESSAGES.reason)
    // Perhaps it does not read the close frame either.
    setTimeout(() => ws.terminate(), 1_000).unref()
  }

  function end(reason: DropReason): void {
    if (ws.readyState !== ws.CLOSED) onDropped(reason)
    ws.terminate()
  }
}
