import { randomUUID } from 'node:crypto'
import { parse, subscribe } from 'graphql'
import { buildSchema } from '../../server/app/buildSchema.js'
import type { Claims } from '../../server/auth/request.js'
import type { Services } from '../../server/kernel/services.js'
import type { Frame, Outlet } from '../../server/live/outlet.js'
import { chartStream } from '../../server/review/chartStream.js'
import type { ChartWorld } from '../support/charts.js'

/** Built before anything is presented: what masks say comes from the classes of the schema's fields. */
export const schema = buildSchema()

export interface Event {
  readonly cursor: string
  readonly previous: string | null
  readonly type: string
  readonly suggestion: { readonly id: string; readonly version: number } | null
  readonly replacement: { readonly id: string; readonly version: number } | null
  readonly comment: { readonly body: string } | null
}
export interface Snapshot {
  readonly cursor: string | null
  readonly sight: string
  readonly suggestions: readonly { readonly id: string; readonly version: number }[]
}
export type Item =
  | ({ readonly __typename: 'ChartSnapshot' } & Snapshot)
  | { readonly __typename: 'ChartEvents'; readonly events: readonly Event[] }
  | { readonly __typename: 'AccessChanged'; readonly change: string; readonly snapshot: Snapshot }
  | { readonly __typename: 'StreamEnded' | 'ResyncRequired'; readonly reason: string }

/** A place of its own for what is shared: items as they are, before any selection. */
function itemsOutlet(receive: (item: unknown) => void): Outlet & { executions: number } {
  return {
    key: 'items',
    executions: 0,
    async project(item) {
      this.executions++
      const frame = Buffer.alloc(0)
      framed.set(frame, item)
      return frame
    },
    write: (frames) => frames.forEach(({ frame }) => receive(framed.get(frame))),
    purge: () => undefined,
  }
}
const framed = new WeakMap<Frame, object>()

/** A sign-in of its own, so that ending it ends nobody else's. */
export async function signInAnew(world: ChartWorld, email: string): Promise<Claims> {
  const claims = { ...world.claims.get(email)!, sessionId: randomUUID() }
  await world.db.ownerSql`
    insert into auth_session (id, user_id, token, expires_at)
    values (${claims.sessionId}, ${claims.userId}, ${randomUUID()}, ${new Date(Date.now() + 3_600_000)})`
  return claims
}

/**
 * A subscriber who takes whatever comes, and can be asked to wait for something. Served together with others, as whoever
 * comes over a socket is, unless it is asked to be alone.
 */
export class Follower {
  readonly items: Item[] = []
  /** Resolves when the stream is over, however it ended. */
  readonly over: Promise<void>
  readonly #waiting = new Set<() => void>()
  #ended: unknown

  /** How often an item was projected for this follower's group through its own outlet. */
  readonly executions: () => number

  private constructor(
    readonly iterator: AsyncIterator<unknown>,
    outlet?: { readonly executions: number; receive: (item: unknown) => void },
  ) {
    this.executions = () => outlet?.executions ?? 0
    if (outlet) outlet.receive = (item) => this.#receive(item)
    this.over = this.#take()
  }

  static async of(iterator: Promise<AsyncIterator<unknown>>): Promise<Follower> {
    return new Follower(await iterator)
  }

  static async on(
    world: ChartWorld,
    email: string,
    chartId: string,
    after?: string | null,
    services: Services = world.services,
    sight?: string,
    alone = false,
  ): Promise<Follower> {
    return Follower.as(world, world.claims.get(email)!, chartId, { after, services, sight, alone })
  }

  static async as(
    world: ChartWorld,
    claims: Claims,
    chartId: string,
    {
      after,
      services = world.services,
      sight,
      alone = false,
    }: { after?: string | null | undefined; services?: Services; sight?: string | undefined; alone?: boolean } = {},
  ): Promise<Follower> {
    const outlet = Object.assign(
      itemsOutlet((item) => outlet.receive(item)),
      { receive: (_item: unknown): void => {} },
    )
    const subscription = alone ? {} : { outlet }
    const iterator = await chartStream(services, claims, chartId, after, subscription, sight)
    return new Follower(iterator as AsyncIterator<unknown>, outlet)
  }

  get events(): Event[] {
    return this.items.flatMap((item) => (item.__typename === 'ChartEvents' ? item.events : []))
  }

  get cursors(): string[] {
    return this.events.map((event) => event.cursor)
  }

  /** @throws if the stream ends before. */
  async until(holds: (items: readonly Item[]) => boolean): Promise<this> {
    while (!holds(this.items)) {
      if (this.#ended !== undefined)
        throw new Error(`the stream ended: ${String(this.#ended)} ${JSON.stringify(this.items.at(-1))}`)
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
    return this
  }

  untilCursor(cursor: string): Promise<this> {
    return this.until(() => this.cursors.includes(cursor))
  }

  untilType(type: Item['__typename']): Promise<this> {
    return this.until((items) => items.some((item) => item.__typename === type))
  }

  async stop(): Promise<void> {
    await this.iterator.return?.()
    await this.over
  }

  async #take(): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await this.iterator.next()
        if (done) break
        this.#receive(value)
      }
      this.#ended = 'done'
    } catch (error) {
      this.#ended = error
    }
    this.#tell()
  }

  #receive(item: unknown): void {
    this.items.push(item as Item)
    this.#tell()
  }

  #tell(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}

/** A subscription through the schema: what a client is really sent, masks and all. */
export async function subscribeAs(
  world: ChartWorld,
  email: string,
  document: string,
  variables: object,
): Promise<Follower> {
  const started = await subscribe({
    schema,
    document: parse(document),
    variableValues: variables as Record<string, unknown>,
    contextValue: { services: world.services, claims: world.claims.get(email)! },
  })
  if (!(Symbol.asyncIterator in started)) throw started.errors?.[0]?.originalError ?? new Error(JSON.stringify(started))
  return Follower.of(Promise.resolve(dataOf(started[Symbol.asyncIterator]())))
}

/** Only data: an error inside an event fails the test. */
function dataOf(results: AsyncIterator<unknown>): AsyncIterator<unknown> {
  return {
    async next() {
      const { done, value } = await results.next()
      if (done) return { done, value: undefined }
      const result = value as { data?: Record<string, unknown>; errors?: readonly Error[] }
      if (result.errors) throw new Error('an event failed', { cause: result.errors[0] })
      return { done: false, value: Object.values(result.data!)[0] }
    },
    return: () => results.return!(),
  }
}
