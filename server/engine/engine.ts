import { fitsSex } from './codeGroups.js'
import { confidenceOf, LEAST_CONFIDENCE } from './confidence.js'
import { type Finding, readFindings } from './findings.js'
import { type CompiledLexicon, compileLexicon } from './lexicon.js'
import { readMeasures } from './measures.js'
import { type Mention, readMentions } from './mentions.js'
import type { EngineDocument, EngineRequest, EngineResult, EngineSuggestion } from './model.js'
import { byPlace, evidenceOf, opportunitiesFrom, type Uncodable } from './opportunities.js'
import { othersSides } from './othersSides.js'
import { type Candidate, mergeMentions } from './rank.js'
import { suggestionReason } from './reason.js'
import { SECTION_WEIGHT } from './sectionWeights.js'
import type { EngineTables } from './tables.js'
import { supportsOthersItem, whoseWords } from './whoseWords.js'

export interface EngineProgress {
  readonly documentsRead: number
  readonly documentsTotal: number
}

export interface Engine {
  /** Names engine and tables; stands in every result. */
  readonly name: string
  /**
   * Text in, suggestions out. A pure function of request and tables: the same bytes every time, the same suggestions
   * whatever the order of the documents. `stop` is asked before each sentence.
   * @throws EngineStopped when `stop` answers true
   */
  run(request: EngineRequest, onProgress?: (progress: EngineProgress) => void, stop?: () => boolean): EngineResult
}

/** Raised inside a run that was asked to stop. */
export class EngineStopped extends Error {
  override readonly name = 'EngineStopped'
}

/** The version of the rules: raise it with every change that can change an answer. */
const RULES = 'chartroom-engine/1'

/** Compiles the tables (some hundred milliseconds for the official ones) and answers an engine over them. */
export function createEngine(tables: EngineTables): Engine {
  const lexicon = compileLexicon(tables)
  const name = `${RULES} ${tables.release} ${tables.hash.slice(0, 12)}`
  return {
    name,
    run: (request, onProgress, stop) => ({
      engine: name,
      ...answer(lexicon, request, read(lexicon, request, onProgress, stop)),
    }),
  }
}

interface Reading {
  readonly mentions: readonly Mention[]
  readonly findings: readonly Finding[]
  readonly readVersionIds: readonly string[]
}

function read(
  lexicon: CompiledLexicon,
  request: EngineRequest,
  onProgress?: (progress: EngineProgress) => void,
  stop?: () => boolean,
): Reading {
  const heed = (): void => {
    if (stop?.()) throw new EngineStopped()
  }
  const mentions: Mention[] = []
  const findings: Finding[] = []
  const readVersionIds: string[] = []
  request.documents.forEach((document, index) => {
    heed()
    if (document.text.trim() !== '') {
      mentions.push(...readMentions(lexicon, document, heed), ...measured(lexicon, document))
      findings.push(...readFindings(document, request.sex))
      readVersionIds.push(document.versionId)
    }
    onProgress?.({ documentsRead: index + 1, documentsTotal: request.documents.length })
  })
  return { mentions: mentions.filter(({ code }) => fitsSex(code, request.sex)), findings, readVersionIds }
}

const NOTHING_ASSERTED = new Set<never>()

/** A number is an item of I.B.14 whoever wrote it, so it is never a diagnosis of its own. */
function measured(lexicon: CompiledLexicon, document: EngineDocument): Mention[] {
  return readMeasures(lexicon, document).map(({ code, start, end }) => ({
    code,
    document,
    start,
    end,
    section: 'FINDINGS',
    listed: false,
    assertions: NOTHING_ASSERTED,
    source: 'TITLE',
    words: 2,
    ordered: true,
    said: [],
    poa: undefined,
  }))
}

function answer(lexicon: CompiledLexicon, request: EngineRequest, reading: Reading): Omit<EngineResult, 'engine'> {
  const judged = reading.mentions.map((mention) => ({
    mention,
    ...whoseWords(mention.document, request.patientClass, mention),
  }))
  const coded = judged
    .filter(({ standing, mention }) => standing === 'CODE' && SECTION_WEIGHT[mention.section] > 0)
    .map(({ mention }) => mention)
  const documented = new Set(coded.map(({ code }) => code))
  const isSupported = (item: string): boolean => [...documented].some((code) => supportsOthersItem(item, code))
  const others = judged.filter(({ standing, mention }) => standing === 'SECONDARY' && isSupported(mention.code))
  const uncodable = judged.flatMap(({ standing, cause, mention }): Uncodable[] =>
    cause && (standing === 'QUERY' || (standing === 'SECONDARY' && !isSupported(mention.code)))
      ? [{ mention, cause }]
      : [],
  )
  // A body mass index or a stroke scale is reported only beside its diagnosis, even in the provider's own note.
  const established = coded.filter(({ code }) => !NEEDS_DIAGNOSIS.test(code) || isSupported(code))
  const sided = othersSides(
    lexicon,
    established,
    judged.filter(({ standing }) => standing === 'QUERY').map(({ mention }) => mention),
  )
  const candidates = mergeMentions(
    lexicon,
    sided,
    others.map(({ mention }) => mention),
  )
  return {
    suggestions: suggestionsFrom(lexicon, request, candidates, reading.mentions),
    opportunities: opportunitiesFrom(lexicon, uncodable, reading.findings, documented),
    readVersionIds: reading.readVersionIds,
  }
}

const NEEDS_DIAGNOSIS = /^(Z68|R29\.7)/

function suggestionsFrom(
  lexicon: CompiledLexicon,
  request: EngineRequest,
  candidates: readonly Candidate[],
  all: readonly Mention[],
): EngineSuggestion[] {
  const suggestions = candidates.map((candidate): EngineSuggestion => {
    const facts = lexicon.codes.get(candidate.code)!
    const against = all.filter(({ code, assertions }) => code === candidate.code && assertions.has('NEGATED'))
    const past = all.filter(
      ({ code, assertions }) => code === candidate.code && assertions.has('HISTORICAL') && !assertions.has('NEGATED'),
    )
    return {
      system: 'ICD10CM',
      code: candidate.code,
      confidence: confidenceOf(candidate, against.length > 0),
      reason: suggestionReason(candidate, facts),
      evidence: [
        ...evidenceOf([...candidate.mentions, ...candidate.folded]),
        ...evidenceOf(against, 'NEGATED'),
        ...evidenceOf(past, 'HISTORY'),
      ].sort(byPlace),
      poa: request.patientClass === 'INPATIENT' && !facts.poaExempt ? proposedPoa(candidate) : null,
    }
  })
  return suggestions
    .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
    .sort((a, b) => b.confidence - a.confidence || (a.code < b.code ? -1 : 1))
}

/** Y where an admission document names it or the text says so, N where the text says it arose in the stay; null where both or neither. */
function proposedPoa(candidate: Candidate): 'Y' | 'N' | null {
  const mentions = [...candidate.mentions, ...candidate.folded]
  const arose = mentions.some(({ poa }) => poa === 'N')
  const present = mentions.some(
    ({ poa, document }) => poa === 'Y' || (poa !== 'N' && document.encounterPart === 'AT_ADMISSION'),
  )
  if (arose === present) return null
  return arose ? 'N' : 'Y'
}
