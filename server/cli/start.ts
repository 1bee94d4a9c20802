import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Command, Option } from 'commander'
import { type Env, loadEnv } from '../app/env.js'
import { explainFolder } from '../db/embeddedErrors.js'
import { openFolder } from '../db/embeddedFolder.js'
import type { Modules, Print, RunningServer } from './modules.js'
import { columns } from './output.js'
import { ENDING_SIGNALS, exitCodeOf } from './signals.js'

const DRAIN_LIMIT_MS = 25_000
const underNpm = process.env.npm_lifecycle_event !== undefined
const ECHO_MS = underNpm ? 500 : 0

/** `chartroom start`: runs the server until a signal. */
export function startCommand(parent: Command, modules: Modules, print: Print): void {
  parent
    .command('start')
    .description('Run the server, the workbench and, unless DATABASE_URL is set, an embedded PostgreSQL.')
    .option('--demo', 'seed invented charts and accounts (the default in a new data folder on this machine)')
    .option('--no-demo', 'start empty')
    .addOption(new Option('--port <number>', 'port to listen on (PORT)'))
    .addOption(new Option('--host <address>', 'address to listen on (HOST)'))
    .addHelpText(
      'after',
      `
Examples:
  chartroom start                      everything on http://127.0.0.1:4400, with demo charts
  chartroom start --no-demo --port 80  empty, on port 80
  DATABASE_URL=postgres://… chartroom start   on your own PostgreSQL

Ctrl-C lets running requests end and then stops; a second Ctrl-C stops at once.`,
    )
    .action(async (options: { demo?: boolean; port?: string; host?: string }) => {
      const env = loadEnv({
        ...process.env,
        ...(options.port !== undefined && { PORT: options.port }),
        ...(options.host !== undefined && { HOST: options.host }),
      })
      const ended = untilSignal(print)
      const { startServer } = await modules.server()
      const demo = options.demo ?? demoByDefault(env)
      if (demo) rememberDemo(env)
      const server = await startServer({ env, demo })
      if (!ended.asked) print(banner(server, { hint: !demo && isOnThisMachine(env) }))
      await ended.signal
      await drain(server, print)
    })
}

/**
 * Demo accounts have a password that is printed: by default only in a data folder that is new, or that is the demo's
 * already, and never where others can reach them or in somebody's own database.
 */
export function demoByDefault(env: Env): boolean {
  return isOnThisMachine(env) && (!existsSync(env.keyFile) || existsSync(markOf(env)))
}

const isOnThisMachine = (env: Env): boolean =>
  env.databaseUrl === undefined && ['127.0.0.1', '::1', 'localhost'].includes(env.host)

/** Written before the first start, so that a start that was killed is still that of a demo. */
function rememberDemo(env: Env): void {
  if (env.databaseUrl !== undefined) return
  const folder = openFolder(env.dataDir)
  try {
    writeFileSync(
      markOf(env),
      'This folder holds the demo: invented people and charts. Remove this file to stop seeding them.\n',
    )
  } catch (error) {
    throw explainFolder(folder, error)
  }
}

const markOf = (env: Env): string => path.join(env.dataDir, 'demo')

/** What a person needs right after the start. */
export function banner(server: Pick<RunningServer, 'addresses' | 'accounts'>, { hint = false } = {}): string {
  const lines = ['', '  Chartroom is ready.', '', columns(Object.entries(server.addresses))]
  if (server.accounts?.length) {
    const rows = server.accounts.map(({ role, email, password }) => [role, email, password])
    lines.push('', '  Demo accounts (invented people, invented charts):', '')
    lines.push(columns([['role', 'sign in as', 'password'], ...rows]))
  }
  if (hint) lines.push('', '  Nobody of the demo is here: "chartroom start --demo" adds its people and charts.')
  return [...lines, '', '  Stop with Ctrl-C.', ''].join('\n')
}

interface Ending {
  asked: boolean
  /** Resolves at the first signal to end. */
  readonly signal: Promise<void>
}

/**
 * Listens for signals from this call on; the second one ends the process at once. Under npm a Ctrl-C arrives twice, from
 * the terminal and from npm, and counts once.
 */
function untilSignal(print: Print): Ending {
  let resolve = (): void => {}
  const signal = new Promise<void>((done) => (resolve = done))
  const ending: Ending = { asked: false, signal }

  let askedAt = 0
  function end(): void {
    if (ending.asked) return
    ending.asked = true
    askedAt = performance.now()
    print('Stopping: letting running requests end. Once more to stop at once.')
    resolve()
  }

  for (const signal of ENDING_SIGNALS) {
    process.on(signal, () => {
      if (ending.asked && performance.now() - askedAt >= ECHO_MS) process.exit(exitCodeOf(signal))
      end()
    })
  }
  whenLeftBehind(end)
  return ending
}

/**
 * npm runs scripts in a shell and passes SIGTERM to that shell alone, which ends and says nothing to us. `npm start`
 * replaces the shell by `exec`; a script of somebody's own may not, and would leave a server that nobody stops.
 */
function whenLeftBehind(end: () => void): void {
  if (!underNpm) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) end()
  }, 200).unref()
}

async function drain(server: RunningServer, print: Print): Promise<void> {
  const limit = setTimeout(() => {
    print('Some requests did not end in time; stopping without them. What was answered is kept.')
    process.exit(1)
  }, DRAIN_LIMIT_MS).unref()
  await server.stop()
  clearTimeout(limit)
  print('Stopped.')
}
