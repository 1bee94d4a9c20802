import type { ImportChartInput } from '../../schema/documentInputs.js'
import { noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { type ChartRow, chartEvent, type EventPayload, findCharts, limitList, sealerOf } from '../charts/index.js'
import { JOBS } from '../jobs/index.js'
import { badInput, notFound } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { appendEvents, createStream, type NewEvent } from '../live/log.js'
import { type CommandIdentity, earlierOutcome, keepOutcome } from '../live/outcomes.js'
import { WAKER } from '../live/wake.js'
import { type IncomingPatient, normalIdentifiers, recordNumbers } from '../patients/index.js'
import { VAULT } from '../vault/service.js'
import { documentViewsOf, insertDocument, type NewVersion } from './document.store.js'
import { documentEvent } from './documentEvent.js'
import { queueEngine } from './engineQueue.js'
import {
  type DocumentProblem,
  type ImportedEncounter,
  type ImportPlan,
  planImport,
  sharesRecordNumber,
} from './import.decider.js'
import { authorizeImport, needsQueue } from './import.policy.js'
import {
  accountExists,
  insertChart,
  lockNames,
  queueExists,
  type ReceivingFacility,
  receivingFacility,
} from './import.store.js'
import { makeOrMatchPatient } from './importPatient.js'
import {
  type FileAsked,
  type FileRead,
  otherPatient,
  problemsOf,
  type ReadFile,
  readFiles,
  takeBytes,
  uploadGone,
} from './readUploads.js'
import { useUploads } from './upload.store.js'
import { factsOf, newVersion } from './version.js'

export type ImportOutcome =
  | { readonly kind: 'ChartSaved'; readonly chartId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly DocumentProblem[] }

export interface Imported {
  readonly outcome: ImportOutcome
  /** False where the command was sent before and nothing was done now. */
  readonly fresh: boolean
}

/**
 * Take in one chart with its patient, abstract and documents: everything in one transaction, or nothing. The files are
 * read before it begins, since reading may take seconds.
 *
 * The patient is found by record number and its assigner, never by name. Where birth date or sex differ from what is
 * known, or the record numbers are those of two patients, the chart is imported on identity hold under a **provisional
 * patient** with a key of its own, to which no record number is attached (they are kept sealed, as claimed). Whoever
 * decides later that it was the known patient after all only sets a pointer from one patient to the other, and whoever
 * decides that it was not attaches what is free: no event, document or line is ever sealed again, so that the log stays
 * append-only whatever is decided.
 *
 * @throws NOT_FOUND for an unknown facility, FORBIDDEN with the rule's reason, BAD_INPUT, COMMAND_REUSED
 */
export async function importChart(request: Request, input: ImportChartInput): Promise<Imported> {
  if (!isUuid(input.commandId)) throw badInput('commandId', 'must be a UUID made by the client.')
  const files = filesOf(input)
  const session = await request.reading()
  const facility = await admit(session, input.facilityId)
  const taken = await takeBytes(session, files)
  // Nothing is held open while a worker thread reads the files.
  await request.close()
  const read = await readFiles(taken, facility.timeZone)
  const carried = read.find((r): r is ReadFile => r.ok && r.file.facts === null)
  const plan = planImport(input, carried ? carried.intake : null)

  const { outcome, fresh } = await request.writing((writing) => importOnce(writing, input, read, plan))
  if (outcome.kind === 'ChartSaved' && fresh) {
    request.services.get(WAKER).stream(request.claims.orgId, outcome.chartId)
    request.services.get(JOBS).wake('engine-run')
  }
  return { outcome, fresh }
}

async function importOnce(
  session: Session,
  input: ImportChartInput,
  read: readonly FileRead[],
  plan: ImportPlan,
): Promise<Imported> {
  const { commandId, ...rest } = input
  const { orgId, memberId } = session.viewer
  const identity: CommandIdentity = { orgId, actorId: memberId, commandId, name: 'importChart', input: rest }
  const facility = await admit(session, input.facilityId)
  await lockNames(session, namesOf(session, input, plan))
  const earlier = await earlierOutcome<ImportOutcome>(session.tx, identity)
  if (earlier) return { outcome: earlier, fresh: false }
  const outcome = await decideImport(session, input, facility, read, plan)
  await keepOutcome(session.tx, identity, outcome, session.now)
  return { outcome, fresh: true }
}

async function decideImport(
  session: Session,
  input: ImportChartInput,
  facility: ReceivingFacility,
  read: readonly FileRead[],
  plan: ImportPlan,
): Promise<ImportOutcome> {
  const invalid = (...problems: readonly DocumentProblem[]): ImportOutcome => ({ kind: 'CommandInvalid', problems })
  const problems = problemsOf(read)
  // What a refused file would have told is not asked for a second time.
  if (!plan.ok && !(problems.length > 0 && input.uploadId)) problems.push(...plan.problems)
  if (!facility.agreed)
    problems.push({
      code: 'NO_AGREEMENT',
      message: 'No agreement with this facility is in force, so its charts may not be taken in.',
      field: 'facilityId',
    })
  problems.push(...(await queueProblems(session, input)))
  if (!plan.ok || problems.length > 0) return invalid(...problems)

  const readable = read.filter((r): r is ReadFile => r.ok)
  const strangers = readable.filter((r) => !isAbout(r, plan.patient))
  if (strangers.length > 0) return invalid(...strangers.map((r) => otherPatient(r.file.field)))
  if (await accountExists(session, facility.id, plan.encounter.accountNumber))
    return invalid({
      code: 'ACCOUNT_EXISTS',
      message: 'This facility has a chart with this account number. Add the documents to that chart instead.',
      field: 'encounter.accountNumber',
    })
  const uploadIds = readable.map((r) => r.file.uploadId)
  if (!(await useUploads(session, uploadIds))) return invalid(uploadGone(readable[0]!.file.field))
  return { kind: 'ChartSaved', chartId: await makeChart(session, input, plan.patient, plan.encounter, readable) }
}

async function makeChart(
  session: Session,
  input: ImportChartInput,
  incoming: IncomingPatient,
  encounter: ImportedEncounter,
  files: readonly ReadFile[],
): Promise<string> {
  const { tx, viewer, now } = session
  const { patientId, hold } = await makeOrMatchPatient(session, input.facilityId, incoming)
  noteSeen(session, { patientId, facilityId: input.facilityId })
  const id = newId(now.getTime())
  const versions = files.flatMap((file) => versionsOf(file, now))
  await insertChart(session, {
    id,
    facilityId: input.facilityId,
    patientId,
    queueId: input.queueId ?? null,
    identityHold: hold,
    restricted: input.restricted,
    engineState: 'NONE',
    encounter,
  })
  await createStream(tx, { orgId: viewer.orgId, streamId: id, chartId: id, patientId }, 'MAIN')
  const [made] = await findCharts(session, [id])
  let chart: ChartRow = made!
  if (versions.length > 0) chart = await queueEngine(session, chart)

  const sealer = sealerOf(session, chart)
  for (const version of versions) await insertDocument(session, chart, sealer, version)
  const documents = await documentViewsOf(session, chart)
  const events: NewEvent<EventPayload>[] = [
    chartEvent('CHART_RECEIVED', chart),
    ...documents.map((document) => documentEvent('DOCUMENT_ADDED', document)),
    ...(hold ? [chartEvent('IDENTITY_HELD', chart)] : []),
  ]
  const place = { orgId: viewer.orgId, streamId: id, chartId: id, patientId }
  await appendEvents(tx, place, sealer, viewer.memberId, now, events)
  return id
}

/** @throws NOT_FOUND, FORBIDDEN */
async function admit(session: Session, facilityId: string): Promise<ReceivingFacility> {
  const facility = isUuid(facilityId) ? await receivingFacility(session, facilityId) : undefined
  if (!facility) throw notFound()
  authorizeImport(session.viewer, facility.id)
  return facility
}

/** @throws BAD_INPUT */
function filesOf(input: ImportChartInput): FileAsked[] {
  limitList('documents', input.documents, MOST_FILES)
  const whole = input.uploadId == null ? [] : [{ uploadId: input.uploadId, field: 'uploadId', facts: null }]
  const single = (input.documents ?? []).map((document, i) => ({
    uploadId: document.uploadId,
    field: `documents.${i}.uploadId`,
    facts: factsOf(document, `documents.${i}`),
  }))
  const files = [...whole, ...single]
  for (const file of files) if (!isUuid(file.uploadId)) throw badInput(file.field, 'is no upload.')
  return files
}

/** What two imports must not make at the same time: the outcome of one command, one patient, one account. */
function namesOf(session: Session, input: ImportChartInput, plan: ImportPlan): Uint8Array[] {
  const vault = session.services.get(VAULT)
  const { orgId, memberId } = session.viewer
  const name = (assigner: string, type: string, value: string): Uint8Array =>
    vault.blindIndex(orgId, input.facilityId, assigner, type, value)
  const names = [name(memberId, 'COMMAND', input.commandId)]
  if (!plan.ok) return names
  for (const { assigner, type, value } of recordNumbers(plan.patient.identifiers))
    names.push(name(assigner, type, value))
  names.push(name('', 'CHART ACCOUNT', plan.encounter.accountNumber))
  return names
}

async function queueProblems(session: Session, input: ImportChartInput): Promise<DocumentProblem[]> {
  const problem = (code: string, message: string) => [{ code, message, field: 'queueId' }]
  if (input.queueId == null)
    return needsQueue(session.viewer)
      ? problem('QUEUE_NEEDED', 'Name the worklist in which the chart waits, so that its coders find it.')
      : []
  const exists = isUuid(input.queueId) && (await queueExists(session, input.queueId))
  return exists ? [] : problem('QUEUE_UNKNOWN', 'There is no such worklist.')
}

/** A file that names a patient itself must name this one. */
const isAbout = (read: ReadFile, patient: IncomingPatient): boolean =>
  read.intake.patient === null ||
  sharesRecordNumber(normalIdentifiers(read.intake.patient.identifiers), patient.identifiers)

function versionsOf({ file, intake }: ReadFile, now: Date): NewVersion[] {
  return intake.documents.map((document) =>
    newVersion({ documentId: newId(now.getTime()), number: 1, inherited: [] }, document, file.facts, now),
  )
}

const MOST_FILES = 200
