import type { Member } from './types.js'

/** Whom a comment names: `@` and the whole name, as it is shown. Pure. */

/** What somebody has typed of a name before the caret: where its `@` stands, and the letters after it. */
export interface Naming {
  readonly at: number
  readonly words: string
}

/** More letters than any name has, and no end of line: whoever went on writing names nobody. */
const LONGEST = 60

export function namingAt(text: string, caret: number): Naming | undefined {
  const at = text.lastIndexOf('@', caret - 1)
  if (at < 0 || caret - at > LONGEST || /[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return undefined
  const words = text.slice(at + 1, caret)
  return words.includes('\n') || words.startsWith(' ') ? undefined : { at, words }
}

/** Whose name, or a part of it, begins with these letters; nobody, once a whole name stands there. */
export function offered(people: readonly Member[], { words }: Naming): readonly Member[] {
  const typed = words.toLocaleLowerCase()
  const names = people.map((it) => ({ it, name: it.displayName.toLocaleLowerCase() }))
  if (names.some(({ name }) => typed.startsWith(`${name} `))) return []
  return names
    .filter(({ name }) => name.startsWith(typed) || name.split(' ').some((part) => part.startsWith(typed)))
    .map(({ it }) => it)
}

/** The text with the whole name in place of what was typed of it, and where the caret stands then. */
export function named(text: string, caret: number, naming: Naming, person: Member): { text: string; caret: number } {
  const before = `${text.slice(0, naming.at)}@${person.displayName} `
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length }
}

export interface Part {
  readonly text: string
  readonly member?: Member
}

/** A comment's words, cut where they name somebody. Of two names the longer one is meant. */
export function partsOf(text: string, people: readonly Member[]): readonly Part[] {
  const byLength = [...people].sort((a, b) => b.displayName.length - a.displayName.length)
  const parts: Part[] = []
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const member = byLength.find(
      ({ displayName }) =>
        text.startsWith(displayName, at + 1) && !/[\p{L}\p{N}]/u.test(text.charAt(at + 1 + displayName.length)),
    )
    if (!member) continue
    if (at > from) parts.push({ text: text.slice(from, at) })
    const end = at + 1 + member.displayName.length
    parts.push({ text: text.slice(at, end), member })
    from = end
  }
  if (from < text.length) parts.push({ text: text.slice(from) })
  return parts
}

/** Everybody of that name is meant where several have it. At most twenty, as the server takes them. */
export function namedIn(text: string, people: readonly Member[]): readonly string[] {
  const names = new Set(partsOf(text, people).flatMap(({ member }) => member?.displayName ?? []))
  return people
    .filter(({ displayName }) => names.has(displayName))
    .map(({ id }) => id)
    .slice(0, 20)
}
