import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express'
import { z } from 'zod'
import { type AccessTokens, bearerToken, namesOf } from '../auth/accessToken.js'
import type { SocketTickets } from '../auth/socketTicket.js'
import { loadViewer } from '../auth/viewer.store.js'
import type { Database } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { badInput, CATALOGUE, ChartroomError, notFound, tooLarge, unauthenticated } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { membershipsOf } from './people.store.js'
import { forwardToSignIn, type OnAttempt } from './signIn.forward.js'
import type { SignIn } from './signIn.js'
import { requireOwnOrigin } from './signIn.origin.js'

export interface SignInRoutesOptions {
  readonly signIn: SignIn
  readonly accessTokens: AccessTokens
  readonly tickets: SocketTickets
  readonly database: Database
  readonly clock: Clock
  readonly allowedOrigins: () => readonly string[]
  /** Login monitoring (45 CFR 164.308(a)(5)(ii)(C)). */
  readonly onAttempt?: OnAttempt
  /** Errors that are not the caller's. The answer says nothing of them. */
  readonly onError?: (error: unknown) => void
}

/**
 * Everything under `/api/auth`. Mount it at the root and before any body parser.
 *
 * - `POST /api/auth/access {organisationId?}` answers `{accessToken, expiresIn, organisation: {id, name}, subject, signIn}` to a session
 *   (cookie, or `Authorization: Bearer <session token>`); a person of several organisations who names none gets 400
 *   with `organisations: [{id, name}]`.
 * - `POST /api/auth/socket-ticket` answers `{ticket, expiresIn}` to an access token.
 * - the rest is better-auth's, as far as ENDPOINTS lets it through.
 *
 * Errors are `{code, message}`. Neither of the two counts as use of the session: a page renews them by itself, and an
 * unattended screen must still sign out (automatic logoff, 45 CFR 164.312(a)(2)(iii)).
 */
export function signInRoutes(options: SignInRoutesOptions): Router {
  const router = express.Router()
  router.use(BASE, (_req, res, next) => {
    res.set('cache-control', 'no-store')
    next()
  })
  router.use(BASE, requireOwnOrigin(options.allowedOrigins))
  router.use(BASE, express.raw({ type: () => true, limit: BODY_LIMIT }))
  router.post(`${BASE}/access`, async (req, res) => void res.json(await grantAccess(options, req)))
  router.post(`${BASE}/socket-ticket`, async (req, res) => void res.json(await grantTicket(options, req)))
  router.use(BASE, forwardToSignIn(options.signIn, options.onAttempt))
  router.use(BASE, answerError(options.onError))
  return router
}

async function grantAccess({ signIn, accessTokens, database }: SignInRoutesOptions, req: Request) {
  const { organisationId } = parseAccessBody(req.body)
  const session = await signIn.session(credentials(req))
  if (!session) throw unauthenticated()
  const memberships = await membershipsOf(database, session.userId)
  if (memberships.length === 0) throw new ChartroomError('FORBIDDEN', NO_MEMBERSHIP)
  if (organisationId === undefined && memberships.length > 1) throw new OrganisationNeeded(memberships)
  const organisation = organisationId ? memberships.find(({ id }) => id === organisationId) : memberships[0]
  if (!organisation) throw notFound()
  const claims = { ...session, orgId: organisation.id }
  return { ...(await accessTokens.sign(claims)), organisation, ...namesOf(claims) }
}

async function grantTicket({ accessTokens, tickets, database, clock }: SignInRoutesOptions, req: Request) {
  const token = bearerToken(req.headers.authorization)
  if (!token) throw unauthenticated()
  const claims = await accessTokens.verify(token)
  await database.read(claims.orgId, (tx) => loadViewer(tx, claims, clock.now()))
  return tickets.issue(claims)
}

const BASE = '/api/auth'
const BODY_LIMIT = 16 * 1024
const NO_MEMBERSHIP = 'Your account belongs to no organisation here. Ask an administrator to add you.'

const accessBody = z.strictObject({ organisationId: z.string().refine(isUuid).optional() })

function parseAccessBody(body: unknown): z.infer<typeof accessBody> {
  if (!Buffer.isBuffer(body) || body.length === 0) return {}
  try {
    return accessBody.parse(JSON.parse(body.toString('utf8')))
  } catch {
    throw badInput('organisationId', 'Send a JSON object with the identifier of an organisation, or an empty body.')
  }
}

/** Nothing else of the request is needed to find its session. */
function credentials(req: Request): Headers {
  const headers = new Headers()
  if (req.headers.cookie) headers.set('cookie', req.headers.cookie)
  if (req.headers.authorization) headers.set('authorization', req.headers.authorization)
  return headers
}

class OrganisationNeeded extends Error {
  constructor(readonly organisations: readonly { id: string; name: string }[]) {
    super('organisation needed')
  }
}

function answerError(onError: SignInRoutesOptions['onError']): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error)
    if (error instanceof OrganisationNeeded) {
      const { message } = badInput('organisationId', 'You work for several organisations. Choose one of them.')
      return void res.status(400).json({ code: 'BAD_INPUT', message, organisations: error.organisations })
    }
    answer(res, refusalOf(error, onError))
  }
}

function refusalOf(error: unknown, onError: SignInRoutesOptions['onError']): ChartroomError {
  if (error instanceof ChartroomError) return error
  const status = (error as { status?: unknown } | null)?.status
  if (status === 413) return tooLarge(BODY_LIMIT)
  if (typeof status === 'number' && status >= 400 && status < 500) return new ChartroomError('REQUEST_REFUSED')
  onError?.(error)
  return new ChartroomError('INTERNAL')
}

function answer(res: Response, { code, message, detail }: ChartroomError): void {
  if (typeof detail.retryAfterSeconds === 'number') res.set('retry-after', String(detail.retryAfterSeconds))
  res.status(CATALOGUE[code].status).json({ code, message })
}
