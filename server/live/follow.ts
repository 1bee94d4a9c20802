import type { Following, Hub } from './hub.js'

/**
 * One subscriber's pull on a stream. The consumer asks, the follower looks; between two looks it waits for a wake, or
 * rests in a group that is served together. Because nothing is pushed into a queue of its own, a reader that stops
 * reading costs one batch of memory and nobody else's time.
 */
export interface Look<Item> {
  /** What to deliver now, in order; empty means wait. */
  readonly items: readonly Item[]
  /** True after the last item: the stream is over. */
  readonly done: boolean
  /** There is more than was read: look again at once, after these were taken. */
  readonly more?: boolean
}

/** Being served together with others, where one would wait alone. */
export interface Rest {
  /** Who is served together there, while one rests. */
  readonly together: { wake(): void } | undefined
  /**
   * @param out called once, when it is over: look for yourself again, or fail; with the moment of the wake-up behind it
   * @returns false where there is something to look at first
   */
  enter(out: (wokenAt?: number, error?: unknown) => void): boolean
  /** Something happened that may concern whoever rests. */
  disturb(): void
  /** Before `out`, by the one who rests. Afterwards `out` is not called. */
  leave(): void
}

export interface FollowOptions<Item> {
  readonly hub: Hub
  readonly following: Omit<Following, 'wake'>
  /**
   * Decide access again, read what is new. Never called twice at once.
   * @param wokenAt by `performance.now()`, where a wake-up led to it
   */
  look(wokenAt: number | undefined): Promise<Look<Item>>
  /** Milliseconds until it looks again (a deadline of the access behind it), if no wake comes before. */
  deadline?(): number | undefined
  readonly rest?: Rest | undefined
}

/**
 * A native async generator that waits cannot be ended by `return()`: it would hang, and leak a follower for every
 * closed tab. This iterator ends its wait at once.
 */
export function follow<Item>(options: FollowOptions<Item>): AsyncIterableIterator<Item> {
  let woken = true
  let ended = false
  let over = false
  let resting = false
  let release: (() => void) | undefined
  let wokenAt: number | undefined
  let failure: { readonly error: unknown } | undefined
  const waiting: Item[] = []
  // Subscribed before the first read: what is committed between the two wakes it.
  const { following } = options
  const leave = options.hub.add(new Entry(following, wake, () => (resting ? options.rest?.together : undefined)))

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
          if (failure) throw failure.error
          const since = wokenAt
          wokenAt = undefined
          const look = await options.look(since)
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
    if (resting) return options.rest!.disturb()
    wokenAt ??= performance.now()
    woken = true
    release?.()
  }

  function end(): void {
    if (ended) return
    ended = true
    leave()
    if (resting) options.rest!.leave()
    resting = false
    release?.()
  }

  async function wait(): Promise<void> {
    if (options.rest) return rest(options.rest)
    const until = options.deadline?.()
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      release = resolve
      if (until !== undefined) timer = setTimeout(() => wake(), Math.max(0, Math.min(until, MOST_TIMER_MS)))
    })
    clearTimeout(timer)
    release = undefined
  }

  async function rest(group: Rest): Promise<void> {
    const out = (since?: number, error?: unknown): void => {
      resting = false
      wokenAt ??= since
      if (error !== undefined) failure = { error }
      wake()
    }
    resting = group.enter(out)
    if (!resting) return wake()
    await new Promise<void>((resolve) => (release = resolve))
    release = undefined
  }
}

/** A timer of Node counts in 32 bits. */
export const MOST_TIMER_MS = 2_000_000_000

/** Of the hub; an object with getters of its own would take ten times as much of each of ten thousand. */
class Entry implements Following {
  readonly orgId: string
  readonly streamId: string
  readonly memberId: string
  constructor(
    private readonly following: Omit<Following, 'wake'>,
    readonly wake: () => void,
    private readonly restsWith: () => Following['together'],
  ) {
    this.orgId = following.orgId
    this.streamId = following.streamId
    this.memberId = following.memberId
  }

  /** That of its socket, which may go on with another. */
  get sessionId(): string {
    return this.following.sessionId
  }

  get together(): Following['together'] {
    return this.restsWith()
  }

  position(): number {
    return this.following.position()
  }

  epoch(): string {
    return this.following.epoch()
  }
}
