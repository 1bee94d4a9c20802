import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, instant, orgId, sealed } from '../db/columns.js'

export const document = pgTable(
  'document',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    currentVersionId: uuid('current_version_id').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('document_by_chart').on(t.orgId, t.chartId)],
)

/** An immutable version; an amendment is a new one. Only its signature state and labels may change. */
export const documentVersion = pgTable(
  'document_version',
  {
    orgId: orgId(),
    id: id(),
    documentId: uuid('document_id').notNull(),
    chartId: uuid('chart_id').notNull(),
    number: integer('number').notNull(),
    type: text('type').notNull(),
    authorRole: text('author_role').notNull(),
    authoredAt: instant('authored_at'),
    encounterPart: text('encounter_part').notNull(),
    signed: boolean('signed').notNull(),
    signedAt: instant('signed_at'),
    signedBy: uuid('signed_by'),
    /** Sensitivity labels: PART2, MENTAL_HEALTH, HIV, GENETIC, RESTRICTED. */
    labels: text('labels').array().notNull(),
    /** {title, authorName} */
    header: sealed('header').notNull(),
    text: sealed('text').notNull(),
    /** UTF-16 units. */
    textLength: integer('text_length').notNull(),
    textSha256: text('text_sha256').notNull(),
    scan: boolean('scan').notNull(),
    /** [{number, start, end}] */
    pages: jsonb('pages').notNull(),
    original: sealed('original'),
    originalMediaType: text('original_media_type'),
    /** False while the engine has not read it, and for ever on a scan. */
    readByEngine: boolean('read_by_engine').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('document_version_number').on(t.orgId, t.documentId, t.number),
    index('document_version_by_chart').on(t.orgId, t.chartId),
  ],
)

/** Bytes that came in and wait to be imported, sealed under a key of their own that the key-encryption key wraps. */
export const upload = pgTable(
  'upload',
  {
    orgId: orgId(),
    id: id(),
    memberId: uuid('member_id').notNull(),
    ticketHash: text('ticket_hash').notNull(),
    state: text('state', { enum: ['CREATED', 'STORED', 'USED'] }).notNull(),
    declaredBytes: integer('declared_bytes').notNull(),
    declaredSha256: text('declared_sha256'),
    sha256: text('sha256'),
    mediaKind: text('media_kind'),
    kekId: text('kek_id'),
    wrappedKey: bytes('wrapped_key'),
    content: sealed('content'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('upload_expires').on(t.expiresAt)],
)
