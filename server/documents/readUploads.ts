import type { Session } from '../auth/session.js'
import type { DocumentProblem } from './import.decider.js'
import { IntakeError, type IntakeHints, parseIntake } from './intake/parseIntake.js'
import type { Intake, IntakeDocument, MediaKind } from './intake.model.js'
import { type StoredUpload, storedUploads } from './upload.store.js'
import type { DocumentFacts } from './version.js'

/** One file of a command's input, and the input's field that names it. */
export interface FileAsked {
  readonly uploadId: string
  readonly field: string
  /** Null for a file that must carry patient, encounter and documents itself. */
  readonly facts: DocumentFacts | null
}

export interface ReadFile {
  readonly ok: true
  readonly file: FileAsked
  readonly intake: Intake
}

export type FileRead = ReadFile | { readonly ok: false; readonly problem: DocumentProblem }

/** The bytes of the files as they wait now. Taken out of the transaction before they are read, which may take long. */
export async function takeBytes(
  session: Session,
  files: readonly FileAsked[],
): Promise<readonly { file: FileAsked; upload: StoredUpload | undefined }[]> {
  const uploads = await storedUploads(
    session,
    files.map((file) => file.uploadId),
  )
  return files.map((file) => ({ file, upload: uploads.get(file.uploadId) }))
}

/** What the files hold. Runs in a worker thread, outside any transaction. */
export async function readFiles(
  taken: Awaited<ReturnType<typeof takeBytes>>,
  zone: string | undefined,
): Promise<FileRead[]> {
  const read: FileRead[] = []
  const seen = new Set<string>()
  for (const { file, upload } of taken) {
    if (seen.has(file.uploadId)) read.push(refused(file, 'UPLOAD_TWICE', 'The same upload is named twice.'))
    else if (!upload) read.push(refused(file, 'UPLOAD_UNKNOWN', UNKNOWN))
    else read.push(await readFile(file, upload, zone))
    seen.add(file.uploadId)
  }
  return read
}

export const problemsOf = (read: readonly FileRead[]): DocumentProblem[] =>
  read.flatMap((r) => (r.ok ? [] : [r.problem]))

export const otherPatient = (field: string): DocumentProblem => ({
  code: 'OTHER_PATIENT',
  message: 'The file names another patient than this chart. Check it before anything of it is kept.',
  field,
})

export const uploadGone = (field: string): DocumentProblem => ({ code: 'UPLOAD_UNKNOWN', message: UNKNOWN, field })

async function readFile(file: FileAsked, upload: StoredUpload, zone: string | undefined): Promise<FileRead> {
  try {
    const intake = await parseIntake(upload.bytes, hintsOf(file, zone))
    const problem = file.facts === null ? wholeChart(file, intake) : oneDocument(file, intake)
    return problem ?? { ok: true, file, intake }
  } catch (error) {
    if (!(error instanceof IntakeError)) throw error
    return refused(file, error.problem, error.message)
  }
}

function hintsOf(file: FileAsked, zone: string | undefined): IntakeHints {
  const { facts } = file
  if (!facts) return zone === undefined ? {} : { zone }
  const defaults = {
    title: facts.title,
    type: facts.type as IntakeDocument['type'],
    authorName: facts.authorName,
    authorRole: facts.authorRole as IntakeDocument['authorRole'],
    authoredAt: facts.authoredAt,
    signed: facts.signed,
    encounterPart: facts.encounterPart as IntakeDocument['encounterPart'],
  }
  return zone === undefined ? { defaults } : { defaults, zone }
}

const CARRIERS: readonly MediaKind[] = ['CCDA', 'FHIR_BUNDLE']

function wholeChart(file: FileAsked, intake: Intake): FileRead | undefined {
  if (CARRIERS.includes(intake.kind)) return undefined
  return refused(file, 'NOT_A_CHART', 'Text and PDF carry no patient: send them in documents, with their facts.')
}

function oneDocument(file: FileAsked, intake: Intake): FileRead | undefined {
  if (intake.documents.length === 1) return undefined
  return refused(file, 'NOT_ONE_DOCUMENT', 'The file holds several documents: send each as a file of its own.')
}

const UNKNOWN =
  'No such upload of yours is waiting: it was never finished, was imported already, or ran out. Send it again.'

const refused = (file: FileAsked, code: string, message: string): FileRead => ({
  ok: false,
  problem: { code, message, field: file.field },
})
