import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawDecision, drawOrder } from '../../client/live/drawn.js'
import type { ChartBase, SuggestionState } from '../../client/live/index.js'
import { createOutbox, type Run } from '../../client/live/outbox.js'
import { drawPending, type PendingChange, seenVersion } from '../../client/live/pending.js'
import { reduce } from '../../client/live/reduce.js'
import { systemTimers } from '../../client/live/timers.js'
import { play } from './history.js'

/** There is always a connection. */
const atOnce: Run = (_change, work) =>
  work(() => Promise.reject(new Error('these changes are sent by the test itself')))

const ACT = { by: null, at: '2026-03-01T00:00:00.000Z' }

/** Three proposals, as a snapshot shows them. */
function start(): ChartBase {
  const { snapshots } = play([1, 2, 4].map((at) => ({ act: 'propose' as const, at })))
  return reduce(null, { __typename: 'ChartSnapshot', ...snapshots.at(-1)! })
}

const asLine = (line: SuggestionState, poa: 'Y' | 'N', version: number): SuggestionState => ({
  ...line,
  status: 'ACCEPTED',
  poa,
  version,
})

/** Steps of a person who decides, a colleague who does too, and a network that takes its time with both. */
const steps = fc.array(
  fc.record({
    step: fc.constantFrom('mine', 'mine', 'theirs', 'answer', 'answer', 'deliver', 'deliver'),
    line: fc.nat({ max: 2 }),
    poa: fc.constantFrom('Y' as const, 'N' as const),
  }),
  { maxLength: 40 },
)

describe('changes drawn before they are answered', () => {
  it('never overwrite what the person had not seen, always go through where nobody else came, and leave nothing', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        let base = start()
        const ids = base.suggestions.map(({ id }) => id)
        const server = new Map(base.suggestions.map((line) => [line.id, line]))
        /** By line and version: whose it is. */
        const authors = new Map<string, 'mine' | 'theirs'>()
        const requests: (() => void)[] = []
        const events: SuggestionState[] = []
        const outcomes: { ok: boolean; id: string; seenAtIssue: number; seen: number; stood: number }[] = []
        const outbox = createOutbox(systemTimers, () => {}, atOnce)

        function write(id: string, poa: 'Y' | 'N', who: 'mine' | 'theirs'): number {
          const version = server.get(id)!.version + 1
          const line = asLine(server.get(id)!, poa, version)
          server.set(id, line)
          authors.set(`${id}/${version}`, who)
          events.push(line)
          return version
        }

        function decide(id: string, poa: 'Y' | 'N'): void {
          const key = `line:${id}` as const
          const change: PendingChange = {
            command: 'decide',
            key,
            name: id,
            seen: seenVersion(base, key, outbox.get()),
            result: null,
            draw: (it) => drawDecision(it, id, { decision: 'ACCEPT', poa }, ACT),
          }
          const seenAtIssue = change.seen
          void outbox.put<number | null>(
            change,
            (seen) =>
              new Promise((resolve) => {
                requests.push(() => {
                  const stood = server.get(id)!.version
                  const ok = stood === seen
                  outcomes.push({ ok, id, seenAtIssue, seen, stood })
                  resolve(ok ? write(id, poa, 'mine') : null)
                })
              }),
            (version) => version,
          )
          const drawn = drawPending(base, outbox.get()).suggestions.find((it) => it.id === id)!
          expect(drawn).toMatchObject({ status: 'ACCEPTED', poa })
        }

        const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
        async function answer(): Promise<void> {
          requests.shift()?.()
          await settle()
          outbox.reconcile(base, false)
        }
        function deliver(): void {
          const line = events.shift()
          if (!line) return
          base = { ...base, suggestions: base.suggestions.map((it) => (it.id === line.id ? line : it)) }
          outbox.reconcile(base, false)
        }

        for (const { step, line, poa } of list) {
          const id = ids[line]!
          if (step === 'mine') decide(id, poa)
          else if (step === 'theirs') write(id, poa, 'theirs')
          else if (step === 'answer') await answer()
          else deliver()
          await settle()
        }
        while (requests.length > 0) await answer()
        while (events.length > 0) deliver()

        expect(outbox.get()).toEqual([])
        expect(drawPending(base, outbox.get())).toBe(base)
        expect(new Map(base.suggestions.map((it) => [it.id, it]))).toEqual(server)
        for (const { ok, id, seenAtIssue, seen, stood } of outcomes) {
          const since = Array.from({ length: stood - seenAtIssue }, (_, i) =>
            authors.get(`${id}/${seenAtIssue + i + 1}`),
          )
          if (ok) expect(since.slice(0, seen - seenAtIssue)).not.toContain('theirs')
          else expect(since).toContain('theirs')
        }
      }),
      { numRuns: 150 },
    )
  })

  it('takes a drawing back when the answer is an error or a refusal, and sends the next all the same', async () => {
    const base = start()
    const outbox = createOutbox(systemTimers, () => {}, atOnce)
    const id = base.suggestions[0]!.id
    const change = (): PendingChange => ({
      command: 'decide',
      key: `line:${id}`,
      name: id,
      seen: 1,
      result: null,
      draw: (it) => drawDecision(it, id, { decision: 'ACCEPT' }, ACT),
    })
    const failing = outbox.put(
      change(),
      async () => {
        throw new Error('away')
      },
      () => 1,
    )
    const refused = outbox.put(
      change(),
      async (seen) => seen,
      () => null,
    )
    expect(drawPending(base, outbox.get()).suggestions.find((it) => it.id === id)!.status).toBe('ACCEPTED')
    await expect(failing).rejects.toThrow('away')
    expect(await refused).toBe(1)
    expect(outbox.get()).toEqual([])
    await outbox.settling()()
  })
})

describe('an order drawn over what others do meanwhile', () => {
  it('holds every accepted line once, the principal first, whatever came and went', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2]),
        fc.shuffledSubarray([0, 1, 2]),
        fc.nat({ max: 2 }),
        (accepted, wished, first) => {
          const at = start()
          const ids = at.suggestions.map(({ id }) => id)
          let base = at
          for (const i of accepted) base = drawDecision(base, ids[i]!, { decision: 'ACCEPT' }, ACT)
          const drawn = drawOrder(
            base,
            wished.map((i) => ids[i]!),
            ids[first]!,
          )
          const placed = drawn.suggestions.filter(({ status }) => status === 'ACCEPTED')
          expect(placed.map(({ id }) => id)).toEqual(drawn.order.suggestionIds)
          expect(new Set(drawn.order.suggestionIds)).toEqual(new Set(accepted.map((i) => ids[i])))
          expect(placed.map(({ rank }) => rank)).toEqual(placed.map((_, i) => i + 1))
          const principals = placed.filter(({ role }) => role === 'PRINCIPAL').map(({ id }) => id)
          expect(principals).toEqual(accepted.includes(first) ? [drawn.order.suggestionIds![0]] : [])
        },
      ),
    )
  })
})
