import type { QualityResult, QualityResultConnection } from '../../schema/quality.js'
import type { QualityWait } from '../../schema/values.js'
import { directoryOf } from '../accounts/index.js'
import { noteRefused, noteSeen } from '../auth/accessed.js'
import { PAGE_CURSORS } from '../auth/pageCursor.js'
import type { Request } from '../auth/request.js'
import { remembered, type Session } from '../auth/session.js'
import type { Sight } from '../auth/sight.js'
import { type ChartRow, findCharts, isVisible, sightOn } from '../charts/index.js'
import { CODE_SETS, type CodeSystem } from '../codesets/index.js'
import { badInput, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { auditsLoader } from './audit.loader.js'
import type { FindingView, ResultRow } from './audit.model.js'
import { type Actor, actsOn } from './findingLife.decider.js'
import type { FindingCommandOutcome } from './findingCommand.js'
import { mayWithResult, qualityRules, resultSight } from './quality.policy.js'
import { presentQualityFinding, presentResult, type ResultView } from './quality.presenter.js'
import { pageOfResults, proposedCodes, resultById, resultOfFinding, resultsById } from './quality.store.js'

/** Built once for a session's lists and rows. */
export const qualityRulesOf = (session: Session) =>
  remembered(session, qualityRules, () => qualityRules(session.viewer, session.now))

/**
 * What closed audits say of people, newest first, a page at a time: one's own, those of charts under one's own audit, and
 * for compliance all of its facilities. For everybody else there is none.
 * @param first 1 to 100
 * @throws BAD_INPUT
 */
export async function qualityResults(
  request: Request,
  waitsFor: QualityWait | null,
  first: number,
  after: string | null | undefined,
): Promise<QualityResultConnection> {
  if (!Number.isInteger(first) || first < 1 || first > 100) throw badInput('first', 'must be from 1 to 100.')
  const session = await request.reading()
  const { viewer } = session
  const cursors = session.services.get(PAGE_CURSORS)
  const query = { qualityResults: waitsFor }
  const position = after ? cursors.open(viewer, query, after) : undefined
  const rows = await pageOfResults(session, {
    ability: qualityRulesOf(session),
    waitsFor,
    first: first + 1,
    after: position && { at: String(position[0]), id: String(position[1]) },
  })
  const views = await viewsOf(session, rows.slice(0, first))
  const directory = await directoryOf(session)
  const edges = views.map((view) => ({
    cursor: cursors.seal(viewer, query, [view.row.closedAt.toISOString(), view.row.id]),
    node: presentResult(view, directory),
  }))
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } }
}

/** One of them, by its id. @throws NOT_FOUND where it is absent or not the viewer's to see: one answer */
export async function qualityResult(request: Request, id: string): Promise<QualityResult> {
  const session = await request.reading()
  const row = isUuid(id) ? await resultById(session, id) : undefined
  const [view] = row ? await viewsOf(session, [row]) : []
  if (!view) {
    noteRefused(session, undefined)
    throw notFound()
  }
  return presentResult(view, await directoryOf(session))
}

/**
 * Which of these results the viewer sees, by the rules of results, and what of their charts with it. One statement.
 * @param charts as they stand for this very viewer
 */
export async function seenResults(
  session: Session,
  ids: readonly string[],
  charts: ReadonlyMap<string, ChartRow>,
): Promise<ReadonlyMap<string, Sight>> {
  if (ids.length === 0) return new Map()
  const { viewer } = session
  const rules = qualityRulesOf(session)
  return new Map(
    (await resultsById(session, ids)).flatMap((row) => {
      const chart = charts.get(row.chartId)
      if (!chart || !mayWithResult(rules, 'read', viewer, row, chart)) return []
      return [[row.id, resultSight(viewer, isVisible(session, chart) ? sightOn(session, chart) : undefined)] as const]
    }),
  )
}

/** A finding as the caller of its command sees it now; not found for whoever sees the result no more. */
export async function presentFindingOutcome(outcome: FindingCommandOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const row = await resultOfFinding(session, outcome.chartId, outcome.findingId)
  const [view] = row ? await viewsOf(session, [row]) : []
  const finding = view?.audit.findings.find((it) => it.id === outcome.findingId)
  if (!view || !finding) throw notFound()
  return {
    __typename: outcome.kind,
    finding: presentQualityFinding(finding, view, await directoryOf(session)),
    ...(outcome.kind === 'FindingChanged' && { seenVersion: outcome.seenVersion }),
  }
}

/** What the rules show of these rows, in their order: five statements, however many they are. */
async function viewsOf(session: Session, rows: readonly ResultRow[]): Promise<ResultView[]> {
  if (rows.length === 0) return []
  const { viewer } = session
  const rules = qualityRulesOf(session)
  const ids = [...new Set(rows.map((row) => row.chartId))]
  const charts = new Map((await findCharts(session, ids)).map((chart) => [chart.id, chart]))
  const shown = rows.flatMap((row) => {
    const chart = charts.get(row.chartId)
    return chart && mayWithResult(rules, 'read', viewer, row, chart) ? [{ row, chart }] : []
  })
  for (const { chart } of shown) noteSeen(session, chart)
  const audits = await auditsLoader(session).loadMany(shown.map(({ chart }) => chart))
  const found = shown.flatMap(({ row, chart }, i) => {
    const ofChart = audits[i]
    if (ofChart instanceof Error) throw ofChart
    const audit = ofChart?.find((it) => it.id === row.auditId)
    return audit ? [{ row, chart, audit }] : []
  })
  const proposals = found.flatMap(({ audit }) => audit.findings.flatMap((it) => it.proposedSuggestionId ?? []))
  const proposed = proposals.length > 0 ? await proposedCodes(session, [...new Set(proposals)]) : new Map()
  const codeSets = session.services.get(CODE_SETS)()
  return found.map(({ row, chart, audit }) => {
    const actor = actorOn(session, row, chart)
    return {
      row,
      chart,
      audit,
      proposed,
      sight: resultSight(viewer, isVisible(session, chart) ? sightOn(session, chart) : undefined),
      titleOf: (system, code) => codeSets.lookup(system as CodeSystem, code, audit.submitted.codingDate)?.title ?? null,
      actsOn: (finding: FindingView) => actsOn({ ...finding, answersDueAt: audit.answersDueAt }, actor, session.now),
    }
  })
}

/** Who the viewer is to a result, by the rules that its commands are decided by. */
export function actorOn(session: Session, row: ResultRow, chart: ChartRow): Actor {
  const rules = qualityRulesOf(session)
  const may = (action: 'reply' | 'answer' | 'decide') => mayWithResult(rules, action, session.viewer, row, chart)
  return { responsible: may('reply'), auditor: may('answer'), decider: may('decide') && !chart.iDecided }
}
