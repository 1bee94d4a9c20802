import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { newId } from '../../server/kernel/ids.js'
import { type TestDatabase, testDatabase } from './postgres.js'
import { Search } from './tripwire/search.js'
import { stretchOf, wordsOf } from './tripwire/words.js'

/** A word that nobody could guess, and that no form given by machines has. */
const secret = () => `Quoth the ${randomUUID().replaceAll('-', '').slice(0, 12)} raven`

// What is leaked here on purpose is no figure.
beforeAll(() => void vi.stubEnv('FIGURES_COUNTED', undefined))

describe('a database that is watched', () => {
  let db: TestDatabase | undefined
  afterEach(async () => {
    await db?.drop().catch(() => {})
    db = undefined
  })

  /** Seals words as the product does, lets `leak` do what nobody should, and drops the database. */
  async function dropAfter(leak: (db: TestDatabase, word: string) => unknown, seal = secret()): Promise<unknown> {
    const made = (db = await testDatabase({ watched: true, logged: true }))
    const key = made.vault.newKey('o', 'p')
    const sealed = made.vault.sealer('o', 'p', key).seal('t.c/1', JSON.stringify({ note: seal, more: [7, null] }))
    expect(made.vault.sealer('o', 'p', key).open('t.c/1', sealed)).toContain(seal)
    await leak(made, seal)
    db = undefined
    return made.drop().then(
      () => undefined,
      (error: unknown) => error,
    )
  }
  const organisation = (of: TestDatabase, name: string) =>
    of.ownerSql`insert into organisation (id, name, kind) values (${newId()}, ${name}, 'COVERED_ENTITY')`

  const LEAKS: Readonly<Record<string, readonly [where: string, (db: TestDatabase, word: string) => unknown]>> = {
    'in a column of text': ['organisation.name', organisation],
    'in hexadecimal digits': ['organisation.name', (of, word) => organisation(of, Buffer.from(word).toString('hex'))],
    'in base64': ['organisation.name', (of, word) => organisation(of, Buffer.from(word).toString('base64'))],
    'inside other words': ['organisation.name', (of, word) => organisation(of, `It was: ${word}; so they say`)],
    'in a column of bytes': [
      'scratch.bytes',
      async ({ ownerSql: sql }, word) => {
        await sql`create table scratch (bytes bytea)`
        await sql`insert into scratch values (${Buffer.from(word)})`
      },
    ],
    'in a column of lists': [
      'scratch.words',
      async ({ ownerSql: sql }, word) => {
        await sql`create table scratch (words text[])`
        await sql`insert into scratch values (${['a', word]})`
      },
    ],
    'in a column of JSON, of another schema': [
      'scratch.value',
      async ({ ownerSql: sql }, word) => {
        await sql`create schema elsewhere`
        await sql`create table elsewhere.scratch (value jsonb)`
        await sql`insert into elsewhere.scratch values (${sql.json({ a: { b: [word] } })})`
      },
    ],
    'in a line of the log': ['the log', ({ tripwire }, word) => tripwire!.hear('the log', [`{"event":"${word}"}`])],
    'on the console': ['what was printed', (_db, word) => console.debug(word)],
    'bound to a statement that wrote nothing': [
      'the log of the database',
      ({ ownerSql: sql }, word) => sql`select ${word}::text`,
    ],
    'in a statement that failed': [
      'the log of the database',
      ({ ownerSql: sql }, word) => sql.unsafe(`select 'x' as "${word.slice(0, 60)}" from nowhere`).catch(() => {}),
    ],
    'bound to a statement after one that wrote it by right': [
      'the log of the database',
      async ({ ownerSql: sql }, word) => {
        await sql`update patient_identifier set assigner = ${word} where false`
        await sql`select ${word}::text`
      },
    ],
    'bound to a write of another column than the unsealed ones': [
      'the log of the database',
      ({ ownerSql: sql }, word) => sql`update patient_identifier set id = id where ${word}::text is null`,
    ],
    'told to whoever listens': [
      'the log of the database',
      ({ ownerSql: sql }, word) => sql`select pg_notify('chartroom_wake', ${word})`,
    ],
  }
  for (const [how, [where, leak]] of Object.entries(LEAKS))
    it(`does not end well with a sealed word ${how}; it names the place and not the word`, async () => {
      const word = secret()
      const error = await dropAfter(leak, word)
      expect(String(error)).toContain(`stands in clear in`)
      expect(String(error)).toContain(where)
      expect(String(error)).not.toContain(word)
      expect(String(error)).not.toContain(word.split(' ')[2])
    })

  it('ends well where sealed words stand sealed alone, whatever else was said', async () => {
    expect(
      await dropAfter(async (of) => {
        await organisation(of, secret())
        console.debug(secret())
        await of.ownerSql`select ${secret()}::text`
      }),
    ).toBeUndefined()
  })

  it('ends well where a word was written into a column left unsealed, and is no longer there', async () => {
    const written = (of: TestDatabase, word: string) =>
      of.ownerSql`update patient_identifier set assigner = ${word}, id = id where false`
    expect(await dropAfter(written)).toBeUndefined()
  })

  it('counts what it noted and what it searched', async () => {
    db = await testDatabase({ watched: true, logged: true })
    const sealer = db.vault.sealer('o', 'p', db.vault.newKey('o', 'p'))
    sealer.seal('t.c/1', secret())
    sealer.sealBinary('t.c/2', Buffer.from(Array.from({ length: 64 }, (_, i) => (i * 37) % 256)))
    await organisation(db, secret())
    db.tripwire!.hear('the log', ['1234567890'])
    const counts = await db.tripwire!.search(db.ownerSql, new URL(db.ownerUrl).pathname.slice(1))
    expect(counts).toMatchObject({ sealed: 2, words: 2, hits: 0 })
    expect(counts.tableBytes).toBeGreaterThan(100)
    expect(counts.logBytes).toBeGreaterThanOrEqual(10)
    expect(counts.databaseLogBytes).toBeGreaterThan(1_000)
  })
})

