import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccessEntry, type AccessRecord, CHAIN_START, chainOn, hashOf } from '../../server/trail/record.model.js'
import { isSigned, type SignedHead, signHead } from '../../server/trail/signedHead.js'
import { verifyChain } from '../../server/trail/verifyChain.js'
import { verifyExport } from '../../server/trail/verifyTrail.js'
import { anyEntry, ORG } from './entries.js'

const AT = new Date('2026-03-09T22:25:00.123Z')
const KEY = Buffer.alloc(32, 7)

const chainOf = (entries: readonly AccessEntry[]): AccessRecord[] =>
  chainOn(
    CHAIN_START,
    ORG,
    entries.map((entry, i) => ({ entry, at: new Date(AT.getTime() + i) })),
  )
const anyChain = fc.array(anyEntry, { minLength: 1, maxLength: 12 }).map(chainOf)
const withPlace = anyChain.chain((chain) => fc.tuple(fc.constant(chain), fc.nat(chain.length - 1)))

/** One change of one field of a record: each gives a record that differs from the one written. */
const CHANGES: Record<string, (record: AccessRecord) => Partial<AccessRecord>> = {
  orgId: () => ({ orgId: '11111111-1111-4111-8111-111111111111' }),
  at: (r) => ({ at: new Date(Date.parse(r.at) + 1).toISOString() }),
  actorId: (r) => ({ actorId: r.actorId === null ? ORG : null }),
  facilityIds: (r) => ({ facilityIds: [...r.facilityIds, 'ffffffff-ffff-4fff-8fff-ffffffffffff'] }),
  action: (r) => ({ action: `${r.action}x` }),
  purpose: (r) => ({ purpose: r.purpose === 'NONE' ? 'PAYMENT' : 'NONE' }),
  operationHash: (r) => ({ operationHash: r.operationHash === null ? 'h' : null }),
  subjectRefs: (r) => ({ subjectRefs: r.subjectRefs.length > 0 ? r.subjectRefs.slice(1) : ['somebody'] }),
  classes: (r) => ({ classes: r.classes.length > 0 ? r.classes.slice(1) : ['CLINICAL'] }),
  outcome: (r) => ({ outcome: r.outcome === 'DENIED' ? 'ALLOWED' : 'DENIED' }),
  detail: (r) => ({ detail: { ...r.detail, more: true } }),
  previousHash: (r) => ({ previousHash: flip(r.previousHash) }),
  hash: (r) => ({ hash: flip(r.hash) }),
}
const flip = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1)

const firstBadOf = async (records: readonly AccessRecord[], heads: readonly AccessRecord[] = []) => {
  const verdict = await verifyChain(ORG, records, heads)
  return verdict.holds ? undefined : verdict.firstBad
}

