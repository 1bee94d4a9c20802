import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import express from 'express'
import { type ExecutionResult, type GraphQLSchema, graphql } from 'graphql'
import type { ImportChartInput, ImportDocumentInput } from '../../schema/documentInputs.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import { ChartsResolver } from '../../server/charts/charts.resolver.js'
import { CODE_SETS } from '../../server/codesets/service.js'
import { CITATIONS } from '../../server/documents/citations.js'
import { createUpload, UPLOAD_LIMITS } from '../../server/documents/createUpload.command.js'
import {
  ChartDocumentsResolver,
  DocumentsResolver,
  DocumentVersionResolver,
} from '../../server/documents/documents.resolver.js'
import { documentRoutes } from '../../server/documents/documents.routes.js'
import { importChart } from '../../server/documents/importChart.command.js'
import { endIntake } from '../../server/documents/intake/parseIntake.js'
import { uploadRoutes } from '../../server/documents/uploads.routes.js'
import { codeSetTables, createEnginePool } from '../../server/engine/index.js'
import { JOBS, type Jobs, prepareJobs, startJobs } from '../../server/jobs/index.js'
import { LabelsResolver } from '../../server/documents/labels.resolver.js'
import { PatientsResolver } from '../../server/patients/patients.resolver.js'
import { lineCitations } from '../../server/suggestions/citations.js'
import { ENGINE, engineRunJob } from '../../server/suggestions/engineRun.job.js'
import {
  ChartSuggestionsResolver,
  EvidenceResolver,
  SuggestionCommandsResolver,
} from '../../server/suggestions/suggestions.resolver.js'
import { type ChartWorld, chartWorld, requestAs } from '../support/charts.js'

export const MAX_BYTES = 2 * 1024 * 1024
export const CODER = 'coder@demo.test'
export const SUPERVISOR = 'supervisor@demo.test'
export const PRIVACY = 'privacy@demo.test'

export interface DocumentWorld extends ChartWorld {
  readonly jobs: Jobs
  readonly schema: GraphQLSchema
  /** Of a server with the routes of uploads and documents. */
  readonly address: string
}

/** The chart world with everything that takes documents in: routes, queue, engine. */
export async function documentWorld(): Promise<DocumentWorld> {
  const world = await chartWorld()
  await prepareJobs(world.db.ownerSql)
  const onError = (error: unknown) => void world.errors.push(error)
  const engine = createEnginePool({ tables: codeSetTables(world.services.get(CODE_SETS)()), size: 1 })
  world.services
    .provide(UPLOAD_LIMITS, { maxBytes: MAX_BYTES })
    .provide(CITATIONS, lineCitations)
    .provide(ENGINE, engine)
  const jobs = await startJobs({
    database: world.db.database,
    handlers: { 'engine-run': engineRunJob(world.services) },
    onTrouble: (_what, error) => onError(error),
  })
  world.services.provide(JOBS, jobs)

  const app = express()
  app.use(uploadRoutes(world.services, { onError }))
  app.use(documentRoutes(world.services, { accessTokens: world.accessTokens, onError }))
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    ...world,
    jobs,
    schema: buildSchema([
      ChartsResolver,
      PatientsResolver,
      DocumentsResolver,
      DocumentVersionResolver,
      ChartDocumentsResolver,
      LabelsResolver,
      ChartSuggestionsResolver,
      EvidenceResolver,
      SuggestionCommandsResolver,
    ]),
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await jobs.stop()
      await engine.close()
      await endIntake()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await world.close()
      // Whatever went wrong behind an answer fails the test that caused it.
      if (world.errors.length > 0) throw world.errors[0]
    },
  }
}

/** One GraphQL operation of one person. Errors of the server itself fail the test. */
export async function ask(
  world: DocumentWorld,
  email: string,
  source: string,
  variableValues: Record<string, unknown> = {},
): Promise<ExecutionResult<Record<string, never>>> {
  const request = requestAs(world, email)
  try {
    const result = await graphql({ schema: world.schema, source, variableValues, contextValue: request })
    for (const error of result.errors ?? [])
      if ((error.originalError as { code?: string } | undefined)?.code === undefined) throw error
    return result as ExecutionResult<Record<string, never>>
  } finally {
    await request.close()
  }
}

export const put = (world: DocumentWorld, url: string, body: Uint8Array | string): Promise<Response> =>
  fetch(new URL(url, world.address), { method: 'PUT', body: body as BodyInit })

