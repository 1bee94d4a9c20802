import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Admission, type AdmissionLimits, Crowded, type Visitor } from '../../server/live/admission.js'

const LIMITS: AdmissionLimits = {
  places: 2,
  together: 3,
  waiting: 1_000,
  waitingOfOne: 1_000,
  crowd: 1_000,
  spreadMs: 20,
}

interface Guest extends Visitor {
  readonly name: string
  isGone: boolean
  wasLeft: boolean
}

/** Work that a test ends when it wants to. */
class Hall {
  readonly admission: Admission<Guest>
  readonly served: Guest[][] = []
  readonly under: (() => void)[] = []
  readonly names: string[] = []

  constructor(limits: Partial<AdmissionLimits> = {}, random?: () => number) {
    this.admission = new Admission({ ...LIMITS, ...limits }, random)
  }

  come(name: string, { orgId = 'one', personId = name, party = name, gone = false } = {}): Guest {
    const guest: Guest = {
      name,
      orgId,
      personId,
      isGone: gone,
      wasLeft: false,
      gone: () => guest.isGone,
      left: () => void (guest.wasLeft = true),
    }
    this.admission.join(party, guest, (guests) => {
      this.served.push([...guests])
      this.names.push(...guests.map((it) => it.name))
      return new Promise<void>((resolve) => this.under.push(resolve))
    })
    return guest
  }

  /** What is under way ends, and whatever begins then, until nothing does. */
  async settle(): Promise<void> {
    for (let still = 0; still < 3; still++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (this.under.length > 0) still = 0
      for (const end of this.under.splice(0)) end()
    }
  }

  async endOne(): Promise<void> {
    this.under.shift()?.()
    await turn()
  }
}

/** Everybody who came in one turn of the loop has been seen to. */
const turn = async (): Promise<void> => {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve))
}

describe('admission', () => {
  it('lets in whoever came and has not left exactly once, in so few places, with so many together, of one party', async () => {
    const coming = fc.record({
      org: fc.nat({ max: 2 }),
      person: fc.nat({ max: 4 }),
      party: fc.nat({ max: 5 }),
      gone: fc.boolean(),
      ends: fc.nat({ max: 2 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(coming, { maxLength: 60 }), async (all) => {
        const hall = new Hall()
        const guests: Guest[] = []
        for (const [i, { org, person, party, gone, ends }] of all.entries()) {
          const of = { orgId: `o${org}`, personId: `p${person}`, party: `o${org}/${party}`, gone }
          guests.push(hall.come(`${i} ${of.party}`, of))
          for (let n = 0; n < ends; n++) await hall.endOne()
          expect(hall.admission.serving).toBeLessThanOrEqual(LIMITS.places)
        }
        await hall.settle()
        expect(hall.names.toSorted()).toEqual(
          guests
            .filter((it) => !it.isGone)
            .map((it) => it.name)
            .toSorted(),
        )
        expect(guests.filter((it) => it.wasLeft)).toEqual(guests.filter((it) => it.isGone))
        for (const together of hall.served) {
          expect(together.length).toBeLessThanOrEqual(LIMITS.together)
          expect(new Set(together.map(({ name }) => name.split(' ')[1])).size).toBe(1)
        }
        expect([hall.admission.waiting, hall.admission.serving]).toEqual([0, 0])
      }),
      { numRuns: 60 },
    )
  })

  it('serves whoever comes while their party is served with the next, all together', async () => {
    const hall = new Hall()
    hall.come('a', { party: 'chart' })
    await turn()
    for (const name of ['b', 'c', 'd']) hall.come(name, { party: 'chart' })
    await turn()
    expect(hall.served.map((all) => all.map(({ name }) => name))).toEqual([['a']])
    await hall.settle()
    expect(hall.served.map((all) => all.map(({ name }) => name))).toEqual([['a'], ['b', 'c', 'd']])
  })

  it('lets organisations take turns, and in them people: thirty charts of one wait behind one of another', async () => {
    const hall = new Hall({ places: 1 })
    hall.come('first')
    await turn()
    for (let i = 0; i < 30; i++) hall.come(`greedy ${i}`, { personId: 'greedy' })
    hall.come('modest', { personId: 'modest' })
    hall.come('far', { orgId: 'two', personId: 'far' })
    await hall.settle()
    const place = (name: string): number => hall.names.indexOf(name)
    expect(place('modest')).toBeLessThan(place('greedy 1'))
    expect(place('far')).toBeLessThan(place('greedy 1'))
    expect(hall.names).toHaveLength(33)
  })

  it('passes nobody over for ever, however many keep coming', async () => {
    const hall = new Hall({ places: 1 })
    hall.come('busy 0', { party: 'busy', personId: 'b0' })
    hall.come('waiting', { party: 'quiet', personId: 'q' })
    for (let i = 1; i < 20 && !hall.names.includes('waiting'); i++) {
      hall.come(`busy ${i}`, { party: 'busy', personId: `b${i}` })
      await turn()
      await hall.endOne()
    }
    expect(hall.names).toContain('waiting')
    await hall.settle()
  })

  it('refuses beyond its bounds by name, each to another second, and counts nobody who has left', async () => {
    let next = 0
    const hall = new Hall({ places: 1, waiting: 3, waitingOfOne: 2 }, () => (next += 0.3) % 1)
    hall.come('served')
    await turn()
    const refused = (personId: string): unknown => {
      try {
        hall.admission.refuseCrowd({ orgId: 'one', personId })
        return undefined
      } catch (error) {
        return error
      }
    }
    const one = hall.come('1', { personId: 'p', party: 'x' })
    hall.come('2', { personId: 'p', party: 'y' })
    expect(refused('other')).toBeUndefined()
    expect(refused('p')).toBeInstanceOf(Crowded)
    hall.come('3', { personId: 'other', party: 'z' })
    const errors = [refused('q'), refused('r'), refused('s')] as Crowded[]
    for (const error of errors) expect(error).toMatchObject({ code: 'RATE_LIMITED' })
    const seconds = errors.map(({ detail }) => detail.retryAfterSeconds as number)
    expect(new Set(seconds).size).toBeGreaterThan(1)
    for (const each of seconds) expect([1, 2, 3, 4]).toContain(each)
    one.isGone = true
    expect([refused('q'), refused('p')]).toEqual([undefined, undefined])
    expect(one.wasLeft).toBe(true)
    await hall.settle()
    expect(hall.names.toSorted()).toEqual(['2', '3', 'served'])
  })

  it('begins the parties of a crowd at moments of their own, and of no crowd at once', async () => {
    const moments = [0.9, 0.1, 0.5]
    const hall = new Hall({ places: 10, crowd: 1, spreadMs: 300 }, () => moments.shift() ?? 0)
    hall.come('alone')
    await turn()
    expect(hall.names).toEqual(['alone'])
    for (const name of ['late', 'early', 'middle']) hall.come(name)
    while (hall.names.length < 4) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(hall.names).toEqual(['alone', 'early', 'middle', 'late'])
    await hall.settle()
  })

  it('goes on where work throws', async () => {
    const { admission } = new Hall({ places: 1 })
    const done: string[] = []
    const visitor = (name: string): Guest => ({
      name,
      orgId: 'one',
      personId: name,
      isGone: false,
      wasLeft: false,
      gone: () => false,
      left: () => {},
    })
    admission.alone(visitor('a'), () => Promise.reject(new Error('broken')))
    admission.alone(visitor('b'), async () => void done.push('b'))
    await turn()
    expect(done).toEqual(['b'])
    expect(admission.serving).toBe(0)
  })
})
