import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DECISIONS, POA_VALUES, SUGGESTION_ROLES } from '../../schema/values.js'
import {
  type CodeOnDate,
  firstRole,
  inOrder,
  inReviewOrder,
  type Intended,
  isPrincipalRole,
  type Line,
} from '../../server/suggestions/model.js'
import { reorder } from '../../server/suggestions/order.decider.js'
import { decide, nextRank, roleProblems } from '../../server/suggestions/suggestion.decider.js'

const code = (name: string, more: Partial<CodeOnDate> = {}): CodeOnDate => ({
  system: name.startsWith('0') ? 'ICD10PCS' : 'ICD10CM',
  code: name,
  billable: true,
  poaExempt: false,
  manifestation: false,
  externalCause: false,
  ...more,
})

const TABLE = new Map(
  [
    code('J18.9'),
    code('I10'),
    code('E11.9'),
    code('E11', { billable: false }),
    code('Z87.891', { poaExempt: true }),
    code('W19.XXXA', { externalCause: true, poaExempt: true }),
    code('F02.80', { manifestation: true }),
    code('0BH17EZ'),
  ].map((c) => [c.code, c]),
)
const NAMES = [...TABLE.keys(), 'X99.9']
const MODIFIERS = ['25', '59', 'LT', 'x', '', 'LTX']

const newLine = (id: number, name: string): Line => ({
  id: `line-${String(id).padStart(3, '0')}`,
  chartId: 'chart',
  system: name.startsWith('0') ? 'ICD10PCS' : 'ICD10CM',
  code: name,
  kind: name.startsWith('0') ? 'PROCEDURE' : 'DIAGNOSIS',
  role: name.startsWith('0') ? 'PROCEDURE' : name.startsWith('W') ? 'EXTERNAL_CAUSE' : 'SECONDARY',
  rank: null,
  poa: null,
  poaProposed: null,
  modifiers: [],
  units: null,
  performedOn: null,
  performer: null,
  origin: 'ENGINE',
  authorId: null,
  confidence: 0.5,
  reason: null,
  status: 'PROPOSED',
  replaces: null,
  evidenceStale: false,
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
  version: 1,
  createdAt: new Date(id),
})

interface Step {
  readonly at: number
  readonly intended?: Intended
  /** Put the accepted lines in this order and make that one principal. */
  readonly order?: { readonly seed: number; readonly principal: number | null }
  readonly withdraw?: true
}

const at = fc.nat({ max: 11 })
const often = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })

/** Mostly bare decisions, which the rules let through; now and then one that changes what they must refuse. */
const intended: fc.Arbitrary<Intended> = fc
  .record({
    decision: fc.constantFrom(...DECISIONS),
    code: often(fc.constantFrom(...NAMES)),
    role: often(fc.constantFrom(...SUGGESTION_ROLES)),
    poa: fc.oneof(fc.constant('Y' as const), often(fc.constantFrom(...POA_VALUES))),
    modifiers: often(fc.array(fc.constantFrom(...MODIFIERS), { maxLength: 5 })),
    reason: fc.oneof(fc.constant('not supported' as const), often(fc.constantFrom(' ', ''))),
  })
  .map(
    (all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as Intended,
  )

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 7, arbitrary: fc.record({ at, intended }) },
  {
    weight: 2,
    arbitrary: fc.record({
      at,
      order: fc.record({ seed: fc.nat(), principal: fc.option(fc.nat({ max: 5 })) }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ at, withdraw: fc.constant(true as const) }) },
)

const patientClass = fc.constantFrom('INPATIENT', 'OUTPATIENT', 'EMERGENCY')
const accepted = (lines: readonly Line[]): Line[] => inOrder(lines.filter((l) => l.status === 'ACCEPTED'))

