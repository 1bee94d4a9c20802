import type { CodeOrder, SuggestionState } from './model.js'

/**
 * Lines as a coder works them: accepted in the chart's order, then proposals by confidence, then what was rejected or
 * withdrawn. Ranks and who stands first belong to the order, so they are taken from it here: lines after one that left
 * move up without an event of their own. Lines that did not change stay the same objects.
 */
export function inReviewOrder(lines: readonly SuggestionState[], order: CodeOrder): readonly SuggestionState[] {
  const places = order.suggestionIds && new Map(order.suggestionIds.map((id, index) => [id, index + 1]))
  const ranked = places ? lines.map((line) => withRank(line, places.get(line.id) ?? null)) : [...lines]
  return ranked.sort((a, b) => groupOf(a) - groupOf(b) || within(a, b) || (a.id < b.id ? -1 : 1))
}

const withRank = (line: SuggestionState, rank: number | null): SuggestionState =>
  line.rank === rank ? line : { ...line, rank }

const groupOf = ({ status }: SuggestionState): number => (status === 'ACCEPTED' ? 0 : status === 'PROPOSED' ? 1 : 2)

/** A line that a person proposed has no confidence: it is as good as certain. */
const within = (a: SuggestionState, b: SuggestionState): number =>
  a.status === 'ACCEPTED' ? (a.rank ?? LAST) - (b.rank ?? LAST) : (b.confidence ?? 1) - (a.confidence ?? 1)

const LAST = Number.MAX_SAFE_INTEGER
