import type { TypedDocumentString } from '../generated/graphql.js'
import type { Timers } from './api.js'
import { ChartroomClientError, errorOf, isPassing } from './errors.js'
import type { SessionKeeper } from './session.js'
import { backoff, sleep } from './timers.js'

export interface Http {
  /** @throws ChartroomClientError */
  execute<R, V>(document: TypedDocumentString<R, V>, variables: object, options?: ExecuteOptions): Promise<R>
  /** @throws ChartroomClientError */
  put(path: string, bytes: Blob): Promise<void>
  close(): void
}

export interface ExecuteOptions {
  /** How often a request that got no answer is sent again, the same in every byte. Default 0. */
  readonly retries?: number
}

export interface HttpOptions {
  readonly url: string
  readonly fetch: typeof globalThis.fetch
  readonly timers: Timers
  readonly session: SessionKeeper
}

export function createHttp({ url, fetch, timers, session }: HttpOptions): Http {
  const closing = new AbortController()

  return {
    async execute(document, variables, { retries = 0 } = {}) {
      const body = JSON.stringify({ query: document.toString(), variables })
      const visit = session.visit()
      for (let attempt = 0; ; attempt++) {
        try {
          return (await send(body, visit)) as never
        } catch (error) {
          if (closing.signal.aborted) throw new ChartroomClientError('CLOSED')
          if (!isPassing(error) || attempt >= retries) throw error
          await sleep(timers, backoff(attempt, timers.random()))
        }
      }
    },
    async put(path, bytes) {
      const response = await request(new URL(path, `${url}/`).href, { method: 'PUT', body: bytes })
      if (response.ok) return
      const answer = (await response.json().catch(() => ({}))) as { code?: unknown; message?: unknown }
      throw errorOf([{ message: answer.message, extensions: { code: answer.code } }])
    },
    close: () => closing.abort(),
  }

  /** @param visit whose it is: somebody else's token is not used for it */
  async function send(body: string, visit: number): Promise<unknown> {
    const token = await tokenOf(visit)
    try {
      return await post(body, token)
    } catch (error) {
      // The token may have been refused for its age alone: one that is new decides.
      if (!(error instanceof ChartroomClientError && error.code === 'UNAUTHENTICATED')) throw error
      return post(body, await tokenOf(visit, token))
    }
  }

  async function tokenOf(visit: number, refused?: string): Promise<string> {
    if (session.visit() !== visit) throw new ChartroomClientError('UNAUTHENTICATED')
    const token = await session.token(refused)
    if (session.visit() !== visit) throw new ChartroomClientError('UNAUTHENTICATED')
    return token
  }

  async function post(body: string, token: string): Promise<unknown> {
    const response = await request(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
      body,
    })
    const answer = (await response.json().catch(() => undefined)) as Answer | undefined
    if (answer?.errors?.length) throw errorOf(answer.errors)
    if (answer?.data) return answer.data
    // Not ours: a proxy in front of a server that is away.
    throw new ChartroomClientError(response.status >= 500 ? 'UNAVAILABLE' : 'NETWORK')
  }

  async function request(address: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(address, { ...init, credentials: 'omit', signal: closing.signal })
    } catch {
      throw new ChartroomClientError(closing.signal.aborted ? 'CLOSED' : 'NETWORK')
    }
  }
}

interface Answer {
  readonly data?: object | null
  readonly errors?: readonly unknown[]
}