describe('a chain of access records', () => {
  it('holds as it was written, whoever reads it back from JSON', async () => {
    await fc.assert(
      fc.asyncProperty(anyChain, async (chain) => {
        const back = JSON.parse(JSON.stringify(chain)) as AccessRecord[]
        expect(await verifyChain(ORG, back, [back.at(-1)!])).toEqual({
          holds: true,
          records: chain.length,
          headHash: chain.at(-1)!.hash,
          headsChecked: 1,
        })
      }),
    )
  })

  it('begins on 64 zeros, and every record names the hash of the one before', () => {
    fc.assert(
      fc.property(anyChain, (chain) => {
        expect(chain.map((r) => r.previousHash)).toEqual(['0'.repeat(64), ...chain.slice(0, -1).map((r) => r.hash)])
        expect(chain.map((r) => r.seq)).toEqual(chain.map((_, i) => i + 1))
      }),
    )
  })

  it('hashes the same whatever the order of keys, and lists as sets', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const turned = Object.fromEntries(Object.entries(entry).reverse()) as unknown as AccessEntry
        const doubled = { ...turned, subjectRefs: [...turned.subjectRefs, ...turned.subjectRefs].reverse() }
        expect(chainOf([doubled])[0]!.hash).toBe(chainOf([entry])[0]!.hash)
      }),
    )
  })

  it.each(Object.keys(CHANGES))('names the record whose %s was changed', async (field) => {
    await fc.assert(
      fc.asyncProperty(withPlace, async ([chain, place]) => {
        const changed = chain.with(place, { ...chain[place]!, ...CHANGES[field]!(chain[place]!) })
        expect(await firstBadOf(changed)).toEqual({ seq: place + 1, problem: 'CHANGED' })
      }),
      { numRuns: 40 },
    )
  })

  it('names the first record that was removed; at the end, with a head', async () => {
    await fc.assert(
      fc.asyncProperty(withPlace, fc.integer({ min: 1, max: 3 }), async ([chain, place], count) => {
        const removed = chain.toSpliced(place, count)
        expect(await firstBadOf(removed, [chain.at(-1)!])).toEqual({ seq: place + 1, problem: 'MISSING' })
      }),
    )
  })

  it('names the first record that was moved, doubled or put in between', async () => {
    await fc.assert(
      fc.asyncProperty(withPlace, fc.nat(11), async ([chain, place], other) => {
        const [low, high] = [place, other % chain.length].sort((a, b) => a - b) as [number, number]
        if (low !== high) {
          const swapped = chain.with(low, chain[high]!).with(high, chain[low]!)
          expect(await firstBadOf(swapped)).toEqual({ seq: low + 1, problem: 'MISSING' })
        }
        const doubled = chain.toSpliced(place + 1, 0, chain[place]!)
        expect(await firstBadOf(doubled)).toEqual({ seq: place + 2, problem: 'MISSING' })
      }),
    )
  })

  it('names the first of two records that swapped their contents and kept their places', async () => {
    await fc.assert(
      fc.asyncProperty(anyChain, fc.nat(11), async (chain, a) => {
        fc.pre(chain.length > 1)
        const [x, y] = [a % (chain.length - 1), (a % (chain.length - 1)) + 1]
        const swapped = chain.with(x, { ...chain[y]!, seq: x + 1 }).with(y, { ...chain[x]!, seq: y + 1 })
        expect(await firstBadOf(swapped)).toEqual({ seq: x + 1, problem: 'CHANGED' })
      }),
    )
  })

  it('finds a record that was replaced whole, hash and all: by the next one, at the end by the head', async () => {
    await fc.assert(
      fc.asyncProperty(withPlace, async ([chain, place]) => {
        const forged = { ...chain[place]!, outcome: chain[place]!.outcome === 'DENIED' ? 'ALLOWED' : 'DENIED' } as const
        const replaced = chain.with(place, { ...forged, hash: hashOf(forged) })
        const isLast = place === chain.length - 1
        expect(await firstBadOf(replaced, [chain.at(-1)!])).toEqual(
          isLast ? { seq: 1, problem: 'REWRITTEN', until: place + 1 } : { seq: place + 2, problem: 'NOT_LINKED' },
        )
      }),
    )
  })

  it('finds a chain rewritten to its end between two signed heads', async () => {
    await fc.assert(
      fc.asyncProperty(withPlace, async ([chain, place]) => {
        const entries = chain.map((r, i) => (i === place ? { ...r, action: `${r.action}x` } : r))
        const rewritten = chainOf(entries)
        expect(await firstBadOf(rewritten)).toBeUndefined()
        const heads = place > 0 ? [chain.at(-1)!, chain[place - 1]!] : [chain.at(-1)!]
        expect(await firstBadOf(rewritten, heads)).toEqual({
          seq: place + 1,
          problem: 'REWRITTEN',
          until: chain.length,
        })
      }),
    )
  })
})

