import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readNotes } from '../../demo/readNotes.js'

const folder = mkdtempSync(path.join(os.tmpdir(), 'chartroom-notes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (lines: readonly string[], limit = 50, end = '\n') => {
  const file = path.join(folder, 'notes.jsonl')
  writeFileSync(file, lines.join(end))
  return readNotes(file, limit)
}
const line = fc.record({ id: fc.string({ minLength: 1 }), text: fc.string().map((t) => `x${t}`), more: fc.jsonValue() })

describe('notes from a file', () => {
  it('are the first ones, in order, whatever stands between them and whatever else they say', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.nat(9).map((n) => n + 1),
        fc.constantFrom('\n', '\r\n', '\n\n', '\n  \n'),
        async (notes, limit, end) => {
          const lines = notes.map((note) => JSON.stringify(note))
          const expected = notes.slice(0, limit).map(({ id, text }) => ({ id, text }))
          expect(await read(lines, limit, end)).toEqual(expected)
        },
      ),
      { numRuns: 50 },
    ))

  it.each([
    ['not json at all', 'is not JSON'],
    ['null', 'has no "id"'],
    ['["a"]', 'has no "id"'],
    ['{"text": "secret words"}', 'has no "id"'],
    ['{"id": "a"}', 'has no "text"'],
    ['{"id": "a", "text": "  "}', 'has no "text"'],
    ['{"id": "a", "text": 7}', 'has no "text"'],
  ])('refuse %s by the number of its line, without repeating it', async (bad, why) => {
    const error = await read(['{"id": "a", "text": "b"}', '', bad]).catch((e: unknown) => e as Error)
    expect(error).toMatchObject({ name: 'UsageError' })
    expect((error as Error).message).toContain(`Line 3 of the notes ${why}`)
    expect((error as Error).message).not.toContain('secret')
    // A line beyond the limit is not asked for.
    expect(await read(['{"id": 1, "text": "b"}', bad], 1)).toEqual([{ id: '1', text: 'b' }])
  })

  it('refuse a file without any: no share of nothing is 80 %', async () => {
    await expect(read(['', ' '])).rejects.toMatchObject({ name: 'UsageError' })
  })
})
