import { type DocumentNode, type GraphQLSchema, validate } from 'graphql'
import { sha256 } from '../kernel/text.js'
import { checkShape, LIMITS, readDocument } from './limits.js'

/** A document that passed every limit and rule that needs no variables. */
export interface Prepared {
  readonly document: DocumentNode
  /** SHA-256 of its text: with the operation's name all that the log and the access records say of it. */
  readonly hash: string
}

export interface Documents {
  /**
   * Read, measured, validated: the same for both transports.
   * @throws ChartroomError, GraphQLError, or Invalid
   */
  prepare(text: string): Prepared
  /** One prepared before, by the hash of its text. */
  byHash(hash: string): DocumentNode | undefined
}

/** The rules of validation that a document breaks, at most a handful. */
export class Invalid extends Error {
  override readonly name = 'Invalid'
  constructor(readonly errors: readonly Error[]) {
    super('the document is not valid')
  }
}

/** Keeps what was asked before, so that a client's few documents are read once. */
export function createDocuments(schema: GraphQLSchema, options: { introspection: boolean }): Documents {
  const kept = new Map<string, { document: DocumentNode; size: number }>()
  let keptSize = 0

  return {
    prepare(text) {
      const hash = sha256(text)
      const known = kept.get(hash)
      if (known) {
        kept.delete(hash)
        kept.set(hash, known)
        return { document: known.document, hash }
      }
      const document = readDocument(text)
      checkShape(document, options)
      const errors = validate(schema, document, undefined, {
        maxErrors: LIMITS.validationErrors,
        hideSuggestions: true,
      })
      if (errors.length > 0) throw new Invalid(errors.slice(0, LIMITS.validationErrors))
      keep(hash, { document, size: text.length })
      return { document, hash }
    },
    byHash: (hash) => kept.get(hash)?.document,
  }

  function keep(hash: string, entry: { document: DocumentNode; size: number }): void {
    kept.set(hash, entry)
    keptSize += entry.size
    for (const [oldest, { size }] of kept) {
      if (kept.size <= MOST_KEPT && keptSize <= MOST_KEPT_CHARACTERS) break
      if (oldest === hash) break
      kept.delete(oldest)
      keptSize -= size
    }
  }
}

const MOST_KEPT = 500
/** A tree takes a hundred times its text in memory. */
const MOST_KEPT_CHARACTERS = 500_000
