import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { inTime } from '../../server/app/inTime.js'
import { type TestServer, testServer } from '../support/server.js'
import { faultySchema, HELD } from './faults.js'

const schema = faultySchema()
const servers: TestServer[] = []
const start = async (): Promise<TestServer> => {
  const server = await testServer({ schema })
  servers.push(server)
  return server
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const held = async (n: number): Promise<void> => {
  for (let i = 0; i < 250 && HELD.length < n; i++) await delay(20)
  expect(HELD).toHaveLength(n)
}
const letGo = (): void => HELD.splice(0).forEach((resolve) => resolve())

describe('a server that is told to stop', () => {
  it('answers what it has begun and takes nothing new', async () => {
    const server = await start()
    const person = await server.signInAs('coder@demo.test')
    const answers = Promise.all([1, 2, 3].map(() => person.graphql('{ held }')))
    await held(3)
    const closing = server.app.close()
    await delay(50)
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow()
    letGo()
    expect((await answers).map(({ data }) => data)).toEqual([
      { held: 'let go' },
      { held: 'let go' },
      { held: 'let go' },
    ])
    await closing
  })

  it('does not wait for ever', async () => {
    const server = await start()
    const person = await server.signInAs('coder@demo.test')
    const answer = person.graphql('{ held }')
    const lost = expect(answer).rejects.toThrow()
    await held(1)
    await server.app.close(100)
    await lost
    letGo()
  })
})

describe('a database connection that dies under an operation', () => {
  it('costs that operation at most, and the next one nothing', async () => {
    const server = await start()
    const person = await server.signInAs('coder@demo.test')
    const answer = person.graphql('{ held }')
    await held(1)
    const killed = await server.db.ownerSql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'chartroom' and state like 'idle in transaction%'`
    expect(killed.length).toBeGreaterThan(0)
    letGo()
    const { errors } = await answer
    for (const { extensions } of errors ?? []) expect(extensions.code).toBe('UNAVAILABLE')
    expect((await person.graphql('{ viewer { roles } }')).data).toEqual({ viewer: { roles: ['CODER'] } })
  })
})

describe('an operation that takes too long', () => {
  it('is answered, and what it brings later is given back', async () => {
    vi.useFakeTimers()
    try {
      const abandoned: string[] = []
      let bring!: (result: string) => void
      const slow = inTime(new Promise<string>((resolve) => (bring = resolve)), (late) => abandoned.push(late))
      const refused = expect(slow).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      await vi.advanceTimersByTimeAsync(15_000)
      await refused
      bring('late')
      await vi.advanceTimersByTimeAsync(0)
      expect(abandoned).toEqual(['late'])

      expect(await inTime(Promise.resolve('soon'), (late) => abandoned.push(late))).toBe('soon')
      await expect(inTime(Promise.reject(new Error('own')))).rejects.toThrow('own')
      expect(abandoned).toEqual(['late'])
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})
