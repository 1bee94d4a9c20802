import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { packageRoot } from '../../../server/db/migrate.js'

/**
 * Which words of a sealed value are looked for. A value is taken apart into its texts (the strings of a JSON value, the
 * lines of a note), and these where any form of writing would change them: at quotes, backslashes and control characters.
 * Of what is left, a piece is looked for that
 * - has eight characters or more, five letters among them, of which long ones are cut at spaces, so that part of a note
 *   is found too,
 * - has no form that machines give: ids, times, digests, names of enums and addresses stand everywhere by right, unless
 *   the whole value is nothing else, as a record number is,
 * - stands nowhere in the program's own source, its schema and its code sets, since the program may say its own words.
 */
export function wordsOf(plain: string): { readonly words: readonly string[]; readonly left: number } {
  if (NUMBER.test(plain)) return { words: [plain], left: 0 }
  const words: string[] = []
  let left = 0
  for (const text of textsOf(plain))
    for (const fragment of text.split(BREAKS))
      for (const piece of piecesOf(fragment.trim())) {
        if (piece.length === 0) continue
        if (isTelling(piece)) words.push(piece)
        else left++
      }
  return { words, left }
}

/** A stretch from the middle of bytes that are no text: a scan, a page. Nothing where they are too alike to tell. */
export function stretchOf(bytes: Buffer): string | undefined {
  const start = Math.max(0, Math.floor(bytes.length / 2) - 12)
  const stretch = bytes.subarray(start, start + 24)
  return stretch.length === 24 && new Set(stretch).size >= 12 ? stretch.toString('latin1') : undefined
}

const SHORTEST = 8
const LONGEST = 60
const BREAKS = /["'\\\u0000-\u001f\u007f]+/

/** All there is of a value, in one word with a digit: somebody's number. */
const NUMBER = /^(?=\S*\d)[\w.:/-]{8,60}$/

/** What names an edit or an opportunity: a rule or a kind, with ids and codes, which stand unsealed in their own columns. */
const KEY = String.raw`(?:[A-Z][A-Z0-9_]+|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)`

const MACHINE_MADE = [
  new RegExp(`^${KEY}(?:[ :=,/]${KEY})+$`),
  /^[0-9a-f]{8}-[0-9a-f-]{27}$/i,
  /^[\d\s:.,;/+\-TZ]+$/,
  /^[0-9a-f]{16,}$/i,
  /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/,
  /^(urn|https?|mailto|tel):\S+$/,
]

const isTelling = (piece: string): boolean =>
  piece.length >= SHORTEST &&
  (piece.match(/\p{L}/gu) ?? []).length >= 5 &&
  !MACHINE_MADE.some((form) => form.test(piece)) &&
  !isOwn(piece)

function textsOf(plain: string): string[] {
  if (!/^\s*[{[]/.test(plain)) return [plain]
  try {
    const texts: string[] = []
    JSON.parse(plain, (_key, value: unknown) => {
      if (typeof value === 'string') texts.push(value)
      return value
    })
    return texts
  } catch {
    return [plain]
  }
}

function piecesOf(fragment: string): string[] {
  if (fragment.length <= LONGEST) return [fragment]
  const pieces: string[] = []
  let piece = ''
  for (const word of fragment.split(/(?<= )/)) {
    if (piece.length + word.length > LONGEST && piece.length >= SHORTEST) {
      pieces.push(piece.trim())
      piece = ''
    }
    piece += word
  }
  return [...pieces, piece.trim()]
}

let own: string | undefined
const ownOrNot = new Map<string, boolean>()

/** Whether the program says it by itself, in whatever letters. */
function isOwn(piece: string): boolean {
  const known = ownOrNot.get(piece)
  if (known !== undefined) return known
  const said = (own ??= source()).includes(piece.toLowerCase())
  ownOrNot.set(piece, said)
  return said
}

function source(): string {
  const texts: string[] = []
  for (const folder of ['server', 'schema', 'migrations'])
    for (const file of readdirSync(path.join(packageRoot(), folder), { recursive: true, encoding: 'utf8' }))
      if (/\.(ts|tsv|json|sql)$/.test(file)) texts.push(readFileSync(path.join(packageRoot(), folder, file), 'utf8'))
  return texts.join('\n').toLowerCase()
}
