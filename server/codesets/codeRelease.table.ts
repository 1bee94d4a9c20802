import { date, integer, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { bytes, instant } from '../db/columns.js'

/**
 * Releases of code sets: the same for every organisation, so without org_id. Content never changes; a corrected import
 * of the same name is a row of its own and answers from then on.
 */
export const codeRelease = pgTable(
  'code_release',
  {
    id: text('id').primaryKey(),
    system: text('system').notNull(),
    name: text('name').notNull(),
    effectiveFrom: date('effective_from').notNull(),
    effectiveTo: date('effective_to'),
    codeCount: integer('code_count').notNull(),
    billableCount: integer('billable_count').notNull(),
    /** SHA-256 of the normalised content: the same files imported twice make one row. */
    contentHash: text('content_hash').notNull(),
    /** The files it was made from. */
    source: text('source').notNull(),
    /** Official files it was made without: `INDEX`, `TABULAR`, `POA_EXEMPT`. */
    gaps: text('gaps').array().notNull(),
    importedAt: instant('imported_at').notNull().defaultNow(),
    artefact: bytes('artefact').notNull(),
  },
  (t) => [unique('code_release_content').on(t.contentHash)],
)
