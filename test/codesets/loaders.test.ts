import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIndexTsv, parseIndexXml } from '../../server/codesets/loaders/alphabeticIndex.js'
import { parseOrderFile } from '../../server/codesets/loaders/orderFile.js'
import { parsePoaExempt } from '../../server/codesets/loaders/poaExempt.js'
import { recognise } from '../../server/codesets/loaders/recognise.js'
import { parseStarter, STARTER_HEADER } from '../../server/codesets/loaders/starter.js'
import { parseTabularJsonl } from '../../server/codesets/loaders/tabularJsonl.js'
import { parseTabularXml } from '../../server/codesets/loaders/tabularXml.js'
import { DamagedFileError, type SourceFile } from '../../server/codesets/loaders/textFile.js'
import {
  CM_CODES,
  file,
  INDEX_TSV,
  INDEX_XML,
  orderLine,
  orderText,
  PCS_CODES,
  TABULAR_JSONL,
  TABULAR_XML,
  zipped,
} from './officialLayouts.js'

describe('order file', () => {
  it.each([
    ['ICD10CM', CM_CODES],
    ['ICD10PCS', PCS_CODES],
  ] as const)('reads %s, plain and gzipped', (system, codes) => {
    const text = orderText(codes)
    expect(parseOrderFile(file('order.txt', text))).toEqual({ system, rows: codes })
    expect(parseOrderFile(zipped('order.txt.gz', text))).toEqual({ system, rows: codes })
  })

  it('names the line at which lines are missing, whichever they are', () => {
    const lines = CM_CODES.map((code, at) => orderLine(at + 1, code))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lines.length - 2 }), fc.integer({ min: 1, max: 3 }), (from, gone) => {
        const kept = lines.filter((_, at) => at < from || at >= from + gone)
        fc.pre(from < kept.length)
        expect(damageOf(() => parseOrderFile(file('order.txt', kept.join('\n')))).line).toBe(from + 1)
      }),
    )
  })

  it('refuses a file that ends in the middle of a line, unless only the end of the last title is lost', () => {
    const text = orderText(CM_CODES).replaceAll('\r\n', '\n')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length - 1 }), (length) => {
        const cut = text.slice(0, length)
        const last = cut.slice(cut.lastIndexOf('\n') + 1)
        fc.pre(last.length > 0 && last.length < 78)
        const line = cut.split('\n').length
        expect(damageOf(() => parseOrderFile(file('order.txt', cut)))).toMatchObject({ file: 'order.txt', line })
      }),
    )
  })

  const good = orderLine(1, { plain: 'I10', billable: true, title: 'High pressure' })
  it.each([
    ['a code with a hole', good.replace('I10    ', 'I 0    ')],
    ['a flag that is neither 0 nor 1', `${good.slice(0, 14)}2${good.slice(15)}`],
    ['columns that slipped by one', good.replace(' I10', 'I10 ')],
    ['a code twice', orderLine(2, { plain: 'A00', billable: false, title: 'Twice' })],
    ['another system', orderLine(2, { plain: '0DTJ0ZZ', billable: true, title: 'Procedure' })],
  ])('refuses %s', (_, second) => {
    const first = orderLine(1, { plain: 'A00', billable: false, title: 'Begin' })
    const numbered = `00002${second.slice(5)}`
    expect(damageOf(() => parseOrderFile(file('order.txt', `${first}\n${numbered}\n`))).line).toBe(2)
  })
})

