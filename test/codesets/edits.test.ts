import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCodeSets } from '../../server/codesets/codeSets.js'
import { evaluateEdits } from '../../server/codesets/edits/evaluateEdits.js'
import type { EditInput, EditLine, LineRole, Poa, RuleId } from '../../server/codesets/edits/model.js'
import { CM_CODES, POA_EXEMPT } from './officialLayouts.js'
import { officialRelease, pcsRelease } from './releases.js'

const sets = createCodeSets([officialRelease(), pcsRelease()])
const DATE = '2026-03-01'

const ROLES: readonly LineRole[] = [
  'PRINCIPAL',
  'FIRST_LISTED',
  'SECONDARY',
  'ADMITTING',
  'REASON_FOR_VISIT',
  'EXTERNAL_CAUSE',
]
const POAS: readonly (Poa | null)[] = ['Y', 'N', 'U', 'W', 'EXEMPT', null]
const DIAGNOSES = [...CM_CODES.map((code) => code.plain), 'X99.9', 'E11.40', 'I10.0', '0DTJ0ZZ']

const aDiagnosis = fc.record({
  system: fc.constant('ICD10CM' as const),
  code: fc.constantFrom(...DIAGNOSES),
  kind: fc.constant('DIAGNOSIS' as const),
  role: fc.constantFrom(...ROLES),
  poa: fc.constantFrom(...POAS),
  sourcesSigned: fc.boolean(),
})
const aProcedure = fc.record({
  system: fc.constant('ICD10PCS' as const),
  code: fc.constantFrom('0DTJ0ZZ', '0DTJ4ZZ', '0DT', '0DTJ8ZZ'),
  kind: fc.constant('PROCEDURE' as const),
  role: fc.constant('PROCEDURE' as const),
  poa: fc.constant(null),
  sourcesSigned: fc.boolean(),
})
const aChart: fc.Arbitrary<EditInput> = fc.record({
  patientClass: fc.constantFrom('INPATIENT', 'OUTPATIENT', 'EMERGENCY', 'OBSERVATION', 'PROFESSIONAL'),
  dateOfService: fc.constantFrom(DATE, '2025-10-01', '2026-09-30'),
  lines: fc
    .array(fc.oneof({ weight: 4, arbitrary: aDiagnosis }, { weight: 1, arbitrary: aProcedure }), { maxLength: 7 })
    .map((lines) => lines.map((line, at): EditLine => ({ ...line, id: `line-${at}` }))),
})

const plain = (line: EditLine) => line.code.replace('.', '')
const rowOf = (line: EditLine) =>
  line.system === 'ICD10CM' ? CM_CODES.find((row) => row.plain === plain(line)) : undefined
const firedOn = (input: EditInput, ruleId: RuleId): string[] =>
  evaluateEdits(input, sets)
    .filter((edit) => edit.ruleId === ruleId)
    .flatMap((edit) => edit.lineIds)
const idsWhere = (input: EditInput, holds: (line: EditLine) => boolean): string[] =>
  input.lines.filter(holds).map((line) => line.id)
const onEveryChart = (holds: (input: EditInput) => void) => fc.assert(fc.property(aChart, holds), { numRuns: 400 })

describe('blocking', () => {
  it('no principal (inpatient) or first-listed diagnosis (all others)', () => {
    onEveryChart((input) => {
      const role = input.patientClass === 'INPATIENT' ? 'PRINCIPAL' : 'FIRST_LISTED'
      const edits = evaluateEdits(input, sets).filter((edit) => edit.ruleId === 'NO_PRINCIPAL')
      expect(edits.length).toBe(input.lines.some((line) => line.role === role) ? 0 : 1)
    })
  })

  it('a code that its table does not have, or has as a header', () => {
    onEveryChart((input) => {
      const cm = input.lines.filter((line) => line.system === 'ICD10CM')
      const missing = cm.filter((line) => !rowOf(line)).map((line) => line.id)
      const headers = cm.filter((line) => rowOf(line)?.billable === false).map((line) => line.id)
      const cmIds = new Set(cm.map((line) => line.id))
      expect(firedOn(input, 'CODE_NOT_IN_TABLE').filter((id) => cmIds.has(id))).toEqual(missing)
      expect(firedOn(input, 'CODE_NOT_BILLABLE').filter((id) => cmIds.has(id))).toEqual(headers)
      expect(firedOn(input, 'CODE_NOT_IN_TABLE').filter((id) => !cmIds.has(id))).toEqual(
        idsWhere(input, (line) => line.code === '0DTJ8ZZ'),
      )
    })
  })

  it('an external cause or a manifestation first', () => {
    onEveryChart((input) => {
      const first = (line: EditLine) => line.role === 'PRINCIPAL' || line.role === 'FIRST_LISTED'
      const rows = (line: EditLine) => rowOf(line) !== undefined
      expect(firedOn(input, 'EXTERNAL_CAUSE_FIRST')).toEqual(
        idsWhere(input, (line) => first(line) && rows(line) && line.code.startsWith('W19')),
      )
      expect(firedOn(input, 'MANIFESTATION_FIRST')).toEqual(
        idsWhere(input, (line) => first(line) && rows(line) && line.code.startsWith('F02')),
      )
    })
  })

  it('a missing POA indicator, exactly where one is due', () => {
    onEveryChart((input) => {
      const due = (line: EditLine) =>
        input.patientClass === 'INPATIENT' &&
        line.kind === 'DIAGNOSIS' &&
        !['ADMITTING', 'REASON_FOR_VISIT'].includes(line.role) &&
        rowOf(line) !== undefined &&
        !POA_EXEMPT.includes(plain(line))
      expect(firedOn(input, 'POA_MISSING')).toEqual(idsWhere(input, (line) => due(line) && line.poa === null))
      expect(firedOn(input, 'POA_NOT_EXEMPT')).toEqual(idsWhere(input, (line) => due(line) && line.poa === 'EXEMPT'))
    })
  })
})

