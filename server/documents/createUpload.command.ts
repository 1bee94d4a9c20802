import type { CreateUploadInput } from '../../schema/documentInputs.js'
import type { Request } from '../auth/request.js'
import { badInput, rateLimited, tooLarge } from '../kernel/errors.js'
import { newId } from '../kernel/ids.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import { authorizeUpload } from './import.policy.js'
import { newTicket } from './ticket.js'
import { insertUpload, pendingUploads, sweepUploads } from './upload.store.js'

export interface UploadLimits {
  /** Of one file. */
  readonly maxBytes: number
}

export const UPLOAD_LIMITS: ServiceKey<UploadLimits> = serviceKey('upload limits')

export interface CreatedUpload {
  readonly uploadId: string
  /** Relative to this server's own address. Whoever has it may send the bytes, once; it shows nothing to anyone. */
  readonly url: string
  readonly expiresAt: Date
  readonly maxBytes: number
}

/**
 * Make an address to which the bytes of one file are sent with PUT, within 15 minutes; then they wait an hour to be
 * imported by the same member.
 *
 * @throws FORBIDDEN by role, TOO_LARGE, BAD_INPUT, RATE_LIMITED where too much of the member's own is waiting
 */
export async function createUpload(request: Request, input: CreateUploadInput): Promise<CreatedUpload> {
  const { maxBytes } = request.services.get(UPLOAD_LIMITS)
  if (!Number.isInteger(input.byteSize) || input.byteSize < 1) throw badInput('byteSize', 'must be at least 1.')
  if (input.byteSize > maxBytes) throw tooLarge(maxBytes)
  const declaredSha256 = input.sha256?.toLowerCase() ?? null
  if (declaredSha256 !== null && !/^[0-9a-f]{64}$/.test(declaredSha256))
    throw badInput('sha256', 'must be 64 hexadecimal digits, or be left out.')

  return request.writing(async (session) => {
    authorizeUpload(session.viewer)
    await sweepUploads(session)
    const pending = await pendingUploads(session)
    if (pending.count >= MOST_PENDING || pending.bytes + input.byteSize > MOST_PENDING_BYTES) throw rateLimited(60)
    const id = newId(session.now.getTime())
    const ticket = newTicket(session.viewer.orgId)
    const expiresAt = new Date(session.now.getTime() + TO_SEND_MS)
    await insertUpload(session, { id, ticket, declaredBytes: input.byteSize, declaredSha256, expiresAt })
    return { uploadId: id, url: `/uploads/${id}/${ticket}`, expiresAt, maxBytes: input.byteSize }
  })
}

const TO_SEND_MS = 15 * 60_000
/** Per member: a large import sends its files in turns. */
const MOST_PENDING = 200
const MOST_PENDING_BYTES = 1024 ** 3
