import fc from 'fast-check'
import type { AccessEntry } from '../../server/trail/record.model.js'

export const ORG = '33333333-3333-4333-8333-333333333333'

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((s) => !s.includes('\0'))
const keys = fc.string({ maxLength: 6 }).filter((s) => s !== '__proto__' && !s.includes('\0'))

/** Entries of every form that the database can hold. */
export const anyEntry: fc.Arbitrary<AccessEntry> = fc.record({
  actorId: fc.option(fc.uuid()),
  facilityIds: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  action: text,
  purpose: fc.constantFrom('PAYMENT', 'NONE'),
  operationHash: fc.option(text),
  subjectRefs: fc.uniqueArray(text, { maxLength: 4 }),
  classes: fc.subarray(['CLINICAL', 'IDENTITY', 'MONEY']),
  outcome: fc.constantFrom('ALLOWED', 'DENIED', 'FAILED'),
  detail: fc.dictionary(keys, fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 2 })), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
})

export const entry = (action: string): AccessEntry => ({
  actorId: null,
  facilityIds: [],
  action,
  purpose: 'PAYMENT',
  operationHash: null,
  subjectRefs: [],
  classes: [],
  outcome: 'ALLOWED',
  detail: {},
})

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
