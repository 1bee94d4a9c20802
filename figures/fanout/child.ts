import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Questions and answers between a figure and the processes it measures, over the channel that `fork` gives. */

interface Question {
  /** Undefined where no answer is waited for. */
  readonly id?: number
  readonly name: string
  readonly arg: unknown
}
interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}
interface Told {
  readonly told: number
}

/** Milliseconds of the machine's own steady clock: the same in every process on it. */
export const steadyNow = (): number => Number(process.hrtime.bigint()) / 1e6

/** In the child: answers by name until the figure lets go of it. */
export function answer(handlers: Readonly<Record<string, (arg: never) => unknown>>): void {
  process.on('message', (message) => {
    const { id, name, arg } = message as Question
    void (async () => {
      try {
        say(id, { value: await handlers[name]!(arg as never) })
      } catch (error) {
        say(id, { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      }
    })()
  })
  process.once('disconnect', () => process.exit(0))
}

function say(id: number | undefined, what: Omit<Answer, 'id'>): void {
  // Whoever asked may have gone meanwhile.
  if (id !== undefined && process.connected) process.send!({ id, ...what })
}

/** In the child: how many events all of its receivers have. */
export const tell = (told: number): void => void (process.connected && process.send!({ told } satisfies Told))

export class Child {
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  #next = 0
  #ended: Error | undefined
  onTold: (told: number) => void = () => {}

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    child.on('message', (message) => {
      if (typeof (message as Told).told === 'number') return this.onTold((message as Told).told)
      const { id, value, error } = message as Answer
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiting?.resolve(value as never)
      else waiting?.reject(new Error(`${name}: ${error}`))
    })
    child.once('exit', (code, signal) => {
      this.#ended = new Error(`${name} ended with ${code ?? signal}`)
      for (const { reject } of this.#waiting.values()) reject(this.#ended)
      this.#waiting.clear()
    })
  }

  /** @param file beside this one, without its ending: as it was built, or as it was written where this is */
  static start(file: string): Child {
    const own = fileURLToPath(import.meta.url)
    const ending = path.extname(own)
    const child = fork(path.join(path.dirname(own), file + ending), {
      env: { PATH: process.env.PATH, NODE_ENV: 'production' },
      execArgv: [...(ending === '.ts' ? ['--import', 'tsx'] : []), '--expose-gc', '--max-old-space-size=6144'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    })
    return new Child(path.basename(file), child)
  }

  get pid(): number {
    return this.child.pid!
  }

  /** @throws what the child threw, or that it ended */
  ask<T>(name: string, arg?: unknown): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended)
    const id = this.#next++
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.child.send({ id, name, arg } satisfies Question)
    })
  }

  /** Says it, and waits for no answer. */
  tell(name: string, arg: unknown): void {
    if (!this.#ended && this.child.connected) this.child.send({ name, arg } satisfies Question)
  }

  async end(): Promise<void> {
    if (this.#ended) return
    const ended = new Promise((resolve) => this.child.once('exit', resolve))
    if (this.child.connected) this.child.disconnect()
    await ended
  }
}
