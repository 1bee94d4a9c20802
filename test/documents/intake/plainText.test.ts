import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../../../server/documents/intake/limits.js'
import { normaliseText, oneLine, readPlainText } from '../../../server/documents/intake/plainText.js'
import { IntakeError } from '../../../server/documents/intake/problem.js'
import { sniff } from '../../../server/documents/intake/sniff.js'
import { refusal, utf8 } from './support.js'

const read = (text: string) => readPlainText(utf8(text), DEFAULT_LIMITS)
const problemOf = (bytes: Uint8Array): string => {
  try {
    readPlainText(bytes, DEFAULT_LIMITS)
    return 'none'
  } catch (error) {
    return error instanceof IntakeError ? error.problem : 'other'
  }
}

/** Text as people and machines write it, with the characters that go wrong. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\r',
      '\n',
      '\r\n',
      '\t',
      '\f',
      '\u0000',
      '\u0085',
      '\u2028',
      '\ufeff',
      '\u202e',
      'e\u0301',
      '\u00ad',
      '\u212b',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
  ),
})

describe('plain text', () => {
  it('is stored in one form: again normalised it stays as it is', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const text = normaliseText(raw)
        expect(normaliseText(text)).toBe(text)
        expect(text).toBe(text.normalize('NFC'))
        expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u202a-\u202e\ufeff]/)
      }),
    )
  })

  it('keeps text that is already in that form, character by character', () => {
    const clean = anyText.map((raw) => normaliseText(raw.replaceAll('\f', ''))).filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(clean, (text) => {
        expect(read(text)).toEqual({ text, pages: [] })
      }),
    )
  })

  it('makes a page of each stretch between form feeds, and the slices are those stretches', () => {
    const stretches = fc.array(fc.stringMatching(/^[a-z][a-z \n]{0,30}[a-z]$/), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(stretches, fc.boolean(), (parts, closed) => {
        const { text, pages } = read(parts.join('\f') + (closed ? '\f' : ''))
        expect(pages.map((page) => text.slice(page.start, page.end))).toEqual(parts)
        expect(pages.map((page) => page.number)).toEqual(parts.map((_, index) => index + 1))
      }),
    )
  })

  it('reads UTF-8 and UTF-16 with their marks alike', () => {
    const note = 'Température 38,5 °C\nNaïve — 日本'
    const le = new Uint8Array([0xff, 0xfe, ...Buffer.from(note, 'utf16le')])
    const be = new Uint8Array([0xfe, 0xff, ...Buffer.from(note, 'utf16le').swap16()])
    for (const bytes of [utf8(note), utf8(`\ufeff${note}`), le, be]) {
      expect(readPlainText(bytes, DEFAULT_LIMITS).text).toBe(note)
    }
  })

  it('refuses what it would have to guess at', () => {
    expect(problemOf(new Uint8Array([0x41, 0xe9, 0x42]))).toBe('NOT_UTF8')
    expect(problemOf(new Uint8Array([0xed, 0xa0, 0x80]))).toBe('NOT_UTF8')
    expect(problemOf(new Uint8Array([0xff, 0xfe, 0x41]))).toBe('NOT_UTF8')
    expect(problemOf(utf8(' \n\f\n '))).toBe('EMPTY')
    expect(problemOf(utf8('a'.repeat(DEFAULT_LIMITS.maxText + 1)))).toBe('TOO_MUCH_TEXT')
  })

  it('makes one line of a title, never half a character', () => {
    expect(oneLine('  a\r\n b\t')).toBe('a b')
    expect(oneLine(' \u200b ')).toBeNull()
    expect(oneLine(`${'x'.repeat(299)}😀`)).toBe('x'.repeat(299))
  })
})

describe('sniffing', () => {
  const png = new Uint8Array([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1,
  ])
  const zip = new Uint8Array([
    0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  ])

  it('goes by content', async () => {
    expect(await sniff(utf8('%PDF-1.7\n...'))).toBe('PDF')
    expect(await sniff(utf8('<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>'))).toBe('CCDA')
    expect(await sniff(utf8('{ "entry": [], "resourceType": "Bundle" }'))).toBe('FHIR_BUNDLE')
    expect(await sniff(utf8('\ufeff  {"resourceType":"Bundle"}'))).toBe('FHIR_BUNDLE')
  })

  it.each([
    'MZ is a 54 year old',
    'BM 2 a day',
    'PK noted',
    'GIF8 is no word',
    '<no name> seen today',
    '{sic} he said',
    'II* sign',
  ])('takes a note that begins like another format for a note: %s', async (note) =>
    expect(await sniff(utf8(note))).toBe('TEXT'),
  )

  it.each([
    ['a picture', png],
    ['an archive', zip],
    ['rich text', utf8('{\\rtf1 hello}')],
    ['a web page', utf8('<!DOCTYPE html><html></html>')],
    ['other JSON', utf8('[1, 2]')],
    ['NULs', new Uint8Array(50)],
  ])('refuses %s', async (_, bytes) => {
    expect((await refusal(sniff(bytes))).problem).toBe('UNKNOWN_FORMAT')
  })

  it('calls no bytes empty', async () => {
    expect((await refusal(sniff(new Uint8Array(0)))).problem).toBe('EMPTY')
  })
})
