import { plainCode } from '../code.js'
import type { CodeNotes } from '../model.js'
import { chapterId, NOTE_NAMES, sectionId, type TabularList, type TabularNode } from './tabular.js'
import { DamagedFileError, type SourceFile, tidy } from './textFile.js'
import { readXml } from './xml.js'

/**
 * Reads the official tabular list in XML: chapters, sections and nested `diag`, each with its notes. The definitions
 * of seventh characters are not read: the order file already spells out every code.
 * @throws DamagedFileError naming the line
 */
export function parseTabularXml(file: SourceFile): TabularList {
  const nodes: TabularNode[] = []
  const open: Draft[] = []
  const around: string[] = []
  let version: string | null = null
  readXml(file, 'ICD10CM.tabular', {
    open(name, attributes, line) {
      around.push(name)
      if (name !== 'chapter' && name !== 'section' && name !== 'diag') return
      const parent = open.at(-1)
      if (name !== 'chapter' && !parent) throw new DamagedFileError(file.name, line, `<${name}> stands in no chapter.`)
      const id = name === 'section' ? sectionId(attributes.id ?? '') : ''
      open.push({ element: name, id, parent: parent?.id ?? null, title: '', notes: {}, at: nodes.length })
      nodes.push(EMPTY)
    },
    close(name, text, line) {
      around.pop()
      const draft = open.at(-1)
      if (name === 'version') version = tidy(text)
      if (!draft) return
      const inside = around.at(-1) ?? ''
      if (name === 'name' && inside === draft.element) draft.id = idOf(draft, tidy(text), file.name, line)
      if (name === 'desc' && inside === draft.element) draft.title = tidy(text)
      const kind = NOTE_NAMES[inside]
      if (name === 'note' && kind && tidy(text) !== '') (draft.notes[kind] ??= []).push(tidy(text))
      if (name !== draft.element) return
      if (draft.id === '' || draft.title === '') {
        throw new DamagedFileError(file.name, line, `a <${name}> ends without a name or description.`)
      }
      open.pop()
      nodes[draft.at] = { kind: KINDS[draft.element], ...pick(draft) }
    },
  })
  if (nodes.length === 0) throw new DamagedFileError(file.name, null, 'it has no chapters.')
  return { version, nodes }
}

const KINDS = { chapter: 'CHAPTER', section: 'SECTION', diag: 'CODE' } as const

/** Holds the place of a node, so that a parent stands before its children. */
const EMPTY: TabularNode = { kind: 'CODE', id: '', parent: null, title: '', notes: {} }

interface Draft {
  readonly element: keyof typeof KINDS
  readonly parent: string | null
  readonly at: number
  readonly notes: Partial<Record<keyof CodeNotes, string[]>>
  id: string
  title: string
}

function idOf(draft: Draft, name: string, file: string, line: number): string {
  if (draft.element === 'chapter') return chapterId(name)
  const plain = plainCode('ICD10CM', name)
  if (draft.element === 'section') return draft.id
  if (plain === undefined || !/^[A-Z][0-9A-Z]{2,6}$/.test(plain)) {
    throw new DamagedFileError(file, line, `"${name.slice(0, 12)}" is not an ICD-10-CM code.`)
  }
  return plain
}

const pick = ({ id, parent, title, notes }: Draft) => ({ id, parent, title, notes })
