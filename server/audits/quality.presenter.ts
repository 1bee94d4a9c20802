import type { QualityCode, QualityFinding, QualityResult } from '../../schema/quality.js'
import type { FindingAct } from '../../schema/values.js'
import type { Directory } from '../accounts/index.js'
import { maskedFields, seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import { type ChartRow, type EvidenceView, seenWithLabels, todayOf } from '../charts/index.js'
import { presentEvidence } from '../suggestions/index.js'
import { presentScore, presentSteps, withWords } from './audit.presenter.js'
import type { AuditView, FindingView, ProposedCode, ResultRow } from './audit.model.js'
import { dueOf, stateOf, versionOf } from './findingLife.decider.js'
import { ledgerOf } from './ledger.js'
import { scoreOf, shareOf } from './score.decider.js'

/** Everything that a result is presented from. */
export interface ResultView {
  readonly row: ResultRow
  readonly chart: ChartRow
  readonly sight: Sight
  readonly audit: AuditView
  readonly proposed: ReadonlyMap<string, ProposedCode>
  /** The title of a code in the table of the submission's date. */
  titleOf(system: string, code: string): string | null
  actsOn(finding: FindingView): FindingAct[]
}

/** What an audit says of one person leaves only through here. */
export function presentResult(view: ResultView, directory: Directory): QualityResult {
  const { row, chart, sight, audit } = view
  const score = (as: 'RECORDED' | 'TODAY') =>
    audit.policy && presentScore(scoreOf(shareOf(ledgerOf(audit, as), row.memberId), audit.policy), sight)
  return seenUnder(sight, {
    id: row.id,
    auditId: audit.id,
    chartId: row.chartId,
    submissionNumber: audit.submissionNumber,
    accountNumber: chart.accountNumber,
    facility: directory.facility(row.facilityId),
    member: directory.member(row.memberId),
    auditor: directory.member(row.auditorId),
    reason: audit.reason,
    closedAt: row.closedAt,
    answersDueAt: audit.answersDueAt,
    score: score('TODAY'),
    recordedScore: score('RECORDED'),
    findings: audit.findings
      .filter((finding) => row.findingIds.includes(finding.id))
      .map((finding) => presentQualityFinding(finding, view, directory)),
    masked: maskedFields('QualityResult', sight).map((it) => ({ ...it })),
  }) as unknown as QualityResult
}

export function presentQualityFinding(finding: FindingView, view: ResultView, directory: Directory): QualityFinding {
  const { chart, sight, audit } = view
  const { labels } = todayOf(chart)
  const line = audit.submitted.lines.find((it) => it.id === finding.suggestionId)
  const proposed = finding.proposedSuggestionId === null ? undefined : view.proposed.get(finding.proposedSuggestionId)
  return withWords(sight, labels, {
    id: finding.id,
    auditId: finding.auditId,
    version: versionOf(finding.steps),
    element: finding.element,
    kind: finding.kind,
    state: stateOf(finding.steps),
    guideline: finding.guideline,
    explanation: finding.explanation,
    dueAt: dueOf({ ...finding, answersDueAt: audit.answersDueAt }),
    history: presentSteps(finding.steps, sight, directory, labels),
    submitted: line ? presentCode(line, line.title, view) : null,
    proposed: proposed ? presentCode(proposed, view.titleOf(proposed.system, proposed.code), view) : null,
    can: view.actsOn(finding),
  }) as unknown as QualityFinding
}

type Code = Pick<ProposedCode, 'id' | 'system' | 'code' | 'role' | 'poa'> & {
  readonly evidence: readonly EvidenceView[]
}

/** Frozen with its submission, so that all labels of the chart count; what was withdrawn since is cited no more. */
function presentCode(code: Code, title: string | null, { chart, sight }: ResultView): QualityCode {
  const today = todayOf(chart)
  return seenWithLabels(sight, today.labels, {
    suggestionId: code.id,
    system: code.system,
    code: code.code,
    title,
    role: code.role,
    poa: code.poa,
    evidence: code.evidence.filter((e) => !today.has(e.documentId)).map((e) => presentEvidence(e, chart.id, sight)),
  }) as unknown as QualityCode
}
