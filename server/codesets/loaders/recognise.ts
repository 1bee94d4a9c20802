import { STARTER_HEADER } from './starter.js'

export type Layout =
  | 'ICD10CM_ORDER'
  | 'ICD10PCS_ORDER'
  | 'INDEX_XML'
  | 'INDEX_TSV'
  | 'TABULAR_XML'
  | 'TABULAR_JSONL'
  | 'POA_EXEMPT'
  | 'STARTER'

/**
 * Tells which layout a file has from the first 4 KB or so of its (unpacked) text. The name only decides where the content
 * cannot: a list of bare codes is taken for the POA-exempt list if its name says so.
 *
 * @returns null for a file of another kind, such as addenda, guidelines or a conversion table
 */
export function recognise(fileName: string, head: string): Layout | null {
  const text = head.replace(/^\uFEFF/, '')
  const [first = ''] = text.split(/\r?\n/, 1)
  if (/^\d{5} \S{3,7}\s+[01] \S/.test(first)) return /^\d{5} \d/.test(first) ? 'ICD10PCS_ORDER' : 'ICD10CM_ORDER'
  if (text.startsWith('<')) {
    if (/<ICD10CM\.tabular[\s>]/.test(text)) return 'TABULAR_XML'
    // The tables of drugs and neoplasms share the root of the index, but their entries are cells.
    return /<ICD10CM\.index[\s>]/.test(text) && !/<indexHeading>|<cell\b/.test(text) ? 'INDEX_XML' : null
  }
  if (first.startsWith('row\tletter\tlevel\tterm\t')) return 'INDEX_TSV'
  if (first === STARTER_HEADER.join('\t')) return 'STARTER'
  if (/^\{"chapter":/.test(first) && first.includes('"desc":')) return 'TABULAR_JSONL'
  if (/^order\w*\t\w*POA\w*code/i.test(first)) return 'POA_EXEMPT'
  if (/poa/i.test(fileName) && /^(\d+\t)?[A-Z][0-9A-Z]{2}(\.?[0-9A-Z]{1,4})?(\t|$)/.test(first)) return 'POA_EXEMPT'
  return null
}
