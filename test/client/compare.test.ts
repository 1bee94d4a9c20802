import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareLines, differences } from '../../client/workbench/model/compare.js'
import type { Line } from '../../client/workbench/model/types.js'

const CODES = ['I10', 'E11.9', 'J18.9', 'N17.9']
const AUTHORS = ['a', 'b']

const lines = fc
  .array(
    fc.record({
      code: fc.constantFrom(...CODES),
      status: fc.constantFrom('ACCEPTED', 'PROPOSED', 'REJECTED', 'WITHDRAWN'),
      origin: fc.constantFrom('AUDITOR', 'CODER', 'ENGINE'),
      author: fc.option(fc.constantFrom(...AUTHORS).map((id) => ({ id, displayName: id }))),
      role: fc.constantFrom('PRINCIPAL', 'SECONDARY', null),
      poa: fc.constantFrom('Y', 'N', null),
    }),
    { maxLength: 12 },
  )
  .map((all) => all.map((it, i) => ({ ...it, id: String(i), system: 'ICD10CM' })) as unknown as Line[])

const isOf = (line: Line, auditorId: string): boolean =>
  line.origin === 'AUDITOR' && line.author?.id === auditorId && line.status !== 'WITHDRAWN'

describe('an auditor’s codes beside those of the chart', () => {
  it('names every line of either side once, and pairs only what is the same code', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const compared = compareLines(all)
        expect(compared.map((it) => it.auditor.id).sort()).toEqual(AUTHORS.filter((id) => all.some((l) => isOf(l, id))))
        for (const { auditor, rows } of compared) {
          const ids = (side: 'auditors' | 'coders') => rows.flatMap((row) => row[side]?.id ?? []).sort()
          const own = all.filter((it) => isOf(it, auditor.id))
          expect(ids('auditors')).toEqual(own.map((it) => it.id).sort())
          expect(ids('coders')).toEqual(
            all
              .filter((it) => it.status === 'ACCEPTED' && !own.includes(it))
              .map((it) => it.id)
              .sort(),
          )
          for (const { kind, auditors, coders } of rows) {
            if (auditors && coders) expect(auditors.code).toBe(coders.code)
            expect(kind).toBe(
              auditors && coders
                ? differences(auditors, coders).length > 0
                  ? 'DIFFERS'
                  : 'SAME'
                : coders
                  ? 'ONLY_CODER'
                  : auditors?.status === 'ACCEPTED'
                    ? 'TAKEN_UP'
                    : 'ONLY_AUDITOR',
            )
          }
          // As many pairs as can be made of each code.
          for (const code of CODES) {
            const here = rows.filter((row) => (row.auditors ?? row.coders)!.code === code)
            const alone = new Set(
              here.filter((row) => !row.auditors || !row.coders).map((row) => row.auditors === undefined),
            )
            expect(alone.size).toBeLessThan(2)
          }
        }
      }),
    )
  })
})
