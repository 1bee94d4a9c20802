import {
  admitsPart2,
  type ChartRow,
  chartEvent,
  codingDate,
  type DocumentView,
  type EvidenceView,
  onChartAsSystem,
  poaApplies,
  type SystemCommand,
  saveChart,
} from '../charts/index.js'
import { documentViewsOf, markRead, readable, textsOf, unreadOf } from '../documents/index.js'
import {
  type EngineDocument,
  EngineError,
  type EngineEvidence,
  type EnginePool,
  type EngineRequest,
  type EngineResult,
  type EngineSuggestion,
} from '../engine/index.js'
import type { Attempt, JobData } from '../jobs/index.js'
import { newId } from '../kernel/ids.js'
import { type ServiceKey, type Services, serviceKey } from '../kernel/services.js'
import { patientsByIds } from '../patients/index.js'
import { mergeEngineResult } from './engineRun.decider.js'
import { defaultRole, kindOfSystem, type Line } from './model.js'
import {
  deleteEvidence,
  insertEvidence,
  insertLine,
  insertOpportunity,
  opportunitiesOf,
  updateLine,
} from './suggestion.store.js'
import { citedBy, codeOnDate, loadWorkingSet, viewOf, type WorkingSet, withEvidence, withLines } from './workingSet.js'

export const ENGINE: ServiceKey<Pick<EnginePool, 'runEngine'>> = serviceKey('engine')

/**
 * The job `engine-run`: read what is unread of one chart, and propose. Runs at least once; a second run finds nothing
 * unread and does nothing. The engine sees the whole chart, since one document can make another's words more specific,
 * but only what rests on a new or changed document is taken over.
 *
 * Three steps, two short transactions: say that it started and take the texts; run the engine in its threads with
 * nothing held open; under the chart's lock again, compare with the chart as it is by then, and write.
 */
export const engineRunJob =
  (services: Services) =>
  async ({ orgId, chartId }: JobData['engine-run'], { signal, last }: Attempt): Promise<void> => {
    const begun = await onChartAsSystem(services, orgId, chartId, 'ENGINE_RUN', begin)
    if (!begun) return
    let result: EngineResult
    try {
      result = await services.get(ENGINE).runEngine(begun.request, { signal })
    } catch (error) {
      const hopeless = error instanceof EngineError && error.kind === 'NO_TABLES'
      const stopping = error instanceof EngineError && (error.kind === 'CLOSED' || error.kind === 'CANCELLED')
      if (hopeless || (last && !stopping)) await onChartAsSystem(services, orgId, chartId, 'ENGINE_RUN', fail)
      if (hopeless) return
      throw error
    }
    await onChartAsSystem(services, orgId, chartId, 'ENGINE_RUN', (command) => finish(command, begun, result))
  }

interface Begun {
  readonly request: EngineRequest
  /** The versions new to the engine, with the signature it judged them by. */
  readonly unread: ReadonlyMap<string, boolean>
}

async function begin(command: SystemCommand): Promise<Begun | undefined> {
  const { session, chart, append } = command
  const documents = await openedTo(command)
  const unread = unreadOf(documents)
  const date = codingDate(chart)
  if (date === null || unread.length === 0) {
    const state = date === null ? 'NONE' : 'DONE'
    if (chart.engineState === 'QUEUED' || chart.engineState === 'RUNNING') await endAs(command, state, 0, 0)
    return undefined
  }
  await saveChart(session, chart, { engineState: 'RUNNING' })
  append(
    chartEvent(
      'ENGINE_STARTED',
      { ...chart, engineState: 'RUNNING' },
      {
        engine: { documentsRead: 0, documentsTotal: unread.length, suggestionsMade: null },
      },
    ),
  )
  const views = readable(documents)
  const texts = await textsOf(
    session,
    views.map((view) => view.version.id),
  )
  const patient = (await patientsByIds(session, [chart.patientId])).get(chart.patientId)
  return {
    unread: new Map(unread.map(({ version }) => [version.id, version.signed])),
    request: {
      patientClass: chart.patientClass,
      dateOfService: date,
      sex: patient?.sex ?? 'UNKNOWN',
      documents: views.map(({ version }) => ({
        versionId: version.id,
        type: version.type as EngineDocument['type'],
        authorRole: version.authorRole as EngineDocument['authorRole'],
        signed: version.signed,
        encounterPart: version.encounterPart as EngineDocument['encounterPart'],
        text: texts.get(version.id)?.text ?? '',
      })),
    },
  }
}

/**
 * The documents that the engine may read now: records of substance use disorder treatment only on the basis on which
 * anybody here reads them (42 CFR 2.12). Without one they stay unread, and a later run reads them.
 */
async function openedTo({ session, chart }: SystemCommand): Promise<DocumentView[]> {
  const documents = await documentViewsOf(session, chart)
  if (await admitsPart2(session, chart)) return documents
  return documents.filter(({ version }) => !version.labels.includes('PART2'))
}

