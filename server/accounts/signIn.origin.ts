import type { RequestHandler } from 'express'
import { ChartroomError } from '../kernel/errors.js'

/**
 * Refuses what another site's page sends (cross-site request forgery, cross-site socket hijacking). A browser names
 * the origin on every POST; a request without one is from a program, and a program that sends no cookie has nothing
 * that a foreign page could borrow.
 */
export function requireOwnOrigin(allowedOrigins: () => readonly string[]): RequestHandler {
  return (req, _res, next) => {
    const { origin, cookie } = req.headers
    const reading = req.method === 'GET' || req.method === 'HEAD'
    if (origin === undefined ? reading || cookie === undefined : allowedOrigins().includes(origin)) return next()
    next(new ChartroomError('REQUEST_REFUSED', 'This request comes from a page that this server does not know.'))
  }
}
