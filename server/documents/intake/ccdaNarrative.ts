import { normaliseText } from './plainText.js'
import type { XmlElement } from './xml.js'
import { attributeOf, childrenOf } from './xml.js'

/**
 * The readable text of C-CDA sections, in document order: a section's title ends with a colon on a line of its own,
 * then its narrative, then the sections inside it, with a blank line between sections.
 */
export function renderSections(sections: readonly XmlElement[]): string {
  return sections
    .map(renderSection)
    .filter((text) => text !== '')
    .join('\n\n')
}

function renderSection(section: XmlElement): string {
  const title = inline(childrenOf(section, 'title')[0] ?? null)
  const narrative = renderNarrative(childrenOf(section, 'text')[0] ?? null)
  const inner = childrenOf(section, 'component').flatMap((component) => childrenOf(component, 'section'))
  const heading = title === '' || /[:.?!]$/.test(title) ? title : `${title}:`
  const own = [heading, narrative].filter((text) => text !== '').join('\n')
  return [own, renderSections(inner)].filter((text) => text !== '').join('\n\n')
}

/**
 * A narrative block (CDA R2 section 4.3.5) as text: paragraphs and captions on lines, `br` as a line end, list items
 * behind `- ` or their number, a table row as one line of cells between bars. Text marked as deleted is left out.
 */
export function renderNarrative(block: XmlElement | null): string {
  if (block === null) return ''
  const lines = new Lines()
  renderChildren(block, lines)
  return normaliseText(lines.finish())
}

const inline = (element: XmlElement | null): string => renderNarrative(element).replace(/\s+/g, ' ').trim()

function renderChildren(element: XmlElement, lines: Lines): void {
  for (const child of element.children) {
    if (typeof child === 'string') lines.write(child)
    else renderElement(child, lines)
  }
}

function renderElement(element: XmlElement, lines: Lines): void {
  if (attributeOf(element, 'revised') === 'delete') return
  switch (element.name) {
    case 'br':
      return lines.end()
    case 'paragraph':
    case 'caption':
    case 'footnote':
      lines.endIfOpen()
      renderChildren(element, lines)
      return lines.endIfOpen()
    case 'list':
      return renderList(element, lines)
    case 'table':
      return renderTable(element, lines)
    case 'renderMultiMedia':
    case 'colgroup':
    case 'col':
      return
    default:
      return renderChildren(element, lines)
  }
}

function renderList(list: XmlElement, lines: Lines): void {
  lines.endIfOpen()
  for (const caption of childrenOf(list, 'caption')) renderElement(caption, lines)
  const ordered = attributeOf(list, 'listType') === 'ordered'
  for (const [index, item] of childrenOf(list, 'item').entries()) {
    if (attributeOf(item, 'revised') === 'delete') continue
    lines.bullet(ordered ? `${index + 1}. ` : '- ')
    renderChildren(item, lines)
    lines.endIfOpen()
    lines.outdent()
  }
}

function renderTable(table: XmlElement, lines: Lines): void {
  lines.endIfOpen()
  for (const caption of childrenOf(table, 'caption')) renderElement(caption, lines)
  const groups = [table, ...table.children.filter(isRowGroup)]
  for (const row of groups.flatMap((group) => childrenOf(group, 'tr'))) {
    const cells = row.children.filter(isCell)
    // Some systems put a whole note into one cell: there its own lines are the text.
    if (cells.length === 1) renderChildren(cells[0]!, lines)
    else lines.write(cells.map((cell) => renderNarrative(cell).replace(/\n+/g, '; ')).join(' | '))
    lines.endIfOpen()
  }
}

const isRowGroup = (node: XmlElement | string): node is XmlElement =>
  typeof node !== 'string' && /^t(head|body|foot)$/.test(node.name)
const isCell = (node: XmlElement | string): node is XmlElement =>
  typeof node !== 'string' && (node.name === 'td' || node.name === 'th') && attributeOf(node, 'revised') !== 'delete'

/** Gathers lines: white space of the source collapses as on a page, line ends are only those that were asked for. */
class Lines {
  private readonly done: string[] = []
  private readonly indents: string[] = []
  private current = ''
  private bulleted = ''

  write(raw: string): void {
    const text = raw.replace(/\s+/g, ' ')
    if (this.current === '' || this.current.endsWith(' ')) this.current += text.trimStart()
    else this.current += text
  }

  /** Begins a list item: what follows stands behind the mark, further lines of the item below its text. */
  bullet(mark: string): void {
    this.endIfOpen()
    this.bulleted = this.indents.join('') + mark
    this.indents.push(' '.repeat(mark.length))
  }

  outdent(): void {
    this.indents.pop()
    this.bulleted = ''
  }

  end(): void {
    const text = this.current.trimEnd()
    this.current = ''
    if (text === '') return void this.done.push('')
    this.done.push((this.bulleted === '' ? this.indents.join('') : this.bulleted) + text)
    this.bulleted = ''
  }

  endIfOpen(): void {
    if (this.current.trim() !== '') this.end()
    else this.current = ''
  }

  finish(): string {
    this.endIfOpen()
    return this.done
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\n+|\n+$/g, '')
  }
}
