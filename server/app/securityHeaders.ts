import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'

/** Where a response's handlers find the nonce of its styles. */
export const styleNonce = (locals: Record<string, unknown>): string => locals.styleNonce as string

/**
 * Headers of every answer. The page may run its own scripts, show its own pictures and talk to this server, and nothing
 * else; styles that its parts make at run time carry the nonce of the page. Nothing is kept by a cache unless a
 * handler, of files with a hash in their names, says otherwise.
 */
export function securityHeaders(options: { publicUrl: string; ownOrigins: () => readonly string[] }): RequestHandler {
  const https = options.publicUrl.startsWith('https://')
  return (_req, res, next) => {
    const nonce = randomBytes(16).toString('base64')
    res.locals.styleNonce = nonce
    // Not every browser takes 'self' for sockets too.
    const sockets = options.ownOrigins().map((origin) => origin.replace(/^http/, 'ws'))
    res.set({
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self' 'nonce-${nonce}'`,
        "img-src 'self' blob:",
        "font-src 'self'",
        "worker-src 'self'",
        `connect-src ${["'self'", ...sockets].join(' ')}`,
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      ...(https && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
    })
    next()
  }
}
