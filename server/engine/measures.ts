import type { CompiledLexicon } from './lexicon.js'
import type { EngineDocument } from './model.js'

/** A code that a measured number names, at its place. */
export interface Measure {
  readonly code: string
  readonly start: number
  readonly end: number
}

/**
 * Body mass index and stroke scale as numbers (guideline I.B.14: any clinician may document them, a provider must have
 * documented the diagnosis). The adult BMI codes are for patients of 20 years and more; a text that speaks of a younger
 * patient or of percentiles gives none.
 */
export function readMeasures(lexicon: CompiledLexicon, document: EngineDocument): Measure[] {
  const found: Measure[] = []
  const adult = !/\bpercentile\b|\b(?:[0-9]|1[0-9])[- ]years?[- ]old\b|\b\d+[- ](?:month|week|day)s?[- ]old\b/i.test(
    document.text,
  )
  if (adult) collect(BMI, (value) => bmiCode(lexicon, value))
  collect(NIHSS, (value) =>
    value <= 42 && Number.isInteger(value) ? `R29.7${String(value).padStart(2, '0')}` : undefined,
  )
  return found.sort((a, b) => a.start - b.start)

  function collect(pattern: RegExp, codeOf: (value: number) => string | undefined): void {
    for (const match of document.text.matchAll(pattern)) {
      const code = codeOf(Number(match[1]))
      if (code && lexicon.codes.get(code)?.billable)
        found.push({ code, start: match.index, end: match.index + match[0].length })
    }
  }
}

const BMI =
  /\b(?:BMI|body mass index)\b(?:\s*(?:\(BMI\)|is|was|of|at|=|:|,|calculated)){0,3}\s*(\d{2}(?:\.\d{1,2})?)(?![\d%/])/gi
const NIHSS = /\b(?:NIHSS|NIH stroke scale)\b(?:\s*(?:score|is|was|of|=|:)){0,3}\s*(\d{1,2})(?![\d.%])/gi

/** Z68.1 (19.9 or less), Z68.20 to Z68.39 by whole number, Z68.41 to Z68.45 by ranges. */
function bmiCode(lexicon: CompiledLexicon, value: number): string | undefined {
  if (value < 10 || value > 99) return undefined
  if (value < 20) return 'Z68.1'
  if (value < 40) return `Z68.${Math.floor(value)}`
  const coarse =
    value < 45 ? 'Z68.41' : value < 50 ? 'Z68.42' : value < 60 ? 'Z68.43' : value < 70 ? 'Z68.44' : 'Z68.45'
  return lexicon.codes.has(coarse) ? coarse : undefined
}
