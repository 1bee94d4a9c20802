import { randomUUID } from 'node:crypto'
import type { InboxItem, QueueBoardRow } from '../../schema/desk.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import type { Services } from '../../server/kernel/services.js'
import { INBOX, inbox } from '../../server/desk/inbox.query.js'
import { QUEUE_BOARD, queueBoard } from '../../server/desk/queueBoard.query.js'
import { rowsStream } from '../../server/desk/rowsStream.js'
import { type ChartWorld, requestAs } from '../support/charts.js'

/** Built before anything is presented: what masks say comes from the classes of the schema's fields. */
export const schema = buildSchema()

export const command = () => ({ commandId: randomUUID() })

type Row = QueueBoardRow | InboxItem
export type Item =
  | { readonly __typename: 'QueueBoardSnapshot'; readonly rows: readonly QueueBoardRow[] }
  | { readonly __typename: 'QueueBoardChanged'; readonly rows: readonly QueueBoardRow[]; readonly goneIds: string[] }
  | { readonly __typename: 'InboxSnapshot'; readonly items: readonly InboxItem[] }
  | { readonly __typename: 'InboxChanged'; readonly items: readonly InboxItem[]; readonly goneIds: string[] }
  | { readonly __typename: 'StreamEnded'; readonly reason: string }

export type Desk = 'queueBoard' | 'inbox'

/** What comes, folded as a client folds it (LV33). */
export class Fold {
  readonly items: Item[] = []
  readonly rows = new Map<string, Row>()
  /** Every row that was ever shown, as text. */
  readonly ever = new Set<string>()

  get folded(): string {
    return folded([...this.rows.values()])
  }

  take(item: Item): void {
    this.items.push(item)
    if (item.__typename === 'StreamEnded') return
    const rows: readonly Row[] = 'rows' in item ? item.rows : item.items
    if (item.__typename.endsWith('Snapshot')) this.rows.clear()
    for (const row of rows) {
      this.rows.set(row.id, row)
      this.ever.add(JSON.stringify(row))
    }
    for (const id of 'goneIds' in item ? item.goneIds : []) this.rows.delete(id)
  }
}

/** A subscriber who folds whatever comes, as a client does. */
export class DeskFollower extends Fold {
  readonly over: Promise<void>
  readonly #waiting = new Set<() => void>()
  #ended: unknown

  private constructor(readonly iterator: AsyncIterator<unknown>) {
    super()
    this.over = this.#take()
  }

  static async on(world: ChartWorld, email: string, desk: Desk, services: Services = world.services) {
    const claims = world.claims.get(email)!
    const stream =
      desk === 'inbox' ? await rowsStream(services, claims, INBOX) : await rowsStream(services, claims, QUEUE_BOARD)
    return new DeskFollower(stream as AsyncIterator<unknown>)
  }

  get end(): string | undefined {
    const last = this.items.at(-1)
    return last?.__typename === 'StreamEnded' ? last.reason : undefined
  }

  /** @throws if the stream ends before. */
  async until(holds: (follower: this) => boolean | Promise<boolean>): Promise<this> {
    for (let seen = this.items.length; !(await holds(this)); seen = this.items.length) {
      // Something came while it was looked at.
      if (seen !== this.items.length) continue
      if (this.#ended !== undefined)
        throw new Error(`the stream ended: ${String(this.#ended)} ${JSON.stringify(this.items.at(-1))}`, {
          cause: this.#ended,
        })
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
    return this
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
        this.take(value as Item)
        for (const resolve of this.#waiting) resolve()
        this.#waiting.clear()
      }
      this.#ended = 'done'
    } catch (error) {
      this.#ended = error
    }
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}

export const folded = (rows: readonly Row[]): string => JSON.stringify([...rows].sort((a, b) => (a.id < b.id ? -1 : 1)))

/** The same, read once. */
export async function fresh(world: ChartWorld, email: string, desk: Desk): Promise<readonly Row[]> {
  const request = requestAs(world, email)
  try {
    const session = await request.reading()
    return desk === 'inbox' ? (await inbox(session)).items : (await queueBoard(session)).rows
  } finally {
    await request.close()
  }
}

export const inboxOf = async (world: ChartWorld, email: string) => (await fresh(world, email, 'inbox')) as InboxItem[]
export const boardOf = async (world: ChartWorld, email: string) =>
  (await fresh(world, email, 'queueBoard')) as QueueBoardRow[]
