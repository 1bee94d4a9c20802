import type { Response } from 'express'
import type { ExecutionResult } from 'graphql'
import type { AccessClaims } from '../auth/accessToken.js'
import { CLOSE, type CloseReason } from '../live/closeCodes.js'
import type { OpenSocket } from './ws.js'

/** So often something passes where nothing happens: proxies end connections on which nothing does. */
const COMMENT_EVERY_MS = 25_000
/** A peer that has gone is asked by the kernel, where nothing is on its way to it. */
const PROBE_AFTER_MS = 8_000
/** A reader that takes nothing for so long is ended, and goes on from its last cursor when it comes back. */
const SLOWEST_MS = 10_000
/** Between the last words and the end of the connection. */
const CLOSE_MS = 1_000

/** One stream of server-sent events (GraphQL over Server-Sent Events, distinct connections). */
export class HttpStream implements OpenSocket {
  readonly closed: Promise<void>
  #hasBegun = false
  #isOver = false
  #wroteAt = 0
  #stalledSince: number | undefined
  #drained: (() => void) | undefined
  #onOver: (() => void) | undefined

  constructor(
    private readonly res: Response,
    readonly claims: AccessClaims,
    private readonly onDropped: (reason: CloseReason) => void,
  ) {
    this.closed = new Promise((resolve) => {
      if (res.closed) resolve()
      else res.once('close', resolve)
    })
    void this.closed.then(() => this.#end())
    res.on('error', () => {})
    res.on('drain', () => this.#resume())
  }

  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** The reader has gone, or was told that it is over. */
  get isOver(): boolean {
    return this.#isOver || this.res.closed
  }

  /** @param end what gives back what the stream holds; called at once where it is over already */
  whenOver(end: () => void): void {
    if (this.isOver) return end()
    this.#onOver = end
  }

  begin(): void {
    if (this.isOver) return
    this.#hasBegun = true
    this.res.socket?.setKeepAlive(true, PROBE_AFTER_MS)
    this.res.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      // Of nginx and those who follow it: pass on what comes as it comes.
      'x-accel-buffering': 'no',
    })
    // Some browsers hold the headers back until the body begins.
    this.#wroteAt = performance.now()
    this.res.write(COMMENT)
  }

  /** Resolves when the bytes have left: a stream waits for its reader, and holds one batch meanwhile. */
  async next(result: ExecutionResult): Promise<void> {
    await this.#write(`event: next\ndata: ${JSON.stringify(result)}\n\n`)
  }

  async complete(): Promise<void> {
    if (this.isOver) return
    this.#end()
    this.res.end('event: complete\ndata:\n\n')
    await this.#gone()
  }

  /** Without `complete`, so that the client comes back; the reason is for whoever looks at the bytes. */
  close(reason: CloseReason): void {
    if (this.isOver) return
    this.onDropped(reason)
    this.#end()
    if (!this.#hasBegun) return void this.res.destroy()
    this.res.end(`: ${reason.code} ${reason.reason}\n\n`)
    void this.#gone()
  }

  async restart(afterMs: number): Promise<void> {
    await Promise.race([delay(afterMs), this.closed])
    this.close(CLOSE.RESTART)
    await this.closed
  }

  /** Called now and then for all streams: nobody has a timer of their own. */
  look(now: number): void {
    if (!this.#hasBegun || this.isOver) return
    if (this.#stalledSince !== undefined) {
      if (now - this.#stalledSince > SLOWEST_MS) this.close(CLOSE.SLOW_READER)
    } else if (now - this.#wroteAt > COMMENT_EVERY_MS) void this.#write(COMMENT)
  }

  async #write(text: string): Promise<void> {
    if (this.isOver) return
    this.#wroteAt = performance.now()
    if (this.res.write(text)) return
    this.#stalledSince ??= performance.now()
    await new Promise<void>((resolve) => (this.#drained = resolve))
  }

  #resume(): void {
    this.#stalledSince = undefined
    this.#drained?.()
    this.#drained = undefined
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#resume()
    this.#onOver?.()
  }

  /** Perhaps it does not read the last words either. */
  async #gone(): Promise<void> {
    const late = setTimeout(() => this.res.destroy(), CLOSE_MS)
    await this.closed
    clearTimeout(late)
  }
}

const COMMENT = ':\n\n'

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
