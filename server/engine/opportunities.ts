import { isSymptom } from './codeGroups.js'
import type { Finding } from './findings.js'
import type { CompiledLexicon } from './lexicon.js'
import type { Mention } from './mentions.js'
import type { EngineEvidence, QueryOpportunity } from './model.js'
import { byStrength } from './rank.js'
import { causeReason, findingReason } from './reason.js'
import type { QueryCause } from './whoseWords.js'

/** A mention that may not be coded, with the cause. */
export interface Uncodable {
  readonly mention: Mention
  readonly cause: QueryCause
}

/**
 * Reasons to query: conditions that stand only in words which do not count, and values outside their limits that no
 * provider explains. A condition is left out where the providers already document one of its category.
 *
 * @param documented every code that a provider's words establish on this chart
 */
export function opportunitiesFrom(
  lexicon: CompiledLexicon,
  uncodable: readonly Uncodable[],
  findings: readonly Finding[],
  documented: ReadonlySet<string>,
): QueryOpportunity[] {
  const categories = new Set([...documented].map((code) => code.slice(0, 3)))
  const open = uncodable.filter(({ mention }) => !categories.has(mention.code.slice(0, 3)) && !isSymptom(mention.code))
  const unanswered = findings.filter(
    ({ answeredBy }) => ![...documented].some((code) => answeredBy.some((prefix) => code.startsWith(prefix))),
  )
  const found = [...fromMentions(lexicon, open), ...fromFindings(unanswered)]
  return found.sort((a, b) => (a.topic < b.topic ? -1 : 1))
}

/** Topic `RADIOLOGY:J18.9`: the cause and the code that the words would lead to if a provider had written them. */
function fromMentions(lexicon: CompiledLexicon, open: readonly Uncodable[]): QueryOpportunity[] {
  return [...groupBy(open, ({ mention, cause }) => `${cause}:${mention.code}`)].map(([topic, group]) => {
    const mentions = group.map(({ mention }) => mention).sort(byStrength)
    const facts = lexicon.codes.get(mentions[0]!.code)!
    return { topic, reason: causeReason(group[0]!.cause, mentions[0]!, facts), evidence: evidenceOf(mentions) }
  })
}

function fromFindings(findings: readonly Finding[]): QueryOpportunity[] {
  return [...groupBy(findings, ({ topic }) => topic)].map(([topic, group]) => {
    const worst = [...group].sort(
      (a, b) => Math.abs(b.value - b.limit) - Math.abs(a.value - a.limit) || byPlace(place(a), place(b)),
    )
    return { topic, reason: findingReason(worst[0]!, group.length - 1), evidence: evidenceOf(group) }
  })
}

interface Placed {
  readonly document: { readonly versionId: string }
  readonly start: number
  readonly end: number
}

const place = ({ document, start, end }: Placed): EngineEvidence => ({
  versionId: document.versionId,
  start,
  end,
  kind: 'SUPPORTS',
})

/** Evidence in the order of document and place, each place once. */
export function evidenceOf(places: readonly Placed[], kind: EngineEvidence['kind'] = 'SUPPORTS'): EngineEvidence[] {
  const once = new Map(
    places.map((one) => [`${one.document.versionId}\t${one.start}\t${one.end}`, { ...place(one), kind }]),
  )
  return [...once.values()].sort(byPlace)
}

export const byPlace = (a: EngineEvidence, b: EngineEvidence): number =>
  (a.versionId < b.versionId ? -1 : a.versionId > b.versionId ? 1 : 0) || a.start - b.start || a.end - b.end

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
