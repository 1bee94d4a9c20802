import type { LexiconTerm } from '../codesets/model.js'
import { isAmbiguous } from './abbreviations.js'
import { inCategories, isLasting, isStatus, isSymptom, startsWithAny } from './codeGroups.js'
import { assertionsOn, scopesOf } from './context.js'
import type { CompiledLexicon } from './lexicon.js'
import { type Match, matchTerms } from './matcher.js'
import type { EngineDocument } from './model.js'
import { type PoaSaid, poaSaid } from './poa.js'
import { findSections, type SectionKind } from './sections.js'
import { type Sentence, splitSentences } from './sentences.js'
import { resolveCodes } from './specificity.js'
import { type Token, tokenize } from './tokens.js'
import type { Assertion } from './triggers.js'

/** One place of one document that names a code, with all that the rules need to know of it. */
export interface Mention {
  readonly code: string
  readonly document: EngineDocument
  /** UTF-16 offsets into the document's text. */
  readonly start: number
  readonly end: number
  readonly section: SectionKind
  readonly listed: boolean
  readonly assertions: ReadonlySet<Assertion>
  readonly source: LexiconTerm['source']
  readonly words: number
  readonly ordered: boolean
  /** Words beyond the term that chose the code. */
  readonly said: readonly string[]
  readonly poa: PoaSaid
}

/**
 * Every mention in a document, in order of place. `onSentence` is called before each sentence and may throw to stop.
 */
export function readMentions(lexicon: CompiledLexicon, document: EngineDocument, onSentence: () => void): Mention[] {
  const mentions: (Mention & { readonly ambiguous: boolean })[] = []
  const sections = findSections(document.text)
  for (const sentence of splitSentences(document.text, sections)) {
    onSentence()
    const tokens = tokenize(document.text, sentence.start, sentence.end)
    const matches = matchTerms(lexicon, tokens)
    if (matches.length === 0) continue
    const scopes = scopesOf(tokens)
    const poa = poaSaid(tokens)
    matches.forEach((match, index) => {
      const neighbours = { before: matches[index - 1]?.to ?? 0, after: matches[index + 1]?.from ?? tokens.length }
      for (const resolved of resolveCodes(lexicon, tokens, match, neighbours, scopes)) {
        const assertions = assertionsOn(scopes, match.from, match.to)
        bySection(sentence, resolved.code, tokens, match, assertions)
        mentions.push({
          code: resolved.code,
          document,
          start: tokens[resolved.from]!.start,
          end: tokens[resolved.to - 1]!.end,
          section: sentence.section,
          listed: sentence.listed,
          assertions,
          source: lexicon.terms[match.term]!.source,
          words: match.words,
          ordered: match.ordered,
          said: resolved.said,
          poa,
          ambiguous: match.to - match.from === 1 && isAmbiguous(tokens[match.from]!),
        })
      }
    })
  }
  return spelledOut(mentions)
}

/** An ambiguous abbreviation counts only where the same document names its category in full. */
function spelledOut(mentions: readonly (Mention & { readonly ambiguous: boolean })[]): Mention[] {
  const named = new Set(mentions.filter((mention) => !mention.ambiguous).map((mention) => mention.code.slice(0, 3)))
  return mentions.filter((mention) => !mention.ambiguous || named.has(mention.code.slice(0, 3)))
}

/** What the part of the note says about every condition named in it, added to what the sentence says. */
function bySection(
  sentence: Sentence,
  code: string,
  tokens: readonly Token[],
  match: Match,
  assertions: Set<Assertion>,
): void {
  const { section } = sentence
  if (section === 'FAMILY_HISTORY' && !inCategories(code, 'Z80', 'Z84')) assertions.add('FAMILY')
  if (section === 'INSTRUCTIONS') assertions.add('HYPOTHETICAL')
  if (section === 'PAST_HISTORY' && !isLasting(code) && !isStatus(code) && !saysPresent(tokens, match))
    assertions.add('HISTORICAL')
  if (section === 'SOCIAL_HISTORY' && !isStatus(code) && !inCategories(code, 'F10', 'F19')) assertions.add('HISTORICAL')
  // Why a patient came is said in these parts; elsewhere "general examination" is a heading or a phrase.
  if (inCategories(code, 'Z00', 'Z13') && !REASON_SECTIONS.has(section)) assertions.add('HYPOTHETICAL')
  if (section === 'ALLERGIES' && !startsWithAny(code, ['Z88', 'Z91.0'])) assertions.add('HYPOTHETICAL')
  // What the patient was asked and what the hand felt are findings; the assessment says which of them matter.
  if ((section === 'REVIEW_OF_SYSTEMS' || section === 'EXAMINATION') && isSymptom(code)) assertions.add('HYPOTHETICAL')
}

const REASON_SECTIONS: ReadonlySet<SectionKind> = new Set([
  'CHIEF_COMPLAINT',
  'ASSESSMENT',
  'DIAGNOSIS',
  'INDICATION',
  'PREOP_DIAGNOSIS',
])

const PRESENT = new Set([
  'current',
  'currently',
  'chronic',
  'active',
  'ongoing',
  'persistent',
  'controlled',
  'uncontrolled',
])

const saysPresent = (tokens: readonly Token[], match: Match): boolean =>
  tokens.slice(Math.max(0, match.from - 3), match.to + 3).some((token) => PRESENT.has(token.lower))
