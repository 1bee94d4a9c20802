import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Env, loadEnv } from '../server/app/env.js'
import { startServer } from '../server/app/main.js'

export interface OwnServer {
  readonly env: Env
  /** Of GraphQL over HTTP. */
  readonly graphqlUrl: string
}

/** A whole server with a database of its own in a folder of its own, for as long as the work takes. */
export async function withServer<T>(
  settings: { readonly demo: boolean; readonly env?: Readonly<Record<string, string>> },
  work: (server: OwnServer) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-figure-'))
  // Started as root, the database runs as another user, who must be able to enter.
  chmodSync(folder, 0o711)
  const env = loadEnv({
    CHARTROOM_DATA: folder,
    PORT: '0',
    LOG_LEVEL: 'silent',
    ENGINE_WORKERS: '0',
    ...settings.env,
  })
  const server = await startServer({ env, demo: settings.demo })
  try {
    return await work({ env, graphqlUrl: server.addresses.GraphQL! })
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
