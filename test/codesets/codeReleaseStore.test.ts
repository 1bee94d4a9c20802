import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { getTableConfig } from 'drizzle-orm/pg-core'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listReleases, loadArtefacts, saveRelease } from '../../server/codesets/codeRelease.store.js'
import { codeRelease } from '../../server/codesets/codeRelease.table.js'
import { codeSetsStatus } from '../../server/codesets/codeSetsStatus.js'
import { importCodeSets } from '../../server/codesets/importCodeSets.js'
import { ensureStarter, loadCodeSets } from '../../server/codesets/loadCodeSets.js'
import { DamagedFileError } from '../../server/codesets/loaders/textFile.js'
import { buildOfficial } from '../../server/codesets/officialRelease.js'
import { openDatabase } from '../../server/db/pool.js'
import { fixedClock } from '../../server/kernel/clock.js'
import { emptyDatabase } from '../support/postgres.js'
import { CM_CODES, INDEX_TSV, INDEX_XML, orderText, PCS_CODES, POA_EXEMPT, TABULAR_XML } from './officialLayouts.js'
import { officialParts } from './releases.js'

const DATE = '2026-03-01'
const march = fixedClock(new Date(`${DATE}T12:00:00Z`))
let url: string
let sql: postgres.Sql
let folder: string
let end: () => Promise<void>

beforeAll(async () => {
  const { ownerUrl, drop } = await emptyDatabase()
  url = ownerUrl
  sql = postgres(ownerUrl, { max: 4, onnotice: () => {} })
  await sql.unsafe(tableStatement())
  end = async () => {
    await sql.end()
    await drop()
  }
})
beforeEach(async () => {
  await sql`truncate code_release`
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-codesets-'))
  return () => rm(folder, { recursive: true })
})
afterAll(() => end())

/** The table as drizzle describes it, so that this test needs no migration. */
function tableStatement(): string {
  const { columns, name, uniqueConstraints } = getTableConfig(codeRelease)
  const lines = columns.map((column) => {
    const type = column.getSQLType()
    const byDefault = column.hasDefault ? ' default now()' : ''
    return `"${column.name}" ${type}${column.primary ? ' primary key' : column.notNull ? ' not null' : ''}${byDefault}`
  })
  const unique = uniqueConstraints.map((it) => `unique (${it.columns.map((column) => column.name).join(', ')})`)
  return `create table "${name}" (${[...lines, ...unique].join(', ')})`
}

const write = (name: string, content: string | Uint8Array) => writeFile(path.join(folder, name), content)

async function writeOfficialFolder(): Promise<void> {
  await write('icd10cm_order_2026.txt.gz', gzipSync(orderText(CM_CODES)))
  await write('icd10cm_index.xml', INDEX_XML)
  await write('icd10cm_index.tsv', INDEX_TSV)
  await write('icd10cm_tabular.xml', TABULAR_XML)
  await write('poa_exempt.txt', POA_EXEMPT.join('\n'))
  await write('icd10pcs_order_2026.txt', orderText(PCS_CODES))
  await write('guidelines.pdf', new Uint8Array([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe, 0x00]))
}

