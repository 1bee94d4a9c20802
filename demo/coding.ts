import type { ChartModel, SuggestionState } from '../client/live/index.js'
import { proposals } from './model.js'

/**
 * How a coder would code the first sample (samples/01-pneumonia-with-fall), so that the story is one that coders can
 * read. Pneumonia and respiratory failure were both there on arrival and both treated: which of them is principal is
 * the question two people may answer differently (guidelines II.C).
 */
export const PRINCIPALS = ['J18.9', 'J96.01'] as const

/** A line about which two people differ: the diabetic polyneuropathy is coded already. */
export const DISPUTED = 'G62.9'

/** What the engine proposes and a coder rejects. */
export const REJECTED: Readonly<Record<string, string>> = {
  'G62.9': 'E11.42 names the polyneuropathy and its cause.',
  'I50.32': 'I50.33 is the acute on chronic form of it.',
  'M79.89': 'The swelling belongs to the heart failure.',
  'R26.81': 'A sign of the polyneuropathy.',
  'T14.8XXA': 'S70.02XA says which injury it was.',
  'W19.XXXA': 'W06.XXXA tells how the fall happened.',
}

/** Hypertension with heart failure and kidney disease is one code (guideline I.C.9.a.3). */
export const REPLACED: Readonly<Record<string, string>> = { I10: 'I13.0' }

/** Proposals a coder accepts as they stand, the wanted codes first, then the engine's own order. */
export function acceptable(model: ChartModel, wanted: readonly string[] = []): SuggestionState[] {
  const place = (s: SuggestionState) => (wanted.includes(s.code ?? '') ? wanted.indexOf(s.code ?? '') : wanted.length)
  return proposals(model)
    .filter((s) => !((s.code ?? '') in REJECTED) && !((s.code ?? '') in REPLACED))
    .sort((a, b) => place(a) - place(b))
}
