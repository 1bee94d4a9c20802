import type { Tabs, Timers } from '../../client/live/index.js'
import type { History } from './history.js'

/**
 * A browser with tabs, and a network with a server at its end, all in memory and in virtual time: what is under way
 * arrives in the order of its link, and which link is next is the dice's choice. Tabs close, crash and freeze; the network
 * goes away. It is made of what a browser and a network are; everything of the client is the real one.
 */
export class MemoryWorld {
  now = 0
  away = false
  readonly server = new MemoryServer(this)
  readonly tabs: MemoryTab[] = []
  readonly locks = new Map<string, LockState>()
  readonly #links = new Map<string, Parcel[]>()
  readonly #timers = new Set<Timer>()

  constructor(
    readonly history: History,
    private readonly dice: () => number,
  ) {}

  open(): MemoryTab {
    const tab = new MemoryTab(this, this.tabs.length)
    this.tabs.push(tab)
    return tab
  }

  /** @param to null: the server */
  post(link: string, to: MemoryTab | null, deliver: () => void): void {
    const parcels = this.#links.get(link) ?? []
    this.#links.set(link, parcels)
    parcels.push({ to, deliver })
  }

  timersOf(tab: MemoryTab): Timers {
    return {
      now: () => this.now,
      setTimeout: (run, milliseconds) => {
        const timer = { tab, run, due: this.now + milliseconds }
        this.#timers.add(timer)
        return timer
      },
      clearTimeout: (timer) => void this.#timers.delete(timer as Timer),
      random: this.dice,
    }
  }

  /** Everything that is under way arrives, and so much time passes. */
  async settle(milliseconds: number): Promise<void> {
    const until = this.now + milliseconds
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      const next = this.#nextParcel()
      if (next) {
        next.deliver()
        continue
      }
      const timer = this.#nextTimer(until)
      if (!timer) break
      this.now = Math.max(this.now, timer.due)
      this.#timers.delete(timer)
      timer.run()
    }
    this.now = until
  }

  /** A few things of what is under way arrive, and no time passes. */
  async step(parcels: number): Promise<void> {
    for (let i = 0; i < parcels; i++) {
      await new Promise((resolve) => setImmediate(resolve))
      this.#nextParcel()?.deliver()
    }
  }

  #nextParcel(): Parcel | undefined {
    const ready: string[] = []
    for (const [link, parcels] of this.#links) {
      while (parcels[0]?.to?.gone) parcels.shift()
      if (parcels.length === 0) this.#links.delete(link)
      else if (!parcels[0]!.to?.frozen) ready.push(link)
    }
    const link = ready[Math.floor(this.dice() * ready.length)]
    return link === undefined ? undefined : this.#links.get(link)!.shift()
  }

  #nextTimer(until: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.tab.gone) this.#timers.delete(timer)
      else if (!timer.tab.frozen && timer.due <= until && (!next || timer.due < next.due)) next = timer
    }
    return next
  }
}

interface Parcel {
  readonly to: MemoryTab | null
  readonly deliver: () => void
}

interface Timer {
  readonly tab: MemoryTab
  readonly run: () => void
  readonly due: number
}

interface LockState {
  holder: Holder | undefined
  readonly queue: Waiting[]
}

interface Waiting {
  readonly tab: MemoryTab
  readonly work: () => unknown
  readonly settle: (error?: Error) => void
}

interface Holder {
  readonly tab: MemoryTab
  readonly settle: (error?: Error) => void
}

export class MemoryTab {
  gone = false
  frozen = false
  visible = true
  readonly timers: Timers
  readonly #channels = new Set<MemoryChannel>()
  readonly #onVisible = new Set<() => void>()
  /** Of the sockets that this tab has open. */
  readonly sockets = new Set<Connection>()

  constructor(
    readonly world: MemoryWorld,
    readonly number: number,
  ) {
    this.timers = world.timersOf(this)
  }

