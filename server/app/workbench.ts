import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import express, { type Router } from 'express'
import { packageRoot } from '../db/migrate.js'
import { styleNonce } from './securityHeaders.js'

/**
 * The workbench as it was built: files under `/assets` carry a hash in their names and may be kept for ever; every other
 * address that a browser opens is the page, whose script finds the way. Undefined where it was not built.
 *
 * The page learns the nonce for styles that it makes at run time from `<meta property="csp-nonce" nonce="…">`.
 */
export function workbenchRoutes(folder = path.join(packageRoot(), 'dist', 'workbench')): Router | undefined {
  const file = path.join(folder, 'index.html')
  if (!existsSync(file)) return undefined
  const router = express.Router()
  router.use(
    '/assets',
    express.static(path.join(folder, 'assets'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      redirect: false,
      fallthrough: true,
    }),
  )
  router.use(express.static(folder, { index: false, redirect: false, dotfiles: 'ignore', cacheControl: false }))
  router.use(async (req, res, next) => {
    const wantsPage = (req.method === 'GET' || req.method === 'HEAD') && req.accepts(['html', 'json']) === 'html'
    if (!wantsPage || NOT_PAGES.test(req.path)) return next()
    const meta = `<meta property="csp-nonce" nonce="${styleNonce(res.locals)}">`
    // Read each time, because a build puts another page and other files in the place of these.
    const page = await readFile(file, 'utf8')
    res.type('html').send(page.replace('<head>', `<head>\n    ${meta}`))
  })
  return router
}

/** What these answer is never the page, also when it is not there. */
const NOT_PAGES = /^\/(api|oauth|graphql|health|uploads|documents|assets)(\/|$)/
