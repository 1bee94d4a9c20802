import { IntakeError } from './problem.js'

/** How much one file may ask of us. Beyond a limit the file is refused, never cut: nobody codes a chart with holes. */
export interface IntakeLimits {
  readonly maxBytes: number
  /** Pages of one PDF. */
  readonly maxPages: number
  /** UTF-16 units of text in all documents of the file together. */
  readonly maxText: number
  readonly maxDocuments: number
  /** Nesting of XML elements, and of JSON arrays and objects. */
  readonly maxDepth: number
  /** XML elements, and JSON values. */
  readonly maxNodes: number
  /** Wall time in milliseconds for reading one file or drawing one page. */
  readonly maxTime: number
  /** Bytes by which the process may grow while a file is read: a PDF of a kilobyte can unpack to gigabytes. */
  readonly maxMemory: number
}

export const DEFAULT_LIMITS: IntakeLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxPages: 500,
  maxText: 4_000_000,
  maxDocuments: 500,
  maxDepth: 100,
  maxNodes: 1_000_000,
  maxTime: 60_000,
  maxMemory: 1024 * 1024 * 1024,
}

/** @throws IntakeError TOO_MUCH_TEXT */
export function checkTextLength(length: number, limits: IntakeLimits): void {
  if (length <= limits.maxText) return
  throw new IntakeError(
    'TOO_MUCH_TEXT',
    `The file holds more text than the ${limits.maxText} characters taken at once. Split it into several files.`,
  )
}
