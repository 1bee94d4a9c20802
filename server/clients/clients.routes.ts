import express, { type ErrorRequestHandler, type Request, type Router } from 'express'
import { bearerToken } from '../auth/accessToken.js'
import { CATALOGUE, ChartroomError, unauthenticated } from '../kernel/errors.js'
import type { AccessEntry } from '../trail/record.model.js'
import { NO_ORGANISATION } from '../trail/writer.js'
import {
  type ClientCredentials,
  type ClientTokens,
  type GrantedToken,
  OAuthError,
  type RefusedAttempt,
} from './tokens.js'

export interface ClientRoutesOptions {
  /** The address of this server, as tokens name it. */
  readonly issuer: string
  readonly tokens: ClientTokens
  /** On record before the answer leaves. */
  readonly record: (orgId: string, entry: AccessEntry) => Promise<void>
  /** After a revocation: open sockets are looked at, and streams decide again. */
  readonly onRevoked: (orgId: string) => void
  readonly onError: (error: unknown) => void
}

/**
 * OAuth 2.1 for third parties, in its own forms: `POST /oauth/token` (client credentials, and codes of people), `/oauth/introspect`
 * (RFC 7662), `/oauth/revoke` (RFC 7009), and `/oauth/socket-ticket` for a token; and what there is of it (RFC 8414).
 */
export function clientRoutes({ issuer, tokens, record, onRevoked, onError }: ClientRoutesOptions): Router {
  const router = express.Router()
  router.get('/.well-known/oauth-authorization-server', (_req, res) => void res.json(metadataOf(issuer)))
  router.use(BASE, (_req, res, next) => {
    res.set({ 'cache-control': 'no-store', pragma: 'no-cache' })
    next()
  })
  router.use(BASE, express.raw({ type: FORM, limit: BODY_LIMIT, inflate: false }))
  router.post(`${BASE}/token`, async (req, res) => {
    const form = formOf(req)
    const credentials = credentialsOf(req, form)
    const { orgId, clientId, actorId, ...granted } = await grantOf(credentials, form)
    await record(orgId, { ...entryOf('client token', clientId), actorId })
    res.json({
      access_token: granted.accessToken,
      token_type: 'Bearer',
      expires_in: granted.expiresIn,
      scope: granted.scope,
    })
  })
  router.post(`${BASE}/introspect`, async (req, res) => {
    const form = formOf(req)
    res.json(await tokens.introspect(credentialsOf(req, form), tokenOf(form)))
  })
  router.post(`${BASE}/revoke`, async (req, res) => {
    const form = formOf(req)
    const { orgId, clientId } = await tokens.revoke(credentialsOf(req, form), tokenOf(form))
    await record(orgId, entryOf('client token revoked', clientId))
    onRevoked(orgId)
    res.status(200).end()
  })
  router.post(`${BASE}/socket-ticket`, async (req, res) => {
    const token = bearerToken(req.headers.authorization)
    if (!token) throw unauthenticated()
    res.json(await tokens.ticket(token, req.ip ?? ''))
  })
  router.use(BASE, answerError(record, onError))
  return router

  async function grantOf(credentials: ClientCredentials, form: URLSearchParams): Promise<GrantedToken> {
    const type = only(form, 'grant_type')
    if (type === 'client_credentials') return tokens.grant(credentials, only(form, 'scope'))
    if (type !== 'authorization_code') throw new OAuthError('unsupported_grant_type')
    const [code, redirectUri, verifier] = ['code', 'redirect_uri', 'code_verifier'].map((name) => only(form, name))
    if (!code || !redirectUri || !verifier) throw new OAuthError('invalid_request')
    try {
      return await tokens.exchange(credentials, { code, redirectUri, verifier })
    } catch (error) {
      // A code that came twice has ended a token.
      if (error instanceof OAuthError && error.code === 'invalid_grant' && error.attempt) onRevoked(error.attempt.orgId)
      throw error
    }
  }
}

const BASE = '/oauth'

