import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../demo/ports.js'

/** The program, if this machine has it. */
export const NATS_SERVER: string | undefined = [
  process.env.CHARTROOM_NATS_SERVER,
  ...(process.env.PATH ?? '').split(path.delimiter).map((folder) => folder && path.join(folder, 'nats-server')),
  '/usr/sbin/nats-server',
].find((file) => file && isProgram(file))

/** A real NATS server on a port of this machine that stays the same while it goes and comes back. */
export class NatsServer {
  #child: ChildProcess | undefined

  private constructor(
    readonly port: number,
    readonly flags: readonly string[],
  ) {}

  static async on(...flags: readonly string[]): Promise<NatsServer> {
    const server = new NatsServer(await freePort(), flags)
    await server.start()
    return server
  }

  get address(): string {
    return `127.0.0.1:${this.port}`
  }

  /** Resolves when it takes connections. @throws where it ends first */
  async start(): Promise<void> {
    if (!NATS_SERVER) throw new Error('nats-server is not on this machine')
    const child = spawn(NATS_SERVER, ['-a', '127.0.0.1', '-p', String(this.port), ...this.flags], { stdio: 'ignore' })
    this.#child = child
    while (!(await answers(this.port))) {
      if (child.exitCode !== null) throw new Error('nats-server ended while it started')
      await sleep(20)
    }
  }

  /** As a machine that loses its power. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1')
      .once('data', () => {
        probe.destroy()
        resolve(true)
      })
      .once('error', () => resolve(false))
  })
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
