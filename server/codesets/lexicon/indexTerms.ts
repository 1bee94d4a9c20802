import type { IndexEntry } from '../loaders/alphabeticIndex.js'
import { alternatives, compose, isBinding, phraseOf } from './phrase.js'

/** A phrase of the alphabetic index and the code, plain, at which the index puts it (it may be a header). */
export interface IndexTerm {
  readonly phrase: string
  readonly plain: string
}

/**
 * The phrases of an alphabetic index. Cross references ("see Pneumonia, aspiration") are followed to the entry they
 * name; "see also" is advice and is not. Nonessential modifiers may stand with the term, one at a time.
 */
export function indexTerms(entries: readonly IndexEntry[]): readonly IndexTerm[] {
  const tree = treeOf(entries)
  const terms: IndexTerm[] = []
  for (const node of tree.nodes) {
    const plain = codeOf(node, tree, 0)
    if (plain === undefined || isResidual(node.entry.term)) continue
    const path = pathOf(node)
    const forms = compose(path)
    const withModifiers = node.entry.nonessential.flatMap((modifier) => withModifier(path, modifier))
    for (const phrase of new Set([...forms, ...withModifiers])) if (phrase !== '') terms.push({ phrase, plain })
  }
  return terms
}

interface Node {
  readonly entry: IndexEntry
  readonly parent: Node | null
  readonly children: Node[]
  readonly terms: readonly string[]
}

interface Tree {
  readonly nodes: readonly Node[]
  readonly mainTerms: ReadonlyMap<string, readonly Node[]>
}

function treeOf(entries: readonly IndexEntry[]): Tree {
  const nodes: Node[] = []
  const mainTerms = new Map<string, Node[]>()
  const open: Node[] = []
  for (const entry of entries) {
    open.length = Math.min(open.length, entry.level)
    const parent = open.at(-1) ?? null
    const node: Node = { entry, parent, children: [], terms: termsOf(entry) }
    open.push(node)
    nodes.push(node)
    if (parent) parent.children.push(node)
    else for (const name of namesOf(node)) mainTerms.set(name, [...(mainTerms.get(name) ?? []), node])
  }
  return { nodes, mainTerms }
}

function termsOf(entry: IndexEntry): readonly string[] {
  // "in (due to)": either preposition leads on to the subterms.
  if (isBinding(entry.term)) return [entry.term.toLowerCase(), ...entry.nonessential.filter(isBinding)]
  const terms = alternatives(entry.term)
  // A fracture is traumatic unless it is called pathological, so its long list also answers to the word alone.
  return entry.level === 0 && phraseOf(entry.term) === 'fracture traumatic' ? ['fracture', ...terms] : terms
}

/** Residual subterms ("specified NEC", "by site") are no words of a note: they neither stand in a path nor end one. */
const isResidual = (term: string): boolean => /^(other )?(specified|unspecified|by (site|type))\b/i.test(term)

function pathOf(node: Node): (readonly string[])[] {
  const path: (readonly string[])[] = []
  for (let at: Node | null = node; at; at = at.parent) if (!isResidual(at.entry.term)) path.unshift(at.terms)
  return path
}

function withModifier(path: readonly (readonly string[])[], modifier: string): readonly string[] {
  const word = phraseOf(modifier)
  if (isBinding(word) || word.length < 3 || word.startsWith('-') || word.split(' ').length > 3) return []
  return compose([...path, [word]])
}

/** The names under which a cross reference may call a term. */
function namesOf(node: Node): ReadonlySet<string> {
  const whole = node.entry.term.replace(/\([^()]*\)/g, ' ').toLowerCase()
  const names = [whole, whole.replace(/\b(nec|nos)\b/g, ' '), ...node.terms]
  return new Set(names.map((name) => name.replace(/\s+/g, ' ').trim()))
}

/** How many cross references are followed one after the other; the index has no longer chains that end. */
const LONGEST_CHAIN = 4

function codeOf(node: Node, tree: Tree, followed: number): string | undefined {
  if (node.entry.plain !== null) return node.entry.plain
  if (node.entry.see === null || followed >= LONGEST_CHAIN) return undefined
  const target = targetOf(node.entry.see, tree)
  return target && codeOf(target, tree, followed + 1)
}

function targetOf(see: string, tree: Tree): Node | undefined {
  const parts = see
    .toLowerCase()
    .replace(/\([^()]*\)/g, ' ')
    .split(',')
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
  return descend(parts, (name) => tree.mainTerms.get(name) ?? [])
}

/** Terms may hold commas themselves ("Fracture, traumatic"), so the longest name that is known is tried first. */
function descend(parts: readonly string[], named: (name: string) => readonly Node[]): Node | undefined {
  for (let taken = parts.length; taken > 0; taken -= 1) {
    for (const node of named(parts.slice(0, taken).join(', '))) {
      if (taken === parts.length) return node
      const found = descend(parts.slice(taken), (name) => node.children.filter((child) => namesOf(child).has(name)))
      if (found) return found
    }
  }
  return undefined
}
