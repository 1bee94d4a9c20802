import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../server/db/pool.js'
import { systemClock } from '../../server/kernel/clock.js'
import { newId } from '../../server/kernel/ids.js'
import { exportedLines, signedHeads } from '../../server/trail/exportTrail.js'
import type { AccessEntry, AccessRecord } from '../../server/trail/record.model.js'
import { signHead } from '../../server/trail/signedHead.js'
import { readHead, readRecords } from '../../server/trail/trail.store.js'
import { verifyChain } from '../../server/trail/verifyChain.js'
import { verifyExport, verifyStored } from '../../server/trail/verifyTrail.js'
import { createTrail } from '../../server/trail/writer.js'
import { type TestDatabase, testDatabase } from '../support/postgres.js'
import { anyEntry, collect, entry } from './entries.js'

let db: TestDatabase
beforeAll(async () => void (db = await testDatabase()))
afterAll(() => db.drop())

const trailOn = (database: Database, options: { mostWaiting?: number; troubles?: unknown[] } = {}) =>
  createTrail({
    database,
    clock: systemClock,
    onTrouble: (error) => {
      if (!options.troubles) throw error
      options.troubles.push(error)
    },
    ...(options.mostWaiting !== undefined && { mostWaiting: options.mostWaiting }),
  })

const recordsOf = async (orgId: string): Promise<AccessRecord[]> => collect(readRecords(db.database, orgId))
const key = () => db.vault.derive('trail head')
const exporting = () => ({ database: db.database, key: key(), now: () => new Date() })
const holds = async (orgId: string) =>
  (await verifyStored(db.database, [orgId], await signedHeads(exporting(), [orgId]), key()))[0]!.verdict

/** Batches that were begun: each locks the head of a chain once. */
const batches = () => db.statements.filter((text) => text.includes('from access_head') && text.includes('for update'))