/** What holds of every chart after every act, whatever was asked. */
function holds(lines: readonly Line[], inpatient: string): void {
  const on = accepted(lines)
  const principals = on.filter((l) => isPrincipalRole(l.role))
  expect(principals.length).toBeLessThanOrEqual(1)
  for (const line of principals) {
    expect(line.role).toBe(firstRole(inpatient))
    expect(TABLE.get(line.code)).toMatchObject({ externalCause: false, manifestation: false })
    expect(line.kind).toBe('DIAGNOSIS')
  }
  const ranks = on.map((l) => l.rank)
  expect(ranks.every((r) => r !== null && r >= 1)).toBe(true)
  expect(new Set(ranks).size).toBe(ranks.length)
  for (const line of on) {
    expect(TABLE.get(line.code)?.billable).toBe(true)
    expect(line.kind === 'PROCEDURE').toBe(line.role === 'PROCEDURE')
    if (line.role === 'EXTERNAL_CAUSE') expect(TABLE.get(line.code)?.externalCause).toBe(true)
    expect(line.poa === 'EXEMPT' && !TABLE.get(line.code)!.poaExempt).toBe(false)
    expect(line.modifiers.length <= 4 && line.modifiers.every((m) => /^[0-9A-Z]{2}$/.test(m))).toBe(true)
  }
  for (const line of lines.filter((l) => l.status !== 'ACCEPTED')) expect(line.rank).toBeNull()
  for (const line of lines.filter((l) => l.status === 'REJECTED')) expect(line.decisionReason).toMatch(/\S/)
}

/** One act on the model, as the command applies what the decider says. */
function act(lines: readonly Line[], { at, intended, order, withdraw }: Step, patient: string): readonly Line[] {
  const line = lines[at % lines.length]!
  if (withdraw) {
    if (line.status !== 'PROPOSED') return lines
    return lines.map((l) => (l === line ? { ...l, status: 'WITHDRAWN', version: l.version + 1 } : l))
  }
  if (order) {
    const on = accepted(lines)
    const ids = shuffled(on, order.seed).map((l) => l.id)
    const principalId = order.principal === null ? null : (on[order.principal % Math.max(1, on.length)]?.id ?? null)
    const done = reorder(on, { suggestionIds: ids, principalId }, patient, (l) => TABLE.get(l.code))
    if (!done.ok) return lines
    const changed = new Map(done.lines.map((l) => [l.id, l]))
    return lines.map((l) => changed.get(l.id) ?? l)
  }
  if (!intended) return lines
  const before = JSON.stringify(lines)
  const decided = decide(line, intended, {
    patientClass: patient,
    ownCode: TABLE.get(line.code),
    newCode: intended.code ? TABLE.get(intended.code) : undefined,
    accepted: accepted(lines),
    poaApplies: patient === 'INPATIENT',
    table: 'FOUND',
  })
  expect(JSON.stringify(lines)).toBe(before)
  if (!decided.ok) {
    expect(decided.problems.length).toBeGreaterThan(0)
    for (const problem of decided.problems) expect(problem.message).toMatch(/\.$/)
    return lines
  }
  const changed: Line = { ...line, ...decided.change, version: line.version + 1 }
  const rest = lines.map((l) => (l === line ? changed : l))
  if (!decided.replacement) return rest
  expect(changed.status).toBe('REJECTED')
  expect(decided.replacement.code).not.toBe(line.code)
  return [
    ...rest,
    {
      ...line,
      ...decided.replacement,
      id: `line-${String(rest.length).padStart(3, '0')}`,
      replaces: line.id,
      status: 'ACCEPTED',
      version: 1,
    },
  ]
}

