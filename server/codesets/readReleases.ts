import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { type AlphabeticIndex, parseIndexTsv, parseIndexXml } from './loaders/alphabeticIndex.js'
import { parseOrderFile } from './loaders/orderFile.js'
import { parsePoaExempt } from './loaders/poaExempt.js'
import { type Layout, recognise } from './loaders/recognise.js'
import type { TabularList } from './loaders/tabular.js'
import { parseTabularJsonl } from './loaders/tabularJsonl.js'
import { parseTabularXml } from './loaders/tabularXml.js'
import { type SourceFile, textOfHead } from './loaders/textFile.js'
import { buildOfficial } from './officialRelease.js'
import { type ReleaseDateOptions, releaseDates } from './releaseDates.js'

export interface ReadFile {
  /** As the operator gave it, relative to the folder given. */
  readonly file: string
  /** Null for a file of no layout that is loaded here. */
  readonly layout: Layout | null
  /** What became of it, in words. */
  readonly outcome: string
}

export interface ReadReleases {
  readonly artefacts: readonly Buffer[]
  readonly files: readonly ReadFile[]
  readonly warnings: readonly string[]
}

/**
 * Reads official files, recognised by their content, into artefacts: one release per order file, ICD-10-CM with the
 * index, tabular list and POA-exempt list that lie beside it.
 *
 * @param paths files, or folders whose files are all looked at
 * @throws DamagedFileError for a damaged file, RangeError with a sentence for the operator where the files do not make
 * a release. Nothing is half done: no artefact is returned then.
 */
export async function readReleases(
  paths: readonly string[],
  options: ReleaseDateOptions,
  onFile: (file: string, done: number, total: number) => void,
): Promise<ReadReleases> {
  const found = (await Promise.all(paths.map(filesUnder))).flat()
  const seen: SeenFile[] = []
  for (const [at, { full, name }] of found.entries()) {
    onFile(name, at, found.length)
    const file = { name, bytes: await readFile(full) }
    seen.push({ ...file, layout: recognise(path.basename(name), textOfHead(file)) })
  }
  const chosen = choose(seen)
  return { ...build(chosen, options), files: seen.map((file) => ({ ...pick(file), outcome: outcomeOf(file, chosen) })) }
}

interface SeenFile extends SourceFile {
  readonly layout: Layout | null
}

const ORDER_FILES: readonly Layout[] = ['ICD10CM_ORDER', 'ICD10PCS_ORDER']

/** Layouts that hold the same: the first of a group that is there is read, the others are left out. */
const SAME_CONTENT: readonly (readonly Layout[])[] = [
  ['INDEX_XML', 'INDEX_TSV'],
  ['TABULAR_XML', 'TABULAR_JSONL'],
  ['POA_EXEMPT'],
]

function choose(seen: readonly SeenFile[]): ReadonlyMap<Layout, SourceFile> {
  const chosen = new Map<Layout, SourceFile>()
  for (const layout of ORDER_FILES) {
    const [file, second] = seen.filter((other) => other.layout === layout)
    if (second) throw new RangeError(`${file?.name} and ${second.name} are two releases. Import them one by one.`)
    if (file) chosen.set(layout, file)
  }
  for (const group of SAME_CONTENT) {
    const file = group.flatMap((layout) => seen.filter((other) => other.layout === layout))[0]
    if (file?.layout) chosen.set(file.layout, file)
  }
  return chosen
}

function outcomeOf({ name, layout }: SeenFile, chosen: ReadonlyMap<Layout, SourceFile>): string {
  if (layout === null) return 'left out: no layout that is loaded'
  if (layout === 'STARTER') return 'left out: the starter set comes with the program'
  if (chosen.get(layout)?.name === name) return 'read'
  const group = SAME_CONTENT.find((same) => same.includes(layout)) ?? []
  const used = group.flatMap((other) => chosen.get(other)?.name ?? [])[0]
  return used === undefined ? 'left out: there is no order file of ICD-10-CM beside it' : `left out: ${used} is used`
}

const pick = ({ name, layout }: SeenFile) => ({ file: name, layout })

function build(chosen: ReadonlyMap<Layout, SourceFile>, options: ReleaseDateOptions) {
  const artefacts: Buffer[] = []
  const warnings: string[] = []
  for (const layout of ORDER_FILES) {
    const file = chosen.get(layout)
    if (!file) continue
    const { system, rows } = parseOrderFile(file)
    const dates = releaseDates(path.basename(file.name), options)
    const isCm = system === 'ICD10CM'
    const { indexes, tabular, poaExempt, sources } = isCm ? besides(chosen) : NOTHING_BESIDES
    const parts = { system, ...dates, rows, indexes, tabular, poaExempt, sources: [file.name, ...sources] }
    artefacts.push(buildOfficial(parts).artefact)
    if (isCm) warnings.push(...warningsOf(parts))
  }
  if (artefacts.length === 0) {
    throw new RangeError('There is no order file among these. A release needs one, such as icd10cm_order_2026.txt.')
  }
  return { artefacts, warnings }
}

interface Besides {
  readonly indexes: readonly AlphabeticIndex[]
  readonly tabular: TabularList | null
  readonly poaExempt: ReadonlySet<string> | null
  readonly sources: readonly string[]
}

const NOTHING_BESIDES: Besides = { indexes: [], tabular: null, poaExempt: null, sources: [] }

function besides(chosen: ReadonlyMap<Layout, SourceFile>): Besides {
  const sources: string[] = []
  const read = <T>(layout: Layout, parse: (file: SourceFile) => T): T | null => {
    const file = chosen.get(layout)
    if (file) sources.push(file.name)
    return file ? parse(file) : null
  }
  const index = chosen.has('INDEX_XML') ? read('INDEX_XML', parseIndexXml) : read('INDEX_TSV', parseIndexTsv)
  const tabular = chosen.has('TABULAR_XML')
    ? read('TABULAR_XML', parseTabularXml)
    : read('TABULAR_JSONL', parseTabularJsonl)
  const poaExempt = read('POA_EXEMPT', parsePoaExempt)
  return { indexes: index ? [index] : [], tabular, poaExempt, sources }
}

function warningsOf(parts: Besides & { readonly name: string }): string[] {
  const warnings: string[] = []
  const { name, tabular } = parts
  if (parts.indexes.length === 0) warnings.push(`${name} has no alphabetic index: the engine knows fewer phrases.`)
  if (!tabular) warnings.push(`${name} has no tabular list: there are no notes, and Excludes1 pairs are not found.`)
  if (!parts.poaExempt) warnings.push(`${name} has no POA-exempt list: a missing POA indicator only warns.`)
  if (tabular?.version && !name.includes(tabular.version)) {
    warnings.push(`The tabular list is that of ${tabular.version}: notes changed since then are not in ${name}.`)
  }
  return warnings
}

async function filesUnder(given: string): Promise<{ full: string; name: string }[]> {
  if (!(await stat(given)).isDirectory()) return [{ full: given, name: path.basename(given) }]
  const entries = await readdir(given, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
  return files
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((full) => ({ full, name: path.relative(given, full) }))
}
