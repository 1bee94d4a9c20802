import type { LexiconTerm } from '../codesets/model.js'
import type { Token } from './tokens.js'

/**
 * Whether a matched term may stand where it was found, as far as abbreviations go: short ones only in capitals, since
 * "pe", "as", "all" in running text are something else. Ambiguous ones are judged by the whole document (`isAmbiguous`).
 */
export function abbreviationFits(term: LexiconTerm, tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from !== 1) return true
  const token = tokens[from]!
  if (!isShort(term, token)) return true
  if (SAFE_IN_LOWER_CASE.has(token.norm)) return true
  if (!token.capitals) return false
  return (
    token.norm.length >= 3 || !tokens.every((other) => other.capitals || /\d/.test(other.norm)) || tokens.length < 2
  )
}

/** True for an abbreviation with more than one common meaning: it counts only where the document spells the meaning out. */
export const isAmbiguous = (token: Token): boolean => token.capitals && AMBIGUOUS.has(token.norm)

const isShort = (term: LexiconTerm, token: Token): boolean =>
  token.norm.length <= 3 || (term.source === 'ABBREVIATION' && token.norm.length <= 6)

/** Short forms that mean one thing however they are written. */
export const SAFE_IN_LOWER_CASE: ReadonlySet<string> = new Set(
  `htn copd chf ckd cad gerd uti esrd osa bph dvt aki afib mrsa hiv adhd ptsd ards nstemi stemi cva niddm iddm dm2
  t2dm t1dm flu dka hfref hfpef nash nafld pcos sty tic`.split(/\s+/),
)

/** Each of these has at least two meanings that clinicians really write. */
const AMBIGUOUS: ReadonlySet<string> = new Set(
  `ms ra pe as mr mi pd cp bs pt od cf ai sc ca hd rd ar tr ed id or er iv la rv ab arf all aid cat sad bpd di gi
  lv ps pv pr ad als dd ic is md mg ml ns op pa pms pi po sa si ss ta td us vs dt et fb fe ha ho ir it lo mm nd om
  pad pm rsv sma to va bv cap cd ln`.split(/\s+/),
)
