import type { ImportDocumentInput } from '../../schema/documentInputs.js'
import type { Request } from '../auth/request.js'
import { seeChart } from '../charts/index.js'
import { badInput, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { normalIdentifiers, patientsByIds } from '../patients/index.js'
import { chartOfDocument } from './document.store.js'
import { sharesRecordNumber } from './import.decider.js'
import { type FileRead, otherPatient, readFiles, takeBytes } from './readUploads.js'
import { factsOf } from './version.js'

/**
 * The file a command adds to a chart, read before its transaction begins. Whether it may be used is said inside it.
 *
 * @param of the chart, or a document of it
 * @throws NOT_FOUND for a chart that is not visible, BAD_INPUT
 */
export async function readForChart(
  request: Request,
  of: { readonly chartId: string } | { readonly documentId: string },
  input: ImportDocumentInput,
): Promise<FileRead> {
  if (!isUuid(input.uploadId)) throw badInput('document.uploadId', 'is no upload.')
  const facts = factsOf(input, 'document')
  const session = await request.reading()
  const chartId = 'chartId' in of ? of.chartId : await chartOfDocument(session, of.documentId)
  if (!chartId) throw notFound()
  const { row } = await seeChart(session, chartId)
  const patient = (await patientsByIds(session, [row.patientId])).get(row.patientId)
  const taken = await takeBytes(session, [{ uploadId: input.uploadId, field: 'document.uploadId', facts }])
  await request.close()

  const [read] = await readFiles(taken, row.timeZone)
  if (!read?.ok || !read.intake.patient) return read!
  const same = sharesRecordNumber(normalIdentifiers(read.intake.patient.identifiers), patient?.identifiers ?? [])
  return same ? read : { ok: false, problem: otherPatient(read.file.field) }
}
