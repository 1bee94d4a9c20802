import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadEnv } from '../../server/app/env.js'
import { startServer } from '../../server/app/main.js'
import { codeSetsStatus, importCodeSets, migrateDatabase, verify } from '../../server/app/operations.js'
import { openKeyFile } from '../../server/vault/keyFile.js'
import { emptyDatabase } from '../support/postgres.js'
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

describe('the operations of the command line', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-operations-'))
  let database: Awaited<ReturnType<typeof emptyDatabase>>
  const env = () =>
    loadEnv({
      CHARTROOM_DATA: folder,
      DATABASE_URL: database.ownerUrl,
      PORT: '0',
      LOG_LEVEL: 'silent',
      ENGINE_WORKERS: '1',
    })
  beforeAll(async () => void (database = await emptyDatabase()))
  afterAll(async () => {
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('bring an empty database up, twice and at once without harm', async () => {
    await Promise.all([migrateDatabase(env()), migrateDatabase(env())])
    await migrateDatabase(env())
  })

  it('tell which code sets there are', async () => {
    const { releases, warnings } = await codeSetsStatus(env())
    expect(releases.map(({ name }) => name)).toEqual(['starter'])
    expect(warnings.join(' ')).toContain('Import the official files')
    await expect(importCodeSets(env(), [path.join(folder, 'nothing')], {}, () => {})).rejects.toThrow()
  })

  it('start, serve and stop a whole server beside it, which verifies', async () => {
    const server = await startServer({ env: env(), demo: true })
    try {
      expect(server.accounts!.map(({ email }) => email)).toContain('coder@demo.test')
      expect((await fetch(server.addresses.Health!)).status).toBe(200)
      const checks = await verify(env())
      expect(checks.filter(({ holds }) => !holds)).toEqual([])
      // It looked at something.
      expect(checks.map(({ found }) => found).join(' ')).toMatch(/[1-9]\d* logs/)
    } finally {
      await server.stop()
    }
    await server.stop()
    await expect(fetch(server.addresses.Health!)).rejects.toThrow()
    const again = await startServer({ env: env(), demo: true })
    await again.stop()
  })

  it('refuse to make new keys for a database that holds sealed values', async () => {
    const { keyFile } = env()
    renameSync(keyFile, `${keyFile}.away`)
    await expect(migrateDatabase(env())).rejects.toThrow(`The key file ${keyFile} is missing`)
    expect(existsSync(keyFile)).toBe(false)
    openKeyFile(keyFile)
    await expect(migrateDatabase(env())).rejects.toThrow('is not the key file of this database')
    renameSync(`${keyFile}.away`, keyFile)
    await migrateDatabase(env())
  })
})