  readonly tabs: Tabs = {
    locks: { request: ((...args: unknown[]) => this.#request(...args)) as LockManager['request'] },
    channel: (name) => {
      const channel = new MemoryChannel(this, name, () => this.#channels.delete(channel))
      this.#channels.add(channel)
      return channel
    },
    isVisible: () => this.visible,
    onVisible: (listener) => {
      this.#onVisible.add(listener)
      return () => this.#onVisible.delete(listener)
    },
  }

  channels(name: string): readonly MemoryChannel[] {
    return [...this.#channels].filter((it) => it.name === name)
  }

  show(visible: boolean): void {
    this.visible = visible
    if (visible && !this.frozen) for (const listener of [...this.#onVisible]) listener()
  }

  /** Without a word, as a process that is killed. */
  crash(): void {
    this.gone = true
    for (const socket of [...this.sockets]) this.world.server.lose(socket)
    for (const [name, lock] of this.world.locks) {
      for (const waiting of lock.queue.filter(({ tab }) => tab === this))
        lock.queue.splice(lock.queue.indexOf(waiting), 1)
      if (lock.holder?.tab === this) this.#release(name, lock)
    }
  }

  readonly fetch = ((address: string, init: RequestInit) => {
    const { world } = this
    // Requests overtake each other.
    const link = `http ${++connections}`
    const { authorization = '' } = init.headers as Record<string, string>
    return new Promise((resolve, reject) => {
      world.post(link, null, () => {
        const path = new URL(address).pathname
        const answer = world.away ? undefined : world.server.answer(path, String(init.body), authorization)
        world.post(link, this, () => {
          if (!answer) return reject(new TypeError('no network'))
          resolve({ ok: true, status: 200, headers: new Headers(), json: () => Promise.resolve(answer) })
        })
      })
    })
  }) as unknown as typeof globalThis.fetch

  get webSocket(): unknown {
    const tab = this
    return class {
      static readonly CONNECTING = 0
      static readonly OPEN = 1
      static readonly CLOSING = 2
      static readonly CLOSED = 3
      readyState = 0
      onopen: (() => void) | null = null
      onmessage: ((event: { data: string }) => void) | null = null
      onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null = null
      onerror: ((error: unknown) => void) | null = null
      readonly #connection: Connection

      constructor() {
        const { world } = tab
        this.#connection = {
          id: ++connections,
          tab,
          operations: new Map(),
          acknowledged: false,
          deliver: (data) => {
            if (this.readyState === 1) this.onmessage?.({ data })
          },
          cut: () => this.#closed(1006),
        }
        world.post(this.#up, null, () => {
          const reached = !world.away && !tab.gone
          if (reached) tab.sockets.add(this.#connection)
          world.post(this.#down, tab, () => {
            if (!reached) return this.#closed(1006)
            if (this.readyState !== 0) return
            this.readyState = 1
            this.onopen?.()
          })
        })
      }

      get #up(): string {
        return `ws up ${this.#connection.id}`
      }
      get #down(): string {
        return `ws down ${this.#connection.id}`
      }

      send(data: string): void {
        tab.world.post(this.#up, null, () => tab.world.server.receive(this.#connection, data))
      }

      close(code = 1005): void {
        if (this.readyState >= 2) return
        this.readyState = 2
        tab.world.post(this.#up, null, () => {
          tab.world.server.lose(this.#connection)
          tab.world.post(this.#down, tab, () => this.#closed(code))
        })
      }

      terminate(): void {
        tab.world.post(this.#up, null, () => tab.world.server.lose(this.#connection))
        this.#closed(1006)
      }

      #closed(code: number): void {
        if (this.readyState === 3) return
        this.readyState = 3
        this.onclose?.({ code, reason: '', wasClean: code !== 1006 })
      }
    }
  }

  #request(...args: unknown[]): Promise<unknown> {
    const { world } = this
    const [name, options, work] = args as [string, { signal?: AbortSignal; steal?: boolean }, () => unknown]
    return new Promise((resolve, reject) => {
      const aborted = (): Error => new DOMException('aborted', 'AbortError')
      if (options.signal?.aborted) return reject(aborted())
      const lock = world.locks.get(name) ?? { holder: undefined, queue: [] }
      world.locks.set(name, lock)
      let over = false
      const waiting: Waiting = {
        tab: this,
        work,
        settle(error) {
          if (over) return
          over = true
          if (error) reject(error)
          else resolve(undefined)
        },
      }
      options.signal?.addEventListener('abort', () => {
        const at = lock.queue.indexOf(waiting)
        if (at < 0) return
        lock.queue.splice(at, 1)
        waiting.settle(aborted())
      })
      if (options.steal) {
        lock.queue.unshift(waiting)
        const robbed = lock.holder
        lock.holder = undefined
        if (robbed) world.post(`locks ${robbed.tab.number}`, robbed.tab, () => robbed.settle(aborted()))
      } else lock.queue.push(waiting)
      this.#grant(name, lock)
    })
  }

  #grant(name: string, lock: LockState): void {
    if (lock.holder) return
    const next = lock.queue.shift()
    if (!next) return
    const holder: Holder = { tab: next.tab, settle: next.settle }
    lock.holder = holder
    this.world.post(`locks ${next.tab.number}`, next.tab, () => {
      void Promise.resolve(next.work()).then(() => {
        next.settle()
        if (lock.holder === holder) this.#release(name, lock)
      })
    })
  }

  #release(name: string, lock: LockState): void {
    lock.holder = undefined
    this.#grant(name, lock)
  }
}

let connections = 0

class MemoryChannel {
  onmessage: ((event: MessageEvent) => void) | null = null
  #open = true

  constructor(
    private readonly tab: MemoryTab,
    readonly name: string,
    private readonly onClose: () => void,
  ) {}

