import fc from 'fast-check'
import type {
  ChartEvent,
  ChartSnapshot,
  Comment,
  DocumentState,
  Pend,
  SuggestionState,
} from '../../client/live/index.js'

/**
 * A chart as the server keeps it, written down a second time in the plainest way: rows, and an event with the state
 * after each act. Ranks are left with holes and events carry only what changed, as the server does.
 */
export interface History {
  /** The snapshot that a newcomer gets after so many events. */
  readonly snapshots: readonly ChartSnapshot[]
  readonly events: readonly ChartEvent[]
}

type Act =
  | {
      readonly act: 'propose' | 'accept' | 'reject' | 'modify' | 'poa' | 'withdrawLine' | 'comment' | 'resolve'
      at: number
    }
  | { readonly act: 'order'; at: number; rotate: number; principal: boolean }
  | { readonly act: 'document' | 'withdraw' | 'pend' | 'unpend' | 'status' | 'submit'; at: number }

const index = fc.nat({ max: 30 })

export const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    fc.record({
      act: fc.constantFrom(
        'propose' as const,
        'propose' as const,
        'accept' as const,
        'accept' as const,
        'reject' as const,
        'modify' as const,
        'poa' as const,
        'withdrawLine' as const,
        'comment' as const,
        'resolve' as const,
      ),
      at: index,
    }),
    fc.record({ act: fc.constant('order' as const), at: index, rotate: index, principal: fc.boolean() }),
    fc.record({
      act: fc.constantFrom(
        'document' as const,
        'withdraw' as const,
        'pend' as const,
        'unpend' as const,
        'status' as const,
        'submit' as const,
      ),
      at: index,
    }),
  ),
  { maxLength: 40 },
)

export function play(list: readonly Act[]): History {
  const ledger = new Ledger()
  const snapshots = [ledger.snapshot()]
  for (const act of list) {
    if (ledger.apply(act)) snapshots.push(ledger.snapshot())
  }
  return { snapshots: snapshots.map((it) => structuredClone(it)), events: structuredClone(ledger.events) }
}

const ID = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const TIME = (n: number): string => new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString()
const MEMBER = { id: ID(1), displayName: 'Dana Whitfield' }
const ACCESS = { can: [], masked: [] }
type Mutable<T> = { -readonly [K in keyof T]: T[K] }

class Ledger {
  readonly events: ChartEvent[] = []
  private readonly lines: Mutable<SuggestionState>[] = []
  private readonly documents: Mutable<DocumentState>[] = []
  private readonly comments: Mutable<Comment>[] = []
  private readonly pends: Mutable<Pend>[] = []
  private readonly submissions: ChartSnapshot['submissions'][number][] = []
  private readonly chart: Mutable<ChartSnapshot['chart']> = chartState()
  private orderVersion = 1
  private made = 100

  snapshot(): ChartSnapshot {
    return structuredClone({
      cursor: this.events.at(-1)?.cursor ?? null,
      sight: 'sight',
      chart: this.chart,
      documents: this.documents,
      suggestions: this.lines.map((line) => this.shown(line)),
      opportunities: [],
      order: this.order(),
      edits: this.edits(),
      comments: this.comments,
      pends: this.pends,
      submissions: this.submissions,
    })
  }

