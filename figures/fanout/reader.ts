import { steadyNow } from './child.js'
import { keyOf } from './judge.js'

const PREVIOUS = Buffer.from('"previous":')
const CURSOR = Buffer.from('"cursor":"')
const UUID_LENGTH = 36

/** What one subscriber got: which events, when, and whether each followed the one before it. */
export class Reader {
  /** The last cursor, with which a client resumes; null before any. */
  last: string | null = null
  /** Of the measured round. */
  keys: number[] = []
  times: number[] = []
  frames = 0
  bytes = 0
  /** Events that did not name the one before them. */
  broken = 0
  /** Whatever else came, in words. */
  readonly strange: string[] = []
  started = false
  /** Whether a round waits for it. */
  awaited = true
  /** Of the round, the first frame with an event. */
  sample = ''

  constructor(private readonly onEvent: (reader: Reader) => void) {}

  begin(): void {
    this.keys = []
    this.times = []
    this.frames = this.bytes = this.broken = 0
    this.sample = ''
  }

  /** One message with the events it carries. */
  take(message: Buffer): void {
    let at = message.indexOf(PREVIOUS)
    if (at < 0) return this.#other(message)
    const now = steadyNow()
    if (this.frames === 0) this.sample = message.toString('utf8')
    this.frames++
    this.bytes += message.length
    for (; at >= 0; at = message.indexOf(PREVIOUS, at)) {
      const from = message.lastIndexOf(CURSOR, at) + CURSOR.length
      const cursor = message.toString('latin1', from, from + UUID_LENGTH)
      at += PREVIOUS.length
      const previous = message[at] === 0x22 ? message.toString('latin1', at + 1, at + 1 + UUID_LENGTH) : null
      if (previous !== this.last) this.broken++
      this.last = cursor
      this.keys.push(keyOf(cursor))
      this.times.push(now)
      this.onEvent(this)
    }
  }

  #other(message: Buffer): void {
    const text = message.toString('utf8')
    const opening = /"__typename":"ChartSnapshot","cursor":(?:"([^"]+)"|null)/.exec(text)
    if (opening && !this.started) {
      this.started = true
      this.last = opening[1] ?? null
    } else if (/"chartStream"|"error"|"complete"/.test(text)) this.strange.push(text.slice(0, 300))
  }
}