describe('decisions on lines', () => {
  it('keep every chart whole, whatever is asked in whatever order', () => {
    const reached = new Map<string, number>()
    fc.assert(
      fc.property(
        patientClass,
        fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 6 }),
        fc.array(step, { maxLength: 40 }),
        (patient, names, steps) => {
          let lines: readonly Line[] = names.map((name, i) => newLine(i, name))
          for (const taken of steps) {
            const next = act(lines, taken, patient)
            for (const [i, line] of lines.entries()) {
              const after = next[i]!
              expect(after.id).toBe(line.id)
              expect(after.version - line.version).toBeOneOf([0, 1])
              if (line.status === 'WITHDRAWN') expect(after).toEqual(line)
            }
            lines = next
            holds(lines, patient)
          }
          for (const line of lines) reached.set(line.status, (reached.get(line.status) ?? 0) + 1)
        },
      ),
      { numRuns: 500 },
    )
    // The property says little of a status that charts hardly ever end in.
    for (const status of ['ACCEPTED', 'PROPOSED', 'REJECTED', 'WITHDRAWN']) {
      expect(reached.get(status) ?? 0, status).toBeGreaterThan(20)
    }
  })

  it('take nothing silently: the engine’s POA stays a proposal, and a rejection needs a reason', () => {
    const line = { ...newLine(0, 'I10'), poaProposed: 'Y' as const }
    const context = {
      patientClass: 'INPATIENT',
      ownCode: TABLE.get('I10'),
      newCode: undefined,
      accepted: [],
      poaApplies: true,
      table: 'FOUND' as const,
    }
    expect(decide(line, { decision: 'ACCEPT' }, context)).toMatchObject({ ok: true, change: { poa: null, rank: 1 } })
    expect(decide(line, { decision: 'ACCEPT', poa: 'Y' }, context)).toMatchObject({ ok: true, change: { poa: 'Y' } })
    const exempt = { ...context, ownCode: TABLE.get('Z87.891') }
    expect(decide(newLine(1, 'Z87.891'), { decision: 'ACCEPT' }, exempt)).toMatchObject({ change: { poa: 'EXEMPT' } })
    for (const reason of [undefined, null, '', '  \n'])
      expect(decide(line, { decision: 'REJECT', reason }, context)).toMatchObject({
        problems: [{ code: 'REASON_REQUIRED' }],
      })
    expect(decide(line, { decision: 'MODIFY' }, context)).toMatchObject({ problems: [{ code: 'CODE_REQUIRED' }] })
    expect(decide(line, { decision: 'MODIFY', code: 'I10' }, { ...context, newCode: TABLE.get('I10') })).toMatchObject({
      problems: [{ code: 'SAME_CODE' }],
    })
  })

  it('say what is missing where no table can be asked, and who accepts a marked line takes the mark off', () => {
    const line = { ...newLine(0, 'I10'), evidenceStale: true }
    const context = { patientClass: 'INPATIENT', newCode: undefined, accepted: [], poaApplies: true }
    const without = (table: 'NO_DATE' | 'NO_TABLE') =>
      decide(line, { decision: 'ACCEPT' }, { ...context, ownCode: undefined, table })
    expect(without('NO_DATE')).toMatchObject({ problems: [{ code: 'NO_DATE' }] })
    expect(without('NO_TABLE')).toMatchObject({ problems: [{ code: 'NO_TABLE' }] })
    const known = { ...context, ownCode: TABLE.get('I10'), table: 'FOUND' as const }
    expect(decide(line, { decision: 'ACCEPT' }, known)).toMatchObject({ ok: true, change: { evidenceStale: false } })
    expect(decide(line, { decision: 'REJECT', reason: 'no' }, known)).not.toHaveProperty('change.evidenceStale')
  })

  it('an external cause that becomes another kind of code does not keep the role', () => {
    const cause: Line = { ...newLine(0, 'W19.XXXA'), status: 'ACCEPTED', role: 'EXTERNAL_CAUSE', rank: 1 }
    const context = { patientClass: 'INPATIENT', ownCode: TABLE.get('W19.XXXA'), accepted: [cause], poaApplies: true }
    expect(
      decide(
        cause,
        { decision: 'MODIFY', code: 'I10' },
        { ...context, newCode: TABLE.get('I10'), table: 'FOUND' as const },
      ),
    ).toMatchObject({ ok: true, replacement: { code: 'I10', role: 'SECONDARY' } })
  })

  it('a replacement stands where the replaced line stood, principal included', () => {
    const principal: Line = { ...newLine(0, 'J18.9'), status: 'ACCEPTED', role: 'PRINCIPAL', rank: 1, poa: 'Y' }
    const other: Line = { ...newLine(1, 'I10'), status: 'ACCEPTED', rank: 2 }
    const decided = decide(
      principal,
      { decision: 'MODIFY', code: 'E11.9' },
      {
        patientClass: 'INPATIENT',
        ownCode: TABLE.get('J18.9'),
        newCode: TABLE.get('E11.9'),
        accepted: [principal, other],
        poaApplies: true,
        table: 'FOUND' as const,
      },
    )
    expect(decided).toMatchObject({
      ok: true,
      change: { status: 'REJECTED', rank: null, decisionReason: 'Replaced by E11.9.' },
      replacement: { code: 'E11.9', role: 'PRINCIPAL', rank: 1, poa: 'Y' },
    })
  })

  it('roles are refused for one reason at a time, and by the class of the patient', () => {
    fc.assert(
      fc.property(
        patientClass,
        fc.constantFrom(...SUGGESTION_ROLES),
        fc.constantFrom(...TABLE.values()),
        fc.boolean(),
        (patient, role, facts, taken) => {
          const kind = facts.system === 'ICD10PCS' ? 'PROCEDURE' : 'DIAGNOSIS'
          const first: Line = { ...newLine(9, 'I10'), status: 'ACCEPTED', role: firstRole(patient), rank: 1 }
          const problems = roleProblems(kind, role, 'line-000', facts, {
            patientClass: patient,
            accepted: taken ? [first] : [],
          })
          const wanted =
            (kind === 'PROCEDURE') !== (role === 'PROCEDURE') ||
            (role === 'EXTERNAL_CAUSE' && kind === 'DIAGNOSIS' && !facts.externalCause) ||
            (isPrincipalRole(role) &&
              (role !== firstRole(patient) || facts.externalCause || facts.manifestation || taken))
          expect(problems).toHaveLength(wanted ? 1 : 0)
          // A line does not stand in its own way.
          if (taken && isPrincipalRole(role) && kind === 'DIAGNOSIS' && !facts.externalCause && !facts.manifestation)
            expect(
              roleProblems(kind, firstRole(patient), first.id, facts, { patientClass: patient, accepted: [first] }),
            ).toEqual([])
        },
      ),
    )
  })
})

