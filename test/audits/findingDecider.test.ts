import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FINDING_ELEMENTS, FINDING_KINDS, SUGGESTION_ROLES } from '../../schema/values.js'
import {
  type ChartLine,
  type FindingAsked,
  type FindingContext,
  findingProblems,
  type SubmittedLine,
} from '../../server/audits/finding.decider.js'

const AUDITOR = 'auditor'
const code = fc.constantFrom('I10', 'E11.9', 'J18.9')
const submittedIds = ['s1', 's2', 's3', 's4']
const proposalIds = ['p1', 'p2', 'p3']

const submittedLine = (id: string): fc.Arbitrary<SubmittedLine> =>
  fc.oneof(
    fc.record({
      id: fc.constant(id),
      system: fc.constant('ICD10CM'),
      code,
      kind: fc.constant('DIAGNOSIS' as const),
      role: fc.constantFrom(...SUGGESTION_ROLES.filter((role) => role !== 'PROCEDURE')),
    }),
    fc.record({
      id: fc.constant(id),
      system: fc.constant('HCPCS'),
      code: fc.constant('G0378'),
      kind: fc.constant('PROCEDURE' as const),
      role: fc.constant('PROCEDURE' as const),
    }),
  )

const chartLine = (id: string): fc.Arbitrary<ChartLine> =>
  fc.record({
    id: fc.constant(id),
    system: fc.constant('ICD10CM'),
    code,
    kind: fc.constantFrom('DIAGNOSIS', 'PROCEDURE'),
    origin: fc.constantFrom('AUDITOR', 'AUDITOR', 'CODER', 'ENGINE'),
    status: fc.constantFrom('PROPOSED', 'PROPOSED', 'ACCEPTED', 'WITHDRAWN'),
    authorId: fc.constantFrom(AUDITOR, AUDITOR, 'somebody', null),
  })

const asked: fc.Arbitrary<FindingAsked> = fc.record({
  element: fc.constantFrom(...FINDING_ELEMENTS),
  kind: fc.constantFrom(...FINDING_KINDS),
  suggestionId: fc.option(fc.constantFrom(...submittedIds, 'unknown', 'p1')),
  proposedSuggestionId: fc.option(fc.constantFrom(...proposalIds, 'unknown', 's1')),
})

const context: fc.Arbitrary<FindingContext> = fc.record({
  auditorId: fc.constant(AUDITOR),
  submitted: fc.tuple(...submittedIds.map(submittedLine)),
  lines: fc.tuple(...proposalIds.map(chartLine)),
  earlier: fc.array(asked, { maxLength: 3 }),
})

describe('findingProblems', () => {
  it('lets into the ledger only what ties to the submission, to an own proposal, and to nothing twice', () => {
    fc.assert(
      fc.property(asked, context, (finding, around) => {
        if (findingProblems(finding, around).length > 0) return
        const line = around.submitted.find((l) => l.id === finding.suggestionId)
        const proposal = around.lines.find((l) => l.id === finding.proposedSuggestionId)
        const ofChart = finding.element === 'SEQUENCE' || finding.element === 'ABSTRACT'
        expect(finding.suggestionId !== null).toBe(line !== undefined)
        if (finding.kind === 'ADD') expect([line, proposal === undefined]).toEqual([undefined, false])
        else if (!ofChart) expect(line).toBeDefined()
        if (finding.kind === 'DELETE' || finding.kind === 'AGREE') expect(finding.proposedSuggestionId).toBe(null)
        if (finding.proposedSuggestionId !== null)
          expect(proposal).toMatchObject({ origin: 'AUDITOR', status: 'PROPOSED', authorId: AUDITOR })
        const first = line?.role === 'PRINCIPAL' || line?.role === 'FIRST_LISTED'
        if (line && finding.element === 'PRINCIPAL_DIAGNOSIS') expect(first).toBe(true)
        if (line && finding.element === 'SECONDARY_DIAGNOSIS') expect([line.kind, first]).toEqual(['DIAGNOSIS', false])
        for (const l of ofChart ? [] : [line, proposal])
          if (l) expect(l.kind).toBe(['PROCEDURE', 'MODIFIER'].includes(finding.element) ? 'PROCEDURE' : 'DIAGNOSIS')
        if (finding.kind === 'ADD' && proposal?.kind === 'DIAGNOSIS')
          expect(
            around.submitted.some(
              (l) => l.code === proposal.code && l.system === proposal.system && l.role !== 'ADMITTING',
            ),
          ).toBe(false)
        if (finding.element !== 'ABSTRACT')
          expect(
            around.earlier.some(
              (e) =>
                e.element === finding.element &&
                (line
                  ? e.suggestionId === line.id
                  : e.suggestionId === null && e.proposedSuggestionId === finding.proposedSuggestionId),
            ),
          ).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes a verdict on every line of every submission, under the element it is of', () => {
    fc.assert(
      fc.property(context, fc.constantFrom('AGREE', 'CHANGE', 'DELETE'), (around, kind) => {
        for (const line of around.submitted) {
          const element =
            line.kind === 'PROCEDURE'
              ? 'PROCEDURE'
              : line.role === 'PRINCIPAL' || line.role === 'FIRST_LISTED'
                ? 'PRINCIPAL_DIAGNOSIS'
                : 'SECONDARY_DIAGNOSIS'
          const finding = { element, kind, suggestionId: line.id, proposedSuggestionId: null } as const
          expect(findingProblems(finding, { ...around, earlier: [] })).toEqual([])
          expect(findingProblems(finding, { ...around, earlier: [finding] })).toMatchObject([{ code: 'ALREADY_FOUND' }])
        }
      }),
    )
  })

  it('counts what is missing once per proposal, and several fields of the abstract', () => {
    const missing = (id: string) =>
      ({ element: 'SECONDARY_DIAGNOSIS', kind: 'ADD', suggestionId: null, proposedSuggestionId: id }) as const
    const own = (id: string, own: string): ChartLine => ({
      id,
      system: 'ICD10CM',
      code: own,
      kind: 'DIAGNOSIS',
      origin: 'AUDITOR',
      status: 'PROPOSED',
      authorId: AUDITOR,
    })
    const around = { auditorId: AUDITOR, submitted: [], lines: [own('p1', 'I10'), own('p2', 'E11.9')] }
    expect(findingProblems(missing('p2'), { ...around, earlier: [missing('p1')] })).toEqual([])
    expect(findingProblems(missing('p1'), { ...around, earlier: [missing('p1')] })).toMatchObject([
      { code: 'ALREADY_FOUND' },
    ])
    const abstract = { element: 'ABSTRACT', kind: 'CHANGE', suggestionId: null, proposedSuggestionId: null } as const
    expect(findingProblems(abstract, { ...around, earlier: [abstract] })).toEqual([])
  })
})
