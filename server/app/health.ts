import express, { type Router } from 'express'

/** Names a part of the server and asks it whether it can work. */
export type Checks = Readonly<Record<string, () => boolean | Promise<boolean>>>

/**
 * `GET /health/live` answers 200 while the process runs: restart it when it does not. `GET /health/ready` answers 200
 * when requests can be served and 503 otherwise, with the names of the checks and whether each holds: nothing more,
 * because anybody may ask. Answers are kept for a second, so that asking often costs nothing.
 *
 * @param told of what the server can do without: told beside the checks, and not counted
 */
export function healthRoutes(checks: Checks, told: Checks = {}): Router {
  const router = express.Router()
  let known: Promise<readonly [Record<string, boolean>, Record<string, boolean>]> | undefined

  router.get('/health/live', (_req, res) => void res.json({ live: true }))
  router.get('/health/ready', async (_req, res) => {
    known ??= Promise.all([run(checks), run(told)]).finally(() =>
      setTimeout(() => (known = undefined), KEPT_MS).unref(),
    )
    const [counted, others] = await known
    const ready = Object.values(counted).every(Boolean)
    res.status(ready ? 200 : 503).json({ ready, checks: { ...counted, ...others } })
  })
  return router
}

const KEPT_MS = 1_000
const WITHIN_MS = 2_000

async function run(checks: Checks): Promise<Record<string, boolean>> {
  const entries = Object.entries(checks).map(async ([name, check]) => [name, await holds(check)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

/** What does not answer in time does not hold. */
async function holds(check: Checks[string]): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), WITHIN_MS)))
  try {
    return await Promise.race([Promise.resolve().then(check), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