describe('an order', () => {
  const lines = fc
    .uniqueArray(fc.constantFrom('J18.9', 'I10', 'E11.9', 'Z87.891', 'W19.XXXA', 'F02.80', '0BH17EZ'), { maxLength: 7 })
    .map((names) =>
      names.map((name, i): Line => ({ ...newLine(i, name), status: 'ACCEPTED', rank: i + 1, version: i + 3 })),
    )
  const ask = fc.record({ seed: fc.nat(), principal: fc.option(fc.nat({ max: 6 })) })

  it('is a permutation with the principal first, ranks from 1, and leaves the lines’ own versions alone', () => {
    fc.assert(
      fc.property(lines, ask, patientClass, (on, { seed, principal }, patient) => {
        fc.pre(on.length > 0)
        const ids = shuffled(on, seed).map((l) => l.id)
        const chosen = principal === null ? undefined : on[principal % on.length]!
        const done = reorder(on, { suggestionIds: ids, principalId: chosen?.id ?? null }, patient, (l) =>
          TABLE.get(l.code),
        )
        const facts = chosen && TABLE.get(chosen.code)!
        const refused = chosen && (chosen.kind === 'PROCEDURE' || facts!.externalCause || facts!.manifestation)
        expect(done.ok).toBe(!refused)
        if (!done.ok) return
        expect(done.lines.map((l) => l.rank)).toEqual(on.map((_, i) => i + 1))
        expect(done.lines.map((l) => l.id)).toEqual(chosen ? [chosen.id, ...ids.filter((id) => id !== chosen.id)] : ids)
        expect(done.lines.filter((l) => isPrincipalRole(l.role)).map((l) => l.id)).toEqual(chosen ? [chosen.id] : [])
        for (const line of done.lines) {
          const before = on.find((l) => l.id === line.id)!
          expect({ ...line, rank: 0, role: 0 }).toEqual({ ...before, rank: 0, role: 0 })
        }
        // The order that came out, sent again, changes nothing; and no order is out of reach of a second one.
        const again = reorder(done.lines, { suggestionIds: done.lines.map((l) => l.id) }, patient, (l) =>
          TABLE.get(l.code),
        )
        expect(again).toEqual(done)
      }),
    )
  })

  it('moves the first role to another line and takes it from the one that had it', () => {
    const on: Line[] = ['J18.9', 'I10'].map((name, i) => ({ ...newLine(i, name), status: 'ACCEPTED', rank: i + 1 }))
    const first = reorder(on, { suggestionIds: on.map((l) => l.id), principalId: on[0]!.id }, 'INPATIENT', (l) =>
      TABLE.get(l.code),
    )
    if (!first.ok) throw new Error('refused')
    const second = reorder(
      first.lines,
      { suggestionIds: on.map((l) => l.id), principalId: on[1]!.id },
      'INPATIENT',
      (l) => TABLE.get(l.code),
    )
    expect(second.ok && second.lines.map((l) => [l.code, l.role])).toEqual([
      ['I10', 'PRINCIPAL'],
      ['J18.9', 'SECONDARY'],
    ])
  })

  it('must name every accepted line once and no other', () => {
    fc.assert(
      fc.property(lines, fc.array(fc.nat({ max: 8 }), { maxLength: 9 }), (on, places) => {
        const ids = places.map((i) => `line-${String(i).padStart(3, '0')}`)
        const whole =
          [...ids].sort().join() ===
          on
            .map((l) => l.id)
            .sort()
            .join()
        expect(reorder(on, { suggestionIds: ids }, 'INPATIENT', (l) => TABLE.get(l.code)).ok).toBe(whole)
      }),
    )
  })
})

