import type { Following, Hub } from './hub.js'

/**
 * One subscriber's pull on a stream. The consumer asks, the follower looks; between two looks it waits for a wake.
 * Because nothing is pushed into a queue, a reader that stops reading costs one batch of memory and nobody else's time.
 */
export interface Look<Item> {
  /** What to deliver now, in order; empty means wait. */
  readonly items: readonly Item[]
  /** True after the last item: the stream is over. */
  readonly done: boolean
  /** There is more than was read: look again at once, after these were taken. */
  readonly more?: boolean
}

export interface FollowOptions<Item> {
  readonly hub: Hub
  readonly following: Omit<Following, 'wake'>
  /** Decide access again, read what is new. Never called twice at once. */
  look(): Promise<Look<Item>>
  /** Milliseconds until it looks again (a deadline of the access behind it), if no wake comes before. */
  deadline?(): number | undefined
}

/**
 * A native async generator that waits cannot be ended by `return()`: it would hang, and leak a follower for every
 * closed tab. This iterator ends its wait at once.
 */
export function follow<Item>(options: FollowOptions<Item>): AsyncIterableIterator<Item> {
  let woken = true
  let ended = false
  let over = false
  let release: (() => void) | undefined
  const waiting: Item[] = []
  // Subscribed before the first read: what is committed between the two wakes it.
  const leave = options.hub.add({ ...options.following, wake })

  return {
    async next() {
      while (!ended) {
        const item = waiting.shift()
        if (item !== undefined) return { value: item, done: false }
        if (over) break
        if (!woken) await wait()
        if (ended) break
        woken = false
        try {
          const look = await options.look()
          waiting.push(...look.items)
          over = look.done
          if (look.more) woken = true
        } catch (error) {
          end()
          throw error
        }
      }
      end()
      return { value: undefined, done: true }
    },
    async return() {
      end()
      return { value: undefined, done: true }
    },
    async throw(error: unknown) {
      end()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }

  function wake(): void {
    woken = true
    release?.()
  }

  function end(): void {
    ended = true
    leave()
    release?.()
  }

  async function wait(): Promise<void> {
    const until = options.deadline?.()
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      release = resolve
      if (until !== undefined) timer = setTimeout(() => wake(), Math.max(0, Math.min(until, 2_000_000_000)))
    })
    clearTimeout(timer)
    release = undefined
  }
}
