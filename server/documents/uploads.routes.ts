import { createHash } from 'node:crypto'
import express, { type Request, type Response, type Router } from 'express'
import { CLOCK, DATABASE } from '../auth/request.js'
import { badInput, CATALOGUE, ChartroomError, notFound, rateLimited, tooLarge } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import type { Services } from '../kernel/services.js'
import { TRAIL } from '../trail/writer.js'
import { VAULT } from '../vault/service.js'
import { UPLOAD_LIMITS } from './createUpload.command.js'
import { IntakeError } from './intake/parseIntake.js'
import { sniff } from './intake/sniff.js'
import { organisationOf } from './ticket.js'
import { storeUpload, type Ticketed, ticketedUpload } from './upload.store.js'

export interface UploadRoutesOptions {
  /** Errors that are not the sender's. The answer says nothing of them. */
  readonly onError?: (error: unknown) => void
}

/**
 * `PUT /uploads/:id/:ticket` with the bytes as body answers 201 `{uploadId, byteSize, sha256, mediaKind}`. Mount it
 * before any body parser and keep the path out of logs: the ticket is the right to send.
 *
 * Refuses before it reads where it can: 404 unknown, expired or another's ticket; 409 sent already; 413 more than was
 * declared; 400 fewer bytes, another checksum, or a format that is not taken (told from the bytes, never from a name
 * or header); 429 while too many bytes are under way. The ticket stays good after a refusal, so that the right bytes
 * can follow.
 */
export function uploadRoutes(services: Services, options: UploadRoutesOptions = {}): Router {
  const router = express.Router()
  const budget = { bytes: services.get(UPLOAD_LIMITS).maxBytes * FILES_AT_ONCE }
  router.put('/uploads/:id/:ticket', async (req, res) => {
    res.set('cache-control', 'no-store')
    try {
      res.status(201).json(await receive(services, budget, req))
    } catch (error) {
      refuse(req, res, refusalOf(error, options.onError))
    }
  })
  return router
}

async function receive(services: Services, budget: { bytes: number }, req: Request<{ id: string; ticket: string }>) {
  const { id, ticket } = req.params
  const orgId = organisationOf(ticket)
  if (!orgId || !isUuid(id)) throw notFound()
  const clock = services.get(CLOCK)
  const upload = await services.get(DATABASE).read(orgId, (tx) => ticketedUpload(tx, orgId, id, ticket, clock.now()))
  if (!upload) throw notFound()
  if (upload.state !== 'CREATED') throw sentAlready()
  checkAnnounced(req, upload)

  if (budget.bytes < upload.declaredBytes) throw rateLimited(2)
  budget.bytes -= upload.declaredBytes
  try {
    const { bytes, sha256 } = await readBody(req, upload)
    const mediaKind = await sniff(bytes)
    const expiresAt = new Date(clock.now().getTime() + TO_IMPORT_MS)
    const stored = await services
      .get(DATABASE)
      .write(orgId, (tx) => storeUpload(tx, services.get(VAULT), orgId, id, { bytes, sha256, mediaKind, expiresAt }))
    if (!stored) throw sentAlready()
    await record(services, orgId, id, upload)
    return { uploadId: id, byteSize: bytes.length, sha256, mediaKind }
  } finally {
    budget.bytes += upload.declaredBytes
  }
}

/** Whose data it is, is known when it is imported; until then the upload's id stands for it. @throws UNAVAILABLE */
async function record(services: Services, orgId: string, id: string, { memberId }: Ticketed): Promise<void> {
  await services.get(TRAIL).record(orgId, [
    {
      actorId: memberId,
      facilityIds: [],
      action: 'PUT upload',
      purpose: 'PAYMENT',
      operationHash: null,
      subjectRefs: [],
      classes: ['CLINICAL'],
      outcome: 'ALLOWED',
      detail: { upload: id },
    },
  ])
}

/** A length announced that cannot be right is refused before a byte is read. */
function checkAnnounced(req: Request, upload: Ticketed): void {
  if (req.headers['content-encoding'] && req.headers['content-encoding'] !== 'identity')
    throw badInput('content-encoding', 'Send the bytes as they are, without compression.')
  const announced = req.headers['content-length']
  if (announced === undefined) return
  if (Number(announced) > upload.declaredBytes) throw tooLarge(upload.declaredBytes)
  if (Number(announced) < upload.declaredBytes) throw sizeDiffers()
}

async function readBody(req: Request, upload: Ticketed): Promise<{ bytes: Buffer; sha256: string }> {
  const hash = createHash('sha256')
  const bytes = Buffer.allocUnsafe(upload.declaredBytes)
  let length = 0
  // Leaving the loop must not take the connection along: the refusal is still to be sent on it.
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    if (length + chunk.length > upload.declaredBytes) throw tooLarge(upload.declaredBytes)
    chunk.copy(bytes, length)
    hash.update(chunk)
    length += chunk.length
  }
  if (length !== upload.declaredBytes) throw sizeDiffers()
  const sha256 = hash.digest('hex')
  if (upload.declaredSha256 !== null && sha256 !== upload.declaredSha256)
    throw badInput('sha256', 'The bytes that came are not the ones announced. Send them again.')
  return { bytes, sha256 }
}

const TO_IMPORT_MS = 60 * 60_000
/** Bytes held in memory at once: so many files of the largest size. */
const FILES_AT_ONCE = 4

const sizeDiffers = (): ChartroomError => badInput('byteSize', 'As many bytes as announced must come, no fewer.')
const sentAlready = (): ChartroomError =>
  new ChartroomError('COMMAND_REUSED', 'The bytes of this upload were sent already. Create another upload for others.')

function refusalOf(error: unknown, onError: UploadRoutesOptions['onError']): ChartroomError {
  if (error instanceof ChartroomError) return error
  if (error instanceof IntakeError) return new ChartroomError('BAD_INPUT', error.message, { problem: error.problem })
  // The sender went away in the middle: nobody is left to answer, and nothing is wrong here.
  if ((error as { code?: unknown } | null)?.code === 'ECONNRESET') return new ChartroomError('REQUEST_REFUSED')
  onError?.(error)
  return new ChartroomError('INTERNAL')
}

/** Answer at once, and do not let the rest of the body keep the connection. */
function refuse(req: Request, res: Response, { code, message, detail }: ChartroomError): void {
  if (res.destroyed || res.headersSent) return
  if (typeof detail.retryAfterSeconds === 'number') res.set('retry-after', String(detail.retryAfterSeconds))
  if (!req.complete) {
    res.set('connection', 'close')
    // A sender that reads the answer only after its last byte gets a moment to see it.
    res.on('finish', () => setTimeout(() => req.destroy(), LINGER_MS).unref())
  }
  res.status(CATALOGUE[code].status).json({ code, message })
  req.resume()
}

const LINGER_MS = 1_000
