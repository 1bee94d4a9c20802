import { gunzipSync, gzipSync } from 'node:zlib'
import { sha256 } from '../kernel/text.js'
import { type CodeRange, rangeCovers, writtenCode } from './code.js'
import type { CodeFacts, CodeNotes, LexiconTerm, ReleaseInfo } from './model.js'
import type { Release, ReleaseBlock, ReleaseCode, ReleaseContent } from './release.js'

/**
 * A release as one gzipped buffer: a line of JSON that describes it, then sections of plain text, each opened only
 * when it is asked for. Immutable, and complete in itself, so that a worker thread needs nothing else.
 *
 * @returns the buffer and the SHA-256 of the normalised content under the compression.
 */
export function writeArtefact(content: ReleaseContent): { artefact: Buffer; contentHash: string } {
  const codes = [...content.codes].sort((a, b) => compare(a.plain, b.plain))
  const sections: Record<SectionName, string> = {
    codes: lines(codes, (code) => `${code.plain}\t${flagsOf(code)}\t${code.title}`),
    blocks: lines(content.blocks, (block) => JSON.stringify(block)),
    sectionOf: lines(byKey(content.sectionOf), ([category, section]) => `${category}\t${section}`),
    excludes1: lines(byKey(content.excludes1), ([node, ranges]) => `${node}\t${ranges.map(rangeText).join(' ')}`),
    notes: lines(byKey(content.notes), ([node, notes]) => `${node}\t${notesText(notes)}`),
    lexicon: lines([...content.lexicon].sort(compareTerms), (t) => `${t.phrase}\t${t.code}\t${t.source}`),
  }
  const bodies = SECTIONS.map((name) => Buffer.from(sections[name]))
  const header: Header = {
    format: FORMAT,
    system: content.system,
    name: content.name,
    effectiveFrom: content.effectiveFrom,
    effectiveTo: content.effectiveTo,
    codeCount: codes.length,
    billableCount: codes.filter((code) => code.billable).length,
    gaps: [...content.gaps].sort(),
    sources: content.sources,
    lengths: bodies.map((body) => body.length),
  }
  const raw = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...bodies])
  return { artefact: gzipSync(raw, { level: 6 }), contentHash: sha256(raw) }
}

/**
 * Opens an artefact. The codes are read at once; notes, references and lexicon on first use.
 * @throws Error if the buffer is not an artefact of this format.
 */
export function openArtefact(artefact: Uint8Array): Release {
  const raw = gunzipSync(artefact)
  const header = readHeader(raw)
  const section = sectionReader(raw, header)
  const contentHash = sha256(raw)
  const info: Release['info'] = {
    id: `${header.system}-${header.name}-${contentHash.slice(0, 12)}`.toLowerCase().replace(/[^a-z0-9.]+/g, '-'),
    system: header.system,
    name: header.name,
    effectiveFrom: header.effectiveFrom,
    effectiveTo: header.effectiveTo,
    codeCount: header.codeCount,
    billableCount: header.billableCount,
    contentHash,
    gaps: header.gaps,
  }
  const codes = readCodes(section('codes'), info)
  const tree = treeOf(codes)
  const blocks = once(() => new Map(split(section('blocks')).map((line) => keyed(JSON.parse(line) as ReleaseBlock))))
  const sectionOf = once(() => new Map(split(section('sectionOf')).map(pair)))
  const excludes1 = once(() => new Map(split(section('excludes1')).map((l) => readRanges(pair(l)))))
  const notes = once(() => new Map(split(section('notes')).map(pair)))
  const lexicon = once(() => split(section('lexicon')).map(readTerm))

  /** The code itself, the headers above it, its section and its chapter: nearest first. */
  function* placesOf(plain: string): Generator<string> {
    for (let at: string | null = plain; at !== null; at = tree.parentOf(at)) yield at
    const category = plain.slice(0, 3)
    let block = sectionOf().get(category) ?? narrowestBlock(blocks(), category)
    while (block) {
      yield block
      block = blocks().get(block)?.parent ?? undefined
    }
  }

  return {
    info,
    sources: header.sources,
    find: (plain) => codes.get(plain),
    children: (plain) => tree.childrenOf(plain),
    notes: (plain) => collectNotes(plain, placesOf(plain), notes()),
    excludes1Names(plain, other) {
      for (const place of placesOf(plain)) {
        for (const range of excludes1().get(place) ?? []) {
          // A range that holds the code itself says nothing about the pair: both are what the note points to.
          if (rangeCovers(range, other) && !rangeCovers(range, plain)) return true
        }
      }
      return false
    },
    lexicon,
    codes: once(() => [...codes.values()]),
  }
}

