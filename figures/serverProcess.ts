import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { packageRoot } from '../server/db/migrate.js'

/** `chartroom start` as a process of its own, started from its built files. */
export class ServerProcess {
  kills = 0
  #child: ChildProcess | undefined

  /**
   * @param url where it will answer
   * @param env everything that it finds in its environment, the search path aside
   */
  constructor(
    readonly url: string,
    private readonly env: Readonly<Record<string, string>>,
    private readonly flags: readonly string[] = [],
  ) {}

  /** @throws where it ends, or is not ready within a minute */
  async start(): Promise<void> {
    const bin = path.join(packageRoot(), 'bin', 'chartroom.mjs')
    this.#child = spawn(process.execPath, [bin, 'start', ...this.flags], {
      stdio: 'ignore',
      env: { PATH: process.env.PATH ?? '', ...this.env },
    })
    for (let attempt = 0; attempt < 600; attempt++) {
      const ready = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(
        () => undefined,
      )
      if (ready?.ok) return
      if (!this.running) throw new Error('the server ended while it started')
      await sleep(100)
    }
    throw new Error('the server did not become ready')
  }

  /** False too where it ended by itself. */
  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  async killAndStartAgain(): Promise<void> {
    this.kills++
    await this.#end('SIGKILL')
    await this.start()
  }

  stop = (): Promise<void> => this.#end('SIGTERM')

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (!this.running) return
    const ended = new Promise((resolve) => this.#child!.once('exit', resolve))
    this.#child!.kill(signal)
    await ended
  }
}
