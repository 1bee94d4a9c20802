import { writtenCode } from '../code.js'
import type { LexiconTerm } from '../model.js'
import type { ReleaseCode } from '../release.js'
import { billableDefaults } from './billableDefault.js'
import type { IndexTerm } from './indexTerms.js'
import { phraseOf } from './phrase.js'

export interface LexiconSources {
  readonly codes: readonly ReleaseCode[]
  readonly indexTerms: readonly IndexTerm[]
  /** By plain code. */
  readonly inclusionTerms: ReadonlyMap<string, readonly string[]>
  /** Ready terms; those of a header go to its default. */
  readonly synonyms: readonly { readonly plain: string; readonly term: Omit<LexiconTerm, 'code'> }[]
}

/**
 * The phrases that lead to a diagnosis code, each with a billable code of the release: a header stands for its default
 * child, and a phrase whose code has none is left out. A pair of phrase and code appears once, under its best source.
 */
export function compileLexicon(sources: LexiconSources): readonly LexiconTerm[] {
  const billable = billableDefaults(sources.codes, sources.inclusionTerms)
  const terms = new Map<string, LexiconTerm>()
  const add = (phrase: string, code: string, source: LexiconTerm['source']): void => {
    const key = `${phrase}\t${code}`
    if (phrase.length > 1 && !terms.has(key)) terms.set(key, { phrase, code, source })
  }
  const addDefault = (phrase: string, plain: string, source: LexiconTerm['source']): void => {
    const leaf = billable(plain)
    // Synonyms are somebody's choice; a generated phrase of this length is not.
    if (wordsIn(phrase) > MOST_WORDS && source !== 'SYNONYM') return
    if (leaf !== undefined) add(phrase, writtenCode('ICD10CM', leaf), source)
  }
  for (const term of sources.indexTerms) addDefault(term.phrase, term.plain, 'INDEX')
  for (const [plain, inclusions] of sources.inclusionTerms) {
    for (const text of inclusions.filter((inclusion) => !inclusion.endsWith(':'))) {
      addDefault(phraseOf(text), plain, 'INCLUSION')
      for (const short of bracketedAbbreviations(text)) addDefault(short, plain, 'ABBREVIATION')
    }
  }
  for (const { plain, term } of sources.synonyms) addDefault(term.phrase, plain, term.source)
  for (const code of sources.codes) {
    if (!code.billable || isLaterEncounter(code.title)) continue
    for (const phrase of titlePhrases(code.title)) addDefault(phrase, code.plain, 'TITLE')
    for (const short of bracketedAbbreviations(code.title)) addDefault(short, code.plain, 'ABBREVIATION')
  }
  return [...terms.values()]
}

/** Longer phrases never stand in a note word for word. */
const MOST_WORDS = 12

/**
 * The title as words, and without what only says that nothing more is known: "Pneumonia, unspecified organism" gives
 * "pneumonia unspecified organism" and "pneumonia"; "unspecified shoulder" is still a shoulder.
 */
export function titlePhrases(title: string): readonly string[] {
  const told = title.split(/,\s+/).filter((part) => !TELLS_NOTHING.test(part))
  return [...new Set([phraseOf(title), phraseOf(told.join(', ').replace(/\bunspecified\s+/gi, ''))])]
}

const TELLS_NOTHING =
  /^((in |with )?unspecified( (site|organism|severity|cause|type|trimester|stage|part|degree|side|laterality|complications?|intent))?|(stage|severity|site|level) unspecified|initial encounter.*|.*\bnot stated)$/i

/** Encounters after the first, sequelae and open fractures: their words stand nowhere; the context tells them. */
const isLaterEncounter = (title: string): boolean =>
  /\b(subsequent encounter|sequela|initial encounter for open fracture)\b/.test(title)

/** `Acute respiratory distress syndrome [ARDS]` ends in its own abbreviation. */
function bracketedAbbreviations(text: string): readonly string[] {
  const end = /\[([A-Za-z0-9-]{2,7})\](?:, unspecified)?$/.exec(text.trim())?.[1]
  return end !== undefined && (end.match(/[A-Z]/g)?.length ?? 0) >= 2 ? [end.toLowerCase()] : []
}

const wordsIn = (phrase: string): number => phrase.split(' ').length
