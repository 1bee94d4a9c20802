import type { LabelDocumentInput } from '../../schema/documentInputs.js'
import type { Request } from '../auth/request.js'
import { onChart, saveChart, viewOfChart } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { changedLabels } from './labels.decider.js'
import { chartOfDocument, documentById, markLabelled } from './document.store.js'
import { documentEvent } from './documentEvent.js'
import {
  type DocumentCommandOutcome,
  documentSaved,
  refusal,
  versionMoved,
  WITHDRAWN_ALREADY,
} from './documentOutcome.js'

/**
 * Say what of a document is sensitive, such as a record of substance use disorder treatment (42 CFR Part 2). Whoever
 * reads it may add a label, which only ever hides more; to take one away shows more to others, and is for a privacy
 * officer, who says why, from a closed list: it stands in the log. A label is on every version, and part of everyone's access: open streams decide again at once.
 */
export function labelDocument(request: Request, input: LabelDocumentInput): Promise<DocumentCommandOutcome> {
  return onChart<DocumentCommandOutcome>(
    request,
    {
      name: 'labelDocument',
      input,
      chartId: (session) => chartOfDocument(session, input.documentId),
      action: 'labelDocument',
    },
    async ({ session, chart, append, authorize, accessChanged }) => {
      const current = await documentById(session, chart, input.documentId)
      if (!current) throw notFound()
      if (current.withdrawnAt !== null) return WITHDRAWN_ALREADY
      if (current.version.number !== input.seenVersion) return versionMoved(current.version.number)
      const { added, removed } = changedLabels(current.version.labels, input.labels)
      if (removed.length > 0) authorize('unlabelDocument')
      const { reason = null } = input
      if (removed.length > 0 && reason === null)
        return refusal('REASON_NEEDED', 'Say why a label is taken away.', 'reason')
      if (removed.length === 0 && reason !== null)
        return refusal('NOTHING_TAKEN_AWAY', 'A reason is for taking a label away; none is.', 'reason')
      if (added.length === 0 && removed.length === 0)
        return refusal('LABELLED_ALREADY', 'The document has exactly these labels.', 'labels')
      await markLabelled(session, current.id, { added, removed })
      const next = { ...chart, accessEpoch: chart.accessEpoch + 1 }
      await saveChart(session, chart, { accessEpoch: next.accessEpoch })
      const document = await documentById(session, chart, current.id)
      append(
        documentEvent('DOCUMENT_LABELLED', document!, { chart: viewOfChart(next), unlabelReason: reason ?? undefined }),
      )
      accessChanged()
      return documentSaved(chart, current.id)
    },
  )
}