/** Send bytes as a member; returns the id under which they wait. */
export async function send(world: DocumentWorld, email: string, bytes: Uint8Array | string): Promise<string> {
  const byteSize = Buffer.byteLength(bytes)
  const { uploadId, url } = await createUpload(requestAs(world, email), { byteSize })
  const response = await put(world, url, bytes)
  if (response.status !== 201) throw new Error(`upload refused: ${response.status} ${await response.text()}`)
  return uploadId
}

const samples = path.resolve(import.meta.dirname, '../../samples')

export const sampleFile = (folder: string, file: string): Buffer => readFileSync(path.join(samples, folder, file))

interface SampleChart {
  readonly facility: string
  readonly upload: 'documents' | 'ccda' | 'fhir'
  readonly file?: string
  readonly patient?: ImportChartInput['patient']
  readonly encounter?: Record<string, unknown>
  readonly documents?: readonly (Omit<ImportDocumentInput, 'uploadId' | 'authoredAt'> & {
    readonly file: string
    readonly authoredAt: string
  })[]
}

/** The input that imports a sample, its files sent. */
export async function sampleInput(world: DocumentWorld, email: string, folder: string): Promise<ImportChartInput> {
  const sample = JSON.parse(sampleFile(folder, 'chart.json').toString()) as SampleChart
  const { harbor } = world.demo
  const base = {
    commandId: randomUUID(),
    facilityId: harbor.facilities[sample.facility]!,
    queueId: harbor.queues.Inpatient!,
    restricted: false,
  }
  if (sample.upload !== 'documents')
    return { ...base, uploadId: await send(world, email, sampleFile(folder, sample.file!)) }
  const documents: ImportDocumentInput[] = []
  for (const { file, authoredAt, ...facts } of sample.documents!)
    documents.push({
      ...facts,
      authoredAt: new Date(authoredAt),
      uploadId: await send(world, email, sampleFile(folder, file)),
    })
  const instants = ['inpatientOrderAt', 'admittedAt', 'dischargedAt']
  const encounter = Object.fromEntries(
    Object.entries(sample.encounter!).map(([k, v]) => [k, instants.includes(k) && v ? new Date(v as string) : v]),
  )
  return { ...base, patient: sample.patient!, encounter: encounter as never, documents }
}

export async function importSample(world: DocumentWorld, email: string, folder: string): Promise<string> {
  const { outcome } = await importChart(requestAs(world, email), await sampleInput(world, email, folder))
  if (outcome.kind !== 'ChartSaved') throw new Error(`not imported: ${JSON.stringify(outcome)}`)
  return outcome.chartId
}

/** A small chart of one text document, for whatever a test is about. */
export async function smallInput(
  world: DocumentWorld,
  email: string,
  facts: {
    readonly mrn: string
    readonly account: string
    readonly birthDate?: string | null
    readonly sex?: string
    readonly text?: string
    readonly signed?: boolean
    readonly labels?: ImportDocumentInput['labels']
  },
): Promise<ImportChartInput> {
  const text = facts.text ?? 'Discharge diagnoses:\n1. Community-acquired pneumonia.\n2. Essential hypertension.\n'
  return {
    commandId: randomUUID(),
    facilityId: world.demo.harbor.facilities.north!,
    queueId: world.demo.harbor.queues.Inpatient!,
    patient: {
      identifiers: [{ assigner: 'urn:oid:2.16.840.1.113883.19.5.10', type: 'MRN', value: facts.mrn }],
      familyName: 'Quillfeather',
      givenNames: ['Ottoline'],
      birthDate: facts.birthDate === undefined ? '1944-11-02' : facts.birthDate,
      sex: facts.sex ?? 'FEMALE',
    },
    encounter: {
      accountNumber: facts.account,
      patientClass: 'INPATIENT',
      admittedAt: new Date('2026-03-09T22:25:00Z'),
      dischargedAt: new Date('2026-03-15T18:30:00Z'),
    },
    documents: [
      {
        ...FACTS,
        signed: facts.signed ?? true,
        labels: facts.labels ?? null,
        uploadId: await send(world, email, text),
      },
    ],
    restricted: false,
  }
}

export const FACTS: Omit<ImportDocumentInput, 'uploadId'> = {
  title: 'Discharge summary',
  type: 'DISCHARGE_SUMMARY',
  authorName: 'Rosalind Hartwhistle, MD',
  authorRole: 'ATTENDING',
  authoredAt: new Date('2026-03-15T17:00:00Z'),
  signed: true,
  encounterPart: 'AT_DISCHARGE',
}

/** An access token of that person. */
export async function sessionTokenOf(world: DocumentWorld, email: string): Promise<string> {
  return (await world.accessTokens.sign(world.claims.get(email)!)).accessToken
}
