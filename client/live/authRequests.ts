import type { Organisation } from './api.js'
import { ChartroomClientError, type ClientErrorCode, isCode } from './errors.js'

export interface AuthRequests {
  /** `secondFactor` where the password was right and a code is still needed. */
  password(email: string, password: string): Promise<'signedIn' | 'secondFactor'>
  totp(code: string): Promise<void>
  /** @throws OrganisationNeeded */
  access(organisationId: string | undefined): Promise<Access>
  ticket(accessToken: string): Promise<string>
  /** The same for a token of the token endpoint (`/oauth/token`), with the name of whose it is. */
  clientTicket(accessToken: string): Promise<ClientTicket>
  /** Ends the session on the server and forgets it here. */
  end(): Promise<void>
  forget(): void
}

export interface Access {
  readonly accessToken: string
  /** Seconds. */
  readonly expiresIn: number
  readonly organisation: Organisation
  /** Whose it is: another name for another person, or for the same one in another organisation. */
  readonly subject?: string
  /** Another name for another sign-in. */
  readonly signIn?: string
}

export interface ClientTicket {
  readonly ticket: string
  readonly subject?: string
  readonly signIn?: string
}

export class OrganisationNeeded extends Error {
  constructor(readonly organisations: readonly Organisation[]) {
    super('choose an organisation')
  }
}

/**
 * The requests under /api/auth. A page's session is a cookie that it never sees. A program gets the session token in the
 * answer; with a second factor the server takes it for a page, and then the cookies are kept here, in memory.
 */
export function createAuthRequests(url: string, fetch: typeof globalThis.fetch): AuthRequests {
  const jar = new Map<string, string>()
  let sessionToken: string | undefined

  return {
    async password(email, password) {
      forget()
      const body = await post('/sign-in/email', { email, password })
      if (body.twoFactorRedirect === true) return 'secondFactor'
      if (typeof body.token === 'string') {
        sessionToken = body.token
        jar.clear()
      }
      return 'signedIn'
    },
    totp: async (code) => void (await post('/two-factor/verify-totp', { code })),
    access: async (organisationId) =>
      (await post('/access', organisationId ? { organisationId } : {})) as unknown as Access,
    async ticket(accessToken) {
      const body = await post('/socket-ticket', {}, { authorization: `Bearer ${accessToken}` })
      return String(body.ticket)
    },
    clientTicket: async (accessToken) =>
      (await send(
        `${url}/oauth/socket-ticket`,
        {},
        {
          authorization: `Bearer ${accessToken}`,
        },
      )) as unknown as ClientTicket,
    async end() {
      try {
        await post('/sign-out', {})
      } finally {
        forget()
      }
    },
    forget,
  }

  function forget(): void {
    jar.clear()
    sessionToken = undefined
  }

  function post(path: string, body: object, headers: Record<string, string> = identity()): Promise<Json> {
    return send(`${url}/api/auth${path}`, body, headers)
  }

  async function send(address: string, body: object, headers: Record<string, string>): Promise<Json> {
    let response: Response
    try {
      response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        credentials: 'same-origin',
      })
    } catch {
      throw new ChartroomClientError('NETWORK')
    }
    keepCookies(response)
    const answer = (await response.json().catch(() => ({}))) as Json
    if (response.ok) return answer ?? {}
    if (Array.isArray(answer.organisations)) throw new OrganisationNeeded(answer.organisations as Organisation[])
    throw refusalOf(response, answer)
  }

  function identity(): Record<string, string> {
    if (sessionToken) return { authorization: `Bearer ${sessionToken}` }
    if (jar.size === 0) return {}
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    return { cookie, origin: new URL(url).origin }
  }

  /** In a browser there are none to see. */
  function keepCookies(response: Response): void {
    for (const line of response.headers.getSetCookie?.() ?? []) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
      if (!name || value === undefined) continue
      if (/max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
  }
}

type Json = Readonly<Record<string, unknown>>

function refusalOf(response: Response, { code, message }: Json): ChartroomClientError {
  const retryAfter = Number(response.headers.get('retry-after'))
  return new ChartroomClientError(
    isCode(code) ? code : (BY_STATUS[response.status] ?? (response.status >= 500 ? 'UNAVAILABLE' : 'REQUEST_REFUSED')),
    typeof message === 'string' ? message : undefined,
    retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {},
  )
}

const BY_STATUS: Readonly<Record<number, ClientErrorCode>> = {
  400: 'BAD_INPUT',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'TOO_LARGE',
  429: 'RATE_LIMITED',
  500: 'INTERNAL',
}