  postMessage(message: unknown): void {
    const { tab, name } = this
    for (const other of tab.world.tabs) {
      if (other === tab || other.gone) continue
      const data: unknown = structuredClone(message)
      tab.world.post(`channel ${name} ${tab.number} ${other.number}`, other, () => {
        for (const channel of other.channels(name)) channel.receive(data)
      })
    }
  }

  receive(data: unknown): void {
    if (this.#open) this.onmessage?.({ data } as MessageEvent)
  }

  close(): void {
    this.#open = false
    this.onClose()
  }
}

interface Connection {
  readonly id: number
  readonly tab: MemoryTab
  /** By id: of which chart, and how many of its events it was sent. */
  readonly operations: Map<string, { readonly chart: string; sent: number }>
  acknowledged: boolean
  deliver(data: string): void
  cut(): void
}

/** Charts with a log each, followed over graphql-transport-ws. */
export class MemoryServer {
  readonly connections = new Set<Connection>()
  /** Of each chart, how many events of the history are written. */
  readonly written = new Map<string, number>()
  /** Whose session the cookie is, and its name. */
  subject = 'one'
  signIn = 'first'
  renewals = 0
  readonly mutations: { readonly body: string; readonly authorization: string }[] = []
  readonly #tickets = new Set<string>()
  #count = 0

  constructor(private readonly world: MemoryWorld) {}

  /** Of chart streams, over all connections. */
  get operations(): number {
    return [...this.connections].reduce((sum, { operations }) => sum + operations.size, 0)
  }

  answer(path: string, body: string, authorization: string): object {
    const name = ++this.#count
    if (path === '/api/auth/access')
      return {
        accessToken: `${this.subject} ${name}`,
        expiresIn: 120,
        organisation: { id: 'o', name: 'Harbor' },
        subject: this.subject,
        signIn: this.signIn,
      }
    if (path === '/api/auth/socket-ticket') {
      this.#tickets.add(String(name))
      return { ticket: String(name) }
    }
    if (path.startsWith('/api/auth')) return {}
    if (body.includes('commandId')) this.mutations.push({ body, authorization })
    return { errors: [{ message: 'not here', extensions: { code: 'NOT_FOUND' } }] }
  }

  write(chart: string): void {
    this.written.set(chart, (this.written.get(chart) ?? 1) + 1)
    for (const connection of this.connections) for (const id of connection.operations.keys()) this.#send(connection, id)
  }

  cutAll(): void {
    for (const connection of [...this.connections]) this.cut(connection)
  }

  cut(connection: Connection): void {
    this.lose(connection)
    this.world.post(`ws down ${connection.id}`, connection.tab, () => connection.cut())
  }

  lose(connection: Connection): void {
    this.connections.delete(connection)
    connection.tab.sockets.delete(connection)
    connection.operations.clear()
  }

  receive(connection: Connection, data: string): void {
    const message = JSON.parse(data) as {
      type: string
      id: string
      payload: { query: string; ticket: string; variables: { chartId: string; after: string | null } }
    }
    if (message.type === 'connection_init') {
      if (!connection.tab.sockets.has(connection)) return
      if (!this.#tickets.delete(message.payload.ticket)) return this.cut(connection)
      this.connections.add(connection)
      return this.#say(connection, { type: 'connection_ack' })
    }
    if (!this.connections.has(connection)) return
    if (message.type === 'complete') return void connection.operations.delete(message.id)
    if (message.type !== 'subscribe') return
    const { query, variables } = message.payload
    if (query.includes('renewSession')) {
      this.renewals++
      const data = { renewSession: new Date(0).toISOString() }
      this.#say(connection, { type: 'next', id: message.id, payload: { data } })
      return this.#say(connection, { type: 'complete', id: message.id })
    }
    if (!query.includes('subscription ChartStream')) return
    const { chartId: chart, after } = variables
    const { snapshots, events } = this.world.history
    const written = this.written.get(chart) ?? 1
    const sent = after === null ? written : snapshots.findIndex(({ cursor }) => cursor === after)
    connection.operations.set(message.id, { chart, sent })
    if (after === null) {
      const item = { __typename: 'ChartSnapshot', ...snapshots[written], sight: 's' }
      this.#say(connection, { type: 'next', id: message.id, payload: { data: { chartStream: item } } })
    } else if (events.length >= sent) this.#send(connection, message.id)
  }

  #send(connection: Connection, id: string): void {
    const operation = connection.operations.get(id)!
    const written = this.written.get(operation.chart) ?? 1
    if (written === operation.sent) return
    const events = this.world.history.events.slice(operation.sent, written)
    operation.sent = written
    const item = { __typename: 'ChartEvents', events }
    this.#say(connection, { type: 'next', id, payload: { data: { chartStream: item } } })
  }

  #say(connection: Connection, message: object): void {
    const data = JSON.stringify(message)
    this.world.post(`ws down ${connection.id}`, connection.tab, () => connection.deliver(data))
  }
}
