import type { AddDocumentInput } from '../../schema/documentInputs.js'
import type { Request } from '../auth/request.js'
import { onChart, viewOfChart } from '../charts/index.js'
import { JOBS } from '../jobs/index.js'
import { newId } from '../kernel/ids.js'
import { documentById, insertDocument } from './document.store.js'
import { documentEvent } from './documentEvent.js'
import { type DocumentCommandOutcome, documentSaved, flagIfLate } from './documentOutcome.js'
import { queueEngine } from './engineQueue.js'
import { readForChart } from './readForChart.js'
import { uploadGone } from './readUploads.js'
import { useUploads } from './upload.store.js'
import { newVersion } from './version.js'

/** Put another document on a chart; the engine reads it and nothing else. After the submission it is flagged as late. */
export async function addDocument(request: Request, input: AddDocumentInput): Promise<DocumentCommandOutcome> {
  const read = await readForChart(request, input, input.document)
  const outcome = await onChart<DocumentCommandOutcome>(
    request,
    { name: 'addDocument', input, chartId: input.chartId, action: 'addDocument' },
    async (command) => {
      const { session, chart, sealer, append } = command
      if (!read.ok) return { kind: 'CommandInvalid', problems: [read.problem] }
      if (!(await useUploads(session, [input.document.uploadId])))
        return { kind: 'CommandInvalid', problems: [uploadGone(read.file.field)] }
      const place = { documentId: newId(session.now.getTime()), number: 1, inherited: [] }
      const version = newVersion(place, read.intake.documents[0]!, read.file.facts, session.now)
      await insertDocument(session, chart, sealer, version)
      const queued = await queueEngine(session, chart)
      const document = await documentById(session, chart, place.documentId)
      append(documentEvent('DOCUMENT_ADDED', document!, { chart: viewOfChart(queued) }))
      await flagIfLate(command, queued)
      return documentSaved(chart, place.documentId)
    },
  )
  request.services.get(JOBS).wake('engine-run')
  return outcome
}
