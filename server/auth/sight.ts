import type { FieldClass, SensitivityLabel } from '../../schema/values.js'
import type { Part2Consent } from './part2.model.js'
import type { Resource } from './scope.js'
import type { Role } from './viewer.js'

/** How a viewer stands to one chart. */
export type Relation =
  | 'CODER_OF_RECORD'
  | 'SECOND_LOOK'
  | 'AUDITOR'
  | 'CDI'
  | 'HAS_DECIDED'
  | 'HAS_SEEN_WORK'
  | 'HELPING'
  | 'BREAK_GLASS'
  | 'REQUEST_IN_HAND'
  | 'BLIND_PASS'

/**
 * A viewer's rules resolved against one chart: the one value that queries mask by and streams group by. Computed once
 * per viewer, chart and access epoch; two viewers of equal sight receive the same bytes.
 */
export interface Sight {
  /** Equal keys mean equal sight. */
  readonly key: string
  readonly classes: ReadonlySet<FieldClass>
  readonly labels: ReadonlySet<SensitivityLabel>
  /** What the viewer's roles and relations allow on a chart; `can` is derived from these and the chart's state alone. */
  readonly roles: readonly Role[]
  readonly relations: readonly Relation[]
  readonly readOnly: boolean
  /** Of a third party: the resources whose events it hears. Undefined for people. */
  readonly follows?: readonly Resource[]
  /** Consents by which PART2 is among the labels: the notice names them (42 CFR 2.32). Undefined where none is needed. */
  readonly consents?: readonly Part2Consent[]
}

export interface SightFacts {
  readonly classes: Iterable<FieldClass>
  readonly labels: Iterable<SensitivityLabel>
  readonly roles: readonly Role[]
  readonly relations: readonly Relation[]
  readonly readOnly: boolean
  readonly follows?: readonly Resource[]
  readonly consents?: readonly Part2Consent[]
}

const interned = new Map<string, Sight>()

/** Equal facts give the very same object, so that what is derived from a sight can be kept with it. */
export function sightOf(facts: SightFacts): Sight {
  const classes = [...new Set(facts.classes)].sort()
  const labels = [...new Set(facts.labels)].sort()
  const roles = [...new Set(facts.roles)].sort()
  const relations = [...new Set(facts.relations)].sort()
  const consents = facts.consents?.length ? facts.consents : undefined
  const key =
    [classes, labels, roles, relations].map((list) => list.join(',')).join(';') +
    (facts.readOnly ? ';ro' : '') +
    (facts.follows ? `;client ${facts.follows.join(',')}` : '') +
    (consents ? `;consents ${JSON.stringify(consents)}` : '')
  const known = interned.get(key)
  if (known) return known
  const sight: Sight = Object.freeze({
    key,
    classes: new Set(classes),
    labels: new Set(labels),
    roles,
    relations,
    readOnly: facts.readOnly,
    ...(facts.follows && { follows: facts.follows }),
    ...(consents && { consents }),
  })
  if (interned.size > 5_000) interned.clear()
  interned.set(key, sight)
  return sight
}

/** Whoever codes a chart blind sees no code of it, nor what speaks of one, until the pass is revealed. */
export const isBlind = (sight: Sight): boolean => sight.relations.includes('BLIND_PASS')

export const sees = (sight: Sight, fieldClass: FieldClass): boolean => sight.classes.has(fieldClass)
export const stands = (sight: Sight, ...relations: readonly Relation[]): boolean =>
  relations.some((r) => sight.relations.includes(r))
