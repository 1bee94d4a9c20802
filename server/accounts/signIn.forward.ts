import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { CATALOGUE, ChartroomError, notFound, rateLimited } from '../kernel/errors.js'
import { sha256 } from '../kernel/text.js'
import { ADDRESS_HEADER, type SignIn } from './signIn.js'

export interface SignInAttempt {
  readonly outcome:
    | 'SIGNED_IN'
    | 'SECOND_FACTOR_ASKED'
    | 'SECOND_FACTOR_GIVEN'
    | 'SECOND_FACTOR_REFUSED'
    | 'REFUSED'
    | 'THROTTLED'
    | 'SIGNED_OUT'
  /** SHA-256 of the address in lower case: enough to count, and no list of people. Empty where it is not known. */
  readonly account: string
  readonly clientAddress: string
}

/**
 * Told of every attempt before it is answered: what it throws is answered instead.
 * @param email as it was sent, in lower case; for looking up whose account it is, and never to be kept
 */
export type OnAttempt = (attempt: SignInAttempt, email: string) => void | Promise<void>

/**
 * What of better-auth is reachable. An allow-list, because its other endpoints answer the tokens of all sessions, let
 * people rename their accounts or say which addresses have one.
 */
export const ENDPOINTS: ReadonlySet<string> = new Set([
  'POST /sign-in/email',
  'POST /sign-out',
  'GET /get-session',
  'POST /change-password',
  'POST /revoke-other-sessions',
  'POST /two-factor/enable',
  'POST /two-factor/disable',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
  'POST /two-factor/generate-backup-codes',
])

/** Hands a request to better-auth and its answer back, less the tokens a page has no use for. */
export function forwardToSignIn(signIn: SignIn, onAttempt?: OnAttempt): RequestHandler {
  // Guessing one account from many addresses; better-auth counts addresses (NIST SP 800-63B-4 section 3.2.2).
  const guesses = new RateLimiterMemory({ points: 10, duration: 15 * 60 })

  return async (req, res) => {
    const endpoint = `${req.method} ${req.path}`
    if (!ENDPOINTS.has(endpoint)) throw notFound()
    const body = readBody(req)
    const request = toRequest(req, body)
    const clientAddress = req.ip ?? ''
    if (SECOND_FACTORS.has(endpoint)) {
      const response = await signIn.handle(request)
      const email = response.ok ? await emailIn(response) : ''
      const outcome = response.ok ? 'SECOND_FACTOR_GIVEN' : 'SECOND_FACTOR_REFUSED'
      await onAttempt?.({ outcome, account: email && sha256(email), clientAddress }, email)
      return relay(response, req, res)
    }
    if (endpoint === 'POST /sign-out') {
      const email = await emailOfSession(signIn, req)
      const response = await signIn.handle(request)
      if (response.ok && email)
        await onAttempt?.({ outcome: 'SIGNED_OUT', account: sha256(email), clientAddress }, email)
      return relay(response, req, res)
    }
    if (endpoint !== 'POST /sign-in/email') return relay(await signIn.handle(request), req, res)

    const email = emailOf(body)
    const account = sha256(email)
    const attempt = { account, clientAddress }
    await guesses.consume(account).catch(async (refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused
      await onAttempt?.({ outcome: 'THROTTLED', ...attempt }, email)
      throw rateLimited(Math.ceil(refused.msBeforeNext / 1000))
    })
    const response = await signIn.handle(request)
    if (response.ok) await guesses.delete(account)
    await onAttempt?.({ outcome: await outcomeOf(response), ...attempt }, email)
    return relay(response, req, res)
  }
}

/**
 * Only what sign-in reads, so that no forwarded address or host is taken on a client's word. Of the fetch metadata only
 * the site: fetch in Node sends the mode too, and better-auth would take a program for a page without an origin.
 */
function toRequest(req: ExpressRequest, body: Json): Request {
  const headers = new Headers({ [ADDRESS_HEADER]: req.ip ?? '' })
  for (const name of ['cookie', 'authorization', 'origin', 'user-agent', 'sec-fetch-site']) {
    const value = req.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  const url = `http://sign-in${req.baseUrl}${req.path}`
  if (req.method === 'GET') return new Request(url, { headers })
  headers.set('content-type', 'application/json')
  return new Request(url, { method: req.method, headers, body: JSON.stringify(body) })
}

type Json = Readonly<Record<string, unknown>>

/** A JSON object, or nothing. Other types of content are what a form of a foreign page can send without asking. */
function readBody(req: ExpressRequest): Json {
  if (!Buffer.isBuffer(req.body) || req.body.length === 0) return {}
  const body = req.is('application/json') ? parse(req.body.toString('utf8')) : undefined
  if (body && typeof body === 'object' && !Array.isArray(body)) return body as Json
  throw new ChartroomError('REQUEST_REFUSED', 'Send a JSON object, with content-type application/json.')
}

const emailOf = ({ email }: Json): string => (typeof email === 'string' ? email.trim().toLowerCase() : '')

const SECOND_FACTORS: ReadonlySet<string> = new Set([
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
])

/** Whose second factor it was, as the answer says. */
async function emailIn(response: Response): Promise<string> {
  const answer = parse(await response.clone().text()) as { user?: Json } | null
  return emailOf(answer?.user ?? {})
}

/** Whose sign-in it is; empty where there is none any more. Asked before it ends. */
async function emailOfSession(signIn: SignIn, req: ExpressRequest): Promise<string> {
  const headers = toRequest(req, {}).headers
  const response = await signIn.handle(new Request('http://sign-in/api/auth/get-session', { headers }))
  return response.ok ? emailIn(response) : ''
}

async function outcomeOf(response: Response): Promise<SignInAttempt['outcome']> {
  if (response.status === 429) return 'THROTTLED'
  if (!response.ok) return 'REFUSED'
  return (await response.clone().text()).includes('"twoFactorRedirect":true') ? 'SECOND_FACTOR_ASKED' : 'SIGNED_IN'
}

async function relay(response: Response, req: ExpressRequest, res: ExpressResponse): Promise<void> {
  const text = await response.text()
  if (response.status >= 500) throw new Error('sign-in failed')
  res.status(response.status)
  for (const cookie of response.headers.getSetCookie()) res.append('set-cookie', cookie)
  const retryAfter = response.headers.get('x-retry-after')
  if (retryAfter) res.set('retry-after', retryAfter)
  const token = response.headers.get('set-auth-token')
  if (token && isProgram(req)) res.set('set-auth-token', token)
  if (response.status === 429) {
    return void res.json({ code: 'RATE_LIMITED', message: CATALOGUE.RATE_LIMITED.message })
  }
  res.json(withoutTokens(parse(text), isProgram(req) && req.path !== '/get-session'))
}

/**
 * A page has its session in a cookie that scripts cannot read; a token in the answer would undo that. A program that
 * signs in without cookies gets the token, since it has nothing else.
 */
const isProgram = ({ headers }: ExpressRequest): boolean =>
  headers.origin === undefined && headers['sec-fetch-site'] === undefined && headers.cookie === undefined

function withoutTokens(value: unknown, keep: boolean): unknown {
  if (keep || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item) => withoutTokens(item, keep))
  const entries = Object.entries(value).filter(([key]) => key !== 'token')
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutTokens(inner, keep)]))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
