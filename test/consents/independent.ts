import type { Facts, Provision, Rules, Span, Verdict } from '../../server/consents/consent.model.js'

/**
 * An evaluator written from the rules a second time, with nothing of the first: every way in which the unknown filters
 * can turn out is tried one by one, and only what all of them permit is permitted.
 */
export function independently(rules: Rules, facts: Facts): Verdict {
  const unknown: Provision[] = []
  const fits = new Map<Provision, boolean>()
  const visit = (p: Provision): void => {
    const answer = and(FILTERS.map((filter) => filter(p, facts)))
    if (answer === undefined) unknown.push(p)
    else fits.set(p, answer)
    p.provisions.forEach(visit)
  }
  rules.provisions.forEach(visit)
  for (let way = 0; way < 2 ** unknown.length; way++) {
    unknown.forEach((p, i) => fits.set(p, ((way >> i) & 1) === 1))
    if (oneWay(rules, fits) === 'DENY') return 'DENY'
  }
  return 'PERMIT'
}

/** The plain reading: an unknown filter lets no permit match and keeps no denial from matching. */
export function literally(rules: Rules, facts: Facts): Verdict {
  const fits = new Map<Provision, boolean>()
  const visit = (p: Provision): void => {
    fits.set(p, and(FILTERS.map((filter) => filter(p, facts))) ?? p.type === 'DENY')
    p.provisions.forEach(visit)
  }
  rules.provisions.forEach(visit)
  return oneWay(rules, fits)
}

/** Level by level: the last level on which anything matches decides, and there a denial. */
function oneWay(rules: Rules, fits: ReadonlyMap<Provision, boolean>): Verdict {
  let verdict = rules.decision
  for (let level = rules.provisions.filter((p) => fits.get(p)); level.length > 0; ) {
    verdict = level.some((p) => p.type === 'DENY') ? 'DENY' : 'PERMIT'
    level = level.flatMap((p) => p.provisions).filter((p) => fits.get(p))
  }
  return verdict
}

type Answer = boolean | undefined
const and = (answers: readonly Answer[]): Answer =>
  answers.includes(false) ? false : answers.includes(undefined) ? undefined : true
const or = (answers: readonly Answer[] | undefined): Answer =>
  answers === undefined || answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
const word = (values: readonly string[] | undefined, has: readonly string[] | null): Answer =>
  or(values?.map((v) => (has === null ? undefined : has.includes(v) ? true : v.includes('|') ? undefined : false)))
const one = (value: string | null): string[] | null => (value === null ? null : [value])

function inSpan(span: Span | undefined, first: string, last: string): Answer {
  const { from = '0', to = '9' } = span ?? {}
  const upTo = `${to}\uffff`
  if (first >= from && last <= upTo) return true
  return last < from || first > upTo ? false : undefined
}

const FILTERS: readonly ((p: Provision, f: Facts) => Answer)[] = [
  (p, f) => inSpan(p.period, f.at, f.at),
  (p, f) =>
    or(
      p.actors?.map((a) => {
        if (typeof a === 'string') return undefined
        if (a.kind !== null && a.kind !== f.recipient.kind) return false
        if (a.name === null) return true
        return f.recipient.name === null ? undefined : a.name === f.recipient.name
      }),
    ),
  (p) => word(p.actions, ['disclose']),
  (p, f) => word(p.labels, f.labels),
  (p, f) => word(p.purposes, [f.purpose]),
  (p, f) => word(p.documentTypes, one(f.documentType)),
  (p, f) => word(p.resourceTypes, f.documentId === null ? null : ['DocumentReference']),
  (p, f) => {
    if (p.dataPeriod?.from === undefined && p.dataPeriod?.to === undefined) return true
    return f.careDays === null ? undefined : inSpan(p.dataPeriod, f.careDays.from, f.careDays.to)
  },
  (p, f) => word(p.documents, one(f.documentId)),
  (p) => (p.foreign ? undefined : true),
]
