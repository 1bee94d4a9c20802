import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../demo/ports.js'
import { VARIABLES } from '../../server/app/env.js'
import { type EmbeddedServer, startEmbedded } from '../../server/db/embedded.js'
import { ServerProcess } from '../serverProcess.js'
import { answers, endListeners } from './log.store.js'
import { Wire } from './wire.js'

export type Bus = 'NOTIFY' | 'NATS'
const QUIET = { info: () => {}, error: () => {} }
const NATS = 'nats-server'

/** Why nodes cannot wake each other over NATS here; undefined where they can. */
export function natsMissing(): string | undefined {
  if (!Object.hasOwn(VARIABLES, 'WAKE_URL')) return 'this build knows no WAKE_URL'
  return spawnSync(NATS, ['--version']).status === 0 ? undefined : `there is no program ${NATS} here`
}

/** Two nodes on one PostgreSQL, each behind a wire of its own, and the bus between them. */
export class Cluster {
  readonly injected = new Map<string, number>()
  readonly #nodes: ServerProcess[] = []
  #bus: Bus | undefined
  #nats: ChildProcess | undefined
  #natsPort = 0

  private constructor(
    private readonly folder: string,
    private readonly database: EmbeddedServer,
    readonly ports: readonly number[],
    readonly wires: readonly Wire[],
  ) {}

  static async start(folder: string): Promise<Cluster> {
    const database = await startEmbedded(path.join(folder, 'database'), QUIET)
    const ports = [await freePort(), await freePort()]
    const wires = await Promise.all(ports.map((port) => Wire.to(port)))
    return new Cluster(folder, database, ports, wires)
  }

  get databaseUrl(): string {
    return this.database.ownerUrl
  }

  /** Both nodes answer to it, so that what one of them signs the other takes. */
  get publicUrl(): string {
    return `http://127.0.0.1:${this.ports[0]}`
  }

  nodeUrl = (node: number): string => `http://127.0.0.1:${this.ports[node]}`
  wireUrl = (node: number): string => `ws://127.0.0.1:${this.wires[node]!.port}`

  /** Starts both nodes on this bus; where they stand on the other, they are turned to it one after the other. */
  async use(bus: Bus): Promise<void> {
    if (this.#bus === bus) return
    if (bus === 'NATS' && !this.#nats) await this.startNats()
    await this.#turnTo(bus)
    if (bus === 'NOTIFY') await this.#endNats()
  }

  async #turnTo(bus: Bus): Promise<void> {
    const first = this.#nodes.length === 0
    for (const [i, port] of this.ports.entries()) {
      await this.#nodes[i]?.stop()
      this.#nodes[i] = new ServerProcess(this.nodeUrl(i), this.#settings(port, bus), first && i === 0 ? ['--demo'] : [])
      await this.#nodes[i].start()
    }
    this.#bus = bus
  }

  #settings(port: number, bus: Bus): Record<string, string> {
    return {
      CHARTROOM_DATA: this.folder,
      DATABASE_URL: this.database.ownerUrl,
      PORT: String(port),
      PUBLIC_URL: this.publicUrl,
      LOG_LEVEL: 'silent',
      ENGINE_WORKERS: '0',
      SESSION_IDLE_MINUTES: '600',
      REQUESTS_PER_ADDRESS: '10000000',
      REQUESTS_PER_PERSON: '10000000',
      ...(bus === 'NATS' && { WAKE_URL: `nats://127.0.0.1:${this.#natsPort}` }),
    }
  }

  /** Nodes that ended though nobody ended them. */
  get ended(): string[] {
    return this.#nodes.flatMap((node, i) => (node.running ? [] : [`node ${i + 1}`]))
  }

  // ---- faults ---------------------------------------------------------------------------------------------------------

  async killNode(node: number): Promise<void> {
    this.#injected('server kill -9')
    await this.#nodes[node]!.killAndStartAgain()
  }

  /** One after the other is told to stop and started again, on the bus of the rounds to come: for a while on two. */
  async restartRolling(next: Bus): Promise<void> {
    this.#injected('rolling restart')
    if (next === this.#bus) await this.#turnTo(next)
    else await this.use(next)
  }

  /** It is brought up again by whoever watches over it. */
  async killDatabase(): Promise<void> {
    this.#injected('PostgreSQL kill -9')
    const file = path.join(this.folder, 'database', 'postgres', 'postmaster.pid')
    process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGKILL')
    for (let attempt = 0; attempt < 600; attempt++) {
      await sleep(100)
      if (await answers(this.databaseUrl)) return
    }
    throw new Error('the database did not come back')
  }

  async endListeners(): Promise<void> {
    this.#injected('listener ended', await endListeners(this.databaseUrl))
  }

  async startNats(): Promise<void> {
    this.#natsPort ||= await freePort()
    const child = spawn(NATS, ['-a', '127.0.0.1', '-p', String(this.#natsPort)], { stdio: 'ignore' })
    this.#nats = child
    await sleep(300)
    if (child.exitCode !== null) throw new Error(`${NATS} ended as it started`)
  }

  async killNats(): Promise<void> {
    this.#injected('NATS stopped')
    await this.#endNats()
  }

  async #endNats(): Promise<void> {
    const child = this.#nats
    this.#nats = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  #injected(what: string, times = 1): void {
    this.injected.set(what, (this.injected.get(what) ?? 0) + times)
  }

  async stop(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.stop()))
    await Promise.all(this.wires.map((wire) => wire.close()))
    await this.#endNats()
    await this.database.stop()
  }
}
