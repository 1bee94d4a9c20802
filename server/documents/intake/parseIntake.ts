import type { Intake } from '../intake.model.js'
import type { IntakeHints } from './hints.js'
import type { IntakeLimits } from './limits.js'
import { DEFAULT_LIMITS } from './limits.js'
import { IntakeError, unreadable } from './problem.js'
import { IntakeThread } from './thread.js'

export type { IntakeHints } from './hints.js'
export type { IntakeLimits } from './limits.js'
export { DEFAULT_LIMITS } from './limits.js'
export { IntakeError } from './problem.js'

/** Reading and drawing have a thread each, so that a person who turns a page never waits behind an import. */
const reader = new IntakeThread()
const drawer = new IntakeThread()

/**
 * What an uploaded file holds. All parsing happens in a worker thread; the bytes stay the caller's.
 *
 * @param hints what the sender knows besides; it fills what the file leaves open
 * @throws IntakeError with a closed problem and a sentence that holds nothing of the file
 * @throws RangeError for an unknown `hints.zone`
 */
export async function parseIntake(
  bytes: Uint8Array,
  hints: IntakeHints = {},
  limits: IntakeLimits = DEFAULT_LIMITS,
): Promise<Intake> {
  if (hints.zone !== undefined) new Intl.DateTimeFormat('en-US', { timeZone: hints.zone })
  if (bytes.length === 0) throw new IntakeError('EMPTY', 'The file is empty.')
  if (bytes.length > limits.maxBytes) {
    const megabytes = Math.floor(limits.maxBytes / (1024 * 1024))
    throw new IntakeError('TOO_MUCH_TEXT', `The file is larger than the ${megabytes} MiB taken at once. Split it.`)
  }
  const read = await reader.run({ task: 'read', bytes, hints, limits }, limits)
  if (read instanceof Uint8Array) throw unreadable()
  return read.kind === 'PDF' ? withOriginal(read, bytes) : read
}

/** The original of an uploaded PDF is the caller's own bytes, not the copy that came back. */
function withOriginal(read: Intake, bytes: Uint8Array): Intake {
  const documents = read.documents.map((document) =>
    document.original === null ? document : { ...document, original: { ...document.original, bytes } },
  )
  return { ...read, documents }
}

/**
 * One page of a PDF as a PNG picture, drawn in a worker thread: no scripts, no fetching, white ground.
 *
 * @param page counted from 1
 * @param options.width in pixels, 64 to 4,000, default 1,200
 * @throws IntakeError ENCRYPTED_PDF, DAMAGED
 */
export async function renderPdfPage(
  bytes: Uint8Array,
  page: number,
  options: { readonly width?: number; readonly maxTime?: number } = {},
): Promise<Uint8Array> {
  const job = { task: 'draw', bytes, page, width: options.width ?? 1_200 } as const
  const drawn = await drawer.run(job, { ...DEFAULT_LIMITS, maxTime: options.maxTime ?? DEFAULT_LIMITS.maxTime })
  if (!(drawn instanceof Uint8Array)) throw unreadable()
  return drawn
}

/** Ends the worker threads; they start again with the next file. For a clean stop of the server and of tests. */
export async function endIntake(): Promise<void> {
  await Promise.all([reader.end(), drawer.end()])
}
