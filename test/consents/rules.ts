import fc from 'fast-check'
import type { Facts, Party, Provision, Rules } from '../../server/consents/consent.model.js'

/** Arbitrary trees of provisions and facts over small vocabularies, so that filters meet facts often. */

const KINDS = ['HEALTH_PLAN', 'PROVIDER', 'PERSON'] as const
const NAMES = ['Northern Mutual', 'Dr. Ash'] as const
const DAYS = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'] as const
const INSTANTS = ['2026-01-01T00:00:00.000Z', '2026-02-15T12:00:00.000Z', '2026-04-01T00:00:00.000Z'] as const

const span = (ends: readonly string[]) =>
  fc.record({ from: fc.constantFrom(...ends), to: fc.constantFrom(...ends) }, { requiredKeys: [] })

const actor = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom(...KINDS), name: fc.option(fc.constantFrom(...NAMES)) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant(null), name: fc.constantFrom(...NAMES) }) },
  {
    weight: 1,
    arbitrary: fc.constant(JSON.stringify({ role: { text: 'carer' }, reference: { reference: 'Group/1' } })),
  },
)

const words = (known: readonly string[], foreign: string) =>
  fc.array(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.constant(foreign) }),
    {
      minLength: 1,
      maxLength: 2,
    },
  )

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

const filters = fc
  .record({
    period: sometimes(span([...INSTANTS, '2026', '2026-02'])),
    actors: sometimes(fc.array(actor, { minLength: 1, maxLength: 2 })),
    actions: sometimes(words(['disclose', 'collect'], 'http://x|access')),
    labels: sometimes(words(['PART2', 'HIV'], 'http://x|ETH')),
    purposes: sometimes(words(['PAYMENT', 'RESEARCH'], 'http://x|HPAYMT-child')),
    documentTypes: sometimes(words(['DISCHARGE_SUMMARY', 'OTHER'], 'http://loinc.org|1-1')),
    resourceTypes: sometimes(words(['DocumentReference', 'Observation'], 'http://x|cda')),
    dataPeriod: sometimes(span(DAYS)),
    documents: sometimes(words(['d1', 'd2'], 'related|Observation/1')),
    foreign: fc.option(fc.constant({ modifierExtension: [{ url: 'http://x', valueBoolean: true }] }), {
      nil: undefined,
      freq: 9,
    }),
  })
  // Few filters a provision, so that trees match to their depth.
  .chain((all) =>
    fc
      .subarray(Object.keys(all) as (keyof typeof all)[], { maxLength: 2 })
      .map((keys) => Object.fromEntries(keys.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])))),
  )

/** At most four levels of at most two. */
const nodes = (levels: number): fc.Arbitrary<Provision[]> =>
  levels === 0
    ? fc.constant([])
    : fc.array(
        fc
          .record({ type: fc.constantFrom('PERMIT', 'DENY'), own: filters, provisions: nodes(levels - 1) } as const)
          .map(({ type, own, provisions }) => ({ type, ...own, provisions }) as Provision),
        { maxLength: 2 },
      )

export const anyRules: fc.Arbitrary<Rules> = fc.record({
  decision: fc.constantFrom('PERMIT', 'DENY'),
  provisions: nodes(4),
} as const)

export const anyFacts: fc.Arbitrary<Facts> = fc.record({
  at: fc.constantFrom(...INSTANTS),
  recipient: fc.record({
    kind: fc.constantFrom(...KINDS),
    name: fc.option(fc.constantFrom(...NAMES)),
  }) as fc.Arbitrary<Party>,
  purpose: fc.constantFrom('PAYMENT', 'RESEARCH'),
  labels: fc.subarray(['PART2', 'HIV']),
  documentType: fc.option(fc.constantFrom('DISCHARGE_SUMMARY', 'OTHER')),
  documentId: fc.option(fc.constantFrom('d1', 'd2')),
  careDays: fc.option(
    fc
      .tuple(fc.constantFrom(...DAYS), fc.constantFrom(...DAYS))
      .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
  ),
} as const)

export const depthOf = (provisions: readonly Provision[]): number =>
  provisions.length === 0 ? 0 : 1 + Math.max(...provisions.map((p) => depthOf(p.provisions)))
