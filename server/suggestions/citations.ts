import { ABSTRACT_FIELDS } from '../../schema/values.js'
import {
  type ChartCommand,
  chartEvent,
  type EventPayload,
  type EvidenceView,
  findCharts,
  saveChart,
} from '../charts/index.js'
import type { Citations } from '../documents/index.js'
import type { NewEvent } from '../live/log.js'
import type { Line } from './model.js'
import { updateLine } from './suggestion.store.js'
import { citedBy, loadWorkingSet, viewOf, type WorkingSet, withLines } from './workingSet.js'

/** What happens to lines and fields of the abstract when a document they cite gets another version or is withdrawn. */
export const lineCitations: Citations = {
  async versionReplaced(command, documentId) {
    const set = await loadWorkingSet(command.session, command.chart)
    const current = new Set(set.citable.filter((v) => v.current).map((v) => v.id))
    for (const line of openLines(set)) {
      const cites = evidenceIn(set, line, documentId).some((e) => !current.has(e.versionId))
      if (cites && !line.evidenceStale)
        await change(command, set, line, { evidenceStale: true }, 'SUGGESTION_EVIDENCE_STALE')
    }
    await markAbstract(command, (e) => e.documentId === documentId && !current.has(e.versionId), 'KEEP')
  },

  async documentWithdrawn(command, documentId) {
    const set = await loadWorkingSet(command.session, command.chart)
    const gone = new Set(set.citable.filter((v) => v.withdrawn).map((v) => v.documentId))
    for (const line of openLines(set)) {
      if (evidenceIn(set, line, documentId).length === 0) continue
      const restsOnNothingElse = (set.evidence.get(line.id) ?? []).every((e) => gone.has(e.documentId))
      // What the engine read in words that are not this patient's was never a proposal about this patient.
      if (restsOnNothingElse && line.origin === 'ENGINE' && line.decidedBy === null)
        await change(command, set, line, { status: 'WITHDRAWN' }, 'SUGGESTION_WITHDRAWN')
      else if (!line.evidenceStale)
        await change(command, set, line, { evidenceStale: true }, 'SUGGESTION_EVIDENCE_STALE')
    }
    await markAbstract(command, (e) => e.documentId === documentId, 'TAKE_OUT')
  },
}

const openLines = (set: WorkingSet): Line[] =>
  set.lines.filter((line) => line.status === 'PROPOSED' || line.status === 'ACCEPTED')

const evidenceIn = (set: WorkingSet, line: Line, documentId: string) =>
  (set.evidence.get(line.id) ?? []).filter((e) => e.documentId === documentId)

async function change(
  { session, chart, append }: ChartCommand,
  set: WorkingSet,
  line: Line,
  changed: Partial<Line>,
  type: NewEvent<EventPayload>['type'],
): Promise<void> {
  const next = { ...line, ...changed, version: line.version + 1 }
  await updateLine(session, chart, next)
  append({
    type,
    subjectId: line.id,
    citedDocumentIds: citedBy(set, line.id),
    classes: ['WORK', 'CLINICAL'],
    payload: { suggestion: viewOf(withLines(set, [next]), next) },
  })
}

/**
 * Fields of the abstract whose evidence is no longer what it was: marked for a person to look at, each under a version
 * of its own. Of a withdrawn document the row keeps no citation either (charts/chart.presenter relies on it).
 */
async function markAbstract(
  { session, chart, append }: ChartCommand,
  concerns: (evidence: EvidenceView) => boolean,
  citations: 'KEEP' | 'TAKE_OUT',
): Promise<void> {
  const fields = ABSTRACT_FIELDS.filter((field) => chart.abstractMeta[field]?.evidence?.some(concerns))
  if (fields.length === 0) return
  // Read again: the command that led here has changed the row since it was locked.
  const [now] = await findCharts(session, [chart.id])
  let after = now!
  for (const field of fields) {
    const line = after.abstractMeta[field]!
    if (line.evidenceStale && citations === 'KEEP') continue
    const evidence = (line.evidence ?? []).filter((e) => citations === 'KEEP' || !concerns(e))
    const next = { ...line, version: line.version + 1, evidence, evidenceStale: true }
    after = { ...after, abstractMeta: { ...after.abstractMeta, [field]: next } }
    append({
      ...chartEvent('ABSTRACT_CHANGED', after, { abstractField: field }, ['CLINICAL']),
      citedDocumentIds: [...new Set((line.evidence ?? []).map((e) => e.documentId))],
    })
  }
  await saveChart(session, chart, { abstractMeta: after.abstractMeta })
}
