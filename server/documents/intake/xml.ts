import { SaxesParser } from 'saxes'
import type { IntakeLimits } from './limits.js'
import { IntakeError } from './problem.js'

/** An element as read. `name` is the local name; names of foreign vocabularies keep their address in `namespace`. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  /** Unprefixed attributes by name, and `xsi:type`. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (XmlElement | string)[]
}

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[]
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

/**
 * Reads XML into a tree, strictly, with namespaces. Document type declarations are refused before anything in them is
 * looked at, so there are no entities to expand (billion laughs) and none to fetch (XXE); only the five built-in
 * entities and character references exist.
 *
 * @throws IntakeError UNSAFE_XML (declarations, too deep, too many elements), DAMAGED (not well formed)
 */
export function parseXml(text: string, limits: IntakeLimits): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const open: OpenElement[] = []
  let root: XmlElement | null = null
  let count = 0

  parser.on('doctype', () => {
    throw unsafe('The XML declares a document type or entities, which are not taken. Export it without them.')
  })
  parser.on('error', () => {
    throw new IntakeError('DAMAGED', 'The XML is not well formed. Export the document again and send the new copy.')
  })
  parser.on('opentag', (tag) => {
    count += 1
    if (open.length >= limits.maxDepth) throw unsafe('The XML is nested deeper than any clinical document.')
    if (count > limits.maxNodes) throw unsafe('The XML has more elements than are taken at once.')
    const attributes = new Map<string, string>()
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.prefix === '') attributes.set(attribute.local, attribute.value)
      if (attribute.uri === XSI) attributes.set(`xsi:${attribute.local}`, attribute.value)
    }
    const element: OpenElement = { name: tag.local, namespace: tag.uri, attributes, children: [] }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  const addText = (piece: string): void => void open.at(-1)?.children.push(piece)
  parser.on('text', addText)
  parser.on('cdata', addText)

  // In slices, so that a refusal at the start of a large file does not wait for its end.
  for (let at = 0; at < text.length; at += 65_536) parser.write(text.slice(at, at + 65_536))
  parser.close()
  if (root === null) throw new IntakeError('DAMAGED', 'The XML has no document in it.')
  return root
}

const unsafe = (sentence: string): IntakeError => new IntakeError('UNSAFE_XML', sentence)

/** Child elements of that name, in order. */
export function childrenOf(element: XmlElement | null, name: string): XmlElement[] {
  return (element?.children ?? []).filter((c): c is XmlElement => typeof c !== 'string' && c.name === name)
}

/** The first element down a path of names such as `patientRole/patient/name`; null where any step is absent. */
export function descend(element: XmlElement | null, path: string): XmlElement | null {
  let at: XmlElement | null = element
  for (const name of path.split('/')) at = childrenOf(at, name)[0] ?? null
  return at
}

export const attributeOf = (element: XmlElement | null, name: string): string | null =>
  element?.attributes.get(name) ?? null

/** All text below an element, as written. */
export function textOf(element: XmlElement | null): string {
  return (element?.children ?? []).map((c) => (typeof c === 'string' ? c : textOf(c))).join('')
}

/** Every element of the tree, the root first. */
export function* walk(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) if (typeof child !== 'string') yield* walk(child)
}