const FORMAT = 'chartroom code release 1'
const SECTIONS = ['codes', 'blocks', 'sectionOf', 'excludes1', 'notes', 'lexicon'] as const
type SectionName = (typeof SECTIONS)[number]

type Header = Omit<ReleaseInfo, 'id' | 'contentHash' | 'gaps'> &
  Pick<ReleaseContent, 'gaps' | 'sources'> & { readonly format: string; readonly lengths: readonly number[] }

function readHeader(raw: Buffer): Header {
  const end = raw.indexOf(10)
  const header: unknown = end > 0 && end < 100_000 && raw[0] === 0x7b ? JSON.parse(raw.toString('utf8', 0, end)) : null
  if (typeof header !== 'object' || header === null || (header as Header).format !== FORMAT) {
    throw new Error(`This is not a code release in the format "${FORMAT}". Import the official files again.`)
  }
  return header as Header
}

function sectionReader(raw: Buffer, header: Header): (name: SectionName) => string {
  const starts = [raw.indexOf(10) + 1]
  for (const length of header.lengths) starts.push((starts.at(-1) ?? 0) + length)
  return (name) => {
    const at = SECTIONS.indexOf(name)
    return raw.toString('utf8', starts[at], starts[at + 1])
  }
}

function readCodes(text: string, info: ReleaseInfo): Map<string, CodeFacts> {
  const codes = new Map<string, CodeFacts>()
  // The table is sorted, so the headers above a code are those just passed that are its beginnings.
  const above: string[] = []
  for (const line of split(text)) {
    const first = line.indexOf('\t')
    const second = line.indexOf('\t', first + 1)
    const plain = line.slice(0, first)
    const flags = Number(line.slice(first + 1, second))
    while (above.length > 0 && !plain.startsWith(above.at(-1) ?? '')) above.pop()
    const parent = above.at(-1)
    above.push(plain)
    codes.set(plain, {
      system: info.system,
      code: writtenCode(info.system, plain),
      title: line.slice(second + 1),
      billable: (flags & BILLABLE) !== 0,
      parent: parent === undefined ? null : writtenCode(info.system, parent),
      poaExempt: (flags & POA_EXEMPT) !== 0,
      manifestation: (flags & MANIFESTATION) !== 0,
      externalCause: (flags & EXTERNAL_CAUSE) !== 0,
    })
  }
  return codes
}

const BILLABLE = 1
const POA_EXEMPT = 2
const MANIFESTATION = 4
const EXTERNAL_CAUSE = 8

const flagsOf = (code: ReleaseCode): number =>
  (code.billable ? BILLABLE : 0) |
  (code.poaExempt ? POA_EXEMPT : 0) |
  (code.manifestation ? MANIFESTATION : 0) |
  (code.externalCause ? EXTERNAL_CAUSE : 0)

