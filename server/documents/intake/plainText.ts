import type { IntakePage } from '../intake.model.js'
import type { IntakeLimits } from './limits.js'
import { checkTextLength } from './limits.js'
import { IntakeError } from './problem.js'

/**
 * Reads a plain-text note: strict decoding, normalised text, a page for each stretch between form feeds.
 *
 * @returns `pages` is empty when the text has no form feed; else `text.slice(page.start, page.end)` is the page.
 * @throws IntakeError NOT_UTF8, EMPTY, TOO_MUCH_TEXT
 */
export function readPlainText(bytes: Uint8Array, limits: IntakeLimits): { text: string; pages: IntakePage[] } {
  const raw = decodeStrictly(bytes)
  checkTextLength(raw.length, limits)
  const parts = raw.split('\f').map(normaliseText)
  // Printers end each page with a form feed, the last one too: that is no further page.
  while (parts.length > 1 && parts.at(-1)?.trim() === '') parts.pop()
  const joined = joinPages(parts)
  if (joined.text.trim() === '') throw new IntakeError('EMPTY', 'The file holds no text.')
  return parts.length > 1 ? joined : { text: joined.text, pages: [] }
}

/**
 * Bytes to text with no guessing: UTF-8, or UTF-16 where a byte order mark says so. A byte order mark is not text.
 *
 * @throws IntakeError NOT_UTF8 where a single byte does not fit, because a replaced character could be a drug dose.
 */
export function decodeStrictly(bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingByMark(bytes), { fatal: true }).decode(bytes)
  } catch {
    throw new IntakeError('NOT_UTF8', 'The text is not in UTF-8. Save it as UTF-8 and send it again.')
  }
}

export function encodingByMark(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** CR LF, CR, vertical tab, NEL and the Unicode line and paragraph separators all end a line. */
const LINE_ENDS = /\r\n?|[\v\u0085\u2028\u2029]/g

/**
 * What may never be stored: control characters (C0 without tab and line feed, DEL, C1), and characters that show
 * nothing but split a word or turn its direction round (soft hyphen, zero-width space, word joiner, inner byte order
 * marks, bidirectional controls), by which a text could read differently from what is matched and cited.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

/** The one form in which text is stored and cited: NFC, `\n` line ends, no unseen characters. Idempotent. */
export function normaliseText(raw: string): string {
  return raw.replace(LINE_ENDS, '\n').replace(UNSEEN, '').replace(LONE_SURROGATE, '\ufffd').normalize('NFC')
}

const LONE_SURROGATE = /\p{Surrogate}/gu

/** Joins pages by one line end each and says where every page stands. A page without text has start = end. */
export function joinPages(parts: readonly string[]): { text: string; pages: IntakePage[] } {
  const pages: IntakePage[] = []
  let start = 0
  for (const part of parts) {
    pages.push({ number: pages.length + 1, start, end: start + part.length })
    start += part.length + 1
  }
  return { text: parts.join('\n'), pages }
}

/** One line of text for a title or a name: normalised, white space collapsed, at most 300 units. Null if nothing is left. */
export function oneLine(raw: string | null | undefined): string | null {
  const line = normaliseText(raw ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  return line === '' ? null : line.slice(0, 300).replace(LONE_SURROGATE, '')
}
