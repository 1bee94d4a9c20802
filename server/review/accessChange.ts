import type { AccessChange, AccessChangeReason } from '../../schema/values.js'
import type { Relation, Sight } from '../auth/sight.js'

/** How a subscriber's access changed, and through what: from the two sights alone, so that it tells nothing else. */

export function changeOf(before: Sight, now: Sight): AccessChange {
  if (now.readOnly && !before.readOnly) return 'READ_ONLY'
  const lost =
    [...before.classes].some((c) => !now.classes.has(c)) ||
    [...before.labels].some((label) => !now.labels.has(label)) ||
    before.relations.some((r) => !TAKES_AWAY.includes(r) && !now.relations.includes(r))
  return lost ? 'NARROWED' : 'RESTORED'
}

/** How somebody stands to a chart who may do less by it: without it, nothing is lost. */
const TAKES_AWAY: readonly Relation[] = ['HAS_DECIDED', 'HAS_SEEN_WORK']

/**
 * The first of these that differs: roles, because whoever loses one loses what was held in it; then how the viewer stands
 * to the chart; then the basis of its sensitive records; then a program's scopes. RULES is what is left.
 */
export function reasonOf(before: Sight, now: Sight): AccessChangeReason {
  if (!sameItems(before.roles, now.roles)) return 'ROLE'
  const standing = RELATIONS.find(([, relations]) =>
    relations.some((relation) => before.relations.includes(relation) !== now.relations.includes(relation)),
  )
  if (standing) return standing[0]
  const ids = ({ consents }: Sight) => (consents ?? []).map((consent) => consent.consentId)
  if (!sameItems([...before.labels], [...now.labels]) || !sameItems(ids(before), ids(now))) return 'BASIS'
  if (
    !sameItems(before.follows ?? [], now.follows ?? []) ||
    (now.follows && !sameItems([...before.classes], [...now.classes]))
  )
    return 'SCOPE'
  return 'RULES'
}

const RELATIONS: readonly (readonly [AccessChangeReason, readonly Relation[]])[] = [
  ['ASSIGNMENT', ['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI']],
  ['BREAK_GLASS', ['BREAK_GLASS']],
  ['HELP', ['HELPING']],
  ['PRIVACY_REQUEST', ['REQUEST_IN_HAND']],
  ['BLIND_PASS', ['BLIND_PASS']],
  ['SEPARATION_OF_DUTIES', ['HAS_DECIDED', 'HAS_SEEN_WORK']],
]

const sameItems = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item) => b.includes(item))