function treeOf(codes: ReadonlyMap<string, CodeFacts>) {
  const children = once(() => {
    const byParent = new Map<string, CodeFacts[]>()
    for (const facts of codes.values()) {
      if (facts.parent === null) continue
      const parent = facts.parent.replace('.', '')
      const siblings = byParent.get(parent)
      if (siblings) siblings.push(facts)
      else byParent.set(parent, [facts])
    }
    return byParent
  })
  return {
    parentOf: (plain: string): string | null => codes.get(plain)?.parent?.replace('.', '') ?? null,
    childrenOf: (plain: string): readonly CodeFacts[] => children().get(plain) ?? [],
  }
}

/** For a category that the tabular list at hand does not have yet: the smallest block whose range holds it. */
function narrowestBlock(blocks: ReadonlyMap<string, ReleaseBlock>, category: string): string | undefined {
  let best: ReleaseBlock | undefined
  for (const block of blocks.values()) {
    if (!rangeCovers(block.range, category)) continue
    if (!best || (block.range.first >= best.range.first && block.range.last <= best.range.last)) best = block
  }
  return best?.id
}

const NOTE_KINDS = [
  'includes',
  'inclusionTerms',
  'excludes1',
  'excludes2',
  'codeFirst',
  'useAdditional',
  'codeAlso',
] as const satisfies readonly (keyof CodeNotes)[]

const notesText = (notes: Partial<CodeNotes>): string => JSON.stringify(NOTE_KINDS.map((kind) => notes[kind] ?? []))

function collectNotes(plain: string, places: Iterable<string>, stored: ReadonlyMap<string, string>): CodeNotes {
  const collected: Record<keyof CodeNotes, string[]> = {
    includes: [],
    inclusionTerms: [],
    excludes1: [],
    excludes2: [],
    codeFirst: [],
    useAdditional: [],
    codeAlso: [],
  }
  for (const place of places) {
    const text = stored.get(place)
    if (text === undefined) continue
    const lists = JSON.parse(text) as string[][]
    NOTE_KINDS.forEach((kind, at) => {
      // Inclusion terms name what goes to the very code they stand at; only its seventh characters share them.
      if (kind === 'inclusionTerms' && place !== plain && plain.length < 7) return
      if (kind === 'inclusionTerms' && collected.inclusionTerms.length > 0) return
      collected[kind].push(...(lists[at] ?? []))
    })
  }
  return collected
}

/** `I20`, `A00-B99`, `E08-E13@3=42`, `I69@END=23`. */
function rangeText({ first, last, only }: CodeRange): string {
  const range = first === last ? first : `${first}-${last}`
  return only ? `${range}@${only.from}=${only.characters}` : range
}

function readRanges([node, text]: [string, string]): [string, CodeRange[]] {
  return [node, text.split(' ').map(readRange)]
}

function readRange(text: string): CodeRange {
  const [range = '', qualifier] = text.split('@')
  const [first = '', last = first] = range.split('-')
  if (qualifier === undefined) return { first, last }
  const [from = '', characters = ''] = qualifier.split('=')
  return { first, last, only: { characters, from: from === 'END' ? 'END' : Number(from) } }
}

function readTerm(line: string): LexiconTerm {
  const [phrase = '', code = '', source = ''] = line.split('\t')
  return { phrase, code, source: source as LexiconTerm['source'] }
}

function lines<T>(items: Iterable<T>, line: (item: T) => string): string {
  let text = ''
  for (const item of items) text += `${line(item)}\n`
  return text
}

const split = (text: string): string[] => (text === '' ? [] : text.slice(0, -1).split('\n'))

function pair(line: string): [string, string] {
  const tab = line.indexOf('\t')
  return [line.slice(0, tab), line.slice(tab + 1)]
}

const keyed = (block: ReleaseBlock): [string, ReleaseBlock] => [block.id, block]

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const compareTerms = (a: LexiconTerm, b: LexiconTerm): number =>
  compare(a.phrase, b.phrase) || compare(a.code, b.code) || compare(a.source, b.source)

const byKey = <V>(map: ReadonlyMap<string, V>): [string, V][] => [...map].sort(([a], [b]) => compare(a, b))

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
