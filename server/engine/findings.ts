import { ANALYTES, type Analyte } from './analytes.js'
import type { EngineDocument, EngineRequest } from './model.js'
import { findSections } from './sections.js'

/** A laboratory value outside its limits, at its place in a document. */
export interface Finding {
  readonly topic: string
  readonly document: EngineDocument
  readonly start: number
  readonly end: number
  readonly analyte: string
  readonly value: number
  readonly limit: number
  readonly direction: 'below' | 'above'
  /** A provider's diagnosis under one of these prefixes answers the finding. */
  readonly answeredBy: readonly string[]
}

/**
 * Values outside their limits in a document, in order of place (guideline III.B: never coded, offered as a reason to
 * query). The report's own reference range counts before our limits.
 */
export function readFindings(document: EngineDocument, sex: EngineRequest['sex']): Finding[] {
  const skipped = findSections(document.text).filter(({ kind }) => NO_RESULTS.has(kind))
  const found: Finding[] = []
  for (const { analyte, patterns } of READERS) {
    for (const match of patterns.flatMap((pattern) => [...document.text.matchAll(pattern)])) {
      if (skipped.some(({ start, end }) => match.index >= start && match.index < end)) continue
      const finding = judge(analyte, match, document, sex)
      if (finding) found.push(finding)
    }
  }
  return found.sort((a, b) => a.start - b.start || (a.topic < b.topic ? -1 : 1))
}

const NO_RESULTS: ReadonlySet<string> = new Set(['MEDICATIONS', 'INSTRUCTIONS', 'ALLERGIES', 'FAMILY_HISTORY'])

function judge(
  analyte: Analyte,
  match: RegExpMatchArray,
  document: EngineDocument,
  sex: EngineRequest['sex'],
): Finding | undefined {
  const { value: written, refLow, refHigh } = match.groups as { value: string; refLow?: string; refHigh?: string }
  const number = Number(written.replaceAll(',', ''))
  const value = analyte.counted && number >= 1000 ? number / 1000 : number
  const [least, most] = analyte.plausible
  if (value < least || value > most) return undefined
  const start = match.index!
  const place = { document, start, end: start + match[0].trimEnd().length, analyte: analyte.name, value: number }
  const scale = value === number ? 1 : 1000
  const low = refLow !== undefined ? Number(refLow) : lowLimit(analyte, sex)
  const high = refHigh !== undefined ? Number(refHigh) : analyte.high?.limit
  if (analyte.low && low !== undefined && value < low) {
    return {
      ...place,
      topic: analyte.low.topic,
      limit: low * scale,
      direction: 'below',
      answeredBy: analyte.low.answeredBy,
    }
  }
  if (analyte.high && high !== undefined && value > high) {
    return {
      ...place,
      topic: analyte.high.topic,
      limit: high * scale,
      direction: 'above',
      answeredBy: analyte.high.answeredBy,
    }
  }
  return undefined
}

const lowLimit = ({ low }: Analyte, sex: EngineRequest['sex']): number | undefined =>
  sex === 'MALE' ? (low?.limitOfMen ?? low?.limit) : low?.limit

/** Words of report style that may stand between a quantity and its value: "sodium was low at 128", "WBC count of 14.2". */
const BETWEEN =
  '(?:[ \\t]*[:=,]?[ \\t]*\\b(?:serum|plasma|level|levels|count|was|is|of|at|low|high|elevated|decreased|down|up|to|today|currently|initial|initially|peaked|measured|only|now|remained)\\b){0,4}[ \\t]*[:=]?[ \\t]*'
/** A number with its end: not the first part of a date, a fraction, a range or a longer number. */
const VALUE = '(?<value>\\d{1,3}(?:,\\d{3})+|\\d+(?:\\.\\d+)?)(?![\\d/-]|\\.\\d|,\\d)'
/** "Potassium 20 mEq" and "calcium 500 mg daily" are doses; "mEq/L" and "mg/dL" are results. */
const NOT_A_DOSE = '(?![ \\t]*(?:mg|mcg|meq|mmol|g|gm|grams?|units?|ml|cc|tabs?|tablets?|%|x[ \\t])(?![ \\t]*/|\\p{L}))'
const UNIT =
  '(?:[ \\t]*(?:m?mol/L|mEq/L|[mg]?g/dL|g/L|ng/mL|pg/mL|ng/L|K/[uµ]?L|/mm3|/[uµ]?L|x?[ \\t]?10\\^?\\d/[uµ]?L))?'
const FLAG = '(?:[ \\t]*(?:\\([ \\t]*(?:L|H|low|high)[ \\t]*\\)|[LH](?=[\\s,.;)]|$)))?'
const RANGE =
  '(?:[ \\t]*[[(][ \\t]*(?:ref(?:erence)?(?:[ \\t]range)?:?[ \\t]*)?(?<refLow>\\d+(?:\\.\\d+)?)[ \\t]*[-–][ \\t]*(?<refHigh>\\d+(?:\\.\\d+)?)[^)\\]\\n]{0,12}[)\\]])?'

const READERS = ANALYTES.map((analyte) => ({
  analyte,
  patterns: [
    ...(analyte.names
      ? [
          new RegExp(
            `(?<![\\p{L}\\d-])(?:${analyte.names})(?!\\p{L})${BETWEEN}${VALUE}${NOT_A_DOSE}${UNIT}${FLAG}${RANGE}`,
            'giu',
          ),
        ]
      : []),
    ...(analyte.symbols
      ? [
          new RegExp(
            `(?<![\\p{L}\\d-])(?:${analyte.symbols})(?!\\p{L})${BETWEEN}${VALUE}${NOT_A_DOSE}${UNIT}${FLAG}${RANGE}`,
            'gu',
          ),
        ]
      : []),
  ],
}))
