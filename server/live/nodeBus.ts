import type { Bus, BusEar, OpenBus } from './bus.js'

/**
 * How a node is reached where some nodes have NATS and others do not, in any mix. Everybody listens to NOTIFY. Whoever has
 * NATS tells by NATS alone for as long as all others are reached there, so that commits cost PostgreSQL no notices; by both
 * while anybody is known to be reached by NOTIFY alone; by NOTIFY where its own NATS is away. A message that comes on both
 * is heard once, by its first word, which is another in each.
 *
 * Of that they tell each other by NOTIFY, in words of their own: `b/?` who is reached by NOTIFY alone, `b/!/<node>` I am,
 * `b/+/<node>` I am no more.
 *
 * @param node of this process, in hexadecimal digits
 */
export function nodeBus(node: string, notify: OpenBus, nats?: OpenBus): OpenBus {
  return async (ear) => {
    const bus = new NodeBus(node, ear)
    try {
      await bus.open(notify, nats)
    } catch (error) {
      await bus.close()
      throw error
    }
    return bus
  }
}

/** So often nodes with NATS ask; of whoever has not answered twice it is no longer thought. */
export const ASK_EVERY_MS = 10_000
const THOUGHT_OF_MS = 2.5 * ASK_EVERY_MS
/** Nodes that are thought of at once: whoever may send notices may not fill a node's memory. */
const MOST_NODES = 1_000
/** Messages of which it is known that they were heard. The second of two comes soon after the first, or never. */
const MOST_HEARD = 4_096

const QUESTION = 'b/?'
const ALONE = /^b\/([!+])\/([\da-f]{1,32})$/

class NodeBus implements Bus {
  #notify: Bus | undefined
  #nats: Bus | undefined
  #hasNats = false
  /** Nodes reached by NOTIFY alone, and until when that is thought, by `performance.now()`. */
  readonly #alone = new Map<string, number>()
  readonly #heard = new Set<string>()
  #asking: NodeJS.Timeout | undefined
  #saying: Promise<void> = Promise.resolve()

  constructor(
    readonly node: string,
    readonly ear: BusEar,
  ) {}

  async open(notify: OpenBus, nats: OpenBus | undefined): Promise<void> {
    this.#hasNats = nats !== undefined
    let isOpen = false
    this.#notify = await notify({
      heard: (message) => this.#heardByNotify(message),
      // Whatever is asked of the others because of it is asked when they know how to answer.
      connected: () => void (isOpen && this.#introduce().then(() => this.ear.connected())),
      trouble: this.ear.trouble,
    })
    isOpen = true
    await this.#introduce()
    this.ear.connected()
    if (!nats) return
    this.#asking = setInterval(() => void this.#notify!.publish(QUESTION), ASK_EVERY_MS)
    this.#asking.unref()
    this.#nats = await nats({
      heard: (message) => this.#hear(message),
      connected: () => {
        void this.#say('+')
        this.ear.connected()
      },
      trouble: (what) => {
        this.ear.trouble(what)
        if (!this.#nats?.connected()) void this.#say('!')
      },
    })
  }

  async publish(message: string): Promise<void> {
    const nats = this.#nats?.connected() ? this.#nats : undefined
    const notify = !nats || this.#anyAlone() ? this.#notify : undefined
    await Promise.all([nats?.publish(message), notify?.publish(message)])
  }

  /** By the bus that it was set up with: where NATS is away others are reached too, and the operator is to know. */
  connected(): boolean {
    return (this.#hasNats ? this.#nats : this.#notify)?.connected() ?? false
  }

  async close(): Promise<void> {
    clearInterval(this.#asking)
    await Promise.all([this.#nats?.close(), this.#notify?.close()])
  }

  /** Whoever has NATS wants to know of the others, and whoever has not is to be known. */
  async #introduce(): Promise<void> {
    if (this.#hasNats) await this.#notify!.publish(QUESTION)
    if (!this.#nats?.connected()) await this.#say('!')
  }

  /** One after the other: of two that were said at once the later one might be heard first. */
  #say(what: '!' | '+'): Promise<void> {
    return (this.#saying = this.#saying.then(() => this.#notify?.publish(`b/${what}/${this.node}`)))
  }

  #heardByNotify(message: string): void {
    if (!message.startsWith('b/')) return this.#hear(message)
    if (message === QUESTION) {
      if (!this.#nats?.connected()) void this.#say('!')
      return
    }
    const [, what, node] = ALONE.exec(message) ?? []
    if (node === undefined || node === this.node) return
    this.#alone.delete(node)
    if (what === '!' && this.#alone.size < MOST_NODES) this.#alone.set(node, performance.now() + THOUGHT_OF_MS)
  }

  #anyAlone(): boolean {
    const now = performance.now()
    for (const [node, until] of this.#alone) {
      if (until > now) return true
      this.#alone.delete(node)
    }
    return false
  }

  #hear(message: string): void {
    const [first = ''] = message.split(' ', 1)
    if (this.#heard.has(first)) return
    this.#heard.add(first)
    if (this.#heard.size > MOST_HEARD) this.#heard.delete(this.#heard.values().next().value!)
    this.ear.heard(message)
  }
}