describe('alphabetic index', () => {
  it('says the same in both layouts', () => {
    const fromXml = parseIndexXml(file('index.xml', INDEX_XML))
    const fromTsv = parseIndexTsv(zipped('index.tsv.gz', INDEX_TSV))
    const bare = (index: typeof fromXml) => index.entries.map(({ line: _, ...entry }) => entry)
    expect(bare(fromXml)).toEqual(bare(fromTsv))
    expect(fromXml.version).toBe('2026')
    expect(fromXml.entries[2]).toMatchObject({ term: 'Pneumonia', nonessential: ['acute', 'double'], plain: 'J189' })
  })

  it.each([
    ['a lost end tag', INDEX_XML.replace('</mainTerm>', ''), 10],
    ['a level that jumps', INDEX_XML.replace('<term level="2"><title>food', '<term level="3"><title>food'), 16],
    ['a code that is none', INDEX_XML.replace('J69.0', '69.0'), 14],
    ['another root', INDEX_XML.replaceAll('ICD10CM.index', 'ICD10PCS.index'), 2],
    ['a term without title', INDEX_XML.replace('<title>aspiration</title>', ''), 14],
    ['an end in the middle', INDEX_XML.split('\n').slice(0, 16).join('\n'), 16],
  ])('XML: names the line of %s', (_, text, line) => {
    const damage = damageOf(() => parseIndexXml(file('index.xml', text)))
    expect(damage.file).toBe('index.xml')
    expect(damage.line).toBe(line)
  })

  it.each([
    ['a missing line', (lines: string[]) => lines.toSpliced(4, 1), 5],
    ['a missing column', (lines: string[]) => lines.with(3, lines[3]?.split('\t').slice(0, 5).join('\t') ?? ''), 4],
    ['a level that jumps', (lines: string[]) => lines.with(3, lines[3]?.replace('P\t0', 'P\t4') ?? ''), 4],
    ['a code that is none', (lines: string[]) => lines.with(2, lines[2]?.replace('S62.60-', '??') ?? ''), 3],
    ['another header', (lines: string[]) => lines.with(0, lines[0]?.replace('letter', 'initial') ?? ''), 1],
  ])('TSV: names the line of %s', (_, damage, line) => {
    const text = damage(INDEX_TSV.split('\n')).join('\n')
    expect(damageOf(() => parseIndexTsv(file('index.tsv', text))).line).toBe(line)
  })
})

describe('tabular list', () => {
  it('says the same in both layouts', () => {
    const fromXml = parseTabularXml(zipped('tabular.xml.gz', TABULAR_XML))
    const fromJsonl = parseTabularJsonl(file('tabular.jsonl', TABULAR_JSONL))
    expect(fromXml.nodes).toEqual(fromJsonl.nodes)
    expect(fromXml.version).toBe('2026')
    expect(fromXml.nodes.find((node) => node.id === 'E1122')).toMatchObject({
      kind: 'CODE',
      parent: 'E112',
      notes: { codeAlso: ['the stage (N18.1-N18.6)'] },
    })
  })

  it.each([
    ['a lost end tag', TABULAR_XML.replace('</note>', ''), 8],
    ['a name that is no code', TABULAR_XML.replace('<name>E10</name>', '<name>10</name>'), 13],
    ['a code without name', TABULAR_XML.replace('<name>E10.9</name>', ''), 15],
    ['an end in the middle', TABULAR_XML.slice(0, TABULAR_XML.indexOf('<diag>')), 13],
  ])('XML: names the line of %s', (_, text, line) => {
    const damage = damageOf(() => parseTabularXml(file('tabular.xml', text)))
    expect(damage.line).toBe(line)
  })

  it('JSONL: names the line that is cut, whichever it is', () => {
    const lines = TABULAR_JSONL.trimEnd().split('\n')
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.double({ min: 0, max: 0.99, noNaN: true }), (at, part) => {
        const cut = (lines[at] ?? '').slice(0, Math.max(1, Math.floor((lines[at]?.length ?? 0) * part)))
        const text = lines.with(at, cut).join('\n')
        expect(damageOf(() => parseTabularJsonl(file('tabular.jsonl', text))).line).toBe(at + 1)
      }),
    )
  })
})

describe('POA-exempt list', () => {
  const exempt = new Set(['B900', 'Z66'])
  it.each([
    ['one code a line', 'B90.0\nZ66\n'],
    ['codes without dot', 'B900\r\nZ66\r\n'],
    ['the official columns', 'Order26\tPOAexemptCode\tDescription\n00777\tB900\tOne\n90000\tZ66\tOther\n'],
  ])('reads %s', (_, text) => expect(parsePoaExempt(file('poa.txt', text))).toEqual(exempt))

  it.each([
    ['no code', 'B90.0\nnothing\n', 2],
    ['a misplaced dot', 'B90.0\nZ6.6\n', 2],
    ['a code twice', 'B90.0\nZ66\nB900\n', 3],
  ])('refuses %s', (_, text, line) => expect(damageOf(() => parsePoaExempt(file('poa.txt', text))).line).toBe(line))
})

