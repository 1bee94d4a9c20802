import type { NextFunction, Request, Response } from 'express'
import { GraphQLError } from 'graphql'
import { CATALOGUE, ChartroomError, type ErrorCode } from '../kernel/errors.js'
import { Invalid } from './documents.js'
import type { Boundary } from './formatError.js'

/** How GraphQL over HTTP is refused before anything ran, alike for single answers and for streams. */

export const JSON_TYPE = 'application/json'
export const RESPONSE_JSON = 'application/graphql-response+json'

/** A refusal that means a status which is not the catalogue's. */
export class HttpRefusal extends ChartroomError {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super('REQUEST_REFUSED', message)
  }
}

export const mediaOf = (req: Request): string | false => req.accepts([JSON_TYPE, RESPONSE_JSON])

/** Exactly JSON: everything else a foreign page can send without asking first. @throws HttpRefusal */
export function checkForm(req: Request): undefined {
  if (!/^application\/json *(; *charset=("?)utf-8\2 *)?$/i.test(req.headers['content-type'] ?? '')) {
    throw new HttpRefusal(415, 'Send content-type application/json.', { accept: JSON_TYPE })
  }
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new HttpRefusal(415, 'Send the request without compression.')
  }
  return undefined
}

type Handler = (req: Request, res: Response) => Promise<void>

/** Continues unless the handler answered; whatever it throws is answered as GraphQL answers. */
export function guarded(boundary: Boundary, handler: Handler) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    try {
      await handler(req, res)
    } catch (error) {
      return answerErrors(boundary, req, res, error)
    }
    if (!res.headersSent && !res.writableEnded) next()
  }
}

/** A refusal before anything ran: GraphQL's form, with the status of its code unless it is about the document itself. */
export function answerErrors(boundary: Boundary, req: Request, res: Response, error: unknown): void {
  if (res.headersSent) return
  const media = mediaOf(req) || JSON_TYPE
  const errors = (error instanceof Invalid ? error.errors : [error]).map((it) => boundary.format(it))
  const aboutDocument = error instanceof Invalid || error instanceof GraphQLError
  const code = errors[0]!.extensions!.code as ErrorCode
  const { retryAfterSeconds } = errors[0]!.extensions ?? {}
  if (error instanceof HttpRefusal) res.set(error.headers)
  if (typeof retryAfterSeconds === 'number') res.set('retry-after', String(retryAfterSeconds))
  if (code === 'UNAUTHENTICATED') res.set('www-authenticate', 'Bearer')
  const status = error instanceof HttpRefusal ? error.status : CATALOGUE[code].status
  res.status(aboutDocument && media === JSON_TYPE ? 200 : status)
  res.type(`${media}; charset=utf-8`).send(JSON.stringify({ errors }))
}
