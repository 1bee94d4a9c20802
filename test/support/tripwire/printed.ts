/** What this process has printed since it was first asked, by whatever way. */
export function printed(): string {
  if (!caught) catchAll()
  return said.join('\n')
}

const said: string[] = []
let caught = false

function catchAll(): void {
  caught = true
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    stream.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
      said.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))
      return write(chunk, ...rest)
    }) as typeof stream.write
  }
  // The runner's console does not write to the streams of this process.
  for (const level of ['debug', 'error', 'info', 'log', 'warn'] as const) {
    const tell = console[level].bind(console)
    console[level] = (...words: unknown[]) => {
      said.push(words.map((word) => (word instanceof Error ? String(word.stack) : String(word))).join(' '))
      tell(...words)
    }
  }
}
