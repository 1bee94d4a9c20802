import { gunzipSync } from 'node:zlib'

/** A file that is not what its layout promises. The message names the file, the line and what is wrong there. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError'
  constructor(
    readonly file: string,
    /** Counted from 1; null when the damage is not at one line (a file cut short, an unreadable archive). */
    readonly line: number | null,
    readonly problem: string,
  ) {
    super(line === null ? `${file}: ${problem}` : `${file}, line ${line}: ${problem}`)
  }
}

/** A file as read from disk, gzipped or plain. `name` is what messages call it. */
export interface SourceFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * The text of a file: unpacked if it is gzip, decoded as UTF-8, without a byte order mark.
 * @throws DamagedFileError if the archive is broken or the bytes are not UTF-8.
 */
export function textOf(file: SourceFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(unpacked(file))
  } catch (error) {
    if (error instanceof DamagedFileError) throw error
    throw new DamagedFileError(file.name, null, 'the text is not UTF-8. Save it as UTF-8 and import it again.')
  }
}

/**
 * The beginning of a file's text, for telling what it is. A file that is not text gives some text all the same.
 * @throws DamagedFileError if the archive is broken, since nobody can tell what it should have been
 */
export const textOfHead = (file: SourceFile): string =>
  new TextDecoder().decode(unpacked(file).subarray(0, HEAD_LENGTH))

const HEAD_LENGTH = 4096

/** The lines of a text with their numbers from 1; a trailing line break makes no line, `\r\n` counts as one. */
export function* numberedLines(text: string): Generator<readonly [line: number, text: string]> {
  let number = 0
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    const stop = end === -1 ? text.length : end
    number += 1
    yield [number, text.slice(start, stop > start && text[stop - 1] === '\r' ? stop - 1 : stop)]
    start = stop + 1
  }
}

/** Titles and notes carry no tabs, line breaks or doubled spaces into an artefact. */
export const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()

function unpacked(file: SourceFile): Uint8Array {
  if (file.bytes[0] !== 0x1f || file.bytes[1] !== 0x8b) return file.bytes
  try {
    return gunzipSync(file.bytes)
  } catch {
    throw new DamagedFileError(file.name, null, 'the gzip archive is damaged or cut short. Fetch it again.')
  }
}
