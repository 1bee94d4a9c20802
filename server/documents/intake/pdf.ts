import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Canvas, createCanvas, DOMMatrix, ImageData, Path2D } from '@napi-rs/canvas'
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import type { IntakeDocument } from '../intake.model.js'
import type { IntakeLimits } from './limits.js'
import { checkTextLength } from './limits.js'
import type { Glyphs } from './pdfLayout.js'
import { readingOrder } from './pdfLayout.js'
import { joinPages, normaliseText } from './plainText.js'
import { IntakeError, unreadable } from './problem.js'

/**
 * The text layer of a PDF page by page, or its pages as a scan where it has none worth reading. Runs in a worker: it
 * keeps its thread busy. Scripts in the file are never run, nothing is fetched, forms and XFA are not interpreted.
 *
 * @throws IntakeError ENCRYPTED_PDF, DAMAGED, TOO_MANY_PAGES, TOO_MUCH_TEXT
 */
export async function readPdf(
  bytes: Uint8Array,
  limits: IntakeLimits,
): Promise<Pick<IntakeDocument, 'text' | 'pages' | 'scan' | 'original'>> {
  const original = { mediaType: 'application/pdf', bytes }
  return withPdf(bytes, async (pdf) => {
    if (pdf.numPages > limits.maxPages) {
      throw new IntakeError(
        'TOO_MANY_PAGES',
        `The PDF has ${pdf.numPages} pages; ${limits.maxPages} are taken at once. Split it into several files.`,
      )
    }
    const parts: string[] = []
    let length = 0
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number)
      const text = await textOfPage(page)
      page.cleanup()
      length += text.length + 1
      checkTextLength(length, limits)
      parts.push(text)
    }
    if (!isScan(parts)) return { ...joinPages(parts), scan: false, original }
    return { text: '', pages: parts.map((_, index) => ({ number: index + 1, start: 0, end: 0 })), scan: true, original }
  })
}

/**
 * Draws one page on white.
 *
 * @param page counted from 1
 * @param width of the picture in pixels, 64 to 4,000; the height follows, within 32 million pixels in all
 * @returns PNG bytes
 * @throws IntakeError ENCRYPTED_PDF, DAMAGED (also where there is no such page)
 */
export async function drawPdfPage(bytes: Uint8Array, page: number, width: number): Promise<Uint8Array> {
  return withPdf(bytes, async (pdf) => {
    if (!Number.isInteger(page) || page < 1 || page > pdf.numPages) {
      throw new IntakeError('DAMAGED', `The PDF has no such page; it has ${pdf.numPages}.`)
    }
    const proxy = await pdf.getPage(page)
    const plain = proxy.getViewport({ scale: 1 })
    const wanted = Math.min(4_000, Math.max(64, Math.round(width))) / plain.width
    const most = Math.sqrt(32_000_000 / (plain.width * plain.height))
    const viewport = proxy.getViewport({ scale: Math.min(wanted, most) })
    const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)))
    await proxy.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport, background: '#ffffff' }).promise
    return canvas.encode('png')
  })
}

/** Opens a PDF, hands it over, and lets go of it. pdf.js takes the bytes for itself, so it is given a copy. */
async function withPdf<T>(bytes: Uint8Array, use: (pdf: PDFDocumentProxy) => Promise<T>): Promise<T> {
  const task = await open(bytes)
  try {
    const pdf = await task.promise
    if (pdf.numPages < 1) throw new IntakeError('DAMAGED', 'The PDF has no pages.')
    return await use(pdf)
  } catch (error) {
    if (error instanceof IntakeError) throw error
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new IntakeError('ENCRYPTED_PDF', 'The PDF is protected by a password. Send a copy without one.')
    }
    throw unreadable()
  } finally {
    await task.destroy().catch(() => undefined)
  }
}

async function open(bytes: Uint8Array): Promise<PDFDocumentLoadingTask> {
  // pdf.js brings a canvas of its own, perhaps of another version; paths of one cannot be drawn on the other.
  Object.assign(globalThis, { DOMMatrix, ImageData, Path2D })
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  return getDocument({
    data: new Uint8Array(bytes),
    CanvasFactory: NodeCanvases,
    // Files of the package itself: fonts, character maps and decoders that a page may need. Nothing else is ever read.
    standardFontDataUrl: join(home, 'standard_fonts/'),
    cMapUrl: join(home, 'cmaps/'),
    wasmUrl: join(home, 'wasm/'),
    iccUrl: join(home, 'iccs/'),
    isEvalSupported: false,
    enableXfa: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    maxImageSize: 100_000_000,
    verbosity: VerbosityLevel.ERRORS,
  })
}

interface Surface {
  canvas: Canvas | null
  context: unknown
}

/** Makes the canvases that pdf.js draws groups and patterns on; the shape is pdf.js's BaseCanvasFactory. */
class NodeCanvases {
  create(width: number, height: number): Surface {
    const canvas = createCanvas(width, height)
    return { canvas, context: canvas.getContext('2d') }
  }

  reset(surface: Surface, width: number, height: number): void {
    if (surface.canvas === null) return
    surface.canvas.width = width
    surface.canvas.height = height
  }

  destroy(surface: Surface): void {
    surface.canvas = null
    surface.context = null
  }
}

async function textOfPage(page: PDFPageProxy): Promise<string> {
  const { Util } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const viewport = page.getViewport({ scale: 1 })
  const { items } = await page.getTextContent()
  const glyphs: Glyphs[] = []
  for (const item of items) {
    if (!('str' in item)) continue
    const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = Util.transform(viewport.transform, item.transform) as number[]
    // Words outside the page are seen by nobody and must not be cited.
    if (x < -1 || y < -1 || x > viewport.width + 1 || y > viewport.height + 1) continue
    const turn = (((Math.round((Math.atan2(b, a) * 180) / Math.PI / 90) * 90) % 360) + 360) % 360
    glyphs.push({ text: item.str, x, y, width: item.width, size: Math.hypot(c, d), turn })
  }
  const text = normaliseText(readingOrder(glyphs))
  return isGarbled(text) ? '' : text
}

/** Fonts without a way back to characters give private or replacement characters: such a layer is worth nothing. */
function isGarbled(text: string): boolean {
  const lost = text.match(/[\ufffd\ue000-\uf8ff]/g)?.length ?? 0
  return lost > lettersIn(text)
}

const lettersIn = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0

/**
 * A scan has no words of its own. Scanners and archives stamp each page ("Scanned 2 of 7"): lines that come back on
 * most pages but for their digits do not count as words.
 */
function isScan(parts: readonly string[]): boolean {
  const stamps = new Map<string, number>()
  const shape = (line: string): string => line.replace(/\d+/g, '0').trim()
  for (const part of parts) {
    for (const line of new Set(part.split('\n').map(shape))) stamps.set(line, (stamps.get(line) ?? 0) + 1)
  }
  const repeated = (line: string): boolean => parts.length > 2 && (stamps.get(shape(line)) ?? 0) > parts.length * 0.7
  const words = parts.flatMap((part) => part.split('\n')).filter((line) => !repeated(line))
  return lettersIn(words.join('\n')) < Math.max(3, parts.length * 2)
}
