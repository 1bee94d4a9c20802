import type { SignDocumentInput } from '../../schema/documentInputs.js'
import type { Request } from '../auth/request.js'
import { onChart, viewOfChart } from '../charts/index.js'
import { JOBS } from '../jobs/index.js'
import { notFound } from '../kernel/errors.js'
import { chartOfDocument, documentById, markSigned, markUnread } from './document.store.js'
import { documentEvent } from './documentEvent.js'
import {
  type DocumentCommandOutcome,
  documentSaved,
  refusal,
  versionMoved,
  WITHDRAWN_ALREADY,
} from './documentOutcome.js'
import { queueEngine } from './engineQueue.js'

/**
 * Note that the author signed the version the caller saw. Unsigned words yield no codes, so the engine reads it again
 * now that they count.
 */
export async function signDocument(request: Request, input: SignDocumentInput): Promise<DocumentCommandOutcome> {
  const outcome = await onChart<DocumentCommandOutcome>(
    request,
    {
      name: 'signDocument',
      input,
      chartId: (session) => chartOfDocument(session, input.documentId),
      action: 'signDocument',
    },
    async ({ session, chart, append }) => {
      const current = await documentById(session, chart, input.documentId)
      if (!current) throw notFound()
      if (current.withdrawnAt !== null) return WITHDRAWN_ALREADY
      if (current.version.number !== input.seenVersion) return versionMoved(current.version.number)
      if (current.version.signed) return refusal('ALREADY_SIGNED', 'This version is signed already.')
      await markSigned(session, current.version.id)
      await markUnread(session, current.version.id)
      const queued = await queueEngine(session, chart)
      const document = await documentById(session, chart, current.id)
      append(documentEvent('DOCUMENT_SIGNED', document!, { chart: viewOfChart(queued) }))
      return documentSaved(chart, current.id)
    },
  )
  request.services.get(JOBS).wake('engine-run')
  return outcome
}
