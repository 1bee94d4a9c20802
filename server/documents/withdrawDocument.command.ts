import type { WithdrawDocumentInput } from '../../schema/documentInputs.js'
import type { Request } from '../auth/request.js'
import { onChart, saveChart, viewOfChart } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { CITATIONS } from './citations.js'
import { chartOfDocument, documentById, markWithdrawn } from './document.store.js'
import { documentEvent } from './documentEvent.js'
import { type DocumentCommandOutcome, documentSaved, WITHDRAWN_ALREADY } from './documentOutcome.js'

/**
 * Hide a document that should not be here: its words and every citation of them, at every point of the chart's
 * history, for everyone. The row stays, sealed, for whoever must answer for it. What is hidden is part of everyone's
 * access, so open streams decide again at once.
 */
export function withdrawDocument(request: Request, input: WithdrawDocumentInput): Promise<DocumentCommandOutcome> {
  return onChart<DocumentCommandOutcome>(
    request,
    {
      name: 'withdrawDocument',
      input,
      chartId: (session) => chartOfDocument(session, input.documentId),
      action: 'withdrawDocument',
    },
    async (command) => {
      const { session, chart, append, accessChanged } = command
      const current = await documentById(session, chart, input.documentId)
      if (!current) throw notFound()
      if (current.withdrawnAt !== null) return WITHDRAWN_ALREADY
      await markWithdrawn(session, current.id, input.reason)
      const next = { ...chart, accessEpoch: chart.accessEpoch + 1 }
      await saveChart(session, chart, { accessEpoch: next.accessEpoch })
      const document = await documentById(session, chart, current.id)
      append(documentEvent('DOCUMENT_WITHDRAWN', document!, { chart: viewOfChart(next) }))
      await session.services.get(CITATIONS).documentWithdrawn(command, current.id)
      accessChanged()
      return documentSaved(chart, current.id)
    },
  )
}