describe('the order of work', () => {
  it('shows accepted lines by rank, then proposals by confidence, then the rest, whatever order they came in', () => {
    const line = fc
      .record({
        id: fc.nat({ max: 99 }),
        status: fc.constantFrom('PROPOSED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'),
        rank: fc.nat({ max: 5 }),
        confidence: fc.option(fc.constantFrom(0.1, 0.5, 0.9)),
      })
      .map(
        ({ id, status, rank, confidence }): Line => ({
          ...newLine(id, 'I10'),
          status: status as Line['status'],
          rank: status === 'ACCEPTED' ? rank : null,
          confidence,
        }),
      )
    fc.assert(
      fc.property(fc.uniqueArray(line, { selector: (l) => l.id, maxLength: 12 }), fc.nat(), (drawn, seed) => {
        const shown = inReviewOrder(drawn)
        expect(inReviewOrder(shuffled(drawn, seed))).toEqual(shown)
        const group = (l: Line) => (l.status === 'ACCEPTED' ? 0 : l.status === 'PROPOSED' ? 1 : 2)
        for (const [i, next] of shown.slice(1).entries()) {
          const before = shown[i]!
          expect(group(before)).toBeLessThanOrEqual(group(next))
          if (group(before) === 0 && group(next) === 0) expect(before.rank!).toBeLessThanOrEqual(next.rank!)
          if (group(before) === 1 && group(next) === 1)
            expect(before.confidence ?? 1).toBeGreaterThanOrEqual(next.confidence ?? 1)
        }
      }),
    )
  })

  it('the next rank is beyond every rank, gaps or not', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 1, max: 50 }))), (ranks) => {
        const next = nextRank(ranks.map((rank) => ({ rank })))
        expect(ranks.every((r) => r === null || r < next)).toBe(true)
        expect(next).toBe(1 + Math.max(0, ...ranks.map((r) => r ?? 0)))
      }),
    )
  })
})

/** The same seed gives the same order. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const list = [...items]
  let state = seed % 2_147_483_647 || 1
  for (let i = list.length - 1; i > 0; i--) {
    state = (state * 48_271) % 2_147_483_647
    const j = state % (i + 1)
    ;[list[i], list[j]] = [list[j]!, list[i]!]
  }
  return list
}
