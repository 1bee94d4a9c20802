import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import { type AccessClaims, type AccessTokens, bearerToken } from '../auth/accessToken.js'
import { ChartroomError, type ErrorCode, rateLimited, unauthenticated } from '../kernel/errors.js'
import { CLOSE } from '../live/closeCodes.js'
import { dropReasonOf, LIVE_METRICS } from '../live/metrics.js'
import { httpRefusalOf } from './answerError.js'
import { Invalid } from './documents.js'
import { refusalOf } from './formatError.js'
import { type GraphqlParameters, parametersOfBody } from './graphqlBody.js'
import { answerErrors, checkForm, guarded, HttpRefusal } from './httpRefusal.js'
import { HttpStream } from './httpStream.js'
import { LIMITS } from './limits.js'
import { checkOrigin, type SocketGate } from './socketGate.js'
import {
  beginSubscription,
  endSubscription,
  errorsOf,
  isStream,
  leaving,
  type SubscriptionOptions,
  subscribeInTime,
} from './subscription.js'
import type { OperationContext } from './operation.js'
import type { OpenSocket } from './ws.js'

export interface HttpStreamsOptions extends SubscriptionOptions {
  readonly accessTokens: AccessTokens
  readonly allowedOrigins: () => readonly string[]
  /** Counted together with sockets, in all and by address. */
  readonly gate: SocketGate
  readonly perPerson: number
  /** Sockets and streams of this person or program that are open. */
  readonly connectionsOf: (claims: AccessClaims) => number
}

export interface HttpStreams {
  readonly router: Router
  readonly open: ReadonlySet<OpenSocket>
  /** Takes no new ones and ends the open ones over up to `spreadMs`, so that not all come back at once. */
  drain(spreadMs: number): Promise<void>
}

/**
 * Subscriptions where there are no WebSockets: `POST /graphql/stream`, one operation a connection ("distinct connections"
 * of the GraphQL over Server-Sent Events protocol), with an access token as bearer. Every check is that of a socket, in the
 * same order, and so is what is delivered. The library for it would read ahead of its reader without bounds; here the next
 * look waits until the last one has left.
 */
export function createHttpStreams(options: HttpStreamsOptions): HttpStreams {
  const { boundary, gate, log } = options
  const metrics = options.services.get(LIVE_METRICS)
  const open = new Set<HttpStream>()
  let draining = false
  const looks = setInterval(() => {
    const now = performance.now()
    for (const stream of open) stream.look(now)
  }, LOOK_EVERY_MS)
  looks.unref()
  const router = express.Router()

  router.post(
    PATH,
    guarded(boundary, async (req, res) => {
      checkOrigin(req, options.allowedOrigins())
      if (draining) throw new ChartroomError('UNAVAILABLE')
      const leave = gate.enter(req.ip ?? '')
      res.once('close', leave)
      const token = bearerToken(req.headers.authorization)
      if (token === undefined) throw unauthenticated()
      const claims = await options.accessTokens.verify(token)
      if (options.connectionsOf(claims) >= options.perPerson) throw rateLimited(30)
      checkForm(req)
      if (!req.accepts([EVENTS])) throw new HttpRefusal(406, `Accept ${EVENTS}.`)
      res.locals.claims = claims
    }),
    express.raw({ type: () => true, limit: LIMITS.httpBytes, inflate: false }),
    guarded(boundary, (req, res) => serve(req, res)),
  )
  router.all(PATH, (req, res) => {
    answerErrors(boundary, req, res, new HttpRefusal(405, 'Ask for a stream with POST.', { allow: 'POST' }))
  })
  // Errors of the body reader.
  router.use(PATH, (error: unknown, req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error)
    answerErrors(boundary, req, res, httpRefusalOf(error, log))
  })

  return {
    router,
    open,
    async drain(spreadMs) {
      draining = true
      clearInterval(looks)
      await Promise.all([...open].map((stream, i, all) => stream.restart((spreadMs * i) / all.length)))
    },
  }

  async function serve(req: Request, res: Response): Promise<void> {
    const claims = res.locals.claims as AccessClaims
    const stream = new HttpStream(res, claims, (reason) => metrics.dropped(dropReasonOf(reason)))
    let context: OperationContext | undefined
    open.add(stream)
    try {
      const args = await beginSubscription(
        options,
        {
          transport: 'sse',
          claims,
          clientAddress: req.ip ?? '',
          keep(kept) {
            if (stream.isOver) throw new ChartroomError('REQUEST_REFUSED')
            context = kept
          },
        },
        () => bodyOf(req),
      )
      const result = await subscribeInTime(args)
      // Whoever left meanwhile: a stream that nobody reads would follow the chart for ever.
      if (isStream(result)) stream.whenOver(() => void result.return(undefined))
      stream.begin()
      if (!isStream(result)) await stream.next(await leaving(boundary, context, result))
      else for await (const item of result) await stream.next(await leaving(boundary, context, item))
      await stream.complete()
    } catch (error) {
      refuse(req, res, stream, error)
    } finally {
      open.delete(stream)
      if (context) {
        await endSubscription(context)
        log.event('operation', { transport: 'sse', kind: 'subscription', outcome: 'ENDED' })
      }
    }
  }

  /** What is wrong with the operation is an answer, as it is on a socket; who may not ask at all is told by the status. */
  function refuse(req: Request, res: Response, stream: HttpStream, error: unknown): void {
    if (stream.isOver) return
    const code = error instanceof Invalid ? 'REQUEST_REFUSED' : refusalOf(error).code
    if (stream.hasBegun) {
      log.error('failed', error, { transport: 'sse' })
      return stream.close(CLOSE.INTERNAL)
    }
    metrics.refused(code)
    if (error instanceof HttpRefusal || BY_STATUS.has(code)) return answerErrors(boundary, req, res, error)
    stream.begin()
    void stream
      .next({ errors: errorsOf(error).map((it) => boundary.format(it)) as never })
      .then(() => stream.complete())
  }
}

/** @throws HttpRefusal for what is no request at all, whatever it would have asked */
function bodyOf(req: Request): GraphqlParameters {
  try {
    return parametersOfBody(req.body)
  } catch (error) {
    throw new HttpRefusal(400, refusalOf(error).message)
  }
}

const PATH = '/graphql/stream'
const LOOK_EVERY_MS = 1_000
const EVENTS = 'text/event-stream'

const BY_STATUS: ReadonlySet<ErrorCode> = new Set([
  'UNAUTHENTICATED',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'TOO_LARGE',
  'INTERNAL',
])
