/** Many words at once in long texts, as they are and in the ways in which bytes are written as text. */
export class Search {
  readonly #byStart = new Map<string, string[]>()
  /** Whether any word can begin so: most places of a text are passed over by this alone. */
  readonly #starts = new Uint8Array(1 << 16)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** @returns whether it was not known */
  add(word: string): boolean {
    if (word.length < START) throw new Error(`a word of fewer than ${START} characters is not looked for`)
    const start = word.slice(0, START)
    const known = this.#byStart.get(start)
    if (known?.includes(word)) return false
    if (known) known.push(word)
    else this.#byStart.set(start, [word])
    this.#starts[hashAt(word, 0)] = 1
    this.#size++
    return true
  }

  /** Words that stand in it: plainly, in hexadecimal digits, or in base64. */
  in(text: string): Set<string> {
    const found = new Set<string>()
    if (this.#size === 0) return found
    this.#plainly(text, found)
    for (const [digits] of text.matchAll(HEXADECIMAL)) this.#bytes(Buffer.from(digits, 'hex'), found)
    for (const [digits] of text.matchAll(BASE64)) this.#bytes(Buffer.from(digits, 'base64'), found)
    return found
  }

  #bytes(bytes: Buffer, found: Set<string>): void {
    this.#plainly(bytes.toString('utf8'), found)
    this.#plainly(bytes.toString('latin1'), found)
  }

  #plainly(text: string, found: Set<string>): void {
    for (let at = 0; at <= text.length - START; at++) {
      if (this.#starts[hashAt(text, at)] === 0) continue
      const words = this.#byStart.get(text.slice(at, at + START))
      if (words) for (const word of words) if (text.startsWith(word, at)) found.add(word)
    }
  }
}

const START = 8
const HEXADECIMAL = /(?:[0-9a-f]{2}){8,}/g
const BASE64 = /[A-Za-z0-9+/_-]{11,}={0,2}/g

const hashAt = (text: string, at: number): number =>
  (Math.imul(text.charCodeAt(at), 31) ^
    Math.imul(text.charCodeAt(at + 2), 1_009) ^
    Math.imul(text.charCodeAt(at + 5), 30_011) ^
    Math.imul(text.charCodeAt(at + 7), 54_059)) &
  0xffff
