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
   * An unmasked text frame (RFC 6455 5.2), its payload in two pieces of which the second is shared by everybody of a group.
   * @returns false where the reader is behind; a socket that is closing takes everything and sends nothing
   */
  writeFrame(head: Buffer, tail: Frame): boolean {
    const { ws, socket } = this
    if (ws.readyState !== ws.OPEN) return true
    if (ws.bufferedAmount > MOST_WRITTEN) return false
    const length = head.length + tail.length
    const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8
    const first = Buffer.allocUnsafe(2 + lengthBytes + head.length)
    first[0] = 0x81
    if (lengthBytes === 0) first[1] = length
    else if (lengthBytes === 2) {
      first[1] = 126
      first.writeUInt16BE(length, 2)
    } else {
      first[1] = 127
      first.writeUIntBE(0, 2, 2)
      first.writeUIntBE(length, 4, 6)
    }
    head.copy(first, 2 + lengthBytes)
    socket.cork()
    socket.write(first)
    socket.write(tail)
    socket.uncork()
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
      frames += outlet.frames
      bytes += outlet.bytes
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
