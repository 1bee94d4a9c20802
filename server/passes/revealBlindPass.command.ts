import type { BlindPassInput } from '../../schema/passInputs.js'
import type { Request } from '../auth/request.js'
import { chartEvent, type ChartOutcome, saveChart, saved } from '../charts/index.js'
import { newId } from '../kernel/ids.js'
import {
  citedBy,
  insertEvidence,
  insertLine,
  type Line,
  loadWorkingSet,
  viewOf,
  withEvidence,
  withLines,
} from '../suggestions/index.js'
import { saveRevealed } from './pass.store.js'
import { onPass } from './passCommand.js'

/**
 * End one's own blind pass: its lines become proposals on the chart, as new events of the chart's log, to be reconciled by
 * whoever decides on its lines; what was hidden is hidden no more from whoever then takes a second look or audits.
 */
export const revealBlindPass = (request: Request, input: BlindPassInput): Promise<ChartOutcome> =>
  onPass<ChartOutcome>(request, 'revealBlindPass', input, async ({ session, chart, append, accessChanged }, pass) => {
    const { now, viewer } = session
    await saveRevealed(session, pass)
    const change = { accessEpoch: chart.accessEpoch + 1 }
    await saveChart(session, chart, change)
    append(chartEvent('PASS_REVEALED', { ...chart, ...change }))
    let set = await loadWorkingSet(session, chart)
    for (const { evidence, id: _, ...own } of pass.lines) {
      const line: Line = {
        ...own,
        id: newId(now.getTime()),
        chartId: chart.id,
        rank: null,
        poaProposed: null,
        modifiers: [],
        units: null,
        performedOn: null,
        performer: null,
        origin: 'AUDITOR',
        authorId: viewer.memberId,
        confidence: null,
        reason: null,
        status: 'PROPOSED',
        replaces: null,
        evidenceStale: false,
        decidedBy: null,
        decidedAt: null,
        decisionReason: null,
        version: 1,
        createdAt: now,
      }
      // Each line's evidence as it stands in the pass's own log keeps its ids there.
      const cited = evidence.map((e) => ({ ...e, id: newId(now.getTime()) }))
      await insertLine(session, chart, line)
      await insertEvidence(session, chart, line.id, cited)
      set = withEvidence(withLines(set, [line]), line.id, cited)
      append({
        type: 'SUGGESTION_PROPOSED',
        subjectId: line.id,
        citedDocumentIds: citedBy(set, line.id),
        classes: ['WORK', 'CLINICAL'],
        payload: { suggestion: viewOf(set, line) },
      })
    }
    accessChanged()
    return saved(chart)
  })