async function finish(command: SystemCommand, begun: Begun, result: EngineResult): Promise<void> {
  const { session, chart } = command
  const set = await loadWorkingSet(session, chart)
  const opportunities = await opportunitiesOf(session, chart)
  const views = readable(await openedTo(command))
  // A version that was signed while the engine read it as unsigned stays unread: another run is queued for it.
  const read = views.filter(({ version }) => begun.unread.get(version.id) === version.signed)
  const merge = mergeEngineResult(result, {
    lines: set.lines,
    evidence: set.evidence,
    topics: new Set(opportunities.map((o) => o.topic)),
    newVersions: new Set(read.map(({ version }) => version.id)),
    citable: new Map(views.map(({ version }) => [version.id, version.textLength])),
  })
  const documentOf = new Map(views.map((view) => [view.version.id, view.id]))
  const span = (e: EngineEvidence): EvidenceView => ({
    id: newId(session.now.getTime()),
    documentId: documentOf.get(e.versionId)!,
    versionId: e.versionId,
    start: e.start,
    end: e.end,
    page: null,
    kind: e.kind,
  })

  for (const suggestion of merge.proposals) await propose(command, set, suggestion, suggestion.evidence.map(span))
  for (const { lineId, evidence } of merge.supported) await support(command, set, lineId, evidence.map(span))
  for (const { topic, reason, evidence } of merge.opportunities) {
    const opportunity = { id: newId(session.now.getTime()), topic, reason }
    const spans = evidence.map(span)
    await insertOpportunity(session, chart, opportunity)
    await insertEvidence(session, chart, opportunity.id, spans)
    command.append({
      type: 'OPPORTUNITY_FOUND',
      subjectId: opportunity.id,
      citedDocumentIds: [...new Set(spans.map((e) => e.documentId))],
      classes: ['CLINICAL'],
      payload: { opportunity: { ...opportunity, evidence: spans } },
    })
  }
  await markRead(
    session,
    read.map(({ version }) => version.id),
  )
  const left = unreadOf(views).length - read.length
  await endAs(command, left > 0 ? 'QUEUED' : 'DONE', read.length, merge.proposals.length)
}

async function propose(
  { session, chart, append }: SystemCommand,
  set: WorkingSet,
  suggestion: EngineSuggestion,
  evidence: readonly EvidenceView[],
): Promise<void> {
  const code = codeOnDate(set, suggestion.system, suggestion.code)
  // The engine reads the same tables; a release imported meanwhile may have dropped the code.
  if (!code) return
  const kind = kindOfSystem(suggestion.system)
  const line: Line = {
    id: newId(session.now.getTime()),
    chartId: chart.id,
    system: suggestion.system,
    code: code.code,
    kind,
    role: defaultRole(kind, code),
    rank: null,
    poa: null,
    poaProposed: kind === 'DIAGNOSIS' && poaApplies(chart) ? (code.poaExempt ? 'EXEMPT' : suggestion.poa) : null,
    modifiers: [],
    units: null,
    performedOn: null,
    performer: null,
    origin: 'ENGINE',
    authorId: null,
    confidence: suggestion.confidence,
    reason: suggestion.reason,
    status: 'PROPOSED',
    replaces: null,
    evidenceStale: false,
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    version: 1,
    createdAt: session.now,
  }
  await insertLine(session, chart, line)
  await insertEvidence(session, chart, line.id, evidence)
  const after = withEvidence(withLines(set, [line]), line.id, evidence)
  append({
    type: 'SUGGESTION_PROPOSED',
    subjectId: line.id,
    citedDocumentIds: citedBy(after, line.id),
    classes: ['WORK', 'CLINICAL'],
    payload: { suggestion: viewOf(after, line) },
  })
}

/**
 * An undecided line that new documents speak for as well: the same proposal, resting on more. What it cited of versions
 * that were replaced goes: the words of today stand for it, and the log keeps what stood before.
 */
async function support(
  { session, chart, append }: SystemCommand,
  set: WorkingSet,
  lineId: string,
  evidence: readonly EvidenceView[],
): Promise<void> {
  const line = set.lines.find((l) => l.id === lineId)!
  const next = { ...line, evidenceStale: false, version: line.version + 1 }
  const current = new Set(set.citable.filter((v) => v.current && !v.withdrawn).map((v) => v.id))
  const before = set.evidence.get(lineId) ?? []
  const replaced = before.filter((e) => !current.has(e.versionId))
  await updateLine(session, chart, next)
  await deleteEvidence(
    session,
    chart,
    replaced.map((e) => e.id),
  )
  await insertEvidence(session, chart, lineId, evidence)
  const all = [...before.filter((e) => current.has(e.versionId)), ...evidence]
  const after = withEvidence(withLines(set, [next]), lineId, all)
  append({
    type: 'SUGGESTION_PROPOSED',
    subjectId: lineId,
    citedDocumentIds: citedBy(after, lineId),
    classes: ['WORK', 'CLINICAL'],
    payload: { suggestion: viewOf(after, next) },
  })
}

async function endAs(
  { session, chart, append }: SystemCommand,
  engineState: ChartRow['engineState'],
  documentsRead: number,
  suggestionsMade: number,
): Promise<void> {
  await saveChart(session, chart, { engineState })
  append(
    chartEvent(
      'ENGINE_FINISHED',
      { ...chart, engineState },
      {
        engine: { documentsRead, documentsTotal: documentsRead, suggestionsMade },
      },
    ),
  )
}

async function fail({ session, chart, append }: SystemCommand): Promise<void> {
  await saveChart(session, chart, { engineState: 'FAILED' })
  append(
    chartEvent(
      'ENGINE_FAILED',
      { ...chart, engineState: 'FAILED' },
      {
        engine: { documentsRead: 0, documentsTotal: 0, suggestionsMade: null },
      },
    ),
  )
}
