import { randomBytes, randomUUID } from 'node:crypto'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)

/**
 * A time-ordered identifier (UUIDv7, RFC 9562 section 5.7): rows made together lie together in an index, and things of
 * one millisecond sort in the order in which this process made them, so that lists ordered by time and id are the same
 * each time. The steps between them are random (section 6.2, method 2): an id tells nothing of how many others there are.
 */
export function newId(now: number = Date.now()): string {
  const tail = tailAfter(now)
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes.writeUInt16BE(0x7000 | Number(tail >> 62n), 6)
  bytes.writeBigUInt64BE(0x8000000000000000n | (tail & 0x3fffffffffffffffn), 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The 74 bits after the time: the first of a millisecond has its highest one clear, so that the steps find room. */
function tailAfter(now: number): bigint {
  const before = tails.get(now)
  const tail =
    before === undefined
      ? (randomBytes(8).readBigUInt64BE(0) << 9n) | BigInt(randomBytes(2).readUInt16BE(0) & 0x1ff)
      : before + 1n + BigInt(randomBytes(4).readUInt32BE(0))
  tails.set(now, tail)
  // Commands that run side by side began at different times; of long ago none is running any more.
  if (tails.size > 256) tails.delete(tails.keys().next().value!)
  return tail
}

const tails = new Map<number, bigint>()

/** A stream cursor: 122 random bits (UUIDv4), so that it tells nothing of position or time. */
export const newCursor = (): string => randomUUID()
