import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { AccessClaims } from '../auth/accessToken.js'
import { CLOSE, type CloseReason } from '../live/closeCodes.js'
import type { Frame } from '../live/outlet.js'
import type { OperationContext } from './operation.js'
import type { FrameSocket, WaitingOutlet } from './outlet.js'
import { endSubscription } from './subscription.js'
import type { OpenSocket } from './ws.js'

/** What may wait in the socket itself: the rest waits where it can still be let go of. */
const MOST_WRITTEN = 64 * 1024
/** A reader that takes nothing for so long is ended by name, and goes on from its last cursor when it comes back. */
const SLOWEST_MS = 10_000

/** What is written in one piece at most. */
const MOST_COPIED = 16 * 1024
/** Bytes before a payload at most: its length takes up to eight. */
const MOST_START = 10

export interface Queued {
  readonly frames: number
  readonly bytes: number
  readonly oldestMs: number
}

/** One socket with its operations. */
export class Connection implements OpenSocket, FrameSocket {
  /** One object for all its operations: a renewal changes what it says. */
  claims: { -readonly [K in keyof AccessClaims]: AccessClaims[K] } | undefined
  /** By the operation's id; ids are the client's. */
  readonly operations = new Map<string, OperationContext>()
  readonly closed: Promise<void>
  settle!: () => void
  /** Outlets with frames that the socket could not take. */
  #waiting: Set<WaitingOutlet> | undefined
  /** When the answer was written that has not left yet. */
  #sendingSince: number | undefined

  /** @param socket what `ws` writes to: frames of a group are written past it, whole ones in between its own */
  constructor(
    readonly ws: WebSocket,
    private readonly socket: Duplex,
    readonly clientAddress: string,
    private readonly onClosing: (reason: CloseReason) => void,
  ) {
    this.closed = new Promise((resolve) => (this.settle = resolve))
  }

  close(because: CloseReason): void {
    if (this.ws.readyState !== this.ws.OPEN) return
    this.onClosing(because)
    this.ws.close(because.code, because.reason)
  }

  /** Resolves when the bytes have left: a stream waits for its reader, and holds one batch meanwhile. */
  send(data: string): Promise<void> {
    if (this.ws.readyState !== this.ws.OPEN) return Promise.resolve()
    this.#sendingSince ??= performance.now()
    // What cannot be sent is followed by 'close', where everything ends.
    return new Promise((resolve) =>
      this.ws.send(data, () => {
        this.#sendingSince = undefined
        resolve()
      }),
    )
  }

  /**
   * Unmasked text frames (RFC 6455 5.2), each with its payload in two pieces of which the second is shared by everybody of a
   * group. What is small is copied together: one write costs more than the copy.
   * @returns false where the reader is behind; a socket that is closing takes everything and sends nothing
   */
  writeFrames(head: Buffer, tails: readonly { readonly frame: Frame }[]): boolean {
    const { ws, socket } = this
    if (ws.readyState !== ws.OPEN) return true
    if (ws.bufferedAmount > MOST_WRITTEN) return false
    let length = 0
    for (const { frame } of tails) length += MOST_START + head.length + frame.length
    if (length > MOST_COPIED) {
      socket.cork()
      for (const { frame } of tails) {
        const first = Buffer.allocUnsafe(MOST_START + head.length)
        socket.write(first.subarray(0, startFrame(first, 0, head, frame)))
        socket.write(frame)
      }
      socket.uncork()
      return true
    }
    const all = Buffer.allocUnsafe(length)
    let at = 0
    for (const { frame } of tails) {
      at = startFrame(all, at, head, frame)
      at += frame.copy(all, at)
    }
    socket.write(at === length ? all : all.subarray(0, at))
    return true
  }

  waiting(outlet: WaitingOutlet): void {
    if (!this.#waiting) {
      this.#waiting = new Set()
      this.socket.once('drain', () => {
        const outlets = this.#waiting ?? []
        this.#waiting = undefined
        for (const it of outlets) it.flush()
      })
    }
    this.#waiting.add(outlet)
  }

  tooSlow(): void {
    this.close(CLOSE.SLOW_READER)
  }

  checkReader(now: number): void {
    if (this.queued(now).oldestMs > SLOWEST_MS) this.tooSlow()
  }

  /** What waits for this reader, and for how long. */
  queued(now: number): Queued {
    let [frames, bytes, since] = [0, this.ws.bufferedAmount, this.#sendingSince ?? now]
    for (const outlet of this.#waiting ?? []) {
      frames += outlet.frames()
      bytes += outlet.bytes()
      since = Math.min(since, outlet.since() ?? now)
    }
    return { frames, bytes, oldestMs: now - since }
  }

  async endOperation(id: string): Promise<void> {
    const context = this.operations.get(id)
    this.operations.delete(id)
    if (context) await endSubscription(context)
  }

  async endOperations(): Promise<void> {
    await Promise.all([...this.operations.keys()].map((id) => this.endOperation(id)))
  }
}

/** All of a text frame but the shared part of its payload. @returns where that goes */
function startFrame(to: Buffer, at: number, head: Buffer, tail: Frame): number {
  const length = head.length + tail.length
  to[at] = 0x81
  let next = at + 2
  if (length < 126) to[at + 1] = length
  else if (length < 65_536) {
    to[at + 1] = 126
    next = to.writeUInt16BE(length, next)
  } else {
    to[at + 1] = 127
    next = to.writeUInt32BE(length, to.writeUInt32BE(0, next))
  }
  return next + head.copy(to, next)
}
