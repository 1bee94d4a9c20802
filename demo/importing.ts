import { ImportChartDocument, type ImportChartInput } from '../client/generated/graphql.js'
import type { Chartroom } from '../client/live/index.js'
import { bytesOf, type Sample } from './samples.js'

/** Charts come in as they would from outside: bytes to a ticketed address, then one import command. */
export interface Place {
  readonly facilityId: string
  readonly queueId: string
}

/** @returns the new chart's id. @throws with the problems' sentences where the import is refused. */
export async function importSample(room: Chartroom, sample: Sample, place: Place): Promise<string> {
  if (sample.upload !== 'documents') {
    const uploadId = await room.upload(bytesOf(sample, sample.file!))
    return importChart(room, { ...place, uploadId })
  }
  const documents = []
  for (const { file, ...facts } of sample.documents ?? [])
    documents.push({ ...facts, uploadId: await room.upload(bytesOf(sample, file)) })
  return importChart(room, {
    ...place,
    patient: sample.patient as never,
    encounter: sample.encounter as never,
    documents: documents as never,
  })
}

export async function importChart(room: Chartroom, input: Omit<ImportChartInput, 'commandId'>): Promise<string> {
  const { importChart: outcome } = await room.mutate(ImportChartDocument, { input })
  if (outcome.__typename === 'CommandInvalid') throw new Error(outcome.problems.map((p) => p.message).join(' '))
  return outcome.chart.id
}
