/** What the demo promises: each is checked by what really came back, and the first one broken ends the story. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise'
}

export interface Story {
  /** A heading. */
  chapter(title: string): void
  /** A line of the story. */
  say(line: string): void
  /** Something that must hold. @throws BrokenPromise */
  promise(what: string, holds: boolean, found?: string): void
  readonly kept: readonly string[]
}

export function createStory(print: (line: string) => void, quiet: boolean): Story {
  const kept: string[] = []
  return {
    kept,
    chapter(title) {
      if (!quiet) print(`\n${title}\n${'─'.repeat(title.length)}`)
    },
    say(line) {
      if (!quiet) print(`  ${line}`)
    },
    promise(what, holds, found) {
      if (!holds) throw new BrokenPromise(found ? `${what} (found: ${found})` : what)
      kept.push(what)
      if (!quiet) print(`  ✓ ${what}`)
    },
  }
}
