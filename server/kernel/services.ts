/**
 * What the composition root hands to every request: one instance a process, looked up by a typed key, so that a
 * domain can name what it needs without the platform having to know the domain.
 */
export interface ServiceKey<T> {
  readonly name: string
  /** Carries the type only. */
  readonly of?: T
  /** What answers where the composition root provided none. */
  readonly otherwise?: T
}

/** @param otherwise for what a process can do without, such as being measured */
export const serviceKey = <T>(name: string, otherwise?: T): ServiceKey<T> => ({
  name,
  ...(otherwise !== undefined && { otherwise }),
})

export class Services {
  readonly #held = new Map<string, unknown>()

  provide<T>(key: ServiceKey<T>, value: T): this {
    this.#held.set(key.name, value)
    return this
  }

  /** @throws if the composition root forgot it. */
  get<T>(key: ServiceKey<T>): T {
    if (!this.#held.has(key.name) && key.otherwise !== undefined) return key.otherwise
    if (!this.#held.has(key.name)) throw new Error(`service "${key.name}" was not provided`)
    return this.#held.get(key.name) as T
  }
}
