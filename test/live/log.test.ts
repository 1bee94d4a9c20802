import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartEventType } from '../../schema/values.js'
import { onChart } from '../../server/charts/chartCommand.js'
import { createStream, eventsAbout, findByCursor, headOf, readAfter, readBackFrom } from '../../server/live/log.js'
import { type AddedChart, addChart, type ChartWorld, chartWorld, eventTypes, requestAs } from '../support/charts.js'

const CODER = 'coder@demo.test'
class Rollback extends Error {}

describe('the log of a chart', () => {
  let world: ChartWorld
  beforeAll(async () => void (world = await chartWorld()))
  afterAll(() => world.close())

  /** A command that appends some events and then fails, or does not. */
  async function append(
    chartId: string,
    subjects: readonly string[],
    options: { fails?: boolean; stream?: string; commandId?: string } = {},
  ): Promise<void> {
    const input = { commandId: options.commandId ?? randomUUID(), subjects }
    await onChart(requestAs(world, CODER), { name: 'append', input, chartId }, async (command) => {
      for (const subjectId of subjects)
        command.append(
          {
            type: 'COMMENT_ADDED' satisfies ChartEventType,
            subjectId,
            citedDocumentIds: [],
            classes: ['CLINICAL'],
            payload: {},
          },
          options.stream,
        )
      if (options.fails) throw new Rollback()
      return { kind: 'Appended' }
    }).catch((error: unknown) => {
      if (!(error instanceof Rollback)) throw error
    })
  }

  const reading = <T>(work: (session: Awaited<ReturnType<ReturnType<typeof requestAs>['reading']>>) => Promise<T>) => {
    const request = requestAs(world, CODER)
    return request
      .reading()
      .then(work)
      .finally(() => request.close())
  }

  it('has no gap and no double under many writers, of whom some roll back', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    const before = (await eventTypes(world, chartId)).length
    const commands = Array.from({ length: 24 }, (_, i) => ({
      subjects: Array.from({ length: 1 + (i % 3) }, () => randomUUID()),
      fails: i % 4 === 1,
    }))
    await Promise.all(commands.map(({ subjects, fails }) => append(chartId, subjects, { fails })))
    const rows = await world.db.ownerSql<{ seq: string; cursor: string; subjectId: string }[]>`
      select seq, cursor, subject_id from chart_event where stream_id = ${chartId} order by seq`
    const kept = commands.filter((c) => !c.fails)
    expect(rows.map((r) => Number(r.seq))).toEqual(rows.map((_, i) => i + 1))
    expect(rows).toHaveLength(before + kept.flatMap((c) => c.subjects).length)
    expect(new Set(rows.map((r) => r.cursor)).size).toBe(rows.length)
    // The events of one command stand together, in the order in which it appended them.
    const subjects = rows.slice(before).map((r) => r.subjectId)
    for (const command of kept) {
      const at = subjects.indexOf(command.subjects[0]!)
      expect(subjects.slice(at, at + command.subjects.length)).toEqual(command.subjects)
    }
    for (const command of commands.filter((c) => c.fails)) expect(subjects).not.toContain(command.subjects[0])
    expect(await reading((s) => headOf(s.tx, s.viewer.orgId, chartId))).toBe(rows.length)
  })

  it('is read forward and back from any position, each event once, in order', async () => {
    const { chartId } = await addChart(world, { coder: CODER })
    await append(
      chartId,
      Array.from({ length: 17 }, () => randomUUID()),
    )
    await reading(async ({ tx, viewer }) => {
      const head = await headOf(tx, viewer.orgId, chartId)
      const all = await readAfter(tx, viewer.orgId, chartId, 0, 1_000)
      expect(all.map((e) => e.seq)).toEqual(Array.from({ length: head }, (_, i) => i + 1))
      for (const size of [1, 4, 100]) {
        const forward = []
        for (let seq = 0; ; ) {
          const page = await readAfter(tx, viewer.orgId, chartId, seq, size)
          expect(page.length).toBeLessThanOrEqual(size)
          if (page.length === 0) break
          forward.push(...page)
          seq = page.at(-1)!.seq
        }
        expect(forward.map((e) => e.cursor)).toEqual(all.map((e) => e.cursor))
      }
      expect(await readAfter(tx, viewer.orgId, chartId, head, 10)).toEqual([])
      const back = await readBackFrom(tx, viewer.orgId, chartId, 5, 3)
      expect(back.map((e) => e.seq)).toEqual([5, 4, 3])
      for (const event of all) {
        expect(await findByCursor(tx, viewer.orgId, chartId, event.cursor)).toMatchObject({ seq: event.seq })
        expect(await findByCursor(tx, viewer.orgId, randomUUID(), event.cursor)).toBeUndefined()
        const about = await eventsAbout(tx, viewer.orgId, chartId, event.subjectId)
        expect(about.map((e) => e.seq)).toEqual(all.filter((e) => e.subjectId === event.subjectId).map((e) => e.seq))
      }
      expect(await findByCursor(tx, viewer.orgId, chartId, randomUUID())).toBeUndefined()
      expect(await headOf(tx, viewer.orgId, randomUUID())).toBe(0)
    })
  })

  it('counts every stream of a chart by itself, and refuses one that does not exist', async () => {
    const { chartId, patientId } = await addChart(world, { coder: CODER })
    const main = await eventTypes(world, chartId)
    const stream = randomUUID()
    await requestAs(world, CODER).writing(({ tx, viewer }) =>
      createStream(tx, { orgId: viewer.orgId, streamId: stream, chartId, patientId }, 'PASS'),
    )
    await Promise.all([1, 2, 3, 4].map(() => append(chartId, [randomUUID()], { stream })))
    expect(await eventTypes(world, stream)).toHaveLength(4)
    expect(await eventTypes(world, chartId)).toEqual(main)
    await expect(append(chartId, [randomUUID()], { stream: randomUUID() })).rejects.toThrow('the stream does not exist')
  })

  describe('a command id', () => {
    let chart: AddedChart
    beforeAll(async () => void (chart = await addChart(world, { coder: CODER })))

    it('acts once, however often and however fast it is sent', async () => {
      const commandId = randomUUID()
      const subjects = [randomUUID()]
      const before = (await eventTypes(world, chart.chartId)).length
      await Promise.all(Array.from({ length: 8 }, () => append(chart.chartId, subjects, { commandId })))
      await append(chart.chartId, subjects, { commandId })
      expect(await eventTypes(world, chart.chartId)).toHaveLength(before + 1)
    })

    it('is refused for anything else: other input, another chart, also at the same moment', async () => {
      const other = await addChart(world, { coder: CODER })
      const before = (await eventTypes(world, chart.chartId)).length + (await eventTypes(world, other.chartId)).length
      const commandId = randomUUID()
      const sent = await Promise.allSettled(
        [chart, other, chart, other].map(({ chartId }, i) =>
          append(
            chartId,
            [String(i)].map(() => randomUUID()),
            { commandId },
          ),
        ),
      )
      expect(sent.filter((s) => s.status === 'fulfilled')).toHaveLength(1)
      for (const refused of sent.filter((s) => s.status === 'rejected'))
        expect(refused.reason).toMatchObject({ code: 'COMMAND_REUSED' })
      const after = (await eventTypes(world, chart.chartId)).length + (await eventTypes(world, other.chartId)).length
      expect(after).toBe(before + 1)
    })

    it('of another person is another command', async () => {
      const commandId = randomUUID()
      const input = { commandId, x: 1 }
      const run = (email: string) =>
        onChart(requestAs(world, email), { name: 'probe', input, chartId: chart.chartId }, async () => ({
          kind: email,
        }))
      expect(await run(CODER)).toEqual({ kind: CODER })
      expect(await run('supervisor@demo.test')).toEqual({ kind: 'supervisor@demo.test' })
      expect(await run(CODER)).toEqual({ kind: CODER })
    })

    it('that failed may be sent again', async () => {
      const commandId = randomUUID()
      const subjects = [randomUUID()]
      const before = (await eventTypes(world, chart.chartId)).length
      await append(chart.chartId, subjects, { commandId, fails: true })
      await append(chart.chartId, subjects, { commandId })
      expect(await eventTypes(world, chart.chartId)).toHaveLength(before + 1)
    })
  })
})
