/**
 * Single keys and two-key sequences. A binding's `keys` are alternatives; within one, a space separates the keys of a
 * sequence: `['j', 'ArrowDown']`, `['p y']`, `['Control+Enter']`. Pure: the event's facts come in, the answer goes out.
 */
export interface Binding {
  readonly id: string
  readonly keys: readonly string[]
  /** For the help: what it does, in the words of the trade. */
  readonly label: string
  readonly group: string
  /** Whether it makes sense now; others of the same key get their chance. */
  readonly when?: () => boolean
  readonly run: () => void
}

export interface KeyFacts {
  readonly key: string
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
}

export type KeyAnswer =
  | { readonly kind: 'run'; readonly binding: Binding }
  | { readonly kind: 'pending'; readonly prefix: string; readonly next: readonly Binding[] }
  | { readonly kind: 'none' }

export function answerKey(bindings: readonly Binding[], prefix: string, facts: KeyFacts): KeyAnswer {
  const name = nameOf(facts)
  const typed = prefix ? `${prefix} ${name}` : name
  const possible = bindings.filter((b) => b.when?.() ?? true)
  const hit = possible.find((b) => b.keys.includes(typed))
  if (hit) return { kind: 'run', binding: hit }
  const next = possible.filter((b) => b.keys.some((k) => k.startsWith(`${typed} `)))
  if (next.length > 0) return { kind: 'pending', prefix: typed, next }
  return { kind: 'none' }
}

/** `Shift` is named only with keys that have a name of their own: `?` and `G` say it by themselves. */
export function nameOf({ key, ctrl, alt, shift }: KeyFacts): string {
  const named = key.length > 1
  const letter = !named && (ctrl || alt) ? key.toLowerCase() : key
  return `${ctrl ? 'Control+' : ''}${alt ? 'Alt+' : ''}${shift && named ? 'Shift+' : ''}${letter}`
}

/** As people read it: `g l` becomes `g l`, `Shift+ArrowUp` becomes `⇧↑`. */
export function showKeys(keys: string): string {
  return keys
    .split(' ')
    .map((k) =>
      k
        .replace('Control+', 'Ctrl ')
        .replace('Shift+', '⇧')
        .replace('ArrowUp', '↑')
        .replace('ArrowDown', '↓')
        .replace('Enter', '↵')
        .replace('Escape', 'Esc'),
    )
    .join(' ')
}
