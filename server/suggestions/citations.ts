import type { ChartCommand, EventPayload } from '../charts/index.js'
import type { Citations } from '../documents/index.js'
import type { NewEvent } from '../live/log.js'
import type { Line } from './model.js'
import { updateLine } from './suggestion.store.js'
import { citedBy, loadWorkingSet, viewOf, type WorkingSet, withLines } from './workingSet.js'

/** What happens to lines when a document they cite gets another version or is withdrawn. */
export const lineCitations: Citations = {
  async versionReplaced(command, documentId) {
    const set = await loadWorkingSet(command.session, command.chart)
    const current = new Set(set.citable.filter((v) => v.current).map((v) => v.id))
    for (const line of openLines(set)) {
      const cites = evidenceIn(set, line, documentId).some((e) => !current.has(e.versionId))
      if (cites && !line.evidenceStale)
        await change(command, set, line, { evidenceStale: true }, 'SUGGESTION_EVIDENCE_STALE')
    }
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
