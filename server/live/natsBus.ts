import { createHmac, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import type { Bus, BusEar, OpenBus } from './bus.js'
import { natsAuthenticator } from './natsCredentials.js'

/** Where NATS is, and how one signs in there. Files are read again for every connection. */
export interface NatsSettings {
  /** `host:port`, of one cluster: any of them will do. */
  readonly servers: readonly string[]
  /** Nothing is sent in clear, and no server without TLS is talked to. */
  readonly tls: boolean
  readonly credentialsFile?: string | undefined
  /** Instead of the authorities that Node trusts. */
  readonly caFile?: string | undefined
  readonly certFile?: string | undefined
  readonly keyFile?: string | undefined
}

/** From one attempt to the next, doubled from the first to the second, and up to a half more so that nodes do not come all at once. */
const RETRY_MS = [200, 5_000] as const

/**
 * Through NATS, plain publish and subscribe. NATS may be away at any time, also at the start: then others are not reached,
 * which is told once, and it is tried again for as long as the node runs.
 *
 * @param key of this installation, the same on every node: it names the subject, so that installations may share a cluster,
 * and signs each message, so that whoever else may publish there cannot speak as a node
 */
export function natsBus(settings: NatsSettings, key: Buffer): OpenBus {
  return async (ear) => new NatsBus(settings, key, ear)
}

class NatsBus implements Bus {
  readonly #subject: string
  readonly #stopping = new AbortController()
  /** Only while it is up, and hears. */
  #connection: NatsConnection | undefined
  /** An absence is told once. */
  #toldAway = false
  readonly #running: Promise<void>

  constructor(
    readonly settings: NatsSettings,
    readonly key: Buffer,
    readonly ear: BusEar,
  ) {
    this.#subject = `chartroom.wake.${createHmac('sha256', key).update('subject').digest('hex').slice(0, 24)}`
    this.#running = this.#run()
  }

  async publish(message: string): Promise<void> {
    try {
      // Nothing is kept for later: whoever comes back looks at everything.
      this.#connection?.publish(this.#subject, `${this.#sign(message)} ${message}`)
    } catch {
      this.#away('wake-ups: NATS takes no message')
    }
  }

  connected(): boolean {
    return this.#connection !== undefined
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    // What was published last still leaves.
    await this.#connection?.drain().catch(() => {})
    await Promise.race([this.#running, sleep(CLOSING_MS)])
  }

  async #run(): Promise<void> {
    let wait: number = RETRY_MS[0]
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#whileConnected(() => (wait = RETRY_MS[0]))
        if (!this.#stopping.signal.aborted) this.#away('wake-ups: NATS is away')
      } catch {
        this.#away('wake-ups: NATS is away, or refuses us')
      }
      await sleep(wait * (1 + Math.random() / 2), undefined, { signal: this.#stopping.signal }).catch(() => {})
      wait = Math.min(wait * 2, RETRY_MS[1])
    }
  }

  /** Resolves when the connection has ended. @throws where there was none */
  async #whileConnected(up: () => void): Promise<void> {
    const connection = await connect(this.#options())
    try {
      // Permissions that are missing are told here, and nowhere else. Without them the connection is none.
      let refused = false
      const refuse = (): void => {
        refused = true
        void connection.close().catch(() => {})
      }
      void watchTrouble(connection, refuse)
      connection.subscribe(this.#subject, {
        callback: (error, message) => (error ? refuse() : this.#heard(message)),
      })
      // Signed by nobody, and heard by nobody: only whether it may be said counts.
      connection.publish(this.#subject)
      // The server has the subscription, and whatever is said from here on is heard. A connection that is closed meanwhile
      // never answers.
      await Promise.race([connection.flush(), connection.closed()])
      await new Promise((resolve) => setImmediate(resolve))
      if (this.#stopping.signal.aborted) return
      if (refused || connection.isClosed()) throw new Error('refused')
      this.#connection = connection
      this.#toldAway = false
      up()
      this.ear.connected()
      await connection.closed()
    } finally {
      this.#connection = undefined
      await connection.close().catch(() => {})
    }
  }

  /** Made again after a loss by ourselves and not by the library: the whole list counts again, and files are read again. */
  #options() {
    const { servers, tls, credentialsFile, caFile, certFile, keyFile } = this.settings
    return {
      servers: [...servers],
      name: 'chartroom',
      noEcho: true,
      reconnect: false,
      timeout: 3_000,
      // A connection that died without a word is noticed within 15 seconds; the sweep goes on meanwhile.
      pingInterval: 5_000,
      maxPingOut: 2,
      noAsyncTraces: true,
      ...(credentialsFile !== undefined && { authenticator: natsAuthenticator(credentialsFile) }),
      ...(tls && { tls: { ...(caFile && { caFile }), ...(certFile && { certFile }), ...(keyFile && { keyFile }) } }),
    }
  }

  #heard(message: { string(): string }): void {
    const text = message.string()
    const at = text.indexOf(' ')
    if (at !== SIGNATURE_CHARACTERS) return
    const [signature, body] = [text.slice(0, at), text.slice(at + 1)]
    if (timingSafeEqual(Buffer.from(signature), Buffer.from(this.#sign(body)))) this.ear.heard(body)
  }

  #sign(message: string): string {
    return createHmac('sha256', this.key).update(message).digest('base64url').slice(0, SIGNATURE_CHARACTERS)
  }

  #away(what: string): void {
    if (this.#toldAway) return
    this.#toldAway = true
    this.ear.trouble(what)
  }
}

async function watchTrouble(connection: NatsConnection, refused: () => void): Promise<void> {
  for await (const status of connection.status()) if (status.type === 'error') refused()
}

/** 132 bits. */
const SIGNATURE_CHARACTERS = 22
/** An attempt that hangs does not keep a node from stopping. */
const CLOSING_MS = 1_000
