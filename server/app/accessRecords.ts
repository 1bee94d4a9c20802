import { createReadStream, existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock } from '../kernel/clock.js'
import { exportedLines, signedHeads, type TrailExport } from '../trail/exportTrail.js'
import { appendHeads, readHeads } from '../trail/headFile.js'
import { organisationIds } from '../trail/trail.store.js'
import { type ChainReport, verifyExport, verifyStored } from '../trail/verifyTrail.js'
import { NO_ORGANISATION } from '../trail/writer.js'
import { openKeyFile } from '../vault/keyFile.js'
import type { Env } from './env.js'
import type { Platform } from './openPlatform.js'

/**
 * Signed heads of the chains of access records, a line each, appended every hour and at every stop. Whoever can write
 * to the database can rewrite a whole chain; copied to where they cannot write, this file shows it.
 */
export const headFile = (env: Pick<Env, 'dataDir'>): string => path.join(env.dataDir, 'access-heads.jsonl')

/** Append the heads that have moved since the file was last written. */
export async function keepHeads(platform: Platform, env: Env): Promise<void> {
  const file = headFile(env)
  const kept = new Map(readHeads(file).map((head) => [head.orgId, head.seq]))
  const heads = await signedHeads(exportOf(platform), await chainsOf(platform))
  appendHeads(
    file,
    heads.filter((head) => head.seq !== kept.get(head.orgId)),
  )
}

export async function checkStoredRecords(platform: Platform, heads: string): Promise<ChainReport[]> {
  const { database, vault } = platform
  return verifyStored(database, await chainsOf(platform), readHeads(heads), vault.derive(HEAD_KEY))
}

/** Without a database; where there is no key file, chains are checked and signatures are not. */
export async function checkExportedRecords(env: Env, file: string, heads: string): Promise<ChainReport[]> {
  const key = existsSync(env.keyFile) ? openKeyFile(env.keyFile).derive(HEAD_KEY) : undefined
  const lines = () => createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  return verifyExport(lines, key, readHeads(heads))
}

/** @throws where `out` exists: an export is never written over */
export async function writeExport(
  platform: Platform,
  out: string,
): Promise<{ readonly records: number; readonly organisations: number }> {
  const file = await open(out, 'wx', 0o600)
  let records = 0
  let organisations = 0
  try {
    for await (const line of exportedLines(exportOf(platform), await chainsOf(platform))) {
      await file.write(line)
      if (line.includes('"signature":')) organisations++
      else records++
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { records, organisations }
}

const HEAD_KEY = 'trail head'

const exportOf = ({ database, vault }: Platform): TrailExport => ({
  database,
  key: vault.derive(HEAD_KEY),
  now: () => systemClock.now(),
})

const chainsOf = async (platform: Platform): Promise<string[]> => [
  ...(await platform.asOwner(organisationIds)),
  NO_ORGANISATION,
]
