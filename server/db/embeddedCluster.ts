import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedError } from './embeddedErrors.js'
import { processIdentity } from './embeddedProcess.js'
import type { ServerUser } from './embeddedUser.js'

/** The database's superuser, which owns every table. The application signs in as a lesser role. */
export const OWNER = 'chartroom_owner'
const MAJOR = '18'

/** The owner's password: made once, 192 random bits, readable by this user only. */
export function ownerPassword(dataDir: string): string {
  const file = path.join(dataDir, 'postgres.password')
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'w' })
    try {
      // A link appears whole and never replaces a file that another process made meanwhile.
      linkSync(draft, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(draft)
    }
  }
  return readFileSync(file, 'utf8').trim()
}

/**
 * Makes the cluster where there is none. It is made beside its place and renamed, so that being killed in the middle
 * leaves no half cluster; of two processes that do it at once the first keeps its own.
 * @throws {EmbeddedError} `cluster` is something else, or belongs to another major version
 */
export async function ensureCluster(
  binaries: string,
  cluster: string,
  password: string,
  user: ServerUser,
): Promise<{ made: boolean }> {
  if (existsSync(cluster)) {
    checkVersion(cluster)
    return { made: false }
  }
  sweepDrafts(cluster)
  const draft = `${cluster}.init-${process.pid}`
  const passwordFile = `${draft}.password`
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  try {
    give(draft, user)
    give(passwordFile, user)
    await initdb(binaries, draft, passwordFile, user)
    renameSync(draft, cluster)
    return { made: true }
  } catch (error) {
    if (existsSync(cluster)) return { made: false }
    throw error
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

async function initdb(binaries: string, draft: string, passwordFile: string, user: ServerUser): Promise<void> {
  const options = [
    ['-D', draft],
    ['-U', OWNER, '--pwfile', passwordFile, '-A', 'scram-sha-256'],
    // The built-in provider sorts and folds alike on every machine, whatever its C library and ICU.
    ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ].flat()
  try {
    await promisify(execFile)(path.join(binaries, 'bin', 'initdb'), options, { ...user, cwd: '/' })
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || (error as Error).message
    throw new EmbeddedError(`The database could not be created: ${said}`)
  }
}

function checkVersion(cluster: string): void {
  const file = path.join(cluster, 'PG_VERSION')
  if (!existsSync(file)) {
    throw new EmbeddedError(
      `${cluster} exists but is not a PostgreSQL cluster. Set CHARTROOM_DATA to Chartroom's own data folder, ` +
        'or to a new, empty one.',
    )
  }
  const major = readFileSync(file, 'utf8').trim()
  if (major === MAJOR) return
  throw new EmbeddedError(
    `${cluster} was written by PostgreSQL ${major}; this version of Chartroom brings PostgreSQL ${MAJOR}. ` +
      `Move the data with PostgreSQL ${major}'s pg_dump, or go back to the earlier version of Chartroom.`,
  )
}

function sweepDrafts(cluster: string): void {
  const prefix = `${path.basename(cluster)}.init-`
  for (const name of readdirSync(path.dirname(cluster))) {
    if (!name.startsWith(prefix)) continue
    const pid = Number.parseInt(name.slice(prefix.length), 10)
    if (pid !== process.pid && processIdentity(pid)) continue
    rmSync(path.join(path.dirname(cluster), name), { recursive: true, force: true })
  }
}

const give = (file: string, user: ServerUser): void => {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(file, user.uid, user.gid)
}