describe('a signed head', () => {
  it('vouches for its very values and nothing else, and by one key', () => {
    const head = signHead(KEY, ORG, chainOf([])[0] ?? CHAIN_START, AT)
    expect(isSigned(KEY, head)).toBe(true)
    expect(isSigned(Buffer.alloc(32, 8), head)).toBe(false)
    const others: Partial<SignedHead>[] = [
      { seq: 1 },
      { hash: flip(head.hash) },
      { at: '2026-01-01T00:00:00.000Z' },
      { orgId: 'x' },
      { signature: flip(head.signature) },
      { signature: '' },
    ]
    for (const change of others) expect(isSigned(KEY, { ...head, ...change })).toBe(false)
  })
})

describe('an export', () => {
  const other = '22222222-2222-4222-8222-222222222222'
  const anyExport = fc.tuple(anyChain, anyChain).map(([a, b]) => {
    const mine = a
    const theirs = chainOn(
      CHAIN_START,
      other,
      b.map((entry) => ({ entry, at: AT })),
    )
    const lines = [mine, theirs].flatMap((chain) => [...chain, signHead(KEY, chain[0]!.orgId, chain.at(-1)!, AT)])
    return { mine, theirs, lines: lines.map((line) => JSON.stringify(line)) }
  })
  const read = (lines: readonly string[]) =>
    async function* () {
      yield* lines
    }
  const bad = async (lines: readonly string[], key: Uint8Array | undefined = KEY) =>
    (await verifyExport(read(lines), key)).flatMap(({ orgId, verdict }) =>
      verdict.holds ? [] : [{ orgId, ...verdict.firstBad }],
    )

  it('holds as it was written, also where the key is not at hand', async () => {
    await fc.assert(
      fc.asyncProperty(anyExport, async ({ lines, mine }) => {
        expect(await bad(lines)).toEqual([])
        const [first] = await verifyExport(read(lines), undefined)
        expect(first).toEqual({
          orgId: ORG,
          verdict: { holds: true, records: mine.length, headHash: mine.at(-1)!.hash, headsChecked: 0 },
        })
      }),
      { numRuns: 30 },
    )
  })

  it('names the record of the line that was removed, made unreadable or given a field more', async () => {
    await fc.assert(
      fc.asyncProperty(anyExport, fc.nat(20), async ({ lines, mine, theirs }, at) => {
        const records = lines.flatMap((line, i) => (line.includes('signature') ? [] : [i]))
        const i = records[at % records.length]!
        const place = at % records.length
        const where =
          place < mine.length ? { orgId: ORG, seq: place + 1 } : { orgId: other, seq: place - mine.length + 1 }
        expect(await bad(lines.toSpliced(i, 1))).toEqual([{ ...where, problem: 'MISSING' }])
        const more = lines[i]!.replace(/\}$/, ',"note":1}')
        // The first line of a chain that cannot be read stands behind another chain, whose midst it seems to be in.
        if (where.seq > 1) expect(await bad(lines.with(i, more))).toEqual([{ ...where, problem: 'UNREADABLE' }])
        else expect((await bad(lines.with(i, more))).length).toBeGreaterThan(0)
        expect(theirs.length).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })

  it('tells a head signed by somebody else, and an end cut off with its head by a head kept elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(anyExport, async ({ lines, mine }) => {
        const forged = JSON.stringify(signHead(Buffer.alloc(32, 9), ORG, mine.at(-1)!, AT))
        expect(await bad(lines.with(mine.length, forged))).toEqual([
          { orgId: ORG, seq: mine.length, problem: 'HEAD_NOT_SIGNED' },
        ])
        const kept = [signHead(KEY, ORG, mine.at(-1)!, AT)]
        const cut = lines.toSpliced(mine.length - 1, 2)
        const reports = await verifyExport(read(cut), KEY, kept)
        expect(reports.find((r) => r.orgId === ORG)?.verdict).toEqual({
          holds: false,
          firstBad: { seq: mine.length, problem: 'MISSING' },
        })
      }),
      { numRuns: 30 },
    )
  })
})
