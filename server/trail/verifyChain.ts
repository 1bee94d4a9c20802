import { type AccessRecord, CHAIN_START, type ChainHead, hashOf } from './record.model.js'

/** What is wrong with the first bad record of a chain. */
export type ChainProblem =
  /** Its content is not the one that was hashed. */
  | 'CHANGED'
  /** Another record stands in its place, or none. */
  | 'MISSING'
  /** It holds together but does not follow on the record before: one of the two was replaced whole. */
  | 'NOT_LINKED'
  /** The chain holds together and is not the one whose head was signed: rewritten from here, or between here and `until`. */
  | 'REWRITTEN'
  /** Its line cannot be read. */
  | 'UNREADABLE'

export interface FirstBad {
  readonly seq: number
  readonly problem: ChainProblem
  /** Only of REWRITTEN: the signed head that does not agree. */
  readonly until?: number
}

export type Verdict =
  | { readonly holds: true; readonly records: number; readonly headHash: string; readonly headsChecked: number }
  | { readonly holds: false; readonly firstBad: FirstBad }

/** Checks the records of one organisation as they come, in order; holds one record and the heads, however long it is. */
export class ChainCheck {
  #head: ChainHead = CHAIN_START
  /** The last position that a signed head vouched for. */
  #vouched = 0
  #checked = 0
  #bad: FirstBad | undefined
  readonly #heads: readonly ChainHead[]

  /** @param heads positions and hashes that are known from elsewhere (signed heads), in any order */
  constructor(
    readonly orgId: string,
    heads: readonly ChainHead[] = [],
  ) {
    this.#heads = [...heads].sort((a, b) => a.seq - b.seq)
  }

  /** False once something is wrong: what follows says nothing any more. */
  accept(record: AccessRecord | undefined): boolean {
    if (this.#bad) return false
    const seq = this.#head.seq + 1
    const problem = this.#problemOf(record, seq)
    if (problem) {
      this.#bad = { seq, problem }
      return false
    }
    this.#head = { seq, hash: record!.hash }
    return this.#agreesWithHeads()
  }

  end(): Verdict {
    const last = this.#heads.at(-1)
    if (!this.#bad && last && last.seq > this.#head.seq) this.#bad = { seq: this.#head.seq + 1, problem: 'MISSING' }
    if (this.#bad) return { holds: false, firstBad: this.#bad }
    return { holds: true, records: this.#head.seq, headHash: this.#head.hash, headsChecked: this.#checked }
  }

  #problemOf(record: AccessRecord | undefined, seq: number): ChainProblem | undefined {
    if (!record) return 'UNREADABLE'
    if (record.seq !== seq) return 'MISSING'
    if (record.orgId !== this.orgId || hashOf(record) !== record.hash) return 'CHANGED'
    return record.previousHash === this.#head.hash ? undefined : 'NOT_LINKED'
  }

  #agreesWithHeads(): boolean {
    for (const head of this.#heads) {
      if (head.seq !== this.#head.seq) continue
      if (head.hash !== this.#head.hash) {
        this.#bad = { seq: this.#vouched + 1, problem: 'REWRITTEN', until: head.seq }
        return false
      }
      this.#checked++
      this.#vouched = head.seq
    }
    return true
  }
}

/**
 * Whether the records are the chain that was written: nothing changed, removed, put in between, moved or cut off.
 * A chain that was rewritten from some record to its end holds together again; only a signed head tells that.
 */
export async function verifyChain(
  orgId: string,
  records: AsyncIterable<AccessRecord | undefined> | Iterable<AccessRecord | undefined>,
  heads: readonly ChainHead[] = [],
): Promise<Verdict> {
  const check = new ChainCheck(orgId, heads)
  for await (const record of records) if (!check.accept(record)) break
  return check.end()
}