  /** False where the act changes nothing. */
  apply(act: Act): boolean {
    const line = this.lines[act.at % Math.max(1, this.lines.length)]
    switch (act.act) {
      case 'propose': {
        const added = lineState(this.id(), act.at, this.documents.at(-1)?.id ?? null)
        this.lines.push(added)
        return this.tell('SUGGESTION_PROPOSED', { suggestion: this.shown(added) })
      }
      case 'accept':
        if (!line || line.status === 'WITHDRAWN' || line.status === 'ACCEPTED') return false
        Object.assign(line, { status: 'ACCEPTED', rank: this.nextRank(), version: line.version + 1 })
        return this.tellOrder('SUGGESTION_ACCEPTED', { suggestion: this.shown(line) })
      case 'poa':
        if (line?.status !== 'ACCEPTED') return false
        Object.assign(line, { poa: 'N', version: line.version + 1 })
        return this.tell('SUGGESTION_ACCEPTED', { suggestion: this.shown(line) })
      case 'reject':
        return this.leave(line, 'REJECTED')
      case 'withdrawLine':
        return this.leave(line, 'WITHDRAWN')
      case 'modify': {
        if (!line || line.status === 'WITHDRAWN' || line.status === 'REJECTED') return false
        const put: Mutable<SuggestionState> = {
          ...line,
          id: this.id(),
          status: 'ACCEPTED',
          rank: line.rank ?? this.nextRank(),
          version: 1,
          replaces: line.id,
        }
        Object.assign(line, { status: 'REJECTED', rank: null, version: line.version + 1 })
        this.lines.push(put)
        return this.tellOrder('SUGGESTION_MODIFIED', { suggestion: this.shown(line), replacement: this.shown(put) })
      }
      case 'order': {
        const ids = this.order()!.suggestionIds!
        if (ids.length === 0) return false
        const turn = act.rotate % ids.length
        const rotated = [...ids.slice(turn), ...ids.slice(0, turn)]
        const principal = act.principal ? rotated[act.at % rotated.length]! : this.order()!.principalId
        const placed = principal ? [principal, ...rotated.filter((id) => id !== principal)] : rotated
        placed.forEach((id, i) => {
          const it = this.lines.find((l) => l.id === id)!
          it.rank = i + 1
          it.role = id === principal ? 'PRINCIPAL' : it.role === 'PRINCIPAL' ? 'SECONDARY' : it.role
        })
        this.orderVersion++
        return this.tell('SUGGESTION_REORDERED', { order: this.order() })
      }
      case 'document': {
        const added = documentState(this.id(), act.at)
        this.documents.push(added)
        return this.tell('DOCUMENT_ADDED', { document: structuredClone(added) })
      }
      case 'withdraw': {
        const document = this.documents[act.at % Math.max(1, this.documents.length)]
        if (!document || document.withdrawnAt !== null) return false
        Object.assign(document, { withdrawnAt: TIME(1), withdrawnReason: 'WRONG_PATIENT', version: null })
        return this.tell('DOCUMENT_WITHDRAWN', { document: structuredClone(document) })
      }
      case 'comment': {
        const n = this.made++
        const added = commentState(ID(n), TIME(n), line?.id ?? null)
        this.comments.push(added)
        return this.tell('COMMENT_ADDED', { comment: { ...added } })
      }
      case 'resolve': {
        const comment = this.comments[act.at % Math.max(1, this.comments.length)]
        if (!comment || comment.resolvedAt !== null) return false
        Object.assign(comment, { resolvedAt: TIME(2), resolvedBy: MEMBER, version: 2 })
        return this.tell('COMMENT_RESOLVED', { comment: { ...comment } })
      }
      case 'pend': {
        const n = this.made++
        const added: Pend = {
          id: ID(n),
          reason: 'QUERY',
          note: null,
          dueOn: null,
          by: MEMBER,
          createdAt: TIME(n),
          removedAt: null,
        }
        this.pends.push(added)
        return this.tell('CHART_PENDED', { pend: { ...added }, chart: { ...this.chart } })
      }
      case 'unpend': {
        const pend = this.pends[act.at % Math.max(1, this.pends.length)]
        if (!pend || pend.removedAt !== null) return false
        pend.removedAt = TIME(3)
        return this.tell('CHART_UNPENDED', { pend: { ...pend }, chart: { ...this.chart } })
      }
      case 'status':
        this.chart.payer = `Payer ${act.at}`
        return this.tell('ABSTRACT_CHANGED', { chart: { ...this.chart } })
      case 'submit': {
        const number = this.submissions.length + 1
        const submission = {
          id: this.id(),
          number,
          submittedBy: MEMBER,
          submittedAt: TIME(number),
          warningCount: 0,
          snapshotSha256: String(number),
          codes: [],
        }
        this.submissions.push(submission)
        this.chart.submissionCount = number
        return this.tell('CHART_SUBMITTED', { submission, chart: { ...this.chart } })
      }
    }
  }

  private leave(line: Mutable<SuggestionState> | undefined, status: 'REJECTED' | 'WITHDRAWN'): boolean {
    if (!line || line.status === 'WITHDRAWN' || line.status === status) return false
    const wasAccepted = line.status === 'ACCEPTED'
    Object.assign(line, { status, rank: null, version: line.version + 1 })
    const tell = { suggestion: this.shown(line) }
    return wasAccepted ? this.tellOrder('SUGGESTION_REJECTED', tell) : this.tell('SUGGESTION_REJECTED', tell)
  }

  private tellOrder(type: ChartEvent['type'], change: Partial<ChartEvent>): boolean {
    this.orderVersion++
    return this.tell(type, { ...change, order: this.order() })
  }

  private tell(type: ChartEvent['type'], change: Partial<ChartEvent>): boolean {
    const n = this.events.length
    this.events.push(
      structuredClone({
        ...NOTHING,
        cursor: ID(900_000 + n),
        previous: this.events.at(-1)?.cursor ?? null,
        type,
        at: TIME(n),
        actor: MEMBER,
        edits: this.edits(),
        ...change,
      }),
    )
    return true
  }

