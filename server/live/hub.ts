/**
 * Who on this node follows which stream. A wake says "look again", nothing more: what is then delivered is decided
 * from the log and the rules of that moment.
 */
export interface Following {
  readonly orgId: string
  readonly streamId: string
  readonly memberId: string
  readonly sessionId: string
  /** The last position it has read; the sweep compares heads with it. */
  position(): number
  /** The access epoch it decided under; the sweep compares epochs with it. */
  epoch(): string
  wake(): void
  /** Those it rests with, where it rests: woken once for all of them. */
  readonly together?: { wake(): void } | undefined
}

export class Hub {
  readonly #byStream = new Map<string, Set<Following>>()

  add(following: Following): () => void {
    const set = this.#byStream.get(following.streamId) ?? new Set()
    set.add(following)
    this.#byStream.set(following.streamId, set)
    return () => {
      set.delete(following)
      if (set.size === 0 && this.#byStream.get(following.streamId) === set) this.#byStream.delete(following.streamId)
    }
  }

  has(following: Following): boolean {
    return this.#byStream.get(following.streamId)?.has(following) ?? false
  }

  wakeStream(streamId: string): void {
    let woken: unknown
    for (const following of this.#byStream.get(streamId) ?? []) {
      const { together } = following
      if (!together) following.wake()
      else if (together !== woken) (woken = together).wake()
    }
  }

  wakeOrganisation(orgId: string): void {
    for (const following of this.all()) if (following.orgId === orgId) following.wake()
  }

  wakeAll(): void {
    for (const following of this.all()) following.wake()
  }

  /** Who follows each stream. */
  streams(): Iterable<readonly [streamId: string, followings: ReadonlySet<Following>]> {
    return this.#byStream
  }

  *all(): Iterable<Following> {
    for (const set of this.#byStream.values()) yield* set
  }

  /** For the leak check of the tests and the metrics of operators. */
  get size(): number {
    let n = 0
    for (const set of this.#byStream.values()) n += set.size
    return n
  }
}