describe('starter set', () => {
  const header = STARTER_HEADER.join('\t')
  it('reads a row', () => {
    const text = `${header}\nF02.80\t1\tLost mind\tlost mind|LMND\t0\tF01.-|G30\tmanifestation\n`
    expect(parseStarter(file('f.tsv', text))).toEqual([
      {
        line: 2,
        plain: 'F0280',
        billable: true,
        title: 'Lost mind',
        synonyms: ['lost mind', 'LMND'],
        poaExempt: false,
        excludes1: ['F01.-', 'G30'],
        manifestation: true,
        externalCause: false,
      },
    ])
  })

  it.each([
    ['a missing column', 'I10\t1\tPressure\t\t0\t'],
    ['a code without its dot', 'E1140\t1\tSugar\t\t0\t\t'],
    ['a billable that is neither 0 nor 1', 'I10\tyes\tPressure\t\t0\t\t'],
    ['a missing title', 'I10\t1\t\t\t0\t\t'],
    ['an unknown flag', 'I10\t1\tPressure\t\t0\t\tmystery'],
  ])('refuses %s', (_, row) => {
    const text = `${header}\nZ66\t1\tWish\t\t1\t\t\n${row}\n`
    expect(damageOf(() => parseStarter(file('f.tsv', text))).line).toBe(3)
  })
})

describe('every loader', () => {
  const loaders: readonly ((source: SourceFile) => unknown)[] = [
    parseOrderFile,
    parseIndexXml,
    parseIndexTsv,
    parseTabularXml,
    parseTabularJsonl,
    parsePoaExempt,
    parseStarter,
  ]

  it('answers any bytes with its own error, never with a crash or an empty table', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...loaders), (bytes, load) => {
        expect(damageOf(() => load({ name: 'any', bytes })).file).toBe('any')
      }),
    )
  })

  it('refuses an archive that is cut short', () => {
    const { bytes } = zipped('order.txt.gz', orderText(CM_CODES))
    const damage = damageOf(() => parseOrderFile({ name: 'order.txt.gz', bytes: bytes.slice(0, bytes.length - 20) }))
    expect(damage.problem).toContain('cut short')
  })
})

describe('recognise', () => {
  it.each([
    ['ICD10CM_ORDER', 'a.txt', orderText(CM_CODES)],
    ['ICD10PCS_ORDER', 'a.txt', orderText(PCS_CODES)],
    ['INDEX_XML', 'a', INDEX_XML],
    ['INDEX_TSV', 'a', INDEX_TSV],
    ['TABULAR_XML', 'a', TABULAR_XML],
    ['TABULAR_JSONL', 'a', TABULAR_JSONL],
    ['POA_EXEMPT', 'POAexemptCodes26.txt', 'Order26\tPOAexemptCode\tDescription\n'],
    ['POA_EXEMPT', 'poa_exempt.txt', 'B90.0\nB90.1\n'],
    ['STARTER', 'a.tsv', `${STARTER_HEADER.join('\t')}\n`],
    [null, 'conversion.tsv', 'Current code assignment\tEffective\n'],
    [null, 'addenda.txt', 'Delete:      1 B880    Something\n'],
    [null, 'drugs.xml', '<?xml version="1.0"?><ICD10CM.index><version>1</version><indexHeading></indexHeading>'],
    [null, 'list.txt', 'B90.0\nB90.1\n'],
    [null, 'empty', ''],
  ])('%s from the content of %s', (layout, name, text) => {
    expect(recognise(name, text.slice(0, 4096))).toBe(layout)
  })
})

function damageOf(load: () => unknown): DamagedFileError {
  try {
    load()
  } catch (error) {
    if (error instanceof DamagedFileError) return error
    throw error
  }
  throw new Error('It was taken for a good file.')
}