describe('the writer', () => {
  it('keeps every form of entry so that it reads back as it hashes', async () => {
    const trail = trailOn(db.database)
    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { minLength: 1, maxLength: 5 }), async (entries) => {
        const orgId = newId()
        await trail.record(orgId, entries)
        const records = await recordsOf(orgId)
        expect(records.map((r) => r.action)).toEqual(entries.map((e) => e.action))
        expect(await holds(orgId)).toMatchObject({ holds: true, records: entries.length, headsChecked: 2 })
      }),
      { numRuns: 40 },
    )
    await trail.close()
  })

  it('keeps one chain without gap or fork under writers on two nodes', async () => {
    const nodes = [db.database, openDatabase({ url: db.applicationUrl })]
    const trails = nodes.map((database) => trailOn(database))
    const orgIds = [newId(), newId()]
    const sent: Promise<void>[] = []
    for (let i = 0; i < 300; i++) {
      const entries = Array.from({ length: 1 + (i % 3) }, (_, j) => entry(`${i}.${j}`))
      sent.push(trails[i % 2]!.record(orgIds[i % 5 === 0 ? 1 : 0]!, entries))
      if (i % 7 === 0) await Promise.all(sent.splice(0, 3))
    }
    await Promise.all(sent)
    for (const orgId of orgIds) {
      const records = await recordsOf(orgId)
      expect(await holds(orgId)).toMatchObject({ holds: true, records: records.length })
      // What one caller recorded stands together and in its order.
      const places = records.map((r) => r.action.split('.').map(Number) as [number, number])
      for (const [i, [caller, part]] of places.entries())
        if (part > 0) expect(places[i - 1]).toEqual([caller, part - 1])
    }
    const all = (await Promise.all(orgIds.map(recordsOf))).flat().map((r) => r.action)
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBe(600)
    await Promise.all(trails.map((trail) => trail.close()))
    await nodes[1]!.close()
  })

  it('shares commits: of 200 at once, one goes alone and the others together', async () => {
    const trail = trailOn(db.database)
    const orgId = newId()
    const before = batches().length
    await Promise.all(Array.from({ length: 200 }, (_, i) => trail.record(orgId, [entry(String(i))])))
    expect((await recordsOf(orgId)).length).toBe(200)
    // The very first one makes the head's row, and looks for it twice.
    expect(batches().length - before).toBe(3)

    const again = db.statements.length
    await trail.record(orgId, [entry('lone')])
    expect(db.statements.slice(again).map((text) => text.trim().split(/\s+/)[0])).toEqual(['select', 'with'])
    await trail.close()
  })

  it('resolves only when the record is there', async () => {
    const trail = trailOn(db.database)
    const orgId = newId()
    await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        await trail.record(orgId, [entry(String(i))])
        const [row] = await db.ownerSql`select 1 from access_record where org_id = ${orgId} and action = ${String(i)}`
        expect(row, String(i)).toBeDefined()
      }),
    )
    await trail.close()
  })

  it('keeps the text of an operation once, with the record that names it', async () => {
    const orgId = newId()
    const texts = () => db.ownerSql`select hash, text from access_operation order by hash`
    for (const node of [trailOn(db.database), trailOn(db.database)]) {
      node.operationText('h1', 'first')
      node.operationText('h2', 'second')
      await Promise.all([node.record(orgId, [entry('a')]), node.record(newId(), [entry('b')])])
      node.operationText('h1', 'another text under the same hash')
      const before = db.statements.length
      await node.record(orgId, [entry('c')])
      expect(db.statements.slice(before).filter((text) => text.includes('access_operation'))).toEqual([])
      await node.close()
    }
    expect(await texts()).toEqual([
      { hash: 'h1', text: 'first' },
      { hash: 'h2', text: 'second' },
    ])
  })

  it('refuses what it could not write, tells of it, and goes on when it can', async () => {
    const troubles: unknown[] = []
    const trail = trailOn(db.database, { troubles })
    const orgId = newId()
    await trail.record(orgId, [entry('before')])
    // The database refuses one entry of a batch: nobody of that batch may believe that it is written.
    const poisoned: AccessEntry = { ...entry('bad'), actorId: 'no uuid' }
    const results = await Promise.allSettled([
      trail.record(orgId, [entry('first, alone')]),
      trail.record(orgId, [poisoned]),
      trail.record(orgId, [entry('in the same batch')]),
    ])
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(results[2]).toMatchObject({ reason: { code: 'UNAVAILABLE' } })
    expect(troubles).toHaveLength(1)
    await trail.record(orgId, [entry('after')])
    expect((await recordsOf(orgId)).map((r) => r.action)).toEqual(['before', 'first, alone', 'after'])
    expect(await holds(orgId)).toMatchObject({ holds: true, records: 3 })
    await trail.close()
  })

  it('refuses more than may wait, at once, and nothing of what it took', async () => {
    const trail = trailOn(db.database, { mostWaiting: 5 })
    const orgId = newId()
    const sent = Array.from({ length: 9 }, (_, i) => trail.record(orgId, [entry(String(i))]))
    const results = await Promise.allSettled(sent)
    // One is under way and five wait behind it.
    expect(results.map((r) => r.status)).toEqual([...Array(6).fill('fulfilled'), ...Array(3).fill('rejected')])
    expect((await recordsOf(orgId)).map((r) => r.action)).toEqual(['0', '1', '2', '3', '4', '5'])
    await trail.close()
  })

  it('writes what it took before it closes, and takes nothing after', async () => {
    const trail = trailOn(db.database)
    const orgId = newId()
    const sent = Array.from({ length: 20 }, (_, i) => trail.record(orgId, [entry(String(i))]))
    await trail.close()
    expect((await recordsOf(orgId)).length).toBe(20)
    await Promise.all(sent)
    await expect(trail.record(orgId, [entry('late')])).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})

