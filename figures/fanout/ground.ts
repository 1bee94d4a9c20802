import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { loadEnv } from '../../server/app/env.js'
import { openPlatform } from '../../server/app/openPlatform.js'
import { seedDemoPeople } from '../../server/app/seed.js'
import { startEmbedded } from '../../server/db/embedded.js'
import { type OwnerSql, openOwner } from '../../server/db/owner.js'
import { Person } from '../accessEnds/person.js'
import { Child } from './child.js'
import type { LogPlaceOfChart, Opening, Template } from './wire.js'
import { type FollowedChart, followedCharts } from './people.store.js'

/** A database with the demo's organisations, and what a server in another process needs to work on it. */
export interface Ground {
  readonly owner: OwnerSql
  readonly databaseUrl: string
  readonly keyFile: string
  readonly dataDir: string
  readonly password: string
  readonly coderId: string
  readonly orgId: string
}

/** @param preload of the database server, such as its counter of statements */
export async function withGround<T>(work: (ground: Ground) => Promise<T>, preload?: string): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-figure-'))
  // Started as root, the database runs as another user, who must be able to enter.
  chmodSync(folder, 0o711)
  const database = await startDatabase(path.join(folder, 'database'), preload)
  const env = loadEnv({ CHARTROOM_DATA: folder, DATABASE_URL: database.ownerUrl, PORT: '0', LOG_LEVEL: 'silent' })
  const platform = await openPlatform(env, 'command', QUIET)
  const owner = openOwner(database.ownerUrl)
  try {
    const { harbor, password } = await seedDemoPeople(platform, env)
    return await work({
      owner,
      databaseUrl: platform.applicationUrl,
      keyFile: env.keyFile,
      dataDir: folder,
      password,
      coderId: harbor.members['coder@demo.test']!.memberId,
      orgId: harbor.organisationId,
    })
  } finally {
    await owner.end({ timeout: 5 })
    await platform.close()
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const QUIET = { info: () => {}, error: () => {} }

async function startDatabase(folder: string, preload: string | undefined) {
  const first = await startEmbedded(folder, QUIET)
  if (preload === undefined) return first
  const sql = postgres(first.ownerUrl, { max: 1, onnotice: () => {} })
  await sql.unsafe(`alter system set shared_preload_libraries = '${preload}'`)
  await sql.end()
  await first.stop()
  return startEmbedded(folder, QUIET)
}

/** One contestant: what serves, and the receivers that it serves. */
export interface Side {
  readonly server: Child
  readonly receivers: Child
  readonly url: string
  end(): Promise<void>
}

export async function startSide(
  name: string,
  ground: Ground,
  place: LogPlaceOfChart | undefined,
  templates: readonly Template[],
  fault?: Opening['fault'],
): Promise<Side> {
  const server = Child.start(`sides/${name}`)
  const receivers = Child.start('receivers')
  receivers.onTold = (events) => server.tell('completed', events)
  const { databaseUrl, keyFile, dataDir } = ground
  const end = async (): Promise<void> => void (await Promise.all([receivers.end(), server.end()]))
  try {
    const url = await server.ask<string>('open', { databaseUrl, keyFile, dataDir, place, templates, fault })
    return { server, receivers, url, end }
  } catch (error) {
    await end()
    throw error
  }
}

/** Charts of invented patients, made through the server as anybody makes them, and claimed by their coder. */
export async function makeCharts(ground: Ground, count: number): Promise<FollowedChart[]> {
  const server = Child.start('sides/chartroom')
  try {
    const { databaseUrl, keyFile, dataDir } = ground
    const url = await server.ask<string>('open', { databaseUrl, keyFile, dataDir, place: undefined, templates: [] })
    const { origin } = new URL(url)
    const supervisor = await Person.signIn(origin, 'supervisor@demo.test', ground.password)
    const coder = await Person.signIn(origin, 'coder@demo.test', ground.password)
    const ids: string[] = []
    for (let i = 0; i < count; i++) {
      const { chartId } = await supervisor.newChart(coder.queueId)
      await coder.claim(chartId)
      ids.push(chartId)
    }
    return await followedCharts(ground.owner, ids)
  } finally {
    await server.end()
  }
}
