import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FolderInUse } from './embeddedErrors.js'
import { processIdentity } from './embeddedProcess.js'

/** `server`: a long-running `chartroom start`, at most one per folder. `command`: any short command beside it. */
export type ClaimRole = 'server' | 'command'

export interface Claim {
  /** Is any other living process using the folder's database server? */
  shared(): boolean
  release(): void
}

/**
 * Claims the data folder for this process. Each claimant first puts down a file of its own, named after the process,
 * and only then looks at the others: of two that come at once at least one sees the other, and no file is ever
 * rewritten or taken over, so there is no moment in which two servers both believe they are alone. A claim whose
 * process has ended (`kill -9`, power cut), or that came here with a copy of the folder, counts for nothing and is swept
 * away by the next one who looks.
 * Processes in different pid namespaces (two containers on one volume) do not see each other.
 * @throws {FolderInUse} role `server`, and another living server holds the folder
 */
export async function claimFolder(dataDir: string, role: ClaimRole): Promise<Claim> {
  const folder = path.join(dataDir, 'running')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const owner = `${role}.${process.pid}.${processIdentity(process.pid)}`
  const name = `${owner}.${statSync(folder).ino}.${randomBytes(4).toString('hex')}`
  const file = path.join(folder, name)
  const release = (): void => rmSync(file, { force: true })

  for (let attempt = 1; ; attempt++) {
    writeFileSync(file, '', { mode: 0o600 })
    const rival = role === 'server' ? livingClaims(folder, name).find((claim) => claim.role === 'server') : undefined
    if (!rival) return { shared: () => livingClaims(folder, name).length > 0, release }
    release()
    // Two that start in the same instant both step back; a random wait lets one of them through.
    if (attempt === 4) throw new FolderInUse(dataDir, rival.pid)
    await sleep(20 + Math.random() * 100)
  }
}

function livingClaims(folder: string, own: string): { role: string; pid: number }[] {
  const living: { role: string; pid: number }[] = []
  const here = String(statSync(folder).ino)
  for (const name of readdirSync(folder)) {
    if (name === own) continue
    const [role = '', pid = '', identity = '', inode] = name.split('.')
    if (inode === here && processIdentity(Number(pid)) === identity) living.push({ role, pid: Number(pid) })
    else rmSync(path.join(folder, name), { force: true })
  }
  return living
}
