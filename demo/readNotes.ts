import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { UsageError } from '../server/cli/output.js'

export interface Note {
  readonly id: string
  readonly text: string
}

/**
 * The first `limit` notes of a file with one JSON object a line: `{id, text}`, other fields are ignored, empty lines
 * too. A line that is something else stops the demo before it begins: notes that were left out silently would make
 * every share of them look better than it is.
 *
 * @throws UsageError with the number of the line, never with what it holds
 */
export async function readNotes(file: string, limit: number): Promise<readonly Note[]> {
  const notes: Note[] = []
  let number = 0
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) {
    number++
    if (notes.length >= limit) break
    if (!line.trim()) continue
    const note = noteOf(line)
    if (typeof note === 'string') throw new UsageError(`Line ${number} of the notes ${note}`)
    notes.push(note)
  }
  if (notes.length === 0) throw new UsageError('There is no note in the file: it needs one {"id", "text"} a line.')
  return notes
}

/** What is wrong with the line, or its note. */
function noteOf(line: string): Note | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'is not JSON: write one object a line, such as {"id": "n1", "text": "…"}.'
  }
  const { id, text } = (value ?? {}) as { id?: unknown; text?: unknown }
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return 'has no "id".'
  if (typeof text !== 'string' || !text.trim()) return 'has no "text".'
  return { id: String(id), text }
}
