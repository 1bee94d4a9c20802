import { CONNECTORS, type CompiledLexicon, FILLERS } from './lexicon.js'
import { SIDE_WORDS, type Side } from './sides.js'
import type { EngineCode } from './tables.js'
import { foldPhrase } from './tokens.js'

/** A title that says that something is not known. */
export const UNSPECIFIED = /\b(unspecified|not (otherwise |further )?specified|not (stated|named)|NOS)\b/i

/** Codes of one category with the words of their titles, made once per category. */
export interface Described {
  readonly facts: EngineCode
  readonly words: ReadonlySet<string>
  /** Words with sides left out, sorted: equal for the sides of one condition. */
  readonly unsided: string
  readonly side: Side | undefined
  readonly vague: boolean
  readonly other: boolean
}

/** Filled on first use: the titles of a release never change. */
const categories = new WeakMap<CompiledLexicon, Map<string, readonly Described[]>>()

export function categoryOf(lexicon: CompiledLexicon, code: string): readonly Described[] {
  const perLexicon = categories.get(lexicon) ?? new Map<string, readonly Described[]>()
  categories.set(lexicon, perLexicon)
  const category = code.slice(0, 3)
  const known = perLexicon.get(category)
  if (known) return known
  const found: Described[] = []
  const visit = (facts: EngineCode): void => {
    if (facts.billable) found.push(describe(facts))
    for (const child of lexicon.children.get(facts.code) ?? []) visit(child)
  }
  const root = lexicon.codes.get(category)
  if (root) visit(root)
  perLexicon.set(category, found)
  return found
}

/** Words of titles that only say that something is not known, or bind others. */
const TITLE_EMPTY = new Set([
  'unspecified',
  'not',
  'stated',
  'or',
  'part',
  'site',
  'side',
  'uncomplicated',
  'encounter',
  'initial',
  'closed',
  'as',
  'nos',
  'named',
  'kind',
  'further',
  'specified',
  'mellitus',
])

function describe(facts: EngineCode): Described {
  const told = facts.title
    .toLowerCase()
    .replace(/[([][^)\]]*[)\]]/g, ' ')
    .replace(/\bwithout\b[^,]*/g, ' ')
  const words = foldPhrase(told.replace(/\b(right|left|unspecified|bilateral) (ear|eye|side)s?\b/g, '$1')).filter(
    (word) => !TITLE_EMPTY.has(word) && !FILLERS.has(word) && !CONNECTORS.has(word),
  )
  const sides = words.map((word) => SIDE_WORDS[word]).filter((side) => side !== undefined)
  return {
    facts,
    words: new Set(words.filter((word) => !SIDE_WORDS[word])),
    unsided: words
      .filter((word) => !SIDE_WORDS[word])
      .sort()
      .join(' '),
    side: sides.length === 1 ? sides[0] : undefined,
    vague: UNSPECIFIED.test(facts.title) || /\bwithout\b|\buncomplicated\b/i.test(facts.title),
    other: /\bother\b|\bspecified\b(?<!unspecified)|\bsequela\b|\bsubsequent\b/i.test(facts.title),
  }
}

/** The sided codes of the same condition as a code that leaves the side open; empty where it does not. */
export function sidedForms(lexicon: CompiledLexicon, code: string): readonly string[] {
  const category = categoryOf(lexicon, code)
  const base = category.find(({ facts }) => facts.code === code)
  if (!base || base.side !== undefined || !base.vague) return []
  return category
    .filter((option) => option.unsided === base.unsided && option.side !== undefined)
    .map(({ facts }) => facts.code)
}