describe('what is looked for of a sealed value', () => {
  it('are the texts in it, part by part', () => {
    const note = 'Seen with the odd quagga on Tuesday, and again on Friday when it had quietly gone'
    expect(wordsOf(JSON.stringify({ a: 'Ottolinexyz', b: { c: ['said "no more geese" to all'] } })).words).toEqual([
      'Ottolinexyz',
      'no more geese',
    ])
    expect(wordsOf(note).words.join(' ')).toBe(note)
    expect(wordsOf(`${note}\n${note}`).words).toHaveLength(4)
    for (const word of wordsOf(note).words) expect(word.length).toBeLessThan(61)
  })

  it('is nothing that machines make, nothing short, and nothing that the program says by itself', () => {
    for (const plain of [
      randomUUID(),
      '2026-03-15T17:00:00.000Z',
      'f'.repeat(64),
      'DISCHARGE_SUMMARY',
      'urn:oid:2.16.840.1.113883.19.5',
      'It is.',
      'alter table',
      `EXCLUDES1 ${randomUUID()}=E11.9`,
      'RADIOLOGY:S22.080A',
    ])
      expect(wordsOf(JSON.stringify([plain])), plain).toEqual({ words: [], left: 1 })
    for (const key of ['EXCLUDES1 Ottolinexyz', `${randomUUID()}=Ottolinexyz`, 'RADIOLOGY:S22.080A Ottolinexyz'])
      expect(wordsOf(JSON.stringify([key])), key).toEqual({ words: [key], left: 0 })
    for (const number of [randomUUID(), 'MRN-00471182', '004-71-1829']) {
      expect(wordsOf(number)).toEqual({ words: [number], left: 0 })
      expect(wordsOf(`${number} and more`).words).not.toContain(number)
    }
  })

  it('is a stretch from the middle of bytes that are no text', () => {
    const bytes = Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 37) % 256))
    expect(bytes.toString('latin1')).toContain(stretchOf(bytes))
    expect(stretchOf(Buffer.alloc(400))).toBeUndefined()
  })
})

describe('a search', () => {
  it('finds every word wherever it stands, and none that does not', () => {
    const search = new Search()
    const words = Array.from({ length: 400 }, secret)
    for (const word of words) expect(search.add(word)).toBe(true)
    expect(search.add(words[0]!)).toBe(false)
    expect(search.size).toBe(400)
    const some = words.filter((_, i) => i % 3 === 0)
    expect([...search.in(some.join(''))].sort()).toEqual([...some].sort())
    expect(search.in(words.map((word) => word.slice(0, -1)).join('\n')).size).toBe(0)
  })
})
