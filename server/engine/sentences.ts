import type { Section, SectionKind } from './sections.js'

/** A stretch that no term and no context may leave: a sentence, a list item or a line of its own. */
export interface Sentence {
  readonly start: number
  readonly end: number
  readonly section: SectionKind
  /** True for a numbered or bulleted item: a list of diagnoses is written so. */
  readonly listed: boolean
}

/** The sentences of every section, in order, trimmed, none empty. Headings are not part of any. */
export function splitSentences(text: string, sections: readonly Section[]): Sentence[] {
  return sections.flatMap((section) => [...sentencesOf(text, section)])
}

function* sentencesOf(text: string, section: Section): Generator<Sentence> {
  let start = section.start
  for (const end of [...boundaries(text, section.start, section.end), section.end]) {
    const sentence = trimmed(text, start, end)
    if (sentence) yield { ...sentence, section: section.kind, listed: LISTED.test(text.slice(start, end)) }
    start = end
  }
}

const LISTED = /^\s*(?:\(?\d{1,2}[.)]|[-•*·–]|[a-z][.)])\s/

function trimmed(text: string, start: number, end: number): { start: number; end: number } | undefined {
  let from = start
  let to = end
  while (from < to && /\s/.test(text[from]!)) from++
  while (to > from && /\s/.test(text[to - 1]!)) to--
  return to > from ? { start: from, end: to } : undefined
}

/** Candidate ends: closing marks, blank lines, a line break before a list item or a capital. */
const CANDIDATE =
  /[.!?]+["')\]]*(?=\s|,\s|$)|\n\s*\n|\n(?=\s*(?:\(?\d{1,2}[.)]|[-•*·–])\s)|\n|(?<=[.:;,])\s+(?=\(?\d{1,2}[.)]\s+\p{Lu})|\s{2,}(?=\(?\d{1,2}[.)]\s+\p{Lu})|;/gu

function* boundaries(text: string, from: number, to: number): Generator<number> {
  const slice = text.slice(from, to)
  for (const match of slice.matchAll(CANDIDATE)) {
    const at = match.index
    const mark = match[0]
    if (mark.startsWith('.') && !endsSentence(slice, at, mark)) continue
    if (mark === '\n' && !endsLine(slice, at)) continue
    yield from + at + mark.length
  }
}

/** Abbreviations whose dot does not end a sentence. */
const DOTTED =
  /(?:^|[\s(])(?:dr|mr|mrs|ms|st|vs|no|approx|dept|fig|e\.g|i\.e|etc|q|p\.o|b\.i\.d|t\.i\.d|q\.i\.d|p\.r\.n|a\.m|p\.m|prof|sr|jr|inc|cm|mg|mm|dx|hx|pt|[A-Z])$/i
/** The number of a list item, which its dot does not end: at the start of a line or after a mark or a wide gap. */
const ITEM_NUMBER = /(?:^|\n\s*|[.:;,)]\s*|\s\s)\(?\d{1,2}$/

function endsSentence(slice: string, at: number, mark: string): boolean {
  const before = slice.slice(Math.max(0, at - 12), at)
  if (ITEM_NUMBER.test(before)) return false
  return !DOTTED.test(before) || /^\s*\n\s*\n/.test(slice.slice(at + mark.length, at + mark.length + 6))
}

/** A line break ends a sentence unless the next line goes on in lower case or the line was wrapped at a word. */
function endsLine(slice: string, at: number): boolean {
  const next = /\S/.exec(slice.slice(at + 1, at + 200))?.[0]
  if (next === undefined) return true
  const line = slice.slice(slice.lastIndexOf('\n', at - 1) + 1, at)
  const wrapped = line.length >= 60 && !/[.:!?]\s*$/.test(line)
  return !/\p{Ll}/u.test(next) && !wrapped
}
