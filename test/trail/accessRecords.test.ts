import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  checkExportedRecords,
  checkStoredRecords,
  headFile,
  keepHeads,
  writeExport,
} from '../../server/app/accessRecords.js'
import { type Env, loadEnv } from '../../server/app/env.js'
import { openPlatform, type Platform } from '../../server/app/openPlatform.js'
import { verify, verifyAccessRecords } from '../../server/app/operations.js'
import { systemClock } from '../../server/kernel/clock.js'
import { newId } from '../../server/kernel/ids.js'
import { createTrail, NO_ORGANISATION, type Trail } from '../../server/trail/writer.js'
import { emptyDatabase } from '../support/postgres.js'
import { entry } from './entries.js'

const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-records-'))
const orgId = newId()
let database: Awaited<ReturnType<typeof emptyDatabase>>
let env: Env
let platform: Platform
let trail: Trail
beforeAll(async () => {
  database = await emptyDatabase()
  env = loadEnv({ CHARTROOM_DATA: folder, DATABASE_URL: database.ownerUrl, NODE_ENV: 'test' })
  platform = await openPlatform(env, 'command', { info() {}, error() {} })
  trail = createTrail({
    database: platform.database,
    clock: systemClock,
    onTrouble: (error) => {
      throw error
    },
  })
  await asOwner((sql) => sql`insert into organisation (id, name, kind) values (${orgId}, 'A', 'COVERED_ENTITY')`)
  await trail.record(
    orgId,
    Array.from({ length: 5 }, (_, i) => entry(String(i))),
  )
  await trail.record(NO_ORGANISATION, [entry('sign-in')])
})
afterAll(async () => {
  await trail.close()
  await platform.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const asOwner = (work: (sql: postgres.Sql) => Promise<unknown>) => platform.asOwner(work as never)
const inFolder = (name: string) => path.join(folder, name)
const stored = async (heads = headFile(env)) =>
  (await checkStoredRecords(platform, heads)).map(({ orgId: id, verdict }) => [id, verdict.holds || verdict.firstBad])
const exported = async (file: string, heads = inFolder('none')) =>
  (await checkExportedRecords(env, file, heads)).map(({ orgId: id, verdict }) => [
    id,
    verdict.holds || verdict.firstBad,
  ])

describe('access records of an installation', () => {
  it('are exported whole, and the export is checked without the database', async () => {
    const file = inFolder('export.jsonl')
    expect(await writeExport(platform, file)).toEqual({ records: 6, organisations: 2 })
    expect(await exported(file)).toEqual([
      [orgId, true],
      [NO_ORGANISATION, true],
    ])
    await expect(writeExport(platform, file)).rejects.toMatchObject({ code: 'EEXIST' })

    const lines = readFileSync(file, 'utf8').split('\n')
    const tampered = inFolder('tampered.jsonl')
    writeFileSync(tampered, lines.with(2, lines[2]!.replace('ALLOWED', 'DENIED')).join('\n'))
    expect(await exported(tampered)).toEqual([
      [orgId, { seq: 3, problem: 'CHANGED' }],
      [NO_ORGANISATION, true],
    ])
    const report = await verifyAccessRecords(env, { file: tampered })
    expect(report.holds).toBe(false)
    expect(report.lines[0]).toBe(`${orgId}: record 3 is not as it was written`)
  })

  it('have their heads kept, a line where one has moved', async () => {
    const count = () => readFileSync(headFile(env), 'utf8').trim().split('\n').length
    await keepHeads(platform, env)
    expect(count()).toBe(2)
    await keepHeads(platform, env)
    expect(count()).toBe(2)
    await trail.record(orgId, [entry('later')])
    await keepHeads(platform, env)
    expect(count()).toBe(3)
    expect(await stored()).toEqual([
      [orgId, true],
      [NO_ORGANISATION, true],
    ])
    expect((await verify(env)).find(({ name }) => name.startsWith('Access records'))).toEqual({
      name: 'Access records are unbroken chains',
      holds: true,
      found: '2 chains, 0 broken',
    })
  })

  it('that were cut off by the owner, head and all, are missed by the kept heads alone', async () => {
    await asOwner(async (sql) => {
      await sql`alter table access_record disable trigger user`
      await sql`delete from access_record where org_id = ${orgId} and seq > 4`
      await sql`
        update access_head set seq = 4, hash = (select hash from access_record where org_id = ${orgId} and seq = 4)
        where org_id = ${orgId}`
      await sql`alter table access_record enable trigger user`
    })
    expect(await stored(inFolder('none'))).toEqual([
      [orgId, true],
      [NO_ORGANISATION, true],
    ])
    expect(await stored()).toEqual([
      [orgId, { seq: 5, problem: 'MISSING' }],
      [NO_ORGANISATION, true],
    ])
    expect((await verify(env)).find(({ name }) => name.startsWith('Access records'))).toMatchObject({ holds: false })

    const kept = readFileSync(headFile(env), 'utf8')
    const forged = inFolder('forged.jsonl')
    writeFileSync(forged, kept.replaceAll('"seq":6', '"seq":4'))
    expect(await stored(forged)).toContainEqual([orgId, { seq: 4, problem: 'HEAD_NOT_SIGNED' }])
  })
})
