/** One line of the alphabetic index. */
export interface IndexEntry {
  readonly line: number
  /** 0 = main term. */
  readonly level: number
  readonly term: string
  /** The words in parentheses behind the term, without the parentheses: they may be there or not. */
  readonly nonessential: readonly string[]
  /** "see …": where to look instead. */
  readonly see: string | null
  readonly seeAlso: string | null
  /** Without dot; the hyphen of an unfinished code is dropped. */
  readonly plain: string | null
}
