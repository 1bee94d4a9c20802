import { loadImage } from '@napi-rs/canvas'
import { createCanvas } from '@napi-rs/canvas'
import { afterAll, describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, endIntake, parseIntake, renderPdfPage } from '../../../server/documents/intake/parseIntake.js'
import { bombPdf, linesPdf, lockedPdf, type Placed, refusal, scanPdf, textPdf, utf8, wrongs } from './support.js'

afterAll(endIntake)

const read = async (bytes: Uint8Array) => (await parseIntake(bytes)).documents[0]!

describe('a PDF with text', () => {
  it('gives lines, pages and exact offsets, an empty page among them, and keeps the original', async () => {
    const bytes = await linesPdf([['Chief complaint:', 'Chest pain since morning.'], [], ['Plan: admit.']])
    const intake = await parseIntake(bytes, { fileName: 'C:\\scans\\day_one-note.pdf' })
    const [document] = intake.documents
    expect(document).toMatchObject({ title: 'day one note', scan: false, signed: false, type: 'OTHER' })
    expect(document!.pages.map((page) => document!.text.slice(page.start, page.end))).toEqual([
      'Chief complaint:\nChest pain since morning.',
      '',
      'Plan: admit.',
    ])
    expect(document!.original).toEqual({ mediaType: 'application/pdf', bytes })
    expect(wrongs(intake)).toEqual([])
  })

  it('puts rows in order whatever the order in the file', async () => {
    const words: Placed[] = [
      { text: 'third', x: 60, y: 90 },
      { text: 'right', x: 300, y: 60 },
      { text: 'first', x: 60, y: 60 },
      { text: 'second', x: 60, y: 75 },
    ]
    expect((await read(await textPdf([words]))).text).toBe('first  right\nsecond\nthird')
  })

  it('reads columns of prose one after the other, and tables across', async () => {
    const left = Array.from({ length: 8 }, (_, n) => `left words of line ${n} go to the edge`)
    const right = Array.from({ length: 8 }, (_, n) => `right words of line ${n} go to the edge`)
    const column = (lines: string[], x: number, shift: number): Placed[] =>
      lines.map((text, line) => ({ text, x, y: 100 + shift + line * 14 }))
    const heading = {
      text: 'A heading that runs over both of the columns of this page, from edge to edge',
      x: 60,
      y: 60,
    }
    // The columns' lines do not stand on the same baselines.
    const prose = await read(await textPdf([[heading, ...column(right, 320, 5), ...column(left, 60, 0)]]))
    expect(prose.text).toBe([heading.text, '', ...left, '', ...right].join('\n'))

    const cells = Array.from({ length: 8 }, (_, n) => [
      { text: `drug ${n}`, x: 60, y: 100 + n * 14 },
      { text: `${n} mg`, x: 320, y: 100 + n * 14 },
    ]).flat()
    expect((await read(await textPdf([cells]))).text.split('\n')[3]).toBe('drug 3  3 mg')
  })

  it('reads a page that lies on its side', async () => {
    const page = [
      { text: 'one line', x: 60, y: 60 },
      { text: 'two line', x: 60, y: 75 },
    ]
    for (const rotate of [90, 180, 270])
      expect((await read(await textPdf([page], rotate))).text).toBe('one line\ntwo line')
  })

  it('leaves out words that stand outside the page', async () => {
    const words = [
      { text: 'seen', x: 60, y: 60 },
      { text: 'unseen', x: 900, y: 60 },
    ]
    expect((await read(await textPdf([words]))).text).toBe('seen')
  })
})

describe('a scan', () => {
  it('is shown by page and has no text', async () => {
    const document = await read(await scanPdf(2))
    expect(document).toMatchObject({ scan: true, text: '' })
    expect(document.pages).toEqual([
      { number: 1, start: 0, end: 0 },
      { number: 2, start: 0, end: 0 },
    ])
  })

  it('stays a scan under the stamps of an archive', async () => {
    expect((await read(await scanPdf(4, (page) => `Archive 2024-03-05 scanned page ${page} of 4`))).scan).toBe(true)
  })
})

describe('a PDF that cannot be taken', () => {
  it.each([
    ['ENCRYPTED_PDF', () => lockedPdf()],
    ['DAMAGED', () => utf8('%PDF-1.7\nnothing that follows is a PDF')],
  ])('%s', async (problem, make) => {
    expect((await refusal(parseIntake(make()))).problem).toBe(problem)
  })

  it('by its pages and by its text', async () => {
    const bytes = await linesPdf([['one'], ['two'], ['three']])
    expect((await refusal(parseIntake(bytes, {}, { ...DEFAULT_LIMITS, maxPages: 2 }))).problem).toBe('TOO_MANY_PAGES')
    expect((await refusal(parseIntake(bytes, {}, { ...DEFAULT_LIMITS, maxText: 5 }))).problem).toBe('TOO_MUCH_TEXT')
    expect((await refusal(parseIntake(bytes, {}, { ...DEFAULT_LIMITS, maxBytes: 50 }))).problem).toBe('TOO_MUCH_TEXT')
  })

  it('by its time, and the next file is read all the same', async () => {
    const bytes = await linesPdf(Array.from({ length: 300 }, (_, page) => [`page ${page}`]))
    expect((await refusal(parseIntake(bytes, {}, { ...DEFAULT_LIMITS, maxTime: 1 }))).problem).toBe('DAMAGED')
    expect((await read(utf8('still here'))).text).toBe('still here')
  })
})

describe('a PDF that unpacks to far more than it weighs', () => {
  it('is given up when the process grows, and the next file is read all the same', async () => {
    const limits = { ...DEFAULT_LIMITS, maxMemory: 100 * 1024 * 1024 }
    expect((await refusal(parseIntake(bombPdf(300), {}, limits))).problem).toBe('DAMAGED')
    expect((await read(utf8('still here'))).text).toBe('still here')
  })
})

describe('drawing a page', () => {
  it('gives a picture of the width asked for, with the ink where it is', async () => {
    const bytes = await scanPdf(1)
    const image = await loadImage(Buffer.from(await renderPdfPage(bytes, 1, { width: 306 })))
    expect([image.width, image.height]).toEqual([306, 396])
    const canvas = createCanvas(306, 396)
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    expect([...context.getImageData(150, 200, 1, 1).data]).toEqual([255, 0, 0, 255])
    expect(bytes.length).toBeGreaterThan(0)
  })

  it('draws text in black on white', async () => {
    const image = await loadImage(Buffer.from(await renderPdfPage(await linesPdf([['IIIIIIIIII']]), 1, { width: 612 })))
    const canvas = createCanvas(612, 792)
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(55, 48, 40, 16)
    const greens = Array.from({ length: data.length / 4 }, (_, pixel) => data[pixel * 4 + 1]!)
    expect(Math.min(...greens)).toBeLessThan(100)
    expect(Math.max(...greens)).toBe(255)
  })

  it('refuses a page that is not there', async () => {
    const bytes = await scanPdf(1)
    for (const page of [0, 2, 1.5]) expect((await refusal(renderPdfPage(bytes, page))).problem).toBe('DAMAGED')
  })
})
