import type { Session } from '../auth/session.js'
import {
  type ChartRow,
  codingDate,
  type EditView,
  type EvidenceView,
  iso,
  type OrderView,
  type SuggestionView,
} from '../charts/index.js'
import { CODE_SETS, type CodeFacts, type CodeSets, type CodeSystem, evaluateEdits } from '../codesets/index.js'
import { type CodeOnDate, inOrder, isPrincipalRole, type Line, type TableState } from './model.js'
import {
  type CitableVersion,
  citableVersions,
  evidenceOf,
  linesOf,
  type OverrideRow,
  overridesOf,
} from './suggestion.store.js'

/** Everything that decides what the codes of one chart are, read together: four statements, one round trip. */
export interface WorkingSet {
  readonly chart: ChartRow
  readonly lines: readonly Line[]
  readonly evidence: ReadonlyMap<string, readonly EvidenceView[]>
  readonly citable: readonly CitableVersion[]
  readonly overrides: readonly OverrideRow[]
  readonly codeSets: CodeSets
}

export async function loadWorkingSet(session: Session, chart: ChartRow): Promise<WorkingSet> {
  const [lines, evidence, citable, overrides] = await Promise.all([
    linesOf(session, chart),
    evidenceOf(session, chart),
    citableVersions(session, chart),
    overridesOf(session, chart),
  ])
  return { chart, lines, evidence, citable, overrides, codeSets: session.services.get(CODE_SETS)() }
}

/** The same set with some lines changed or added: what the chart will be after the command. */
export function withLines(set: WorkingSet, changed: readonly Line[], chart: ChartRow = set.chart): WorkingSet {
  const byId = new Map(set.lines.map((line) => [line.id, line]))
  for (const line of changed) byId.set(line.id, line)
  return { ...set, chart, lines: [...byId.values()] }
}

export const withEvidence = (set: WorkingSet, ownerId: string, evidence: readonly EvidenceView[]): WorkingSet => ({
  ...set,
  evidence: new Map(set.evidence).set(ownerId, evidence),
})

export const withOverride = (set: WorkingSet, row: OverrideRow): WorkingSet => ({
  ...set,
  overrides: [...set.overrides.filter((o) => o.editKey !== row.editKey), row],
})

export const acceptedOf = (set: WorkingSet): Line[] => inOrder(set.lines.filter((line) => line.status === 'ACCEPTED'))

/** The code in the table of the chart's date; undefined where the table does not have it or there is no date. */
export function factsOf(set: WorkingSet, system: string, code: string): CodeFacts | undefined {
  const date = codingDate(set.chart)
  return date === null ? undefined : set.codeSets.lookup(system as CodeSystem, code, date)
}

export function tableOf(set: WorkingSet, system: string): TableState {
  const date = codingDate(set.chart)
  if (date === null) return 'NO_DATE'
  return set.codeSets.releaseOn(system as CodeSystem, date) ? 'FOUND' : 'NO_TABLE'
}

export const codeOnDate = (set: WorkingSet, system: string, code: string): CodeOnDate | undefined =>
  factsOf(set, system, code)

export function viewOf(set: WorkingSet, line: Line): SuggestionView {
  const facts = factsOf(set, line.system, line.code)
  return {
    id: line.id,
    chartId: line.chartId,
    version: line.version,
    status: line.status,
    origin: line.origin,
    system: line.system,
    code: line.code,
    title: facts?.title ?? null,
    kind: line.kind,
    role: line.role,
    rank: line.rank,
    poa: line.poa,
    poaProposed: line.poaProposed,
    poaExempt: facts?.poaExempt ?? false,
    modifiers: line.modifiers,
    units: line.units,
    performedOn: line.performedOn,
    performer: line.performer,
    confidence: line.confidence,
    reason: line.reason,
    replaces: line.replaces,
    evidenceStale: line.evidenceStale,
    authorId: line.authorId,
    decidedBy: line.decidedBy,
    decidedAt: iso(line.decidedAt),
    decisionReason: line.decisionReason,
    evidence: set.evidence.get(line.id) ?? [],
  }
}

export function orderOf(set: WorkingSet): OrderView {
  const accepted = acceptedOf(set)
  return {
    version: set.chart.orderVersion,
    principalId: accepted.find((line) => isPrincipalRole(line.role))?.id ?? null,
    suggestionIds: accepted.map((line) => line.id),
  }
}

/** The edits of the accepted lines, with the reasons people gave for letting some stand. */
export function editsOf(set: WorkingSet): EditView[] {
  const { chart } = set
  const date = codingDate(chart)
  const accepted = acceptedOf(set)
  if (date === null) return accepted.length === 0 ? [] : [noDate(accepted)]
  const versions = new Map(set.citable.map((v) => [v.id, v]))
  const edits = evaluateEdits(
    {
      patientClass: chart.patientClass,
      dateOfService: date,
      lines: accepted.map((line) => ({
        id: line.id,
        system: line.system as CodeSystem,
        code: line.code,
        kind: line.kind,
        role: line.role,
        poa: line.poa,
        sourcesSigned: (set.evidence.get(line.id) ?? []).every((e) => versions.get(e.versionId)?.signed ?? true),
      })),
    },
    set.codeSets,
  )
  const overrides = new Map(set.overrides.map((o) => [o.editKey, o]))
  return edits
    .filter((edit) => chart.requirePoa || !edit.ruleId.startsWith('POA_'))
    .map((edit) => {
      // By the facility's policy an unsigned source blocks instead of warning (design: a document).
      const blocks = edit.ruleId === 'UNSIGNED_SOURCE' && chart.requireSigned
      const override = edit.overridable && !blocks ? overrides.get(edit.key) : undefined
      return {
        key: edit.key,
        ruleId: edit.ruleId,
        severity: blocks ? 'ERROR' : edit.severity,
        overridable: edit.overridable && !blocks,
        suggestionIds: edit.lineIds,
        message: edit.message,
        source: edit.source,
        override: override
          ? { reason: override.reason, memberId: override.memberId, at: override.at.toISOString() }
          : null,
      }
    })
}

const noDate = (accepted: readonly Line[]): EditView => ({
  key: 'NO_DATE_OF_SERVICE',
  ruleId: 'NO_DATE_OF_SERVICE',
  severity: 'ERROR',
  overridable: false,
  suggestionIds: accepted.map((line) => line.id),
  message: 'The chart has no date of service or discharge: enter it in the abstract, so that codes can be checked.',
  source: 'ICD-10-CM Official Guidelines I.B.2',
  override: null,
})

/** Documents that a line's evidence stands in: what its events cite. */
export const citedBy = (set: WorkingSet, lineId: string): string[] => [
  ...new Set((set.evidence.get(lineId) ?? []).map((e) => e.documentId)),
]
