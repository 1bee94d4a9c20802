import { createHash, randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUpload } from '../../server/documents/createUpload.command.js'
import { importChart } from '../../server/documents/importChart.command.js'
import { requestAs } from '../support/charts.js'
import { CODER, type DocumentWorld, documentWorld, MAX_BYTES, put, send, smallInput } from './world.js'

const sha256 = (bytes: string): string => createHash('sha256').update(bytes).digest('hex')

describe('uploads', () => {
  let world: DocumentWorld
  beforeAll(async () => void (world = await documentWorld()))
  afterAll(() => world.close())

  const create = (byteSize: number, sha?: string) => createUpload(requestAs(world, CODER), { byteSize, sha256: sha })
  const stateOf = async (id: string) => (await world.db.ownerSql`select * from upload where id = ${id}`)[0]!

  it('keeps the bytes sealed, and says what they are from their content', async () => {
    const text = 'Canary Zebrawood has pneumonia.'
    const { uploadId, url } = await create(Buffer.byteLength(text), sha256(text))
    const response = await put(world, url, text)
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({ uploadId, byteSize: text.length, sha256: sha256(text), mediaKind: 'TEXT' })
    const row = await stateOf(uploadId)
    expect(row.state).toBe('STORED')
    expect(Buffer.from(row.content).includes('Zebrawood')).toBe(false)
    expect(JSON.stringify(row)).not.toContain(url.split('/').at(-1))
  })

  it('takes the bytes of one ticket once, also from two senders at once', async () => {
    const { url } = await create(4)
    const statuses = (await Promise.all([put(world, url, 'abcd'), put(world, url, 'efgh')])).map((r) => r.status)
    expect(statuses.sort()).toEqual([201, 409])
    expect((await put(world, url, 'abcd')).status).toBe(409)
  })

  it.each([
    ['fewer bytes than announced', 10, 'nine byte', undefined, 400],
    ['more bytes than announced', 3, 'four', undefined, 413],
    ['another checksum', 4, 'four', sha256('fore'), 400],
    ['a program', 8, 'MZ\0\0\0\0\0\0', undefined, 400],
  ])('refuses %s and lets the right bytes follow', async (_what, byteSize, body, sha, status) => {
    const { uploadId, url } = await create(byteSize, sha)
    const response = await put(world, url, body)
    expect(response.status).toBe(status)
    expect(Object.keys((await response.json()) as object).sort()).toEqual(['code', 'message'])
    expect((await stateOf(uploadId)).state).toBe('CREATED')
  })

  it('stops reading a body of unknown length where it goes beyond what was announced', async () => {
    const { url } = await create(1_000)
    const status = await new Promise<number>((resolve, reject) => {
      const sending = httpRequest(new URL(url, world.address), { method: 'PUT' }, (res) => {
        res.resume()
        resolve(res.statusCode!)
        sending.destroy()
      })
      sending.on('error', reject)
      sending.setHeader('transfer-encoding', 'chunked')
      sending.write(Buffer.alloc(1_500, 'a'))
    })
    expect(status).toBe(413)
  })

  it('knows no other ticket, no other upload, and none whose time is over', async () => {
    const mine = await create(4)
    const other = await create(4)
    const ticket = (url: string) => url.split('/').at(-1)!
    const swapped = mine.url.replace(ticket(mine.url), ticket(other.url))
    for (const url of [swapped, `/uploads/${mine.uploadId}/x`, `/uploads/${randomUUID()}/${ticket(mine.url)}`])
      expect((await put(world, url, 'abcd')).status).toBe(404)
    world.clock.advance(15 * 60_000 + 1)
    expect((await put(world, mine.url, 'abcd')).status).toBe(404)
  })

  it('refuses sizes and people before there is an address', async () => {
    await expect(create(MAX_BYTES + 1)).rejects.toMatchObject({ code: 'TOO_LARGE' })
    await expect(create(0)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(create(4, 'x')).rejects.toMatchObject({ code: 'BAD_INPUT' })
    for (const email of ['provider@demo.test', 'auditor@demo.test', 'admin@demo.test', 'privacy@demo.test'])
      await expect(createUpload(requestAs(world, email), { byteSize: 4 })).rejects.toMatchObject({
        code: 'FORBIDDEN',
        detail: { reason: 'ROLE' },
      })
  })

  it('is nobody else’s to import, and gone an hour after it came', async () => {
    const input = await smallInput(world, CODER, { mrn: 'U1', account: 'U1' })
    const stolen = await importChart(requestAs(world, 'coder2@demo.test'), { ...input, commandId: randomUUID() })
    expect(stolen.outcome).toMatchObject({ kind: 'CommandInvalid', problems: [{ code: 'UPLOAD_UNKNOWN' }] })
    world.clock.advance(60 * 60_000 + 1)
    const late = await importChart(requestAs(world, CODER), { ...input, commandId: randomUUID() })
    expect(late.outcome).toMatchObject({ kind: 'CommandInvalid', problems: [{ code: 'UPLOAD_UNKNOWN' }] })
    await send(world, CODER, 'abcd')
    expect(await world.db.ownerSql`select id from upload where id = ${input.documents![0]!.uploadId}`).toEqual([])
  })
})
