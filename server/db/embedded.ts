import { existsSync } from 'node:fs'
import path from 'node:path'
import { postgresBinaries } from './embeddedBinaries.js'
import { ensureCluster, OWNER, ownerPassword } from './embeddedCluster.js'
import { EmbeddedError, explainFolder } from './embeddedErrors.js'
import { openFolder } from './embeddedFolder.js'
import { type Claim, type ClaimRole, claimFolder } from './embeddedLock.js'
import { askToEnd, bringUp, type Place, type Postmaster, shutDown } from './embeddedPostmaster.js'
import { processIdentity } from './embeddedProcess.js'
import { serverHome, serverUser } from './embeddedUser.js'

export interface EmbeddedServer {
  /** A superuser's address: for migrations and for making the application's role, never for requests. */
  readonly ownerUrl: string
  readonly port: number
  /** True when the server was already running: started by another command, or left behind by a killed process. */
  readonly adopted: boolean
  /** Ends the server, unless another living process uses it too. Idempotent. */
  stop(): Promise<void>
}

/** Takes a pino logger, or anything like it. */
export interface EmbeddedLog {
  info(message: string): void
  error(message: string): void
}

/**
 * Runs a real PostgreSQL from npm binaries on the data folder: no installation, no fixed port, 127.0.0.1 only, durable.
 * With role `server` (the default) at most one living process holds a folder, and a database server that dies is
 * brought up again on the same port; with role `command` the call shares a server that is already running.
 * The folder gets `postgres/` (the cluster), `postgres.password` (0600), `postgres.log` and `running/` (claims).
 * @throws {FolderInUse} another `chartroom start` runs on the folder
 * @throws {EmbeddedError} anything an operator can put right, in a sentence
 */
export async function startEmbedded(
  dataDir: string,
  log: EmbeddedLog,
  options: { role?: ClaimRole } = {},
): Promise<EmbeddedServer> {
  const role = options.role ?? 'server'
  const folder = openFolder(dataDir)
  const claim = await claimFolder(folder, role).catch((error: unknown) => {
    throw explainFolder(folder, error)
  })
  try {
    const place = await preparePlace(folder, log)
    const postmaster = await bringUp(place)
    log.info(postmaster.adopted ? 'Database: joined the running server' : 'Database: started')
    return manage(place, postmaster, claim, role, log)
  } catch (error) {
    claim.release()
    throw explainFolder(folder, error)
  }
}

async function preparePlace(folder: string, log: EmbeddedLog): Promise<Place> {
  const password = readPassword(folder)
  const user = serverUser(path.join(folder, 'postgres'))
  const home = serverHome(folder, user)
  const cluster = path.join(home, 'postgres')
  const binaries = postgresBinaries(home, user)
  if (!existsSync(cluster)) log.info('Database: creating it (once)')
  await ensureCluster(binaries, cluster, password, user)
  return {
    cluster,
    binaries,
    user,
    logFile: path.join(folder, 'postgres.log'),
    ownerUrl: (port) => `postgres://${OWNER}:${password}@127.0.0.1:${port}/postgres`,
  }
}

function readPassword(folder: string): string {
  try {
    return ownerPassword(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    throw new EmbeddedError(
      `The data folder ${folder} belongs to another user. Start Chartroom as that user, or set CHARTROOM_DATA.`,
    )
  }
}

function manage(place: Place, first: Postmaster, claim: Claim, role: ClaimRole, log: EmbeddedLog): EmbeddedServer {
  let postmaster = first
  let reviving: Promise<void> | undefined
  let stopped: Promise<void> | undefined
  const watch = role === 'server' ? setInterval(reviveIfDead, 500).unref() : undefined

  function reviveIfDead(): void {
    if (reviving || processIdentity(postmaster.pid) !== undefined) return
    log.error('Database: the server ended unexpectedly; starting it again')
    reviving = bringUp(place, first.port)
      .then((next) => void (postmaster = next))
      .catch((error: unknown) => log.error(error instanceof Error ? error.message : String(error)))
      .finally(() => (reviving = undefined))
  }

  // A process that ends without stopping (a second Ctrl-C, a drain that took too long) leaves no server behind.
  function endWithUs(): void {
    claim.release()
    if (!claim.shared()) askToEnd(place, postmaster)
  }
  process.once('exit', endWithUs)

  async function stopOnce(): Promise<void> {
    clearInterval(watch)
    await reviving
    claim.release()
    if (!claim.shared()) await shutDown(place, postmaster)
    process.off('exit', endWithUs)
  }

  return {
    ownerUrl: place.ownerUrl(first.port),
    port: first.port,
    adopted: first.adopted,
    stop: () => (stopped ??= stopOnce()),
  }
}
