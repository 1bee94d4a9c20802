import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { EmbeddedError } from './embeddedErrors.js'

/** Whom the database server runs as. Empty: as ourselves. PostgreSQL refuses to run as root. */
export interface ServerUser {
  uid?: number
  gid?: number
}

/** Root hands the server to whoever owns an existing cluster, else to `postgres`, else to `nobody`. */
export function serverUser(cluster: string): ServerUser {
  if (process.getuid?.() !== 0) return {}
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { uid, gid }
  }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody')
  if (account) return { uid: Number(account[2]), gid: Number(account[3]) }
  throw new EmbeddedError(
    'PostgreSQL refuses to run as root, and this machine has no user "postgres" or "nobody". ' +
      'Run Chartroom as another user, or set DATABASE_URL.',
  )
}

/** May that user enter the folder, through every folder above it? */
export function canEnter(user: ServerUser, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/' }).status === 0
}

/**
 * The folder in which the server's files live: the data folder itself, or, where the server's user cannot enter it
 * (root's home is closed to everybody else), a folder under /var/lib that `postgres.home` in the data folder points
 * to. Its name is random: a data folder that was deleted never meets the cluster of its predecessor.
 */
export function serverHome(dataDir: string, user: ServerUser): string {
  const pointer = path.join(dataDir, 'postgres.home')
  if (lstatSync(pointer, { throwIfNoEntry: false })) return whereItPoints(pointer)
  if (user.uid === undefined || canEnter(user, dataDir)) return dataDir
  if (existsSync(path.join(dataDir, 'postgres'))) {
    // A folder that was open once, or a copy: a new, empty database elsewhere would look as if everything were lost.
    throw new EmbeddedError(
      `The database is in ${dataDir}, which its server's user may not enter. Let others pass (chmod o+x) through ` +
        'that folder and the folders above it, or set CHARTROOM_DATA to where you move it.',
    )
  }
  const home = path.join('/var/lib/chartroom', randomBytes(6).toString('hex'))
  try {
    mkdirSync(home, { recursive: true })
    // Not left to the umask: the server's user must pass through both, and needs to list neither.
    chmodSync(path.dirname(home), 0o711)
    chmodSync(home, 0o711)
  } catch (error) {
    throw new EmbeddedError(
      `The database server cannot run as root, and no other user can enter ${dataDir} ` +
        `(${(error as Error).message}). Set CHARTROOM_DATA to a folder outside /root.`,
    )
  }
  if (!canEnter(user, home)) {
    throw new EmbeddedError(`Neither ${dataDir} nor ${home} can be entered by the database user. Set CHARTROOM_DATA.`)
  }
  symlinkSync(home, pointer)
  return home
}

function whereItPoints(pointer: string): string {
  if (existsSync(pointer)) return realpathSync(pointer)
  throw new EmbeddedError(
    `The database's files are missing: ${pointer} points to ${readlinkSync(pointer)}, which is not there. ` +
      'Put that folder back from where it went, or from your backup.',
  )
}