describe('import', () => {
  it('makes a release of each order file in a folder, with what lies beside it', async () => {
    await writeOfficialFolder()
    const seen: string[] = []
    const report = await importCodeSets(sql, [folder], {}, ({ file }) => seen.push(file))
    expect(report.releases.map((it) => [it.system, it.name, it.effectiveFrom, it.effectiveTo, it.codeCount])).toEqual([
      ['ICD10CM', 'FY2026', '2025-10-01', '2026-09-30', CM_CODES.length],
      ['ICD10PCS', 'FY2026', '2025-10-01', '2026-09-30', PCS_CODES.length],
    ])
    expect(report.releases.map((it) => [it.isNew, it.gaps])).toEqual([
      [true, []],
      [true, []],
    ])
    expect(report.warnings).toEqual([])
    expect(seen.length).toBe(7)
    expect(report.lines.join('\n')).toContain('icd10cm_index.tsv: left out: icd10cm_index.xml is used')
    expect(report.lines.join('\n')).toContain('1 other file')

    const sets = await loadCodeSets(sql)
    expect(sets.lookup('ICD10CM', 'Z66', DATE)?.poaExempt).toBe(true)
    expect(sets.lookup('ICD10PCS', '0DTJ0ZZ', DATE)?.billable).toBe(true)
    expect(sets.excludes1('E10.9', 'E11.9', DATE)).toBe(true)
    expect(sets.lexicon(DATE).some((term) => term.phrase === 'aspiration pneumonia')).toBe(true)
  })

  it('changes nothing the second time, also when both run at once', async () => {
    await writeOfficialFolder()
    const both = await Promise.all([importCodeSets(sql, [folder]), importCodeSets(sql, [folder])])
    expect(both.flatMap((report) => report.releases).filter((it) => it.isNew).length).toBe(2)
    expect((await importCodeSets(sql, [folder])).releases.some((it) => it.isNew)).toBe(false)
    expect((await listReleases(sql)).length).toBe(2)
  })

  it('saves nothing of a folder with a damaged file, and names file and line', async () => {
    await writeOfficialFolder()
    await write('icd10pcs_order_2026.txt', `${orderText(PCS_CODES)}00009 0DTJ8ZZ 1 slipped\n`)
    const refused = importCodeSets(sql, [folder])
    await expect(refused).rejects.toThrow(DamagedFileError)
    await expect(refused).rejects.toMatchObject({ file: 'icd10pcs_order_2026.txt', line: PCS_CODES.length + 1 })
    expect(await listReleases(sql)).toEqual([])
  })

  it('takes a single order file, and warns of what it lacks', async () => {
    await write('order.txt', orderText(CM_CODES))
    const given = { name: 'Spring', effectiveFrom: '2026-01-01', effectiveTo: '2026-05-31' }
    const report = await importCodeSets(sql, [path.join(folder, 'order.txt')], given)
    expect(report.releases[0]).toMatchObject({ ...given, gaps: ['INDEX', 'POA_EXEMPT', 'TABULAR'] })
    expect(report.warnings.length).toBe(3)
  })

  it.each([
    ['no year in the name', async () => write('order.txt', orderText(CM_CODES)), {}, /--effective-from/],
    ['no order file', async () => write('poa_exempt.txt', 'Z66\n'), {}, /order file/],
    [
      'an end before its beginning',
      async () => write('order_2026.txt', orderText(CM_CODES)),
      { effectiveFrom: '2026-02-01', effectiveTo: '2026-01-31' },
      /--effective-to/,
    ],
    [
      'a date that does not exist',
      async () => write('order_2026.txt', orderText(CM_CODES)),
      { effectiveFrom: '2026-02-30' },
      /YYYY-MM-DD/,
    ],
    [
      'two order files of one system',
      async () => {
        await write('order_2025.txt', orderText(CM_CODES))
        await write('order_2026.txt', orderText(CM_CODES))
      },
      {},
      /one by one/,
    ],
  ])('refuses %s', async (_, prepare, options, message) => {
    await prepare()
    await expect(importCodeSets(sql, [folder], options)).rejects.toThrow(message)
    expect(await listReleases(sql)).toEqual([])
  })
})

describe('releases in the database', () => {
  it('come back as they were saved, on the connections of the product too', async () => {
    const product = openDatabase({ url })
    try {
      const { artefact, contentHash } = buildOfficial(officialParts({ effectiveTo: null }))
      const saved = await saveRelease(sql, artefact)
      expect(saved).toMatchObject({ isNew: true, release: { contentHash, effectiveTo: null, name: 'FY2026' } })
      expect(await listReleases(product.outsideOrganisations)).toEqual([saved.release])
      expect(Buffer.from((await loadArtefacts(product.outsideOrganisations))[0] ?? []).equals(artefact)).toBe(true)
    } finally {
      await product.close()
    }
  })

  it('of one name the content imported last answers, also when it was there before', async () => {
    const first = buildOfficial(officialParts()).artefact
    const second = buildOfficial(officialParts({ rows: officialParts().rows.slice(0, 5) })).artefact
    const counts: (number | undefined)[] = []
    for (const artefact of [first, second, first]) {
      await saveRelease(sql, artefact)
      counts.push((await loadCodeSets(sql)).releaseOn('ICD10CM', DATE)?.codeCount)
    }
    expect(counts).toEqual([CM_CODES.length, 5, CM_CODES.length])
    expect((await codeSetsStatus(sql, march)).releases.map((it) => it.codeCount)).toEqual([CM_CODES.length])
  })

  it('hold the starter set of this version once, however often the server starts', async () => {
    await ensureStarter(sql)
    const [before] = await listReleases(sql)
    await Promise.all([ensureStarter(sql), ensureStarter(sql)])
    expect(await listReleases(sql)).toEqual([before])
    expect((await loadCodeSets(sql)).releaseOn('ICD10CM', DATE)).toMatchObject({ name: 'starter', effectiveTo: null })
  })

  it('tell an operator what to do, in time', async () => {
    const warnings = async (day: string) =>
      (await codeSetsStatus(sql, fixedClock(new Date(`${day}T08:00:00Z`)))).warnings.join(' ')
    expect(await warnings(DATE)).toContain('No code set')
    await ensureStarter(sql)
    expect(await warnings(DATE)).toContain('Only the starter set')
    await saveRelease(sql, buildOfficial(officialParts()).artefact)
    expect(await warnings(DATE)).toBe('')
    expect(await warnings('2026-09-01')).toContain('FY2026 ends on 2026-09-30')
    expect(await warnings('2026-09-30')).toContain('FY2026 ends on 2026-09-30')
    expect(await warnings('2026-10-01')).toContain('FY2026 ended on 2026-09-30')
    expect(await warnings('2025-09-30')).toContain('covers today')
    await saveRelease(sql, buildOfficial(officialParts({ name: 'FY2027', effectiveTo: null, tabular: null })).artefact)
    expect(await warnings('2026-11-01')).toBe('ICD10CM FY2027 was imported without tabular list.')
  })
})
