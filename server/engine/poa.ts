import type { Token } from './tokens.js'

/** What a sentence says of when a condition began; undefined where it says nothing. */
export type PoaSaid = 'Y' | 'N' | undefined

/** Present at the time of the inpatient order, or arisen after it, as far as the words of one sentence tell. */
export function poaSaid(tokens: readonly Token[]): PoaSaid {
  const words = ` ${tokens.map((token) => token.lower).join(' ')} `
  if (NOT_PRESENT.test(words)) return 'N'
  return PRESENT.test(words) ? 'Y' : undefined
}

const NOT_PRESENT =
  / (not present on admission|not present at admission|hospital acquired|nosocomial|(developed|occurred|began|arose|acquired|sustained|suffered) (on|during|in|while|after) (the |his |her |their |this )?(hospital day|hospitali[sz]ation|hospital|hospital stay|admission|inpatient stay|stay|in hospital|an inpatient|postoperative day|post operative day)|(fall|fell|fallen) (in|from|at|on|out of) (the |his |her |their )?(hospital|ward|inpatient)|in hospital fall|inpatient fall|during (this|the) hospitali[sz]ation|hospital day (#|no )?\d+|postoperative day \d+ (developed|complicated)|ventilator associated) /
const PRESENT =
  / (present on admission|present at admission|poa|present on arrival|on arrival|on admission|prior to admission|at the time of admission|on presentation) /
