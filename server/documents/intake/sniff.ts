import { isUtf8 } from 'node:buffer'
import { fileTypeFromBuffer } from 'file-type'
import type { MediaKind } from '../intake.model.js'
import { encodingByMark } from './plainText.js'
import { IntakeError } from './problem.js'

/**
 * What a file is, from its content alone; a name or a header sent by a client is never asked.
 *
 * A file that is plainly a broken PDF, C-CDA or Bundle is still called that, so that it is refused as damaged by its
 * own reader and never stored as a note full of markup.
 *
 * @throws IntakeError EMPTY, UNKNOWN_FORMAT
 */
export async function sniff(bytes: Uint8Array): Promise<MediaKind> {
  if (bytes.length === 0) throw new IntakeError('EMPTY', 'The file is empty.')
  const encoding = encodingByMark(bytes)
  // Lenient on purpose: only patterns are looked for here, the readers decode strictly.
  const text = new TextDecoder(encoding).decode(bytes)
  if (looksLikePdf(text)) return 'PDF'
  if (isBinary(text, encoding === 'utf-8' ? bytes : null)) throw new IntakeError('UNKNOWN_FORMAT', await refusal(bytes))

  const start = text.trimStart().slice(0, 200)
  if (looksLikeHtml(start))
    throw new IntakeError('UNKNOWN_FORMAT', 'The file is a web page. Send it as PDF or as text.')
  if (start.startsWith('{\\rtf')) {
    throw new IntakeError('UNKNOWN_FORMAT', 'The file is rich text (RTF). Send it as PDF or as plain text.')
  }
  if (looksLikeXml(text, start)) return 'CCDA'
  if (looksLikeFhir(text, start)) return 'FHIR_BUNDLE'
  if (/^[{[]/.test(start) && isJson(text)) {
    throw new IntakeError('UNKNOWN_FORMAT', 'The file is JSON, but not a FHIR R4 Bundle.')
  }
  return 'TEXT'
}

/** ISO 32000 allows bytes before the header; a reader tolerates 1,024. Without a header, the trailer gives it away. */
function looksLikePdf(text: string): boolean {
  const header = text.slice(0, 1024).indexOf('%PDF-')
  if (header >= 0 && text.slice(0, header).trim() === '') return true
  const trailer = text.lastIndexOf('startxref')
  return trailer >= 0 && text.indexOf('%%EOF', trailer) >= 0 && / obj\b/.test(text)
}

/**
 * Text has no NUL and hardly any other control character. Short magic numbers are not asked of what reads as text: a
 * note may well begin with a patient's initials "MZ" or with "BM 2/day".
 */
function isBinary(text: string, utf8: Uint8Array | null): boolean {
  if (text.includes('\0')) return true
  const controls = text.match(/[\u0001-\u0008\u000e-\u001f\u007f]/g)?.length ?? 0
  if (controls > text.length / 50) return true
  if (utf8 === null || isUtf8(utf8)) return false
  const broken = text.match(/\ufffd/g)?.length ?? 0
  return broken > text.length / 5
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  const known =
    found === undefined ? 'The file is of no kind that is taken here.' : `The file is of the kind ${found.mime}.`
  return `${known} Send plain text, PDF, a C-CDA document or a FHIR R4 Bundle.`
}

const looksLikeHtml = (start: string): boolean => /^<(!doctype\s+html|html|head|body)\b/i.test(start)

function looksLikeXml(text: string, start: string): boolean {
  if (/^<(\?xml|!DOCTYPE|(\w+:)?ClinicalDocument)\b/i.test(start)) return true
  return text.includes('urn:hl7-org:v3') && /<\/(\w+:)?ClinicalDocument>/.test(text)
}

const looksLikeFhir = (text: string, start: string): boolean =>
  text.includes('"resourceType"') && (start.startsWith('{') || text.includes('"entry"'))

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
