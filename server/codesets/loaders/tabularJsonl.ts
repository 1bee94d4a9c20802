import { z } from 'zod'
import { plainCode } from '../code.js'
import type { CodeNotes } from '../model.js'
import { chapterId, NOTE_NAMES, sectionId, type TabularList, type TabularNode } from './tabular.js'
import { DamagedFileError, numberedLines, type SourceFile, textOf, tidy } from './textFile.js'

/**
 * Reads the tabular list as JSON lines: one object a chapter (`chapter`, `desc`), section (`section`, `chapter`,
 * `desc`) or code (`code`, `parent`, `desc`), with the lists of notes under the names of the XML.
 * @throws DamagedFileError naming the line
 */
export function parseTabularJsonl(file: SourceFile): TabularList {
  const nodes: TabularNode[] = []
  const sections = new Set<string>()
  for (const [line, text] of numberedLines(textOf(file))) {
    if (text.trim() === '') continue
    const node = readNode(text, sections, file.name, line)
    if (node.kind === 'SECTION') sections.add(node.id)
    nodes.push(node)
  }
  if (nodes.length === 0) throw new DamagedFileError(file.name, null, 'it has no lines.')
  return { version: null, nodes }
}

const NOTES = z.array(z.string()).optional()
const LINE = z.object({
  chapter: z.string(),
  section: z.string().optional(),
  code: z.string().optional(),
  parent: z.string().optional(),
  desc: z.string().min(1),
  includes: NOTES,
  inclusionTerm: NOTES,
  excludes1: NOTES,
  excludes2: NOTES,
  codeFirst: NOTES,
  useAdditionalCode: NOTES,
  codeAlso: NOTES,
})

function readNode(text: string, sections: ReadonlySet<string>, file: string, line: number): TabularNode {
  const parsed = LINE.safeParse(jsonOf(text))
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || 'the line'
    throw new DamagedFileError(file, line, `${field} is missing or not what this layout has there.`)
  }
  const row = parsed.data
  const rest = { title: tidy(row.desc), notes: notesOf(row) }
  if (row.code === undefined) {
    if (row.section === undefined) return { kind: 'CHAPTER', id: chapterId(row.chapter), parent: null, ...rest }
    return { kind: 'SECTION', id: sectionId(row.section), parent: chapterId(row.chapter), ...rest }
  }
  const plain = plainCode('ICD10CM', row.code)
  if (plain === undefined || row.parent === undefined) {
    throw new DamagedFileError(file, line, 'the code or its parent is missing or not an ICD-10-CM code.')
  }
  const section = sectionId(row.parent)
  const parent =
    sections.has(section) && plain.length === 3 ? section : (plainCode('ICD10CM', row.parent) ?? row.parent)
  return { kind: 'CODE', id: plain, parent, ...rest }
}

function notesOf(row: z.infer<typeof LINE>): Partial<CodeNotes> {
  const notes: Partial<Record<keyof CodeNotes, string[]>> = {}
  const lists: Readonly<Record<string, unknown>> = row
  for (const [name, kind] of Object.entries(NOTE_NAMES)) {
    const list = lists[name]
    if (Array.isArray(list) && list.length > 0) notes[kind] = list.map((note) => tidy(String(note)))
  }
  return notes
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
