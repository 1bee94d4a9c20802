import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CodeFacts, CodeSets, IsoDate, LexiconTerm } from '../codesets/model.js'

/** What the engine needs to know of one code. */
export interface EngineCode {
  readonly code: string
  readonly title: string
  readonly billable: boolean
  readonly parent: string | null
  readonly poaExempt: boolean
  readonly manifestation: boolean
  readonly externalCause: boolean
}

/** The tables of one date as plain data. `hash` names their content: equal hash, equal tables. */
export interface EngineTables {
  readonly hash: string
  /** As the release is called: "FY2026", "starter". */
  readonly release: string
  readonly terms: readonly LexiconTerm[]
  readonly codes: readonly EngineCode[]
}

/** The same, packed once and shared by every worker without copying. */
export interface PackedTables {
  readonly hash: string
  readonly release: string
  /** UTF-8 lines, cut between lines. */
  readonly parts: readonly SharedArrayBuffer[]
}

/** Answers the tables of a date, the same object as long as their content is the same. */
export type TablesSource = (date: IsoDate) => PackedTables | Promise<PackedTables>

/** The tables of a date in one go: for the engine in process. @throws RangeError where no table covers the date. */
export function engineTablesFrom(codeSets: CodeSets, date: IsoDate): EngineTables {
  const terms = codeSets.lexicon(date)
  return { ...identity(codeSets, date, terms.length), terms, codes: [...codesOf(codeSets, terms, date)] }
}

/** Packs tables for the worker pool in one go (tests, small sets). */
export function packTables(tables: EngineTables): PackedTables {
  const lines = [...tables.codes.map(codeLine), ...tables.terms.map(termLine)]
  return { hash: tables.hash, release: tables.release, parts: [share(lines)] }
}

/**
 * A source for the pool that reads the code sets in short turns, so that the event loop is never held, and keeps the
 * packed tables of the releases asked for last. Rejects with RangeError where no table covers the date.
 */
export function codeSetTables(codeSets: CodeSets): TablesSource {
  const kept = new Map<string, Promise<PackedTables>>()
  return (date) => {
    const terms = codeSets.lexicon(date)
    const { hash, release } = identity(codeSets, date, terms.length)
    const known = kept.get(hash)
    if (known) return known
    const packing = packInTurns(codeSets, terms, date).then((parts) => ({ hash, release, parts }))
    packing.catch(() => kept.delete(hash))
    kept.set(hash, packing)
    if (kept.size > KEPT_RELEASES) kept.delete(kept.keys().next().value!)
    return packing
  }
}

/** Two fiscal years are in use around 1 October, and one more for late charts. */
export const KEPT_RELEASES = 3

export function unpackTables(packed: PackedTables): EngineTables {
  // A shared buffer cannot be decoded in place: TextDecoder refuses it.
  const text = packed.parts.map((part) => new TextDecoder().decode(new Uint8Array(part).slice())).join('')
  const codes: EngineCode[] = []
  const terms: LexiconTerm[] = []
  for (const line of text.split('\n')) {
    const [kind, ...fields] = line.split('\t')
    if (kind === 'C') codes.push(readCode(fields))
    if (kind === 'T') terms.push({ phrase: fields[0]!, code: fields[1]!, source: fields[2] as LexiconTerm['source'] })
  }
  return { hash: packed.hash, release: packed.release, codes, terms }
}

function identity(codeSets: CodeSets, date: IsoDate, termCount: number): { hash: string; release: string } {
  const release = codeSets.releaseOn('ICD10CM', date)
  if (!release) throw new RangeError(`No ICD-10-CM table covers ${date}.`)
  return { hash: `${release.contentHash}-${termCount}`, release: release.name }
}

/** Every code of the categories that the terms lead to: specificity may move to any of them. */
function* codesOf(codeSets: CodeSets, terms: readonly LexiconTerm[], date: IsoDate): Generator<EngineCode> {
  const roots = new Set<string>()
  for (const term of terms) {
    const root = term.code.slice(0, 3)
    if (roots.has(root)) continue
    roots.add(root)
    const facts = codeSets.lookup('ICD10CM', root, date)
    if (facts) yield* withDescendants(codeSets, facts, date)
  }
}

function* withDescendants(codeSets: CodeSets, facts: CodeFacts, date: IsoDate): Generator<EngineCode> {
  const { code, title, billable, parent, poaExempt, manifestation, externalCause } = facts
  yield { code, title, billable, parent, poaExempt, manifestation, externalCause }
  if (billable) return
  for (const child of codeSets.children('ICD10CM', code, date)) yield* withDescendants(codeSets, child, date)
}

/** Lines packed before others get their turn: some milliseconds of work. */
const TURN = 400

async function packInTurns(
  codeSets: CodeSets,
  terms: readonly LexiconTerm[],
  date: IsoDate,
): Promise<SharedArrayBuffer[]> {
  const parts: SharedArrayBuffer[] = []
  let lines: string[] = []
  for (const line of linesOf(codeSets, terms, date)) {
    lines.push(line)
    if (lines.length < TURN) continue
    parts.push(share(lines))
    lines = []
    await nextTurn()
  }
  return [...parts, share(lines)]
}

function* linesOf(codeSets: CodeSets, terms: readonly LexiconTerm[], date: IsoDate): Generator<string> {
  for (const code of codesOf(codeSets, terms, date)) yield codeLine(code)
  for (const term of terms) yield termLine(term)
}

const flat = (text: string): string => text.replace(/[\t\n\r]+/g, ' ')
const codeLine = (c: EngineCode): string => `C\t${c.code}\t${flat(c.title)}\t${c.parent ?? ''}\t${flags(c)}\n`
const termLine = (t: LexiconTerm): string => `T\t${flat(t.phrase)}\t${t.code}\t${t.source}\n`
const flags = (c: EngineCode): string =>
  `${c.billable ? 'b' : ''}${c.poaExempt ? 'p' : ''}${c.manifestation ? 'm' : ''}${c.externalCause ? 'e' : ''}`

function readCode(fields: readonly string[]): EngineCode {
  const flag = fields[3]!
  return {
    code: fields[0]!,
    title: fields[1]!,
    parent: fields[2] || null,
    billable: flag.includes('b'),
    poaExempt: flag.includes('p'),
    manifestation: flag.includes('m'),
    externalCause: flag.includes('e'),
  }
}

function share(lines: readonly string[]): SharedArrayBuffer {
  const encoded = new TextEncoder().encode(lines.join(''))
  const buffer = new SharedArrayBuffer(encoded.length)
  new Uint8Array(buffer).set(encoded)
  return buffer
}
