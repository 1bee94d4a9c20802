import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELD_CLASSES, SENSITIVITY_LABELS } from '../../schema/values.js'
import { RESOURCES } from '../../server/auth/scope.js'
import { type Relation, type SightFacts, sightOf } from '../../server/auth/sight.js'
import { ROLES } from '../../server/auth/viewer.js'
import { changeOf, reasonOf } from '../../server/review/accessChange.js'

const RELATIONS: Record<Relation, string> = {
  CODER_OF_RECORD: 'ASSIGNMENT',
  SECOND_LOOK: 'ASSIGNMENT',
  AUDITOR: 'ASSIGNMENT',
  CDI: 'ASSIGNMENT',
  BREAK_GLASS: 'BREAK_GLASS',
  HELPING: 'HELP',
  REQUEST_IN_HAND: 'PRIVACY_REQUEST',
  BLIND_PASS: 'BLIND_PASS',
  HAS_DECIDED: 'SEPARATION_OF_DUTIES',
  HAS_SEEN_WORK: 'SEPARATION_OF_DUTIES',
}
const consent = (consentId: string) => ({ consentId, scope: 'Consent' })
const facts: fc.Arbitrary<SightFacts> = fc.record({
  classes: fc.subarray([...FIELD_CLASSES]),
  labels: fc.subarray([...SENSITIVITY_LABELS]),
  roles: fc.subarray([...ROLES]),
  relations: fc.subarray(Object.keys(RELATIONS) as Relation[]),
  readOnly: fc.boolean(),
  follows: fc.option(fc.subarray([...RESOURCES]), { nil: undefined }),
  consents: fc.constantFrom([], [consent('a')], [consent('b')]),
})
/** With or without something, whichever it was not. */
const toggled = <T>(items: Iterable<T>, item: T): T[] =>
  [...items].includes(item) ? [...items].filter((it) => it !== item) : [...items, item]

describe('a change of access', () => {
  it('is told by the one thing that changed', () => {
    const relation = fc.constantFrom(...(Object.keys(RELATIONS) as Relation[]))
    fc.assert(
      fc.property(
        facts,
        relation,
        fc.constantFrom(...ROLES),
        fc.constantFrom(...SENSITIVITY_LABELS),
        (f, part, role, label) => {
          const before = sightOf(f)
          const told = (change: Partial<SightFacts>) => reasonOf(before, sightOf({ ...f, ...change }))
          expect(told({ relations: toggled(f.relations, part) })).toBe(RELATIONS[part])
          expect(told({ roles: toggled(f.roles, role) })).toBe('ROLE')
          // Whoever loses a role loses what was held in it: the role is why.
          expect(told({ roles: toggled(f.roles, role), relations: toggled(f.relations, part) })).toBe('ROLE')
          expect(told({ labels: toggled(f.labels, label) })).toBe('BASIS')
          expect(told({ consents: [consent('c')] })).toBe('BASIS')
          if (f.follows) expect(told({ follows: toggled(f.follows, 'Chart') })).toBe('SCOPE')
          expect(told({ classes: toggled(f.classes, 'MONEY') })).toBe(f.follows ? 'SCOPE' : 'RULES')
        },
      ),
    )
  })

  it('narrows where anything is lost, is for reading alone where writing is, and restores otherwise', () => {
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        const [before, now] = [sightOf(a), sightOf(b)]
        const lost = (from: Iterable<string>, to: Iterable<string>) => [...from].some((it) => ![...to].includes(it))
        // Who has seen or decided something may do less for it: to be rid of that is no loss.
        const gives = (it: Relation) => RELATIONS[it] !== 'SEPARATION_OF_DUTIES'
        const less =
          lost(a.classes, b.classes) || lost(a.labels, b.labels) || lost(a.relations.filter(gives), b.relations)
        const readOnly = b.readOnly && !a.readOnly
        expect(changeOf(before, now)).toBe(readOnly ? 'READ_ONLY' : less ? 'NARROWED' : 'RESTORED')
      }),
    )
  })
})
