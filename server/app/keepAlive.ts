import type { WebSocket } from 'ws'
import { CLOSE } from '../live/closeCodes.js'
import type { DropReason } from '../live/metrics.js'

/** How often a server asks whether the other side is there. */
export interface Rhythm {
  readonly pingEveryMs: number
  readonly pongWithinMs: number
  /** Both are looked at so often. */
  readonly tickMs: number
}

/** A peer that has gone is noticed within 20 s: at worst it goes right after a pong, and just after a tick. */
export const RHYTHM: Rhythm = { pingEveryMs: 11_000, pongWithinMs: 8_000, tickMs: 1_000 }

/** Messages, pings among them: a page sends a few a minute. */
const BURST = 300
const PER_SECOND = 50

/** Bytes that wait to be read by the other side. A stream waits for its reader; answers to pings do not. */
const MOST_UNREAD = 16 * 1024 * 1024

interface Pulse {
  readonly ws: WebSocket
  pingAt: number
  /** When a pong must have come; infinite where none is waited for. */
  pongBy: number
  end(reason: DropReason): void
}

/** Ends sockets whose other side is gone or does not read, and those that talk too much. */
export interface Heart {
  keep(ws: WebSocket, onDropped: (reason: DropReason) => void): void
}

/** One timer for all sockets of a server, and none while there are none. */
export function createHeart({ pingEveryMs, pongWithinMs, tickMs }: Rhythm = RHYTHM): Heart {
  const pulses = new Set<Pulse>()
  let ticking: NodeJS.Timeout | undefined

  return {
    keep(ws, onDropped) {
      const pulse = createPulse(ws, performance.now() + pingEveryMs, onDropped)
      pulses.add(pulse)
      ticking ??= setInterval(tick, tickMs).unref()
      ws.once('close', () => {
        pulses.delete(pulse)
        if (pulses.size > 0) return
        clearInterval(ticking)
        ticking = undefined
      })
    },
  }

  function tick(): void {
    const now = performance.now()
    for (const pulse of pulses) {
      if (now >= pulse.pongBy) pulse.end('DEAD_PEER')
      else if (now >= pulse.pingAt && pulse.ws.readyState === pulse.ws.OPEN) {
        pulse.pingAt = now + pingEveryMs
        pulse.pongBy = Math.min(pulse.pongBy, now + pongWithinMs)
        pulse.ws.ping()
      }
    }
  }
}

function createPulse(ws: WebSocket, pingAt: number, onDropped: (reason: DropReason) => void): Pulse {
  const pulse: Pulse = { ws, pingAt, pongBy: Number.POSITIVE_INFINITY, end }
  let left = BURST
  let filledAt = performance.now()

  ws.on('pong', () => {
    pulse.pongBy = Number.POSITIVE_INFINITY
    // One that nobody asked for says that it is alive, and costs as much as any message.
    spend()
  })
  ws.on('message', spend)
  ws.on('ping', spend)
  return pulse

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
