import { afterEach, describe, expect, it } from 'vitest'
import type { CodeSets, IsoDate } from '../../server/codesets/model.js'
import {
  codeSetTables,
  createEnginePool,
  EngineError,
  type EnginePool,
  type EnginePoolOptions,
  type EngineProgress,
  engineTablesFrom,
  type PackedTables,
  packTables,
} from '../../server/engine/index.js'
import { unpackTables } from '../../server/engine/tables.js'
import { codesOf, doc, engine, request, TABLES } from './support.js'

const pools: EnginePool[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

const packed = packTables(TABLES)
const poolOf = (options: Partial<EnginePoolOptions> = {}): EnginePool => {
  const pool = createEnginePool({ tables: () => packed, ...options })
  pools.push(pool)
  return pool
}

const kindOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'DONE',
    (error: unknown) => (error instanceof EngineError ? error.kind : String(error)),
  )

const chart = request([
  doc('Assessment: Acute on chronic systolic heart failure. Sodium 128.', { versionId: 'a' }),
  doc('No pneumonia. Left hip pain.', { versionId: 'b' }),
])
/** Long enough that it cannot end before a message sent at the same time arrives. */
const long = request(
  Array.from({ length: 300 }, (_, i) => doc('Pneumonia and stroke. '.repeat(2000), { versionId: `v${i}` })),
)

describe('the engine pool', () => {
  it('answers in a thread what the engine answers in process', async () => {
    expect(await poolOf().runEngine(chart)).toEqual(engine.run(chart))
  })

  it('runs many charts at once, each with its own answer', async () => {
    const pool = poolOf({ size: 2 })
    const texts = ['Pneumonia.', 'Stroke.', 'Hypertension.', 'Anemia.', 'Sepsis.', 'Obesity.']
    const charts = texts.flatMap((text) => [request([doc(text)]), request([doc(`No ${text}`)])])
    const results = await Promise.all(charts.map((one) => pool.runEngine(one)))
    expect(results).toEqual(charts.map((one) => engine.run(one)))
  })

  it('reports each document read, in order, before it answers', async () => {
    const seen: EngineProgress[] = []
    await poolOf().runEngine(chart, { onProgress: (progress) => seen.push(progress) })
    expect(seen).toEqual([
      { documentsRead: 1, documentsTotal: 2 },
      { documentsRead: 2, documentsTotal: 2 },
    ])
  })

  it('cancels a run that has begun, one that waits and one that never starts, and goes on', async () => {
    const pool = poolOf({ size: 1 })
    const running = new AbortController()
    const waiting = new AbortController()
    const seen: EngineProgress[] = []
    const first = kindOf(
      pool.runEngine(long, {
        signal: running.signal,
        onProgress: (progress) => {
          seen.push(progress)
          running.abort()
        },
      }),
    )
    const second = kindOf(pool.runEngine(chart, { signal: waiting.signal }))
    const third = pool.runEngine(chart)
    waiting.abort()
    expect(await second).toBe('CANCELLED')
    expect(await first).toBe('CANCELLED')
    expect(seen).toHaveLength(1)
    expect(await kindOf(pool.runEngine(chart, { signal: AbortSignal.abort() }))).toBe('CANCELLED')
    expect(codesOf(await third)).toEqual(codesOf(engine.run(chart)))
  })

  it('rejects the run of a thread that ends, and replaces the thread', async () => {
    const heavy: PackedTables = packTables({
      ...TABLES,
      hash: 'heavy',
      terms: Array.from({ length: 400_000 }, (_, i) => ({
        phrase: `syndrome ${i} of ${i * 7}`,
        code: 'I10',
        source: 'INDEX',
      })),
    })
    const pool = poolOf({ size: 1, memoryMb: 24, tables: (date) => (date === '2030-01-01' ? heavy : packed) })
    expect(codesOf(await pool.runEngine(chart))).toEqual(codesOf(engine.run(chart)))
    const crashed = kindOf(pool.runEngine({ ...chart, dateOfService: '2030-01-01' }))
    const next = pool.runEngine(chart)
    expect(await crashed).toBe('CRASHED')
    expect(await next).toEqual(engine.run(chart))
  })

  it('says when no table covers the date', async () => {
    const pool = poolOf({
      tables: (date) => {
        throw new RangeError(date)
      },
    })
    expect(await kindOf(pool.runEngine(chart))).toBe('NO_TABLES')
  })

  it('rejects what runs and waits when it is closed, and everything after', async () => {
    const pool = poolOf({ size: 1 })
    const runs = [kindOf(pool.runEngine(long)), kindOf(pool.runEngine(chart))]
    await Promise.resolve()
    await Promise.resolve()
    await pool.close()
    expect(await Promise.all(runs)).toEqual(['CLOSED', 'CLOSED'])
    expect(await kindOf(pool.runEngine(chart))).toBe('CLOSED')
  })
})

/** The face of the code sets over the small table, one release for each half of 2026. */
const facts = new Map(TABLES.codes.map((code) => [code.code, { ...code, system: 'ICD10CM' as const }]))
let lookUps = 0
const codeSets: CodeSets = {
  prepare: () => Promise.resolve(),
  releaseOn: (system, date: IsoDate) =>
    date < '2026'
      ? undefined
      : {
          id: date.slice(0, 4),
          system,
          name: `FY${date.slice(0, 4)}`,
          effectiveFrom: '2026-01-01',
          effectiveTo: null,
          codeCount: facts.size,
          billableCount: facts.size,
          contentHash: `hash-${date.slice(0, 4)}`,
          gaps: [],
        },
  lookup: (_system, code) => {
    lookUps++
    return facts.get(code)
  },
  children: (_system, code) => [...facts.values()].filter(({ parent }) => parent === code),
  notes: () => ({
    includes: [],
    inclusionTerms: [],
    excludes1: [],
    excludes2: [],
    codeFirst: [],
    useAdditional: [],
    codeAlso: [],
  }),
  search: () => [],
  excludes1: () => false,
  lexicon: () => TABLES.terms,
  releases: () => [],
}

describe('the tables of the code sets', () => {
  it('packs in turns what is made in one go, once for each release', async () => {
    const source = codeSetTables(codeSets)
    const one = await source('2026-02-01')
    expect(unpackTables(one)).toEqual(engineTablesFrom(codeSets, '2026-02-01'))
    const before = lookUps
    expect(await source('2026-09-01')).toBe(one)
    expect(lookUps).toBe(before)
    expect((await source('2027-01-01')).hash).not.toBe(one.hash)
  })

  it('refuses a date that no release covers', () => {
    expect(() => engineTablesFrom(codeSets, '2014-01-01')).toThrow(RangeError)
    expect(() => codeSetTables(codeSets)('2014-01-01')).toThrow(RangeError)
  })
})