  private order(): ChartSnapshot['order'] {
    const accepted = this.lines
      .filter((line) => line.status === 'ACCEPTED')
      .sort((a, b) => a.rank! - b.rank! || (a.id < b.id ? -1 : 1))
    return {
      version: this.orderVersion,
      principalId: accepted.find((line) => line.role === 'PRINCIPAL')?.id ?? null,
      suggestionIds: accepted.map(({ id }) => id),
    }
  }

  private edits(): ChartSnapshot['edits'] {
    return [
      {
        key: `n${this.lines.filter((line) => line.status === 'ACCEPTED').length}`,
        ruleId: 'R',
        severity: 'WARNING',
        message: null,
        source: null,
        overridable: true,
        suggestionIds: [],
        override: null,
      },
    ]
  }

  private shown(line: SuggestionState): SuggestionState {
    const withdrawn = new Set(this.documents.filter((it) => it.withdrawnAt !== null).map(({ id }) => id))
    const rests = line.evidence!.some((it) => withdrawn.has(it.documentId!))
    return structuredClone({
      ...line,
      reason: rests ? null : line.reason,
      evidence: line.evidence!.filter((it) => !withdrawn.has(it.documentId!)),
    })
  }

  private nextRank(): number {
    return Math.max(0, ...this.lines.filter((it) => it.status === 'ACCEPTED').map((it) => it.rank ?? 0)) + 1
  }

  private id(): string {
    return ID(this.made++)
  }
}

const NOTHING = {
  chart: null,
  document: null,
  suggestion: null,
  replacement: null,
  opportunity: null,
  order: null,
  comment: null,
  pend: null,
  submission: null,
  reopenReason: null,
  unlabelReason: null,
  engine: null,
} as const

const chartState = (): ChartSnapshot['chart'] => ({
  id: ID(2),
  status: 'IN_CODING',
  identityHold: false,
  restricted: false,
  lateDocument: false,
  receivedAt: TIME(0),
  submissionCount: 0,
  engineState: 'DONE',
  coderOfRecord: MEMBER,
  assignedUntil: null,
  accountNumber: 'A-1',
  patientClass: 'INPATIENT',
  inpatientOrderAt: null,
  admittedAt: null,
  dischargedAt: TIME(0),
  serviceDate: null,
  payer: null,
  serviceLine: null,
  disposition: null,
  attendingProvider: null,
  operatingProvider: null,
  totalChargesCents: null,
  abstractVersions: [],
  access: ACCESS,
})

const lineState = (id: string, at: number, documentId: string | null): Mutable<SuggestionState> => ({
  id,
  chartId: ID(2),
  version: 1,
  status: 'PROPOSED',
  origin: 'ENGINE',
  system: 'ICD10CM',
  code: `Z${10 + at}`,
  title: null,
  kind: 'DIAGNOSIS',
  role: 'SECONDARY',
  rank: null,
  poa: null,
  poaProposed: null,
  poaExempt: false,
  modifiers: [],
  units: null,
  performedOn: null,
  performer: null,
  confidence: at % 3 === 0 ? null : (at % 10) / 10,
  reason: 'said so',
  replaces: null,
  evidenceStale: false,
  author: null,
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
  evidence: documentId
    ? [{ id: `${id}e`, documentId, versionId: `${documentId}v`, start: 0, end: 1, page: null, kind: 'SUPPORTS' }]
    : [],
})

const documentState = (id: string, at: number): Mutable<DocumentState> => ({
  id,
  chartId: ID(2),
  withdrawnAt: null,
  withdrawnReason: null,
  access: ACCESS,
  version: {
    id: `${id}v`,
    documentId: id,
    number: 1,
    title: 'Note',
    type: 'PROGRESS_NOTE',
    authorName: null,
    authorRole: 'ATTENDING',
    authoredAt: at % 4 === 0 ? null : TIME(at),
    encounterPart: 'DURING',
    signed: true,
    signedAt: null,
    labels: [],
    textLength: 10,
    scan: false,
    pages: [],
    readByEngine: true,
    createdAt: TIME(0),
  },
})

const commentState = (id: string, createdAt: string, suggestionId: string | null): Mutable<Comment> => ({
  id,
  suggestionId,
  parentId: null,
  version: 1,
  body: 'why',
  mentions: [],
  author: MEMBER,
  createdAt,
  resolvedAt: null,
  resolvedBy: null,
})
