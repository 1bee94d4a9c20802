import { spawn, spawnSync } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { EmbeddedError } from './embeddedErrors.js'
import { processCommand, processIdentity } from './embeddedProcess.js'
import type { ServerUser } from './embeddedUser.js'

/** Where one cluster lies and how its server is run. */
export interface Place {
  /** The cluster's real path: the server writes it into its pid file, and it is compared with that. */
  cluster: string
  binaries: string
  user: ServerUser
  logFile: string
  ownerUrl(port: number): string
}

export interface Postmaster {
  pid: number
  port: number
  adopted: boolean
}

interface PidFile {
  pid: number
  cluster: string
  port: number
  status: string
}

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  // A commit that was answered is on disk: neither kill -9 nor a power cut loses it. Never turn these off.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Many short statements: compiling one or spreading it over workers costs more than it gives, and parallel workers
  // need /dev/shm, which containers keep small.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The log never holds a value of a row. Messages of errors quote input, their details quote keys, and statements
  // quote literals; `log` lets through what concerns the server (LOG, FATAL, PANIC) and drops the errors of statements,
  // which the application gets anyway.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  logging_collector: 'off',
}

const LOG_LIMIT_BYTES = 8 * 1024 * 1024
const TRIES = 60
/** What the server says when a predecessor is still being reaped, or somebody took the port first. */
const PASSING = /postmaster\.pid|shared memory|starting up|shutting down|Address already in use|TCP\/IP sockets/

/**
 * A running server on that cluster: the one that is there, else a new one. A server left behind by a killed parent is
 * adopted if it answers with our password for our cluster. A killed server is waited for until the system has reaped
 * its processes.
 * @param port the port it must have; undefined takes a free one
 * @throws {EmbeddedError} with the end of the server's log
 */
export async function bringUp(place: Place, port?: number): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const running = await adopt(place)
    if (running) return running
    const outcome = await launch(place, port ?? (await freePort()))
    if (typeof outcome !== 'string') return outcome
    if (attempt >= TRIES || !PASSING.test(outcome)) {
      throw new EmbeddedError(`The embedded PostgreSQL did not start (log: ${place.logFile}):\n${outcome}`)
    }
    await sleep(250)
  }
}

/** Fast shutdown: open transactions roll back, everything committed is flushed. Resolves when the process is gone. */
export async function shutDown(place: Place, postmaster: Postmaster): Promise<void> {
  const identity = processIdentity(postmaster.pid)
  if (identity === undefined) return
  askToEnd(place, postmaster)
  while (processIdentity(postmaster.pid) === identity) await sleep(15)
}

/** Asks for a fast shutdown without waiting for it, so that it also works while this process is ending itself. */
export function askToEnd(place: Place, postmaster: Pick<Postmaster, 'pid'>): void {
  if (processIdentity(postmaster.pid) === undefined) return
  if (process.platform === 'win32') {
    spawnSync(path.join(place.binaries, 'bin', 'pg_ctl'), ['stop', '-D', place.cluster, '-m', 'fast'])
    return
  }
  try {
    process.kill(postmaster.pid, 'SIGINT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function adopt(place: Place): Promise<Postmaster | undefined> {
  for (;;) {
    const found = readPidFile(place)
    if (!found) return undefined
    if (!isPostmaster(found)) {
      // The process ended, or its number now belongs to a stranger (a restarted container). PostgreSQL would refuse
      // to start for as long as that stranger lives. Backends that are still dying hold the shared memory, which the
      // new server checks by itself.
      rmSync(path.join(place.cluster, 'postmaster.pid'), { force: true })
      return undefined
    }
    if (path.resolve(found.cluster) !== place.cluster) throw moved(place, found)
    if (found.status === 'ready') {
      if (await answers(place, found.port)) return { pid: found.pid, port: found.port, adopted: true }
      if (readPidFile(place)?.status === 'ready' && isPostmaster(found)) throw stranger(place, found)
    }
    await sleep(50) // starting, recovering or stopping: it will be ready or gone
  }
}

/** Starts the server; its address when it is ready, what it logged when it ended instead. */
async function launch(place: Place, port: number): Promise<Postmaster | string> {
  const log = openLog(place.logFile)
  const start = fstatSync(log).size
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = path.join(place.binaries, 'bin', 'postgres')
  const child = spawn(command, ['-D', place.cluster, '-p', String(port), ...settings], {
    ...place.user,
    cwd: '/',
    // A process group of its own: Ctrl-C reaches us first, and the server only when we have drained.
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, PGDATA: undefined, PGPORT: undefined, LC_ALL: 'C' },
  })
  closeSync(log)
  let failure: string | undefined
  child.once('error', (error) => (failure = error.message))
  child.once('exit', (code, signal) => (failure ??= `ended with ${signal ?? code}`))
  const onExit = (): void => void child.kill('SIGINT')
  process.once('exit', onExit)
  child.once('exit', () => process.off('exit', onExit))
  while (failure === undefined) {
    const found = readPidFile(place)
    if (child.pid !== undefined && found?.pid === child.pid && found.status === 'ready') {
      child.unref()
      process.off('exit', onExit)
      return { pid: child.pid, port, adopted: false }
    }
    await sleep(15)
  }
  return `${readFileSync(place.logFile).subarray(start).toString('utf8')}${failure}`
}

// https://www.postgresql.org/docs/18/storage-file-layout.html: pid, data folder, start, port, socket, address, shared
// memory, status (one line each).
function readPidFile(place: Place): PidFile | undefined {
  try {
    const lines = readFileSync(path.join(place.cluster, 'postmaster.pid'), 'utf8').split('\n')
    const status = lines[7]?.trim() ?? ''
    return { pid: Number(lines[0]), cluster: lines[1] ?? '', port: Number(lines[3]), status }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The process was started on the folder that the file names; any other process has only inherited the number. */
function isPostmaster(found: PidFile): boolean {
  if (processIdentity(found.pid) === undefined) return false
  const command = processCommand(found.pid)
  return command === undefined || command.includes(found.cluster)
}

async function answers(place: Place, port: number): Promise<boolean> {
  const sql = postgres(place.ownerUrl(port), { max: 1, connect_timeout: 3, onnotice: () => {} })
  try {
    const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`
    return row !== undefined && path.resolve(row.folder) === place.cluster
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** Opened by us and handed on, so that the server's user needs no right to the data folder. One old log is kept. */
function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

const moved = (place: Place, found: { pid: number; cluster: string }): EmbeddedError =>
  new EmbeddedError(
    `${place.cluster} was copied or moved while its database server ran (process ${found.pid}, on ${found.cluster}). ` +
      'Stop that process; if this is a copy, also delete the file postmaster.pid in it. Then start again.',
  )

const stranger = (place: Place, found: { pid: number }): EmbeddedError =>
  new EmbeddedError(
    `A database server (process ${found.pid}) runs on ${place.cluster} but does not accept the password in ` +
      'postgres.password. Stop that process, then start again.',
  )
