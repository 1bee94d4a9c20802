import { randomBytes } from 'node:crypto'
import net from 'node:net'

/**
 * The reading half of RFC 6455, and of server-sent events, on a bare socket: a receiver that costs less than what it
 * measures. It understands what the servers of these figures send (whole frames, no extension), answers pings, and keeps
 * no frame.
 */
export interface Receiving {
  message(payload: Buffer): void
  closed(code: number, reason: string): void
}

export abstract class ReceivingSocket {
  readonly opened: Promise<void>
  #settle!: { resolve: () => void; reject: (error: Error) => void }
  #rest: Buffer | undefined
  #open = false
  #over = false
  protected readonly socket: net.Socket

  constructor(
    url: string,
    request: (url: URL) => string,
    protected readonly receiving: Receiving,
  ) {
    const to = new URL(url)
    this.opened = new Promise((resolve, reject) => (this.#settle = { resolve, reject }))
    this.opened.catch(() => {})
    this.socket = net.connect(Number(to.port), to.hostname)
    this.socket.setNoDelay(true)
    this.socket.once('connect', () => this.socket.write(request(to)))
    this.socket.on('data', (chunk) => {
      const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
      const used = this.#open ? this.read(bytes) : this.#head(bytes)
      this.#rest = used < bytes.length ? bytes.subarray(used) : undefined
    })
    this.socket.on('error', (error) => this.#settle.reject(error))
    this.socket.on('close', () => {
      this.#settle.reject(new Error('the server closed the socket'))
      this.over(1006, '')
    })
  }

  pause = (): void => void this.socket.pause()
  resume = (): void => void this.socket.resume()
  destroy = (): void => void this.socket.destroy()

  /** @returns how many of the bytes were read */
  protected abstract read(bytes: Buffer): number

  protected over(code: number, reason: string): void {
    if (this.#over) return
    this.#over = true
    this.receiving.closed(code, reason)
  }

  #head(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) return 0
    const [status = ''] = bytes.toString('latin1', 0, end).split('\r\n')
    if (!/ (101|200) /.test(status)) {
      this.#settle.reject(new Error(`the server answered ${status}`))
      this.socket.destroy()
      return bytes.length
    }
    this.#open = true
    this.#settle.resolve()
    return end + 4 + this.read(bytes.subarray(end + 4))
  }
}

const CLOSE = 8
const PING = 9
const PONG = 10

export class FrameSocket extends ReceivingSocket {
  constructor(url: string, protocol: string | undefined, receiving: Receiving) {
    const request = ({ host, pathname }: URL): string =>
      [
        `GET ${pathname} HTTP/1.1`,
        `Host: ${host}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol}`] : []),
        '\r\n',
      ].join('\r\n')
    super(url, request, receiving)
  }

  send(message: string | Uint8Array): void {
    if (typeof message === 'string') this.#write(1, Buffer.from(message))
    else this.#write(2, Buffer.from(message))
  }

  protected read(bytes: Buffer): number {
    let at = 0
    while (bytes.length - at >= 2) {
      const short = bytes[at + 1]! & 0x7f
      const header = short === 127 ? 10 : short === 126 ? 4 : 2
      if (bytes.length - at < header) break
      const length =
        short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short === 126 ? bytes.readUInt16BE(at + 2) : short
      const end = at + header + length
      if (bytes.length < end) break
      this.#frame(bytes[at]! & 0x0f, bytes.subarray(at + header, end))
      at = end
    }
    return at
  }

  #frame(kind: number, payload: Buffer): void {
    if (kind === PING) this.#write(PONG, payload)
    else if (kind === CLOSE) {
      this.over(payload.length >= 2 ? payload.readUInt16BE(0) : 1005, payload.toString('utf8', 2))
      this.#write(CLOSE, payload.subarray(0, 2))
      this.socket.end()
    } else if (kind !== PONG) this.receiving.message(payload)
  }

  /** Masked, as a client must; with a mask that changes nothing. */
  #write(kind: number, payload: Buffer): void {
    if (this.socket.destroyed) return
    const { length } = payload
    const head = length < 126 ? Buffer.alloc(6) : Buffer.alloc(8)
    head[0] = 0x80 | kind
    head[1] = 0x80 | (length < 126 ? length : 126)
    if (length >= 126) head.writeUInt16BE(length, 2)
    this.socket.write(Buffer.concat([head, payload]))
  }
}

/** One subscription over server-sent events: every event is a message, with what chunked transfer puts around it. */
export class EventSocket extends ReceivingSocket {
  constructor(url: string, body: string, receiving: Receiving) {
    const request = ({ host, pathname }: URL): string =>
      [
        `POST ${pathname} HTTP/1.1`,
        `Host: ${host}`,
        'Accept: text/event-stream',
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        `\r\n${body}`,
      ].join('\r\n')
    super(url, request, receiving)
  }

  protected read(bytes: Buffer): number {
    let at = 0
    for (;;) {
      const end = bytes.indexOf('\n\n', at)
      if (end < 0) return at
      this.receiving.message(bytes.subarray(at, end))
      at = end + 2
    }
  }
}
