import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRequest } from '../../server/auth/request.js'
import { chartEvent, findCharts, sealerOf } from '../../server/charts/index.js'
import { appendEvents } from '../../server/live/log.js'
import { WAKER } from '../../server/live/wake.js'
import type { AccessRecord } from '../../server/trail/record.model.js'
import { readRecords } from '../../server/trail/trail.store.js'
import type { AddedChart } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { collect } from './entries.js'

const STREAM = `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename
  ... on ChartSnapshot { cursor }
  ... on ChartEvents { events { cursor type } }
  ... on AccessChanged { change }
  ... on StreamEnded { reason } } }`

interface Item {
  readonly __typename: string
  readonly cursor?: string
  readonly events?: readonly { readonly cursor: string }[]
}

let server: TestServer
let coder: TestPerson
beforeAll(async () => {
  server = await testServer()
  coder = await server.signInAs('coder@demo.test')
})
afterAll(() => server.close())

/** A subscriber; `until` waits for what it received. */
async function follow(person: TestPerson, chartId: string, after: string | null = null) {
  const client = await person.socket()
  const items: Item[] = []
  const errors: unknown[] = []
  const waiting = new Set<() => void>()
  const told = () => {
    for (const look of waiting) look()
  }
  let settle!: () => void
  const over = new Promise<void>((resolve) => (settle = resolve))
  const stop = client.subscribe<{ chartStream: Item }>(
    { query: STREAM, variables: { id: chartId, after } },
    {
      next({ data, errors: refusals }) {
        if (data) items.push(data.chartStream)
        if (refusals) errors.push(...refusals)
        told()
      },
      error(error) {
        errors.push(...(error as readonly unknown[]))
        settle()
        told()
      },
      complete: () => settle(),
    },
  )
  const cursors = () => items.flatMap((item) => item.events?.map((event) => event.cursor) ?? [])
  return {
    items,
    errors,
    over,
    stop,
    cursors,
    until: (reached: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!reached()) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}

/** Events that everybody with the chart sees, in one transaction. */
async function happen(chart: AddedChart, count: number): Promise<void> {
  await openRequest(server.app.services, coder.claims).writing(async (session) => {
    const [row] = await findCharts(session, [chart.chartId])
    const place = { orgId: row!.orgId, streamId: row!.id, chartId: row!.id, patientId: row!.patientId }
    const events = Array.from({ length: count }, () => chartEvent('CHART_ASSIGNED', row!))
    await appendEvents(session.tx, place, sealerOf(session, row!), session.viewer.memberId, session.now, events)
  })
  server.app.services.get(WAKER).stream(coder.claims.orgId, chart.chartId)
}

const recordsOn = async ({ patientId }: AddedChart, actions: RegExp = /^stream /): Promise<AccessRecord[]> => {
  const ref = server.db.vault.subjectRef(coder.claims.orgId, patientId)
  const all = await collect(readRecords(server.db.database, coder.claims.orgId))
  return all.filter((record) => record.subjectRefs.includes(ref) && actions.test(record.action))
}
/** Waits for what a client's leaving sets off on the server. */
async function ended(chart: AddedChart, count = 1): Promise<AccessRecord[]> {
  for (;;) {
    const records = await recordsOn(chart)
    if (records.filter((record) => record.action === 'stream end').length >= count) return records
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
const seqOf = async (cursors: readonly string[]): Promise<number[]> => {
  const rows = await server.db.ownerSql<{ seq: string }[]>`
    select seq from chart_event where cursor = any(${cursors as string[]}::uuid[]) order by seq`
  return rows.map(({ seq }) => Number(seq))
}
const short = (records: readonly AccessRecord[]) =>
  records.map(({ action, detail: { stream: _, ...detail } }) => ({ action, ...detail }))

describe('a live stream', () => {
  it('records its start, a range before the first event beyond it, and its end', async () => {
    const chart = await server.addChart({ coder: 'coder@demo.test' })
    const [{ head } = { head: 0 }] = await server.db.ownerSql<{ head: number }[]>`
      select head_seq::int as head from chart_stream where id = ${chart.chartId}`
    const stream = await follow(coder, chart.chartId)
    await stream.until(() => stream.items.length === 1)
    expect(short(await recordsOn(chart))).toEqual([{ action: 'stream start', from: 0, to: head }])

    await happen(chart, 1)
    await stream.until(() => stream.cursors().length === 1)
    const reserved = { action: 'stream range', from: head, to: head + 200 }
    expect(short(await recordsOn(chart)).slice(1)).toEqual([reserved])
    for (let i = 0; i < 5; i++) await happen(chart, 10)
    await stream.until(() => stream.cursors().length === 51)
    // Within what is reserved nothing more is written.
    expect(short(await recordsOn(chart)).slice(1)).toEqual([reserved])

    await happen(chart, 430)
    await stream.until(() => stream.cursors().length === 481)
    const ranges = (await recordsOn(chart)).filter((record) => record.action === 'stream range')
    const delivered = await seqOf(stream.cursors())
    for (const seq of delivered) {
      const covering = ranges.filter(({ detail }) => Number(detail.from) < seq && seq <= Number(detail.to))
      expect(covering.length, String(seq)).toBe(1)
    }
    expect(ranges.length).toBeLessThanOrEqual(4)

    stream.stop()
    const records = await ended(chart)
    expect(short(records).at(-1)).toEqual({ action: 'stream end', to: delivered.at(-1) })
    expect(new Set(records.map((record) => record.detail.stream)).size).toBe(1)
    const [{ memberId: actorId } = { memberId: '' }] = [server.demo.harbor.members['coder@demo.test']!]
    for (const record of records) {
      expect(record).toMatchObject({ actorId, purpose: 'PAYMENT', outcome: 'ALLOWED' })
      expect(record.classes).toContain('CLINICAL')
      expect(record.operationHash).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it('that goes on after a cursor records from there', async () => {
    const chart = await server.addChart({ coder: 'coder@demo.test' })
    await happen(chart, 3)
    const [after] = await server.db.ownerSql<{ cursor: string; seq: number }[]>`
      select cursor, seq::int as seq from chart_event where stream_id = ${chart.chartId} order by seq desc offset 2 limit 1`
    const stream = await follow(coder, chart.chartId, after!.cursor)
    await stream.until(() => stream.cursors().length === 2)
    expect(short(await recordsOn(chart))).toEqual([
      { action: 'stream start', from: after!.seq, to: after!.seq + 2 },
      { action: 'stream range', from: after!.seq, to: after!.seq + 200 },
    ])
    stream.stop()
    await ended(chart)
  })

  it('that delivers nothing records nothing', async () => {
    const chart = await server.addChart({ coder: 'coder@demo.test' })
    const stream = await follow(coder, chart.chartId, 'no cursor')
    await stream.over
    expect(stream.items.map((item) => item.__typename)).toEqual(['ResyncRequired'])
    expect(await recordsOn(chart, /./)).toEqual([])
  })

  it('records each change of access, with the classes of from then on', async () => {
    const chart = await server.addChart({ coder: 'coder@demo.test' })
    const stream = await follow(coder, chart.chartId)
    await stream.until(() => stream.items.length === 1)
    const change = async (roles: string[]) => {
      const { memberId } = server.demo.harbor.members['coder@demo.test']!
      await server.db.ownerSql`
        update member set roles = ${roles}, access_epoch = access_epoch + 1 where id = ${memberId}`
      server.app.services.get(WAKER).access(coder.claims.orgId)
    }
    try {
      await change(['CODER', 'SUPERVISOR'])
      await stream.until(() => stream.items.length === 2)
    } finally {
      await change(['CODER'])
    }
    await stream.until(() => stream.items.length === 3)
    const records = await recordsOn(chart)
    const [start] = records
    const to = start!.detail.to as number
    expect(short(records)).toEqual([
      { action: 'stream start', from: 0, to },
      { action: 'stream access', change: 'RESTORED', to },
      { action: 'stream access', change: 'NARROWED', to },
    ])
    expect(records.map((record) => record.classes.includes('MONEY'))).toEqual([false, true, false])
    stream.stop()
    await ended(chart)
  })

  it('is refused on record, where the chart is hidden', async () => {
    const chart = await server.addChart({ coder: 'coder@demo.test', restricted: true })
    const other = await server.signInAs('coder2@demo.test')
    const stream = await follow(other, chart.chartId)
    await stream.over
    expect(stream.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    const all = await collect(readRecords(server.db.database, coder.claims.orgId))
    expect(all.at(-1)).toMatchObject({
      action: 'subscription chartStream',
      outcome: 'DENIED',
      subjectRefs: [],
      detail: { reasons: ['NOT_FOUND'], refused: [server.db.vault.subjectRef(coder.claims.orgId, chart.patientId)] },
    })
  })

  it('ends with nothing of it delivered, where the range cannot be recorded; the next one goes on without a loss', async () => {
    const chart = await server.addChart({ coder: 'coder@demo.test' })
    const stream = await follow(coder, chart.chartId)
    await stream.until(() => stream.items.length === 1)
    await server.db.ownerSql`revoke insert on access_record from chartroom_app`
    try {
      await happen(chart, 5)
      await stream.over
      expect(stream.cursors()).toEqual([])
      expect(stream.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }])
      const refused = await follow(coder, chart.chartId)
      await refused.over
      expect(refused.items).toEqual([])
    } finally {
      await server.db.ownerSql`grant insert on access_record to chartroom_app`
    }
    // Its end is lost too: it stands without one, and what was reserved is the most that left.
    expect(short(await recordsOn(chart)).map(({ action }) => action)).toEqual(['stream start'])
    const next = await follow(coder, chart.chartId, stream.items[0]!.cursor!)
    await next.until(() => next.cursors().length === 5)
    next.stop()
    await ended(chart)
  })

  it('of many at once shares its commits, and each has its own records', async () => {
    const chart = await server.addChart({ coder: 'coder@demo.test' })
    const streams = await Promise.all(Array.from({ length: 12 }, () => follow(coder, chart.chartId)))
    await Promise.all(streams.map((stream) => stream.until(() => stream.items.length === 1)))
    await happen(chart, 2)
    await Promise.all(streams.map((stream) => stream.until(() => stream.cursors().length === 2)))
    for (const stream of streams) stream.stop()
    const records = await ended(chart, 12)
    const byStream = groupBy(records)
    expect(byStream.size).toBe(12)
    for (const own of byStream.values())
      expect(own.map(({ action }) => action)).toEqual(['stream start', 'stream range', 'stream end'])
  })
})

function groupBy(records: readonly AccessRecord[]): Map<unknown, AccessRecord[]> {
  const groups = new Map<unknown, AccessRecord[]>()
  for (const record of records) groups.set(record.detail.stream, [...(groups.get(record.detail.stream) ?? []), record])
  return groups
}
