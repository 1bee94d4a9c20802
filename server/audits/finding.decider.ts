import type {
  FindingKind,
  SuggestionKind,
  SuggestionOrigin,
  SuggestionRole,
  SuggestionStatus,
} from '../../schema/values.js'
import type { FindingElement } from './audit.model.js'

/** Does a finding fit the submission it judges? Pure. */

export interface FindingAsked {
  readonly element: FindingElement
  readonly kind: FindingKind
  readonly suggestionId: string | null
  readonly proposedSuggestionId: string | null
}

/** A code as the submission froze it. */
export interface SubmittedLine {
  readonly id: string
  readonly system: string
  readonly code: string
  readonly kind: SuggestionKind
  readonly role: SuggestionRole
}

/** A line that stands on the chart today. */
export interface ChartLine {
  readonly id: string
  readonly system: string
  readonly code: string
  readonly kind: SuggestionKind
  readonly origin: SuggestionOrigin
  readonly status: SuggestionStatus
  readonly authorId: string | null
}

export interface FindingContext {
  readonly auditorId: string
  readonly submitted: readonly SubmittedLine[]
  readonly lines: readonly ChartLine[]
  readonly earlier: readonly FindingAsked[]
}

export interface FindingProblem {
  readonly code: string
  readonly message: string
  readonly field: string
}

/**
 * All that is wrong with a finding; an empty list for one that may enter the ledger.
 *
 * ADD names the auditor's own proposal, for a code that the submission lacks. DELETE, CHANGE and AGREE name a line of
 * the submission that is of the element's kind; CHANGE may also name the proposal that would stand in its place. The
 * order and the abstract belong to the chart as a whole, so that findings on them need name no line.
 */
export function findingProblems(asked: FindingAsked, context: FindingContext): FindingProblem[] {
  const { kinds } = ELEMENTS[asked.element]
  if (!kinds.includes(asked.kind))
    return [
      {
        code: 'KIND_OF_ELEMENT',
        message: `A finding on this element is one of ${kinds.join(', ')}.`,
        field: 'kind',
      },
    ]
  return [...lineProblems(asked, context), ...proposalProblems(asked, context), ...repetition(asked, context)]
}

interface Element {
  readonly kinds: readonly FindingKind[]
  /** Which lines of a submission it is about; null where it is about the chart as a whole. */
  readonly fits: ((line: Pick<SubmittedLine, 'kind'> & { role?: SuggestionRole }) => boolean) | null
}

const isFirst = (role: SuggestionRole | undefined): boolean => role === 'PRINCIPAL' || role === 'FIRST_LISTED'
const WHOLE: readonly FindingKind[] = ['ADD', 'DELETE', 'CHANGE', 'AGREE']
const PART: readonly FindingKind[] = ['CHANGE', 'AGREE']

const ELEMENTS: Readonly<Record<FindingElement, Element>> = {
  PRINCIPAL_DIAGNOSIS: {
    kinds: WHOLE,
    fits: (l) => l.kind === 'DIAGNOSIS' && (l.role === undefined || isFirst(l.role)),
  },
  SECONDARY_DIAGNOSIS: { kinds: WHOLE, fits: (l) => l.kind === 'DIAGNOSIS' && !isFirst(l.role) },
  PROCEDURE: { kinds: WHOLE, fits: (l) => l.kind === 'PROCEDURE' },
  POA: { kinds: PART, fits: (l) => l.kind === 'DIAGNOSIS' },
  MODIFIER: { kinds: PART, fits: (l) => l.kind === 'PROCEDURE' },
  SEQUENCE: { kinds: PART, fits: null },
  ABSTRACT: { kinds: PART, fits: null },
}

function lineProblems(asked: FindingAsked, { submitted }: FindingContext): FindingProblem[] {
  const field = 'suggestionId'
  const { fits } = ELEMENTS[asked.element]
  if (asked.suggestionId === null) {
    if (asked.kind === 'ADD' || fits === null) return []
    return [{ code: 'LINE_REQUIRED', message: 'Name the line of the submission that the finding is about.', field }]
  }
  if (asked.kind === 'ADD')
    return [{ code: 'LINE_NOT_MEANT', message: 'What the submission lacks is none of its lines; leave it out.', field }]
  const line = submitted.find((l) => l.id === asked.suggestionId)
  if (!line) return [{ code: 'LINE_NOT_SUBMITTED', message: 'The submission under audit has no such line.', field }]
  if (fits === null || fits(line)) return []
  return [
    { code: 'LINE_OF_OTHER_ELEMENT', message: 'The line is not of this element; choose the element it is of.', field },
  ]
}

function proposalProblems(asked: FindingAsked, { auditorId, submitted, lines }: FindingContext): FindingProblem[] {
  const field = 'proposedSuggestionId'
  if (asked.proposedSuggestionId === null) {
    if (asked.kind !== 'ADD') return []
    return [{ code: 'PROPOSAL_REQUIRED', message: 'Add the missing code as your own line first, then name it.', field }]
  }
  if (asked.kind === 'DELETE' || asked.kind === 'AGREE')
    return [
      { code: 'PROPOSAL_NOT_MEANT', message: 'Only what is missing or changed has a proposal; leave it out.', field },
    ]
  const line = lines.find((l) => l.id === asked.proposedSuggestionId)
  const own = line?.origin === 'AUDITOR' && line.authorId === auditorId && line.status === 'PROPOSED'
  if (!line || !own)
    return [{ code: 'PROPOSAL_UNKNOWN', message: 'The chart has no such open proposal of yours.', field }]
  const { fits } = ELEMENTS[asked.element]
  if (fits !== null && !fits({ kind: line.kind }))
    return [{ code: 'PROPOSAL_OF_OTHER_ELEMENT', message: 'The proposal is not of this element.', field }]
  // A diagnosis code is reported once (guideline I.B.12); the admitting diagnosis stands apart. Procedures may repeat.
  const there = (l: SubmittedLine) => l.system === line.system && l.code === line.code && l.role !== 'ADMITTING'
  if (asked.kind === 'ADD' && line.kind === 'DIAGNOSIS' && submitted.some(there))
    return [{ code: 'ALREADY_SUBMITTED', message: 'The submission has this code; it is not missing.', field }]
  return []
}

/** One element of one line is judged once, or it would count twice. Fields of the abstract share one element. */
function repetition(asked: FindingAsked, { earlier }: FindingContext): FindingProblem[] {
  if (asked.element === 'ABSTRACT') return []
  const same = (f: FindingAsked): boolean =>
    f.element === asked.element &&
    f.suggestionId === asked.suggestionId &&
    (asked.suggestionId !== null || f.proposedSuggestionId === asked.proposedSuggestionId)
  if (!earlier.some(same)) return []
  return [{ code: 'ALREADY_FOUND', message: 'The audit has a finding on this element of this line.', field: 'element' }]
}
