import type { CodeSystem } from './model.js'

/**
 * How a system writes its codes. ICD-10-CM codes carry a dot after the third character where there is a fourth;
 * the order file and the POA list come without it, so tables are keyed by the plain form.
 */
export function writtenCode(system: CodeSystem, plain: string): string {
  return system === 'ICD10CM' && plain.length > 3 ? `${plain.slice(0, 3)}.${plain.slice(3)}` : plain
}

/**
 * The plain form of a code somebody gave, or undefined when its dot stands where the system has none. This says
 * nothing of validity: only a table does.
 */
export function plainCode(system: CodeSystem, code: string): string | undefined {
  const dot = code.indexOf('.')
  if (dot === -1) return code
  if (system !== 'ICD10CM' || dot !== 3 || code.length < 5 || code.indexOf('.', 4) !== -1) return undefined
  return code.slice(0, 3) + code.slice(4)
}

/**
 * True if a plain text could be an ICD-10-CM code. Loaders tell a damaged column from a code by it; no code is ever
 * *checked* by it. Letters stand in the second place since FY2026 (QA0) and in the third for long (C7A).
 */
export const looksLikeIcd10Cm = (plain: string): boolean =>
  /^[A-Z](?:[0-9][0-9A-Z]|[A-Z][0-9])[0-9A-Z]{0,4}$/.test(plain)

/** Chapter 20 of ICD-10-CM, V00 to Y99: never principal or first-listed (guideline I.C.20.a.6). */
export const isExternalCause = (plain: string): boolean => rangeCovers({ first: 'V00', last: 'Y99' }, plain)

/** Codes a note names: everything from `first` up to and under `last`, both plain; a single code is first = last. */
export interface CodeRange {
  readonly first: string
  readonly last: string
  /** Of these only the codes with these characters at a place ("E08-E13 with .42", "with 7th character B"). */
  readonly only?: { readonly characters: string; readonly from: number | 'END' }
}

/** True if the range names this plain code or a header above it. `A00-B99` holds B99.9, `I20` holds I20.0. */
export function rangeCovers({ first, last, only }: CodeRange, plain: string): boolean {
  if (!plain.startsWith(last) && (plain < first || plain > last)) return false
  if (!only) return true
  return only.from === 'END' ? plain.endsWith(only.characters) : plain.startsWith(only.characters, only.from)
}

// A trailing hyphen ("I20.-") stands for "and what is under it", unless a code follows: then it makes a range.
const CODE = '[A-Z](?:[0-9][0-9A-Z]|[A-Z][0-9])(?:\\.[0-9A-Z]{0,4})?(?![0-9A-Z])'
const REFERENCE = new RegExp(`\\b(${CODE})(?:-(?!\\s*${CODE}))?(?:\\s*(?:-|to|through)\\s*(${CODE})-?)?`, 'g')

/**
 * The codes and ranges that the text of an Excludes note refers to: `(E10.-)`, `(T20-T25)`, `(S06.1- to S06.6-)`.
 * Where the note has references in parentheses only those count, so that "vitamin B12" or "factor V10" in the wording
 * is not taken for a code.
 */
export function referencesIn(note: string): readonly CodeRange[] {
  const inParentheses = [...note.matchAll(/\(([^()]*)\)/g)].flatMap((match) => ranges(match[1] ?? ''))
  return inParentheses.length > 0 ? inParentheses : ranges(note)
}

function ranges(text: string): CodeRange[] {
  return [...text.matchAll(REFERENCE)].flatMap((match) => {
    const first = withoutDot(match[1] ?? '')
    const last = match[2] === undefined ? first : withoutDot(match[2])
    const qualifier = /^[\s.-]*with\b([^,;]*)/.exec(text.slice(match.index + match[0].length))?.[1]
    if (qualifier === undefined) return [{ first, last }]
    return qualifiers(qualifier, first.length).map((only) => ({ first, last, only }))
  })
}

const PLACES: Readonly<Record<string, number>> = {
  fourth: 3,
  '4th': 3,
  fifth: 4,
  '5th': 4,
  sixth: 5,
  '6th': 5,
  '7th': 6,
}

/**
 * What stands behind "with" after a reference: `.42`, `.51-.52`, `7th character B`, `fifth to sixth characters 51`,
 * `final characters -23`. Of a qualifier in other words ("with open fracture 7th character") no table can tell the
 * codes, so such a reference is dropped rather than widened.
 */
function qualifiers(text: string, length: number): NonNullable<CodeRange['only']>[] {
  const decimals = [...text.matchAll(/\.([0-9A-Z]+)/g)].map((match) => ({ characters: match[1] ?? '', from: length }))
  if (decimals.length > 0) return decimals
  const named = /\b(fourth|fifth|sixth|[4-7]th|final)\b.*?\bcharacters? -?([0-9A-Z]{1,4})\b/.exec(
    text.replaceAll('-character', ' character'),
  )
  if (!named) return []
  return [{ characters: named[2] ?? '', from: PLACES[named[1] ?? ''] ?? 'END' }]
}

const withoutDot = (code: string): string => code.replace('.', '')
