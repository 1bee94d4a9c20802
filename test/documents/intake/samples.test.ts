import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { endIntake, parseIntake } from '../../../server/documents/intake/parseIntake.js'
import { wrongs } from './support.js'

afterAll(endIntake)

const folder = join(process.env.CODESETS_DIR ?? '../shared/data', 'notes/ccda')
const samples = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.xml')) : []

/** Longest words of the sections' text, found without an XML parser: each must come back in the rendering. */
function wordsOfNarrative(xml: string): string[] {
  const plain = xml.replace(/<!--[\s\S]*?-->/g, '')
  const body = plain.slice(plain.indexOf('<structuredBody'))
  const blocks = [...body.matchAll(/<\/title>\s*<text>([\s\S]*?)<\/text>/g)].map(([, inner]) => inner ?? '')
  const words = blocks.flatMap((block) => block.replace(/<[^>]*>/g, ' ').match(/[A-Za-z]{9,}/g) ?? [])
  return [...new Set(words)]
}

describe.skipIf(samples.length === 0)('official C-CDA samples (CODESETS_DIR/notes/ccda)', () => {
  it.each(samples)('%s gives a patient and all words of its narrative', async (name) => {
    const bytes = readFileSync(join(folder, name))
    const intake = await parseIntake(bytes)
    expect(intake.patient?.familyName).toMatch(/\w/)
    expect(intake.patient?.identifiers.length).toBeGreaterThan(0)
    expect(intake.documents).toHaveLength(1)
    expect(wrongs(intake)).toEqual([])
    const { text } = intake.documents[0]!
    const missing = wordsOfNarrative(bytes.toString('utf8')).filter((word) => !text.includes(word))
    expect(missing).toEqual([])
    expect(text).not.toMatch(/<\/?\w+>/)
  })
})
