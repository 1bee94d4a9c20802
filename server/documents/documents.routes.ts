import express, { type Request as HttpRequest, type Response, type Router } from 'express'
import { type AccessTokens, bearerToken } from '../auth/accessToken.js'
import { recordAccess } from '../auth/recordAccess.js'
import { openRequest } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { admitsLabels, seeChart } from '../charts/index.js'
import { badInput, CATALOGUE, ChartroomError, forbidden, notFound, unauthenticated } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import { chartOfVersion, originalOf, type StoredOriginal } from './document.store.js'
import { type Part2Record, part2Headers, part2Statement } from './part2Headers.js'
import { IntakeError, renderPdfPage } from './intake/parseIntake.js'

export interface DocumentRoutesOptions {
  readonly accessTokens: AccessTokens
  /** Errors that are not the caller's. The answer says nothing of them. */
  readonly onError?: (error: unknown) => void
}

/**
 * What GraphQL does not carry, for a bearer of an access token and under the very sight of the chart:
 *
 * - `GET /documents/:versionId/pages/:number.png?width=1200` draws one page of a PDF (64 to 4,000 pixels wide);
 * - `GET /documents/:versionId/original` answers the file as it came, as a download;
 * - `GET /documents/:versionId/part2-notice.txt` answers the statement that accompanies either, where the record is one of
 *   substance use disorder treatment. Both carry it in their headers too, and link to it (part2Headers.ts).
 *
 * Each answer, and each refusal to somebody who is signed in, waits for its access record. 404 for what is not visible, withdrawn or not there; 403 where the chart is visible and its content is not. Nothing
 * is ever kept by a browser or a proxy.
 */
export function documentRoutes(services: Services, options: DocumentRoutesOptions): Router {
  const router = express.Router()
  const answering =
    (action: string, answer: (original: SeenOriginal, req: HttpRequest, res: Response) => Promise<void> | void) =>
    async (req: HttpRequest, res: Response): Promise<void> => {
      res.set(HEADERS)
      try {
        await answer(await readOriginal(services, options, req, action), req, res)
      } catch (error) {
        const { code, message } = refusalOf(error, options.onError)
        res.status(CATALOGUE[code].status).json({ code, message })
      }
    }
  router.get('/documents/:versionId/pages/:number.png', answering('GET page', drawPage))
  router.get('/documents/:versionId/original', answering('GET original', sendOriginal))
  router.get('/documents/:versionId/part2-notice.txt', answering('GET notice', sendNotice))
  return router
}

async function drawPage(original: SeenOriginal, req: HttpRequest, res: Response): Promise<void> {
  const number = wholeNumber(req.params.number)
  if (original.mediaType !== PDF || number === undefined || number < 1 || number > original.pageCount) throw notFound()
  const width = req.query.width === undefined ? 1_200 : wholeNumber(req.query.width)
  if (width === undefined || width < 64 || width > 4_000) throw badInput('width', 'must be 64 to 4000 pixels.')
  const png = await renderPdfPage(original.bytes, number, { width })
  res.set(part2Headers(original))
  res.type('image/png').send(Buffer.from(png.buffer, png.byteOffset, png.byteLength))
}

function sendOriginal(original: SeenOriginal, _req: HttpRequest, res: Response): void {
  const { bytes, mediaType } = original
  res.set(part2Headers(original))
  res.set('content-disposition', `attachment; filename="document${mediaType === PDF ? '.pdf' : ''}"`)
  res.type(mediaType === PDF ? PDF : 'application/octet-stream')
  res.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

function sendNotice(original: SeenOriginal, _req: HttpRequest, res: Response): void {
  const notice = part2Statement(original)
  if (notice === undefined) throw notFound()
  res.type('text/plain').send(notice)
}

/** A file, and by which consents its reader sees it. */
type SeenOriginal = StoredOriginal & Part2Record

/** @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, UNAVAILABLE */
async function readOriginal(
  services: Services,
  { accessTokens }: DocumentRoutesOptions,
  req: HttpRequest,
  action: string,
): Promise<SeenOriginal> {
  const token = bearerToken(req.headers.authorization)
  if (!token) throw unauthenticated()
  const request = openRequest(services, await accessTokens.verify(token))
  try {
    const original = await visibleOriginal(await request.reading(), String(req.params.versionId))
    request.accessed.classes.add('CLINICAL')
    return original
  } catch (error) {
    const { code, detail } = refusalOf(error, undefined)
    request.accessed.reasons.add('reason' in detail ? `${code}:${String(detail.reason)}` : code)
    throw error
  } finally {
    // Ended before a page is drawn: that takes its time in another thread.
    await request.close()
    await recordAccess(services, request.claims, request.accessed, { action })
  }
}

async function visibleOriginal(session: Session, versionId: string): Promise<SeenOriginal> {
  // Programs of third parties read text under scopes, and no files.
  if (session.viewer.client) throw forbidden('SCOPE')
  const chartId = await chartOfVersion(session, versionId)
  if (chartId === undefined) throw notFound()
  const { row, sight } = await seeChart(session, chartId)
  if (!sight.classes.has('CLINICAL')) throw forbidden('CLASS')
  const original = await originalOf(session, row, versionId)
  if (!original || !admitsLabels(sight, original.labels)) throw notFound()
  return { ...original, versionId, consents: sight.consents ?? [] }
}

const PDF = 'application/pdf'
const HEADERS = {
  'cache-control': 'no-store, private',
  'x-content-type-options': 'nosniff',
  // Should a browser ever show a file of somebody's making as a page, it is one that can do nothing.
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
}

const wholeNumber = (text: unknown): number | undefined =>
  typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : undefined

function refusalOf(error: unknown, onError: DocumentRoutesOptions['onError']): ChartroomError {
  if (error instanceof ChartroomError) return error
  if (error instanceof IntakeError) return notFound()
  onError?.(error)
  return new ChartroomError('INTERNAL')
}
