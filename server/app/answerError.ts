import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import { CATALOGUE, ChartroomError, notFound, tooLarge } from '../kernel/errors.js'
import { refusalOf } from './formatError.js'
import type { Log } from './logger.js'

/** Outside GraphQL an error is `{code, message}` with the catalogue's status. */
export function answerRefusal(res: Response, { code, message, detail }: ChartroomError): void {
  if (typeof detail.retryAfterSeconds === 'number') res.set('retry-after', String(detail.retryAfterSeconds))
  res.status(CATALOGUE[code].status).json({ code, message })
}

/** There is nothing at this address, in the same form as every other refusal. */
export const answerNotFound: RequestHandler = (_req, res) => answerRefusal(res, notFound())

/** The last resort: Express itself would print the error, its stack and parts of the body into the answer. */
export function answerError(log: Log): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    // Headers are out: all that is left is to end the connection, which is what Express does then.
    if (res.headersSent) return next(error)
    answerRefusal(res, httpRefusalOf(error, log))
  }
}

/** Errors of body readers and of the router carry the status they mean; their messages hold parts of the input. */
export function httpRefusalOf(error: unknown, log: Log): ChartroomError {
  const { status, limit } = (error ?? {}) as { status?: unknown; limit?: unknown }
  if (status === 413) return tooLarge(typeof limit === 'number' ? limit : 0)
  if (typeof status === 'number' && status >= 400 && status < 500) return new ChartroomError('REQUEST_REFUSED')
  const refusal = refusalOf(error)
  if (CATALOGUE[refusal.code].report) log.error('failed', error, { outcome: refusal.code })
  return refusal
}
