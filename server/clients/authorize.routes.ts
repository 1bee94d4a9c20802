import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express'
import { scopeText } from '../auth/scope.js'
import { CATALOGUE, ChartroomError } from '../kernel/errors.js'
import type { AccessEntry } from '../trail/record.model.js'
import {
  type Asked,
  type AskedAuthorization,
  AuthorizationRefused,
  type Authorizations,
  UnknownClient,
} from './authorize.js'
import { CONSENT_PATH, consentPage, forwardPage, signInPage, unknownClientPage } from './authorizePage.js'

export interface AuthorizeRoutesOptions {
  readonly authorizations: Authorizations
  /** Whose sign-in the cookie of a request proves. */
  readonly signedIn: (req: Request) => Promise<{ readonly userId: string; readonly sessionId: string } | undefined>
  /** Refuses what another site's page sends. */
  readonly ownOrigin: RequestHandler
  /** Of the page that a request is answered with. */
  readonly styleNonce: (res: Response) => string
  readonly issuer: string
  readonly record: (orgId: string, entry: AccessEntry) => Promise<void>
  readonly onError: (error: unknown) => void
}

/**
 * Authorization code with PKCE (OAuth 2.1 section 4.1) for programs that act for a person: `GET /oauth/authorize` is where a
 * program sends the person's browser, and sends it on to a page of ours, which asks. The cookie of a sign-in is sent to
 * neither another address nor from another site, so it is that page and no other that knows who the person is.
 */
export function authorizeRoutes(options: AuthorizeRoutesOptions): Router {
  const { authorizations } = options
  const router = express.Router()
  router.get('/oauth/authorize', async (req, res) => {
    const query = queryOf(req)
    const asked = await authorizations.check(query)
    page(res, asked).send(forwardPage(query, options.styleNonce(res)))
  })
  router.get(CONSENT_PATH, async (req, res) => {
    const query = queryOf(req)
    const asked = await authorizations.check(query)
    const person = await personOf(options, req, asked)
    const nonce = options.styleNonce(res)
    if (!person) return void page(res, asked).status(401).send(signInPage(nonce))
    const { client, scopes, redirectUri } = asked
    const { name: clientName, vendorName, purpose } = client
    const { displayName: personName } = person.viewer
    page(res, asked).send(
      consentPage({ clientName, vendorName, purpose, scopes, personName, redirectUri, query }, nonce),
    )
  })
  router.post(
    CONSENT_PATH,
    options.ownOrigin,
    express.raw({ type: 'application/x-www-form-urlencoded', limit: BODY_LIMIT, inflate: false }),
    async (req, res) => {
      const form = new URLSearchParams(Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '')
      const asked = await authorizations.check(form)
      const person = await personOf(options, req, asked)
      if (!person)
        return void page(res, asked)
          .status(401)
          .send(signInPage(options.styleNonce(res)))
      const allowed = form.get('answer') === 'allow' && form.getAll('answer').length === 1
      await options.record(asked.client.orgId, entryOf(asked, person, allowed))
      if (!allowed) throw new AuthorizationRefused('access_denied', asked.redirectUri, asked.state)
      const code = await authorizations.allow(asked, person)
      sendBack(res, options, asked.redirectUri, { code, state: asked.state })
    },
  )
  router.use(['/oauth/authorize', CONSENT_PATH], answerError(options))
  return router
}

const BODY_LIMIT = 16 * 1024

const queryOf = (req: Request): URLSearchParams => new URL(req.originalUrl, 'http://here').searchParams

async function personOf(
  { signedIn, authorizations }: AuthorizeRoutesOptions,
  req: Request,
  asked: AskedAuthorization,
): Promise<Asked | undefined> {
  const session = await signedIn(req)
  return session && authorizations.person(asked, session)
}

/** A page whose form may end at the address that was registered, and which names itself as the origin of what it sends. */
function page(res: Response, asked: AskedAuthorization | undefined): Response {
  const policy = String(res.getHeader('content-security-policy'))
  if (asked) {
    const { origin } = new URL(asked.redirectUri)
    res.set('content-security-policy', policy.replace("form-action 'self'", `form-action 'self' ${origin}`))
  }
  return res.set('referrer-policy', 'same-origin').type('html')
}

/** With the issuer (RFC 9207), so that a program of several servers knows whose answer it is. */
function sendBack(
  res: Response,
  { issuer }: AuthorizeRoutesOptions,
  redirectUri: string,
  answer: Readonly<Record<string, string | undefined>>,
): void {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...answer, iss: issuer }))
    if (value !== undefined) parameters.set(name, value)
  res.redirect(303, `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${parameters.toString()}`)
}

const entryOf = ({ client, scopes }: AskedAuthorization, { viewer }: Asked, allowed: boolean): AccessEntry => ({
  actorId: viewer.memberId,
  facilityIds: [],
  action: 'client authorization',
  purpose: 'NONE',
  operationHash: null,
  subjectRefs: [],
  classes: [],
  outcome: allowed ? 'ALLOWED' : 'DENIED',
  detail: {
    client: client.id,
    recipient: client.vendorName,
    scopes: scopes.map(scopeText),
    ...(!allowed && { reasons: ['access_denied'] }),
  },
})

function answerError(options: AuthorizeRoutesOptions): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error)
    if (error instanceof AuthorizationRefused)
      return void sendBack(res, options, error.redirectUri, { error: error.code, state: error.state })
    const nonce = options.styleNonce(res)
    if (error instanceof UnknownClient) return void page(res, undefined).status(400).send(unknownClientPage(nonce))
    const { status } = error as { status?: unknown }
    if (!(error instanceof ChartroomError) && typeof status === 'number' && status >= 400 && status < 500)
      return void page(res, undefined).status(400).send(unknownClientPage(nonce))
    if (!(error instanceof ChartroomError)) options.onError(error)
    const { code, message } = error instanceof ChartroomError ? error : new ChartroomError('INTERNAL')
    res.status(CATALOGUE[code].status).json({ code, message })
  }
}
