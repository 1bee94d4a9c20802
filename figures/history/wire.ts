import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { Random } from './random.js'

/** A network between viewers and one node, which can go bad for some of its connections. */
export class Wire {
  readonly #lines = new Set<Line>()
  cut = 0
  throttled = 0

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async to(port: number): Promise<Wire> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const wire = new Wire(server, (server.address() as AddressInfo).port)
    server.on('connection', (near) => {
      const line = new Line(near, connect(port, '127.0.0.1'))
      wire.#lines.add(line)
      line.ended.then(() => wire.#lines.delete(line)).catch(() => {})
    })
    return wire
  }

  /** From now on nothing passes, and neither side is told: no FIN, no RST. New connections pass. */
  cutSome(random: Random, share: number): void {
    for (const line of this.#lines) if (line.open && random.chance(share) && line.cut()) this.cut++
  }

  /** These readers get so many bytes a second until `heal`. */
  throttleSome(random: Random, share: number, bytesPerSecond: number): void {
    for (const line of this.#lines)
      if (line.open && random.chance(share)) {
        line.throttle(bytesPerSecond)
        this.throttled++
      }
  }

  heal(): void {
    for (const line of this.#lines) line.heal()
  }

  async close(): Promise<void> {
    for (const line of this.#lines) line.destroy()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }
}

const TICK_MS = 50

class Line {
  readonly ended: Promise<void>
  #state: 'open' | 'cut' | 'throttled' = 'open'
  #tick: NodeJS.Timeout | undefined

  constructor(
    private readonly near: Socket,
    private readonly far: Socket,
  ) {
    near.setNoDelay(true)
    far.setNoDelay(true)
    near.on('data', (data) => this.#pass(near, far, data))
    far.on('data', (data) => this.#pass(far, near, data))
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => {})
      from.on('close', () => {
        // Of a cut line the other side hears nothing, not even that this one gave up.
        if (this.#state !== 'cut') to.destroy()
      })
    }
    this.ended = Promise.all([gone(near), gone(far)]).then(() => clearInterval(this.#tick))
  }

  get open(): boolean {
    return this.#state === 'open' && !this.near.destroyed
  }

  /** @returns whether there was anything to cut */
  cut(): boolean {
    clearInterval(this.#tick)
    this.#state = 'cut'
    // What the kernel still takes is never read: as packets that nobody acknowledges.
    this.near.pause()
    this.far.pause()
    return true
  }

  throttle(bytesPerSecond: number): void {
    this.#state = 'throttled'
    this.far.pause()
    const most = Math.max(1, Math.round((bytesPerSecond * TICK_MS) / 1_000))
    this.#tick = setInterval(() => {
      const ready = Math.min(most, this.far.readableLength)
      if (ready > 0) this.far.read(ready)
    }, TICK_MS)
  }

  heal(): void {
    if (this.#state !== 'throttled') return
    clearInterval(this.#tick)
    this.#state = 'open'
    this.far.resume()
  }

  destroy(): void {
    clearInterval(this.#tick)
    this.near.destroy()
    this.far.destroy()
  }

  #pass(from: Socket, to: Socket, data: Buffer): void {
    if (this.#state === 'cut' || to.destroyed) return
    if (to.write(data) || this.#state === 'throttled') return
    from.pause()
    to.once('drain', () => {
      if (this.#state === 'open') from.resume()
    })
  }
}

const gone = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()))
