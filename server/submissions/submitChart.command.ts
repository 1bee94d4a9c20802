import type { SubmitChartInput } from '../../schema/inputs.js'
import type { Request } from '../auth/request.js'
import {
  type ChartCommand,
  type ChartRow,
  chartEvent,
  codingDate,
  type EventPayload,
  isEventVisible,
  onChart,
  saveChart,
  viewOfChart,
} from '../charts/index.js'
import { documentViewsOf } from '../documents/index.js'
import { isUuid, newId } from '../kernel/ids.js'
import { findByCursor, headOf, openPayload, readAfter } from '../live/log.js'
import { acceptedOf, editsOf, loadWorkingSet, orderOf, viewOf, type WorkingSet } from '../suggestions/index.js'
import { blockedBy, differencesSince, isDifferent, orderChangedSince, type SeenEvent } from './submission.decider.js'
import { drgOf, insertSubmission } from './submission.store.js'

export type SubmitOutcome =
  | { readonly kind: 'ChartSubmitted'; readonly chartId: string; readonly submissionId: string }
  | {
      readonly kind: 'ChartChanged'
      readonly chartId: string
      readonly suggestionIds: readonly string[]
      readonly abstractFields: readonly string[]
      readonly documentIds: readonly string[]
    }
  | { readonly kind: 'SubmissionBlocked'; readonly chartId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly { code: string; message: string; field?: string }[] }

/**
 * Freeze the chart as the next numbered submission. Refused with what differs if lines, abstract or documents changed
 * since the submitter's cursor, and with the edits that stand in the way.
 */
export function submitChart(request: Request, input: SubmitChartInput): Promise<SubmitOutcome> {
  return onChart<SubmitOutcome>(
    request,
    { name: 'submitChart', input, chartId: input.chartId, action: 'submit' },
    async (command) => {
      const { session, chart } = command
      const unseen = await eventsSince(command, input.seenCursor)
      if (!unseen)
        return {
          kind: 'CommandInvalid',
          problems: [
            { code: 'CURSOR_UNKNOWN', message: 'Load the chart again, look at it, then submit.', field: 'seenCursor' },
          ],
        }
      const differences = differencesSince(unseen)
      if (isDifferent(differences) || orderChangedSince(unseen))
        return {
          kind: 'ChartChanged',
          chartId: chart.id,
          suggestionIds: differences.lines.map((l) => l.id),
          abstractFields: differences.abstractFields,
          documentIds: differences.documentIds,
        }
      const set = await loadWorkingSet(session, chart)
      const edits = editsOf(set)
      if (blockedBy(edits, acceptedOf(set).length)) return { kind: 'SubmissionBlocked', chartId: chart.id }
      return freeze(command, set)
    },
  )
}

async function freeze(
  { session, chart, append, accessChanged }: ChartCommand,
  set: WorkingSet,
): Promise<SubmitOutcome> {
  const edits = editsOf(set)
  const number = chart.submissionCount + 1
  const next: ChartRow = {
    ...chart,
    status: 'SUBMITTED',
    submissionCount: number,
    lastSubmitterId: session.viewer.memberId,
    lateDocument: false,
    assignedUntil: null,
    accessEpoch: chart.accessEpoch + 1,
  }
  const id = newId(session.now.getTime())
  const submission = await insertSubmission(
    session,
    chart,
    id,
    {
      number,
      submittedBy: session.viewer.memberId,
      submittedAt: session.now.toISOString(),
      atSeq: await headOf(session.tx, chart.orgId, chart.id),
      codingDate: codingDate(chart) ?? '',
      chart: viewOfChart(next),
      lines: acceptedOf(set).map((line) => viewOf(set, line)),
      order: orderOf(set),
      documents: await documentViewsOf(session, chart),
      edits,
      drg: await drgOf(session, chart),
    },
    edits.filter((e) => e.override).length,
  )
  await saveChart(session, chart, {
    status: next.status,
    submissionCount: number,
    lastSubmitterId: next.lastSubmitterId,
    lateDocument: false,
    assignedUntil: null,
    accessEpoch: next.accessEpoch,
  })
  append(chartEvent('CHART_SUBMITTED', next, { submission }))
  accessChanged()
  return { kind: 'ChartSubmitted', chartId: chart.id, submissionId: id }
}

/** The events after the submitter's cursor; undefined for one that the log does not have, or that is hidden today. */
async function eventsSince(
  { session, chart, sight, sealer }: ChartCommand,
  cursor: string,
): Promise<SeenEvent[] | undefined> {
  const seen = isUuid(cursor) ? await findByCursor(session.tx, chart.orgId, chart.id, cursor) : undefined
  if (!seen || !isEventVisible(seen, sight)) return undefined
  const events: SeenEvent[] = []
  for (let seq = seen.seq; ; ) {
    const page = await readAfter(session.tx, chart.orgId, chart.id, seq, 500)
    for (const event of page)
      events.push({
        type: event.type,
        mine: event.actorId === session.viewer.memberId,
        payload: openPayload(sealer, event) as EventPayload,
      })
    const last = page.at(-1)
    if (!last || page.length < 500) return events
    seq = last.seq
  }
}
