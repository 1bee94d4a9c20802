import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../server/kernel/ids.js'
import { type TestDatabase, testDatabase } from './postgres.js'

describe('testDatabase', () => {
  let a: TestDatabase
  let b: TestDatabase
  beforeAll(async () => void ([a, b] = await Promise.all([testDatabase(), testDatabase()])))
  afterAll(() => Promise.all([a.drop(), b.drop()]))

  it('gives every caller a database of its own', async () => {
    const id = newId()
    await a.ownerSql`insert into organisation (id, name, kind) values (${id}, 'A', 'COVERED_ENTITY')`
    expect(await a.ownerSql`select id from organisation`).toEqual([{ id }])
    expect(await b.ownerSql`select id from organisation`).toEqual([])
  })

  it('hands out the application role, under row level security', async () => {
    const [row] = await a.database.read(newId(), (tx) => tx`select current_user as name, count(*) from organisation`)
    expect(row).toEqual({ name: new URL(a.applicationUrl).username, count: 0 })
    expect(a.statements).toHaveLength(1)
  })

  it('opens with its vault what it sealed', () => {
    const key = a.vault.newKey('o', 'p')
    const sealed = a.vault.sealer('o', 'p', key).seal('t.c/1', 'text')
    expect(a.vault.sealer('o', 'p', key).open('t.c/1', sealed)).toBe('text')
    expect(() => b.vault.sealer('o', 'p', key).open('t.c/1', sealed)).toThrow()
  })
})
