import { SaxesParser } from 'saxes'
import { DamagedFileError, type SourceFile, textOf } from './textFile.js'

export interface XmlHandlers {
  /** @param line where the tag ends, counted from 1 */
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void
  /** @param text the text directly in the element, without that of its children */
  close(name: string, text: string, line: number): void
}

/**
 * Streams an XML file through the handlers; nothing of it is kept. Entities are those of XML itself: a document type
 * with its own is refused.
 * @throws DamagedFileError naming the line at which the XML is not well formed, or the root is another
 */
export function readXml(file: SourceFile, root: string, handlers: XmlHandlers): void {
  const parser = new SaxesParser({ xmlns: false })
  const texts: string[] = []
  const refuse = (problem: string): never => {
    throw new DamagedFileError(file.name, parser.line, problem)
  }
  parser.on('error', (error) => refuse(`the XML is damaged (${error.message.replace(/^\d+:\d+: /, '')}).`))
  parser.on('doctype', () => refuse('a document type is not part of the official layout.'))
  parser.on('opentag', (tag) => {
    if (texts.length === 0 && tag.name !== root) refuse(`the root is <${tag.name}> instead of <${root}>.`)
    texts.push('')
    handlers.open(tag.name, tag.attributes, parser.line)
  })
  parser.on('text', (text) => {
    if (texts.length > 0) texts.push((texts.pop() ?? '') + text)
  })
  parser.on('closetag', (tag) => handlers.close(tag.name, texts.pop() ?? '', parser.line))
  const text = textOf(file)
  for (let at = 0; at < text.length; at += CHUNK) parser.write(text.slice(at, at + CHUNK))
  parser.close()
}

const CHUNK = 64 * 1024
