import { readFileSync } from 'node:fs'
import path from 'node:path'
import { packageRoot } from '../../../server/db/migrate.js'

/** The rivals serve the same contract, so that the same document asks the same of them. */
export const contract = (): string => readFileSync(path.join(packageRoot(), 'schema', 'schema.graphql'), 'utf8')

/** A queue for each subscriber of a group, as plain as it can be. */
export class Topics<T> {
  readonly #byName = new Map<string, Set<Inbox<T>>>()

  subscribe(name: string): AsyncIterableIterator<T> {
    const topic = this.#byName.get(name) ?? new Set()
    this.#byName.set(name, topic)
    const inbox = new Inbox<T>(() => topic.delete(inbox))
    topic.add(inbox)
    return inbox
  }

  publish(name: string, value: T): void {
    for (const inbox of this.#byName.get(name) ?? []) inbox.put(value)
  }

  names = (): Iterable<string> => this.#byName.keys()

  get size(): number {
    let n = 0
    for (const topic of this.#byName.values()) n += topic.size
    return n
  }
}

class Inbox<T> implements AsyncIterableIterator<T> {
  readonly #values: T[] = []
  #take: ((result: IteratorResult<T>) => void) | undefined
  #ended = false

  constructor(private readonly leave: () => void) {}

  put(value: T): void {
    const take = this.#take
    this.#take = undefined
    if (take) take({ value, done: false })
    else this.#values.push(value)
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#values.length > 0) return Promise.resolve({ value: this.#values.shift()!, done: false })
    if (this.#ended) return Promise.resolve({ value: undefined, done: true })
    return new Promise((resolve) => (this.#take = resolve))
  }

  return(): Promise<IteratorResult<T>> {
    this.#ended = true
    this.leave()
    this.#take?.({ value: undefined, done: true })
    return Promise.resolve({ value: undefined, done: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