describe('a stored chain', () => {
  it('is not changed by the application, nor by the owner', async () => {
    const trail = trailOn(db.database)
    const orgId = newId()
    await trail.record(orgId, [entry('a'), entry('b')])
    await trail.close()
    const as = (work: Parameters<typeof db.database.write<unknown>>[1]) => db.database.write(orgId, work)
    await expect(as((tx) => tx`update access_record set action = 'x'`)).rejects.toMatchObject({ code: '42501' })
    await expect(as((tx) => tx`delete from access_record`)).rejects.toMatchObject({ code: '42501' })
    await expect(as((tx) => tx`delete from access_head`)).rejects.toMatchObject({ code: '42501' })
    await expect(as((tx) => tx`update access_operation set text = ''`)).rejects.toMatchObject({ code: '42501' })
    await expect(db.ownerSql`update access_record set action = 'x' where org_id = ${orgId}`).rejects.toThrow()
    await expect(db.ownerSql`delete from access_record where org_id = ${orgId}`).rejects.toThrow()
    await expect(db.ownerSql`truncate access_record`).rejects.toThrow()
    expect(await holds(orgId)).toMatchObject({ holds: true, records: 2 })
  })

  it('shows what somebody did who switched the triggers off', async () => {
    const trail = trailOn(db.database)
    const orgId = newId()
    const theirs = newId()
    await trail.record(
      orgId,
      Array.from({ length: 6 }, (_, i) => entry(String(i))),
    )
    await trail.record(theirs, [entry('x')])
    const lines = await collect(exportedLines(exporting(), [orgId, theirs]))
    const [kept] = await signedHeads(exporting(), [orgId])
    await trail.record(orgId, [entry('after the head was signed')])
    await trail.close()
    expect(lines).toHaveLength(9)
    const reread = async function* () {
      yield* lines
    }
    expect((await verifyExport(reread, key())).map((r) => r.verdict.holds)).toEqual([true, true])

    /** What is found after `work`, which is then taken back. */
    const tamper = async (work: string) => {
      class Undo extends Error {}
      let found: unknown = 'nothing was looked at'
      const doing = db.ownerSql.begin(async (tx) => {
        await tx.unsafe('alter table access_record disable trigger user')
        await tx.unsafe(work.replaceAll('ORG', `'${orgId}'`))
        const rows = await tx<(Omit<AccessRecord, 'at'> & { at: Date })[]>`
          select * from access_record where org_id = ${orgId} order by seq`
        const [head] = await tx<{ seq: string; hash: string }[]>`
          select seq, hash from access_head where org_id = ${orgId}`
        const records = rows.map((r) => ({ ...r, seq: Number(r.seq), at: r.at.toISOString() }))
        const result = await verifyChain(orgId, records, [kept!, { seq: Number(head!.seq), hash: head!.hash }])
        found = result.holds ? undefined : result.firstBad
        throw new Undo()
      })
      await expect(doing).rejects.toBeInstanceOf(Undo)
      return found
    }
    expect(await tamper('select 1')).toBeUndefined()
    expect(await tamper(`update access_record set actor_id = org_id where org_id = ORG and seq = 3`)).toEqual({
      seq: 3,
      problem: 'CHANGED',
    })
    expect(await tamper(`update access_record set detail = '{"a":1}' where org_id = ORG and seq = 5`)).toEqual({
      seq: 5,
      problem: 'CHANGED',
    })
    expect(await tamper('delete from access_record where org_id = ORG and seq = 2')).toEqual({
      seq: 2,
      problem: 'MISSING',
    })
    // The end cut off, and the head set back so that it fits: the signed head remembers.
    expect(
      await tamper(`delete from access_record where org_id = ORG and seq > 4;
        update access_head set seq = 4, hash = (select hash from access_record where org_id = ORG and seq = 4)
        where org_id = ORG`),
    ).toEqual({ seq: 5, problem: 'MISSING' })
  })

  it('is looked for where a signed head names it, also if all of it is gone', async () => {
    const orgId = newId()
    const lost = signHead(key(), orgId, { seq: 3, hash: 'a'.repeat(64) }, new Date())
    expect(await verifyStored(db.database, [], [lost], key())).toEqual([
      { orgId, verdict: { holds: false, firstBad: { seq: 1, problem: 'MISSING' } } },
    ])
    expect(await readHead(db.database, orgId)).toBeUndefined()
  })
})
