import type { AmendDocumentInput } from '../../schema/documentInputs.js'
import type { Request } from '../auth/request.js'
import { onChart, viewOfChart } from '../charts/index.js'
import { JOBS } from '../jobs/index.js'
import { notFound } from '../kernel/errors.js'
import { CITATIONS } from './citations.js'
import { chartOfDocument, documentById, insertVersion, setCurrentVersion } from './document.store.js'
import { documentEvent } from './documentEvent.js'
import {
  type DocumentCommandOutcome,
  documentSaved,
  flagIfLate,
  versionMoved,
  WITHDRAWN_ALREADY,
} from './documentOutcome.js'
import { queueEngine } from './engineQueue.js'
import { readForChart } from './readForChart.js'
import { uploadGone } from './readUploads.js'
import { useUploads } from './upload.store.js'
import { newVersion } from './version.js'

/**
 * An amendment: a new version takes the place of the one the caller saw, which stays as it was. Its sensitivity labels
 * are inherited; lines that cite an earlier version are marked, for a person to look at.
 */
export async function amendDocument(request: Request, input: AmendDocumentInput): Promise<DocumentCommandOutcome> {
  const read = await readForChart(request, input, input.document)
  const outcome = await onChart<DocumentCommandOutcome>(
    request,
    {
      name: 'amendDocument',
      input,
      chartId: (session) => chartOfDocument(session, input.documentId),
      action: 'amendDocument',
    },
    async (command) => {
      const { session, chart, sealer, append } = command
      const current = await documentById(session, chart, input.documentId)
      if (!current) throw notFound()
      if (current.withdrawnAt !== null) return WITHDRAWN_ALREADY
      if (current.version.number !== input.seenVersion) return versionMoved(current.version.number)
      if (!read.ok) return { kind: 'CommandInvalid', problems: [read.problem] }
      if (!(await useUploads(session, [input.document.uploadId])))
        return { kind: 'CommandInvalid', problems: [uploadGone(read.file.field)] }

      const place = {
        documentId: current.id,
        number: current.version.number + 1,
        inherited: current.version.labels,
      }
      const version = newVersion(place, read.intake.documents[0]!, read.file.facts, session.now)
      await insertVersion(session, chart, sealer, version)
      await setCurrentVersion(session, current.id, version.id)
      const queued = await queueEngine(session, chart)
      const document = await documentById(session, chart, current.id)
      append(documentEvent('DOCUMENT_AMENDED', document!, { chart: viewOfChart(queued) }))
      await session.services.get(CITATIONS).versionReplaced(command, current.id)
      await flagIfLate(command, queued)
      return documentSaved(chart, current.id)
    },
  )
  request.services.get(JOBS).wake('engine-run')
  return outcome
}
