import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, endIntake, IntakeError, parseIntake } from '../../../server/documents/intake/parseIntake.js'
import { ccda, documentReference, linesPdf, refusal, section, utf8, wholeBundle, wrongs } from './support.js'

afterAll(endIntake)

const problem = async (xml: string): Promise<string> => (await refusal(parseIntake(utf8(xml)))).problem
const withDoctype = (doctype: string, body: string): string =>
  ccda({ body: `<component><structuredBody>${section('T', body)}</structuredBody></component>` }).replace(
    '<ClinicalDocument',
    `${doctype}\n<ClinicalDocument`,
  )

describe('unsafe XML', () => {
  it('is refused before any entity is expanded or fetched', async () => {
    const laughs = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
    expect(await problem(withDoctype(`<!DOCTYPE d [<!ENTITY l0 "ha">${laughs}]>`, '&l12;'))).toBe('UNSAFE_XML')
    expect(await problem(withDoctype('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;'))).toBe(
      'UNSAFE_XML',
    )
    expect(await problem(withDoctype('<!DOCTYPE d SYSTEM "http://elsewhere.example/d.dtd">', 'x'))).toBe('UNSAFE_XML')
    expect(await problem(`<!DOCTYPE d [<!ENTITY % p SYSTEM "http://elsewhere.example/"> %p;]><d/>`)).toBe('UNSAFE_XML')
  })

  it('is refused by depth and by count', async () => {
    const deep = `${'<content>'.repeat(5_000)}x${'</content>'.repeat(5_000)}`
    expect(await problem(withDoctype('', deep))).toBe('UNSAFE_XML')
    const wide = utf8(withDoctype('', '<br/>'.repeat(500)))
    expect((await refusal(parseIntake(wide, {}, { ...DEFAULT_LIMITS, maxNodes: 400 }))).problem).toBe('UNSAFE_XML')
  })

  it('knows no entities but the five', async () => {
    expect(await problem(withDoctype('', '&nbsp;'))).toBe('DAMAGED')
    expect(await problem(withDoctype('', '&constructor;'))).toBe('DAMAGED')
  })

  it('is refused where it is declared in another alphabet, unless every byte is ASCII', async () => {
    const latin = ccda().replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    expect((await parseIntake(utf8(latin))).documents).toHaveLength(1)
    expect(await problem(latin.replace('Recovered', 'Récovered'))).toBe('NOT_UTF8')
  })

  it('is refused when it is no clinical document', async () => {
    expect(await problem('<?xml version="1.0"?><note/>')).toBe('UNKNOWN_FORMAT')
    expect(await problem('<ClinicalDocument/>')).toBe('UNKNOWN_FORMAT')
  })
})

/** Words that stand in every file below and in none of our sentences. */
const CANARIES = ['Quillfeather', 'Ozzy', 'ZQ-4411', 'canarytext', '000-00-0042', 'Physic']

describe('files broken at random', () => {
  const text = 'Says canarytext today.'
  const sources: [string, () => Promise<Uint8Array>][] = [
    ['PDF', async () => linesPdf([['Quillfeather, Ozzy', text], [text]])],
    [
      'C-CDA',
      async () => utf8(ccda({ body: `<component><structuredBody>${section('T', text)}</structuredBody></component>` })),
    ],
    ['Bundle', async () => utf8(wholeBundle(documentReference({ description: text })))],
  ]

  it.each(sources)(
    '%s: read or refused by name, never anything else, and no word of it in the refusal',
    async (_, make) => {
      const whole = await make()
      const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255), cut: fc.nat(40) })
      const kind = fc.constantFrom('set', 'cut', 'double', 'end')
      await fc.assert(
        fc.asyncProperty(kind, fc.array(change, { minLength: 1, maxLength: 4 }), async (how, changes) => {
          let bytes = Buffer.from(whole)
          for (const { at, byte, cut } of changes) {
            if (how === 'set') bytes[at % bytes.length] = byte
            if (how === 'cut') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + cut)])
            if (how === 'double') bytes = Buffer.concat([bytes.subarray(0, at + cut), bytes.subarray(at)])
            if (how === 'end') bytes = bytes.subarray(0, Math.max(1, at))
          }
          try {
            expect(wrongs(await parseIntake(bytes))).toEqual([])
          } catch (error) {
            expect(error).toBeInstanceOf(IntakeError)
            const said = `${(error as Error).message}${(error as Error).stack}${JSON.stringify(error)}`
            expect(CANARIES.filter((word) => said.includes(word))).toEqual([])
            // A limit of time that strikes here would be a hang.
            expect(said).not.toContain('more time')
          }
        }),
        { numRuns: 120 },
      )
    },
  )

  it('a PDF on which pdf.js leaves a promise rejected unheard does not take the thread from the next file', async () => {
    const broken = '%PDF-\n1 0 obj<<///Kids[R 7 0R]/Count\n2 0 obj<<///Pages 1 0R>>7 0 obj<<endobj\ntrailer<</Root 2 0R'
    for (let turn = 0; turn < 3; turn += 1) {
      const said = await parseIntake(utf8(broken)).then(wrongs, (error: Error) => [error.message])
      expect(said.join()).not.toContain('more time')
      expect((await parseIntake(utf8('the next file'))).documents[0]!.text).toBe('the next file')
    }
  })

  it('any bytes at all are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 300 }), async (bytes) => {
        const outcome = await parseIntake(bytes).then(wrongs, (error: unknown) =>
          error instanceof IntakeError ? [] : ['other'],
        )
        expect(outcome).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
