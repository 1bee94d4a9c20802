import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Router } from 'express'
import { bearerToken } from '../auth/accessToken.js'
import { unauthenticated } from '../kernel/errors.js'
import { answerError, answerNotFound } from './answerError.js'
import { type Env, readMetricsToken } from './env.js'
import type { Log } from './logger.js'
import { createMetrics, type Metrics } from './metrics.js'

export interface ServedMetrics {
  readonly metrics: Metrics
  /** For the address that everybody reaches; undefined where the numbers have one of their own. */
  readonly routes: Router | undefined
  /** On the address of their own, if there is one. */
  listen(): Promise<void>
  close(): Promise<void>
}

/** `GET /metrics`, for whoever has the token of the file, or reaches the address of its own. Neither is set: undefined. */
export function serveMetrics({ metrics: env }: Pick<Env, 'metrics'>, log: Log): ServedMetrics | undefined {
  if (!env.tokenFile && !env.listen) return undefined
  const token = env.tokenFile === undefined ? undefined : readMetricsToken(env.tokenFile)
  if (env.tokenFile && !token) throw new Error('the file of METRICS_TOKEN_FILE no longer holds a token')
  const metrics = createMetrics()
  const routes = metricsRoutes(metrics, token)
  const own = env.listen && createServer({ requestTimeout: 10_000 }, standingAlone(routes, log))
  return {
    metrics,
    routes: own ? undefined : routes,
    async listen() {
      if (!own || !env.listen) return
      const port = await listenOn(own, env.listen.port, env.listen.host)
      log.event('listening', { port, what: 'metrics' })
    },
    async close() {
      if (own?.listening) {
        const ended = new Promise((resolve) => own.close(resolve))
        own.closeAllConnections()
        await ended
      }
      metrics.close()
    },
  }
}

function metricsRoutes(metrics: Metrics, token: string | undefined): Router {
  const router = express.Router()
  router.get('/metrics', async (req, res) => {
    if (token !== undefined && !isSame(bearerToken(req.headers.authorization), token)) {
      res.set('www-authenticate', 'Bearer')
      throw unauthenticated()
    }
    res.set({ 'content-type': metrics.contentType, 'cache-control': 'no-store' }).send(await metrics.text())
  })
  return router
}

function standingAlone(routes: Router, log: Log): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(routes)
  app.use(answerNotFound)
  app.use(answerError(log))
  return app
}

/** In the same time, however much of it is right. */
function isSame(given: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given ?? ''), digest(token))
}

function listenOn(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