describe('warnings', () => {
  it('duplicates among the reported diagnoses only: the admitting one and procedures may repeat', () => {
    onEveryChart((input) => {
      const reported = input.lines.filter(
        (line) => line.kind === 'DIAGNOSIS' && !['ADMITTING', 'REASON_FOR_VISIT'].includes(line.role),
      )
      const twice = reported.filter((line) => reported.filter((other) => plain(other) === plain(line)).length > 1)
      expect(firedOn(input, 'DUPLICATE_CODE').toSorted()).toEqual(twice.map((line) => line.id).toSorted())
    })
  })

  it('Excludes1 pairs of different codes, once each, whichever of the two has the note', () => {
    onEveryChart((input) => {
      const pairs = evaluateEdits(input, sets).filter((edit) => edit.ruleId === 'EXCLUDES1')
      const family = (line: EditLine) => (rowOf(line) ? line.code.slice(0, 3) : '')
      const reported = input.lines.filter(
        (line) => line.kind === 'DIAGNOSIS' && !['ADMITTING', 'REASON_FOR_VISIT'].includes(line.role),
      )
      const excluded = new Set<string>()
      for (const a of reported) {
        for (const b of reported) {
          if (family(a) === 'E10' && family(b) === 'E11') excluded.add(`${a.code} ${b.code}`)
          if (['E10', 'E11'].includes(family(a)) && family(b) === 'J69') excluded.add(`${a.code} ${b.code}`)
          if (family(a) === 'J18' && b.code === 'J690') excluded.add(`${a.code} ${b.code}`)
        }
      }
      expect(pairs.length).toBe(excluded.size)
    })
  })

  it('each line that rests on an unsigned document', () => {
    onEveryChart((input) => {
      expect(firedOn(input, 'UNSIGNED_SOURCE')).toEqual(idsWhere(input, (line) => !line.sourcesSigned))
    })
  })
})

describe('every edit', () => {
  it('is overridable if and only if it warns, and errors come first', () => {
    onEveryChart((input) => {
      const edits = evaluateEdits(input, sets)
      for (const edit of edits) expect(edit.overridable).toBe(edit.severity === 'WARNING')
      const severities = edits.map((edit) => edit.severity)
      expect(severities).toEqual(severities.toSorted())
    })
  })

  it('has one key, which neither the order of lines nor other lines change', () => {
    onEveryChart((input) => {
      const keys = (lines: readonly EditLine[]) => evaluateEdits({ ...input, lines }, sets).map((edit) => edit.key)
      const all = keys(input.lines)
      expect(new Set(all).size).toBe(all.length)
      expect(keys(input.lines.toReversed()).toSorted()).toEqual(all.toSorted())
      const signed = { id: 'other', system: 'ICD10CM', code: 'Z66', kind: 'DIAGNOSIS', role: 'ADMITTING' } as const
      expect(keys([...input.lines, { ...signed, poa: null, sourcesSigned: true }])).toEqual(all)
    })
  })

  it('lapses its override when the line gets another code', () => {
    const line = { id: 'a', system: 'ICD10CM', kind: 'DIAGNOSIS', role: 'SECONDARY', poa: 'Y' } as const
    const keyOf = (code: string) =>
      evaluateEdits(
        { patientClass: 'INPATIENT', dateOfService: DATE, lines: [{ ...line, code, sourcesSigned: false }] },
        sets,
      ).find((edit) => edit.ruleId === 'UNSIGNED_SOURCE')?.key
    expect(keyOf('I10')).toBeDefined()
    expect(keyOf('I10')).not.toBe(keyOf('E11.9'))
  })

  it('names guideline or regulation, the release, and what to do, in one sentence', () => {
    onEveryChart((input) => {
      for (const edit of evaluateEdits(input, sets)) {
        expect(edit.source).toMatch(/^(ICD-10-CM Official Guidelines|4[25] CFR).*; FY2026$/)
        expect(edit.message).toMatch(/^[^\n]{20,160}[^.]\.$/)
      }
    })
  })
})

describe('without the table or the list it needs', () => {
  const chart = (line: Partial<EditLine>, date = DATE): EditInput => {
    const rest = { id: 'a', system: 'ICD10CM', code: 'I10', kind: 'DIAGNOSIS', role: 'PRINCIPAL' } as const
    const lines = [{ ...rest, poa: null, sourcesSigned: true, ...line }]
    return { patientClass: 'INPATIENT', dateOfService: date, lines }
  }
  const found = (input: EditInput, codeSets = sets) =>
    evaluateEdits(input, codeSets).map((edit) => [edit.ruleId, edit.severity])

  it('a diagnosis blocks on a date that no table covers, and nothing else is said of it', () => {
    expect(found(chart({}, '2014-05-01'))).toEqual([['NO_TABLE', 'ERROR']])
  })

  it('a procedure of a licensed system warns', () => {
    const procedure = { system: 'CPT', code: 'MADE-UP', kind: 'PROCEDURE', role: 'PROCEDURE' } as const
    expect(found(chart(procedure))).toContainEqual(['NO_TABLE', 'WARNING'])
  })

  it('a missing POA indicator only warns where the exempt list was not imported', () => {
    const withoutList = createCodeSets([officialRelease({ poaExempt: null })])
    expect(found(chart({}), withoutList)).toEqual([['POA_MISSING', 'WARNING']])
    expect(found(chart({ poa: 'EXEMPT' }), withoutList)).toEqual([])
  })
})
