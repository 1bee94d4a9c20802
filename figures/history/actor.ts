import { setTimeout as sleep } from 'node:timers/promises'
import { type AuthRequests, createAuthRequests } from '../../client/live/authRequests.js'
import { ChartroomClientError } from '../../client/live/index.js'
import type { Cluster } from './cluster.js'
import type { PersonName } from './rules.js'

const RENEW_MS = 300_000
const ATTEMPT_MS = 10_000
/** Longer than any fault of this figure lasts. */
const PATIENCE_MS = 90_000

export interface Reply {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

/** Somebody signed in, at whichever node answers. */
export class Actor {
  memberId = ''
  facilityId = ''
  queueId = ''
  #accessToken = ''
  #renewAt = 0
  #renewing: Promise<void> | undefined

  private constructor(
    readonly name: PersonName | 'admin',
    private readonly cluster: Cluster,
    private readonly auth: AuthRequests,
  ) {}

  static async signIn(cluster: Cluster, name: PersonName | 'admin', password: string): Promise<Actor> {
    const { publicUrl } = cluster
    const either: typeof fetch = (input, init) =>
      reach((node) => fetch(String(input as string).replace(publicUrl, cluster.nodeUrl(node)), init))
    const actor = new Actor(name, cluster, createAuthRequests(publicUrl, either))
    for (;;) {
      try {
        await actor.auth.password(`${name}@demo.test`, password)
        break
      } catch (error) {
        if (!(error instanceof ChartroomClientError) || error.code !== 'RATE_LIMITED') throw error
        await sleep(Number(error.detail.retryAfterSeconds ?? 60) * 1_000)
      }
    }
    const { viewer } = await actor.ask<{
      viewer: { member: { id: string }; facilities: { id: string }[]; queues: { id: string }[] }
    }>('{ viewer { member { id } facilities { id } queues { id } } }')
    Object.assign(actor, {
      memberId: viewer.member.id,
      facilityId: viewer.facilities[0]?.id ?? '',
      queueId: viewer.queues[0]?.id ?? '',
    })
    return actor
  }

  async ticket(): Promise<string> {
    return this.auth.ticket(await this.#token())
  }

  /** A question, until it is answered. */
  async ask<T>(query: string): Promise<T> {
    for (const until = performance.now() + PATIENCE_MS; ; ) {
      const reply = await reach((node) => this.send(node, query, {}))
      if (reply.data && !reply.errors) return reply.data as T
      if (performance.now() > until) throw new Error(reply.errors?.[0]?.message ?? 'no answer')
      await sleep(200)
    }
  }

  /** One attempt at one node. @throws where nothing that can be read came back */
  async send(node: number, query: string, variables: object): Promise<Reply> {
    const response = await fetch(`${this.cluster.nodeUrl(node)}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await this.#token()}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(ATTEMPT_MS),
    })
    return (await response.json()) as Reply
  }

  /** An access token lasts for ten minutes, and a figure for longer. */
  async #token(): Promise<string> {
    if (performance.now() > this.#renewAt)
      await (this.#renewing ??= this.#renew().finally(() => (this.#renewing = undefined)))
    return this.#accessToken
  }

  async #renew(): Promise<void> {
    for (const until = performance.now() + PATIENCE_MS; ; ) {
      try {
        this.#accessToken = (await this.auth.access(undefined)).accessToken
        this.#renewAt = performance.now() + RENEW_MS
        return
      } catch (error) {
        // A node whose database is away says so of everybody.
        if (performance.now() > until) throw error
        await sleep(200)
      }
    }
  }
}

/** At one node or the other, until one answers. */
async function reach<T>(attempt: (node: number) => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS
  for (let node = 0; ; node = 1 - node) {
    try {
      return await attempt(node)
    } catch (error) {
      if (performance.now() > until) throw error
      await sleep(100)
    }
  }
}
