import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../server/db/embedded.js'
import { processIdentity } from '../../server/db/embeddedProcess.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of this run's database server. */
    postgresFolder: string
  }
}

const PREFIX = 'chartroom-test-'
const quiet = { info: () => {}, error: () => {} }

/**
 * Names the folder of this run's database server. The first test that asks for a database starts it there (see
 * `testDatabase`), so that a run of pure functions waits for no server. What killed runs left behind is swept first.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep()
  const folder = path.join(tmpdir(), `${PREFIX}${process.pid}-${randomBytes(4).toString('hex')}`)
  project.provide('postgresFolder', folder)
  return () => remove(folder)
}

async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const pid = Number.parseInt(name.slice(PREFIX.length), 10)
    // Another run may sweep at the same time; whoever comes second finds nothing, which is what both want.
    if (processIdentity(pid) === undefined) await remove(path.join(tmpdir(), name)).catch(() => {})
  }
}

async function remove(folder: string): Promise<void> {
  if (existsSync(path.join(folder, 'postgres', 'postmaster.pid'))) {
    const server = await startEmbedded(folder, quiet, { role: 'command' })
    await server.stop()
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
