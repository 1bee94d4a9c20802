import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromCell, toCell, toCsv } from '../../server/exports/csv.js'
import { anySnapshot, oddText, snapshotOf } from './snapshots.js'

/** RFC 4180, strictly: a reader of its own, so that the writer is not judged by itself. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]]
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (text[at] === '"') at += 1
        if (at >= text.length) throw new Error('quoted cell does not end')
        cell += text[at]
      }
      at += 1
    } else {
      while (at < text.length && text[at] !== ',' && text[at] !== '\r') {
        if (text[at] === '"' || text[at] === '\n') throw new Error('character that must be quoted')
        cell += text[at]
        at += 1
      }
    }
    rows.at(-1)!.push(cell)
    if (text[at] === ',') {
      at += 1
      if (at === text.length) rows.at(-1)!.push('')
    } else if (text.startsWith('\r\n', at)) {
      at += 2
      if (at < text.length) rows.push([])
    } else if (at < text.length) throw new Error('neither comma nor line end after a cell')
  }
  return rows
}

const ACTIVE = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']

describe('a cell', () => {
  it('never begins as a formula does, and gives its value back', () => {
    const leaning = fc.tuple(
      fc.constantFrom('', "'", "''", ' ', '\u00a0', "' "),
      fc.constantFrom(...ACTIVE, 'a'),
      oddText,
    )
    fc.assert(
      fc.property(
        fc.oneof(
          oddText,
          leaning.map((parts) => parts.join('')),
        ),
        (value) => {
          const cell = toCell(value)
          expect(ACTIVE).not.toContain(cell.trimStart()[0] ?? '')
          expect(ACTIVE).not.toContain(cell[0] ?? '')
          expect(fromCell(cell)).toBe(value)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'],
    ['-1', "'-1"],
    [' =1', "' =1"],
    ["'=1", "''=1"],
    ["O'Brien", "O'Brien"],
    ["'quoted'", "'quoted'"],
    ['I10', 'I10'],
  ])('%s becomes %s', (value, cell) => {
    expect(toCell(value)).toBe(cell)
  })
})

describe('a submission as CSV', () => {
  it('has a row per code in claim order, every cell inert, every value restorable', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const [header, ...rows] = parse(toCsv(snapshot))
        expect(rows).toHaveLength(snapshot.lines.length)
        const column = (name: string) => rows.map((row) => fromCell(row[header!.indexOf(name)]!))
        for (const row of rows) {
          expect(row).toHaveLength(header!.length)
          for (const cell of row) expect(ACTIVE).not.toContain(cell[0] ?? '')
        }
        expect(column('code')).toEqual(snapshot.lines.map((line) => line.code))
        expect(column('title')).toEqual(snapshot.lines.map((line) => line.title ?? ''))
        expect(column('performer')).toEqual(snapshot.lines.map((line) => line.performer ?? ''))
        expect(column('decided_by')).toEqual(snapshot.lines.map((line) => line.decidedBy.displayName))
        expect(column('account_number')).toEqual(snapshot.lines.map(() => snapshot.chart.accountNumber))
        expect(column('poa')).toEqual(snapshot.lines.map((line) => line.poa ?? ''))
      }),
    )
  })

  it('says where the evidence is, and holds neither names of the patient nor quotes', () => {
    const place = { documentId: 'd', versionId: 'v', versionNumber: 2, kind: 'SUPPORTS', textSha256: '' } as const
    const text = toCsv(
      snapshotOf([
        {
          evidence: [
            { ...place, documentTitle: 'Discharge summary', start: 120, end: 164, page: null, quote: 'secret words' },
            { ...place, documentTitle: 'Run sheet', start: null, end: null, page: 2, quote: null },
          ],
        },
      ]),
    )
    expect(text).toContain('Discharge summary v2 120-164; Run sheet v2 page 2')
    expect(text).not.toMatch(/secret words|Quillfeather|Ottoline|1944/)
  })
})
