import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { enqueue, type JobHandlers, type Jobs, prepareJobs, startJobs } from '../../server/jobs/index.js'
import { type TestDatabase, testDatabase } from '../support/postgres.js'

describe('the job queue', () => {
  let db: TestDatabase
  let jobs: Jobs | undefined
  const troubles: string[] = []

  beforeAll(async () => {
    db = await testDatabase()
    await prepareJobs(db.ownerSql)
  })
  afterEach(async () => {
    await jobs?.stop()
    jobs = undefined
  })
  afterAll(() => db.drop())

  const start = async (work: JobHandlers['engine-run']): Promise<Jobs> =>
    (jobs = await startJobs({
      database: db.database,
      handlers: { 'engine-run': work },
      onTrouble: (what) => void troubles.push(what),
    }))

  const orgId = randomUUID()
  const send = (chartId: string): Promise<void> =>
    db.database.write(orgId, (tx) => enqueue(tx, 'engine-run', { orgId, chartId }, chartId))

  it('is prepared twice without harm', async () => {
    await prepareJobs(db.ownerSql)
    const queues = await db.ownerSql`select name, policy from pgboss.queue where name = 'engine-run'`
    expect(queues).toEqual([{ name: 'engine-run', policy: 'short' }])
  })

  it('runs what was committed, with its data, and nothing that was rolled back', async () => {
    const seen: unknown[] = []
    const running = await start(async (data) => void seen.push(data))
    const kept = randomUUID()
    await send(kept)
    const refused = db.database.write(orgId, async (tx) => {
      await enqueue(tx, 'engine-run', { orgId, chartId: randomUUID() }, randomUUID())
      throw new Error('changed my mind')
    })
    await expect(refused).rejects.toThrow('changed my mind')
    running.wake('engine-run')
    await running.settled()
    expect(seen).toEqual([{ orgId, chartId: kept }])
  })

  it('keeps one waiting job per chart, however often it is asked for', async () => {
    const chartId = randomUUID()
    await Promise.all([send(chartId), send(chartId), send(chartId)])
    let runs = 0
    const running = await start(async () => void runs++)
    await running.settled()
    expect(runs).toBe(1)
  })

  it('tries again after a failure and says which attempt is the last', async () => {
    const lasts: boolean[] = []
    const chartId = randomUUID()
    await send(chartId)
    await db.ownerSql`update pgboss.job set retry_limit = 1, retry_delay = 0 where data->>'chartId' = ${chartId}`
    const running = await start(async (_data, { last }) => {
      lasts.push(last)
      if (!last) throw new Error('canary 555-0100')
    })
    await running.settled()
    expect(lasts).toEqual([false, true])
    expect(JSON.stringify(await db.ownerSql`select output from pgboss.job`)).not.toContain('canary')
    expect(troubles).toContain('job engine-run')
  })

  it('gives an abandoned job to the next worker', async () => {
    const chartId = randomUUID()
    await send(chartId)
    // What a killed process leaves behind: active, and nobody who beats for it.
    await db.ownerSql`
      update pgboss.job set state = 'active', started_on = now() - interval '1 hour', retry_delay = 0
      where data->>'chartId' = ${chartId}`
    const seen: string[] = []
    const running = await start(async (data) => void seen.push(data.chartId))
    await running.settled()
    expect(seen).toEqual([chartId])
  })

  it('hands a running job back when it stops before the job has ended', async () => {
    const chartId = randomUUID()
    await send(chartId)
    let begin = () => {}
    const begun = new Promise<void>((resolve) => (begin = resolve))
    const running = await start(async (_data, { signal }) => {
      begin()
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
    })
    running.wake('engine-run')
    await begun
    await running.stop(0)
    const [row] = await db.ownerSql`select state from pgboss.job where data->>'chartId' = ${chartId}`
    expect(row).toEqual({ state: 'retry' })
  })
})
