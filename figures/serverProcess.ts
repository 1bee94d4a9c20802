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
      const ready = await fetch(`${this.url}/health/ready`).catch(() => undefined)
      if (ready?.ok) return
      if (this.#child.exitCode !== null) throw new Error('the server ended while it started')
      await sleep(100)
    }
    throw new Error('the server did not become ready')
  }

  async killAndStartAgain(): Promise<void> {
    this.kills++
    const ended = new Promise((resolve) => this.#child?.once('exit', resolve))
    this.#child?.kill('SIGKILL')
    await ended
    await this.start()
  }

  async stop(): Promise<void> {
    if (!this.#child || this.#child.exitCode !== null) return
    const ended = new Promise((resolve) => this.#child?.once('exit', resolve))
    this.#child.kill('SIGTERM')
    await ended
  }
}