/** What programs find out by themselves (RFC 8414). */
const metadataOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}${BASE}/authorize`,
  token_endpoint: `${issuer}${BASE}/token`,
  introspection_endpoint: `${issuer}${BASE}/introspect`,
  revocation_endpoint: `${issuer}${BASE}/revoke`,
  response_types_supported: ['code'],
  grant_types_supported: ['client_credentials', 'authorization_code'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  authorization_response_iss_parameter_supported: true,
})

const FORM = 'application/x-www-form-urlencoded'
const BODY_LIMIT = 8 * 1024

function formOf(req: Request): URLSearchParams {
  if (!Buffer.isBuffer(req.body)) throw new OAuthError('invalid_request')
  return new URLSearchParams(req.body.toString('utf8'))
}

/** A parameter, once or not at all (RFC 6749 section 3.2). */
function only(form: URLSearchParams, name: string): string | undefined {
  const values = form.getAll(name)
  if (values.length > 1) throw new OAuthError('invalid_request')
  return values[0]
}

function tokenOf(form: URLSearchParams): string {
  const token = only(form, 'token')
  if (!token) throw new OAuthError('invalid_request')
  return token
}

/** client_secret_basic, or client_secret_post; never both (RFC 6749 section 2.3.1). */
function credentialsOf(req: Request, form: URLSearchParams): ClientCredentials {
  const basic = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(req.headers.authorization ?? '')?.[1]
  const [id, secret] = [only(form, 'client_id'), only(form, 'client_secret')]
  if (req.headers.authorization !== undefined) {
    const [clientId, password, ...rest] = Buffer.from(basic ?? '', 'base64')
      .toString('utf8')
      .split(':')
    if (secret !== undefined || (id !== undefined && id !== clientId)) throw new OAuthError('invalid_request')
    if (!clientId || !password || rest.length > 0) throw nobody()
    return { clientId, secret: password, clientAddress: req.ip ?? '' }
  }
  if (!id || !secret) throw nobody()
  return { clientId: id, secret, clientAddress: req.ip ?? '' }
}

/** Without credentials of any form there is nobody to name. */
const nobody = (): OAuthError =>
  new OAuthError('invalid_client', { orgId: NO_ORGANISATION, clientId: undefined, reason: 'invalid_client' })

/** An attempt (45 CFR 164.308(a)(5)(ii)(C)): of whom, as far as the organisation knows one, and why it was refused. */
const attemptOf = ({ clientId, reason }: RefusedAttempt): AccessEntry => ({
  ...entryOf('client refused', clientId),
  actorId: null,
  outcome: 'DENIED',
  detail: { ...(clientId !== undefined && { client: clientId }), reasons: [reason] },
})

const entryOf = (action: string, clientId: string | undefined): AccessEntry => ({
  actorId: clientId ?? null,
  facilityIds: [],
  action,
  purpose: 'NONE',
  operationHash: null,
  subjectRefs: [],
  classes: [],
  outcome: 'ALLOWED',
  detail: clientId === undefined ? {} : { client: clientId },
})

function answerError(record: ClientRoutesOptions['record'], onError: (error: unknown) => void): ErrorRequestHandler {
  return async (thrown: unknown, _req, res, next) => {
    if (res.headersSent) return next(thrown)
    const { attempt } = thrown instanceof OAuthError ? thrown : {}
    // On record before the answer leaves; where that fails, the answer is that.
    const failure: unknown =
      attempt && (await record(attempt.orgId, attemptOf(attempt)).then(() => undefined, identity))
    const error = failure ?? thrown
    if (error instanceof OAuthError) {
      const wrongClient = error.code === 'invalid_client'
      if (wrongClient) res.set('www-authenticate', 'Basic realm="chartroom"')
      return void res.status(wrongClient ? 401 : 400).json({ error: error.code })
    }
    const { status } = error as { status?: unknown }
    if (!(error instanceof ChartroomError) && typeof status === 'number' && status >= 400 && status < 500)
      return void res.status(400).json({ error: 'invalid_request' })
    if (!(error instanceof ChartroomError)) onError(error)
    const { code, message } = error instanceof ChartroomError ? error : new ChartroomError('INTERNAL')
    res.status(CATALOGUE[code].status).json({ code, message })
  }
}

const identity = (error: unknown): unknown => error
