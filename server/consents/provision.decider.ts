import type { Actor, Facts, Party, Provision, Rules, Span, Verdict } from './consent.model.js'

/**
 * What a base and its exceptions say of some facts (FHIR Consent, R5 shape): filters of different kinds in one provision
 * must all match, values of one filter are alternatives, a nested provision counts only where everything above it
 * matches; the deepest match wins, and among equally deep ones a denial.
 *
 * Where it cannot be told whether a filter matches (a foreign code, a fact nobody knows), the answer is the one that
 * holds however it turns out: PERMIT only where every way permits. So an unknown filter never lets a permit match, and
 * never keeps a denial from matching.
 */
export function decideRules(rules: Rules, facts: Facts): Verdict {
  const nodes = nodesOf(rules.provisions, facts).filter((node) => !node.fit.includes('NO'))
  // Every way the unknown filters can turn out is at most as strict as one of these: just the unknown ones on the way to
  // one denial match, or none at all. Any other way in which that denial decides has more matches, not fewer.
  const ways: (ReadonlySet<Provision> | null)[] = [
    null,
    ...nodes.filter((node) => node.type === 'DENY').map((node) => new Set(node.path)),
  ]
  return ways.every((way) => deepest(rules.decision, nodes, way) === 'PERMIT') ? 'PERMIT' : 'DENY'
}

type Fit = 'YES' | 'NO' | 'UNKNOWN'

/** A provision with the way down to it: whether it and each one above it matches. */
interface Node {
  readonly type: Verdict
  readonly path: readonly Provision[]
  readonly fit: readonly Fit[]
}

function nodesOf(provisions: readonly Provision[], facts: Facts, above?: Node): Node[] {
  return provisions.flatMap((provision) => {
    const node: Node = {
      type: provision.type,
      path: [...(above?.path ?? []), provision],
      fit: [...(above?.fit ?? []), fitOf(provision, facts)],
    }
    return [node, ...nodesOf(provision.provisions, facts, node)]
  })
}

function deepest(base: Verdict, nodes: readonly Node[], matching: ReadonlySet<Provision> | null): Verdict {
  let depth = 0
  let verdict = base
  for (const { type, path, fit } of nodes) {
    if (!path.every((provision, i) => fit[i] === 'YES' || matching?.has(provision))) continue
    if (path.length > depth || (path.length === depth && type === 'DENY')) verdict = type
    depth = Math.max(depth, path.length)
  }
  return verdict
}

function fitOf(provision: Provision, facts: Facts): Fit {
  const fits: Fit[] = [
    within(provision.period, { from: facts.at, to: facts.at }),
    anyOf(provision.actors, (actor) => (typeof actor === 'string' ? 'UNKNOWN' : fitsParty(actor, facts.recipient))),
    anyOf(provision.actions, (action) => fitsWord(action, ['disclose'])),
    anyOf(provision.labels, (label) => fitsWord(label, facts.labels)),
    anyOf(provision.purposes, (purpose) => fitsWord(purpose, [facts.purpose])),
    anyOf(provision.documentTypes, (type) => (facts.documentType ? fitsWord(type, [facts.documentType]) : 'UNKNOWN')),
    anyOf(provision.resourceTypes, (type) =>
      facts.documentId === null ? 'UNKNOWN' : fitsWord(type, ['DocumentReference']),
    ),
    within(provision.dataPeriod, facts.careDays),
    anyOf(provision.documents, (id) => (facts.documentId === null ? 'UNKNOWN' : fitsWord(id, [facts.documentId]))),
    provision.foreign ? 'UNKNOWN' : 'YES',
  ]
  return fits.includes('NO') ? 'NO' : fits.includes('UNKNOWN') ? 'UNKNOWN' : 'YES'
}

function anyOf<T>(values: readonly T[] | undefined, fit: (value: T) => Fit): Fit {
  if (!values) return 'YES'
  const fits = values.map(fit)
  return fits.includes('YES') ? 'YES' : fits.includes('UNKNOWN') ? 'UNKNOWN' : 'NO'
}

const fitsWord = (word: string, known: readonly string[]): Fit =>
  known.includes(word) ? 'YES' : word.includes('|') ? 'UNKNOWN' : 'NO'

/** A party without a name is its whole class. Names are compared as people write them: case and blanks do not count. */
export function fitsParty(granted: Actor, actual: Party): Fit {
  if (granted.kind !== null && granted.kind !== actual.kind) return 'NO'
  if (granted.name === null) return 'YES'
  if (actual.name === null) return 'UNKNOWN'
  return normalName(granted.name) === normalName(actual.name) ? 'YES' : 'NO'
}

export const normalName = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

/**
 * Whether a stretch of days lies in a span: partly inside is not known to be inside. Days and instants are both ISO
 * text; an end that is a day includes that day.
 */
function within(span: Span | undefined, actual: { readonly from: string; readonly to: string } | null): Fit {
  if (!span || (span.from === undefined && span.to === undefined)) return 'YES'
  if (!actual) return 'UNKNOWN'
  const startsIn = (day: string) => span.from === undefined || day >= span.from
  const endsIn = (day: string) => span.to === undefined || day.slice(0, span.to.length) <= span.to
  if (startsIn(actual.from) && endsIn(actual.to)) return 'YES'
  return startsIn(actual.to) && endsIn(actual.from) ? 'UNKNOWN' : 'NO'
}
