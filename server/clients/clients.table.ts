import { index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, orgId } from '../db/columns.js'

/** What a vendor may receive, where and for what (45 CFR 164.504(e)): the outer bound of all its clients. */
export const vendorAgreement = pgTable(
  'vendor_agreement',
  {
    orgId: orgId(),
    id: id(),
    vendorName: text('vendor_name').notNull(),
    facilityIds: uuid('facility_ids').array().notNull(),
    purposes: text('purposes').array().notNull(),
    scopes: text('scopes').array().notNull(),
    effectiveFrom: instant('effective_from').notNull(),
    /** The first moment at which it is no longer in force. */
    effectiveUntil: instant('effective_until'),
    endedAt: instant('ended_at'),
    accessEpoch: integer('access_epoch').notNull().default(0),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    /** In force only from then on: a second person has approved it. */
    approvedAt: instant('approved_at'),
    approvedBy: uuid('approved_by'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] })],
)

/** A third party's program. Its secret stands in no row: it is derived from the organisation's key, id and version. */
export const client = pgTable(
  'client',
  {
    orgId: orgId(),
    id: id(),
    agreementId: uuid('agreement_id').notNull(),
    name: text('name').notNull(),
    purpose: text('purpose', { enum: ['TREATMENT', 'PAYMENT', 'OPERATIONS'] }).notNull(),
    scopes: text('scopes').array().notNull(),
    secretVersion: integer('secret_version').notNull().default(1),
    /** Until when the version before is still taken. */
    previousSecretUntil: instant('previous_secret_until'),
    suspendedAt: instant('suspended_at'),
    accessEpoch: integer('access_epoch').notNull().default(0),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    /** In force only from then on: a second person has approved it. */
    approvedAt: instant('approved_at'),
    approvedBy: uuid('approved_by'),
    /** SHA-256 of the texts of operations it may send; null for every one within its scopes. */
    operationHashes: text('operation_hashes').array(),
    /** What its operations may cost together in a minute; null for as much as everybody. */
    costPerMinute: integer('cost_per_minute'),
    /** CIDR blocks it may ask from; null for everywhere. */
    networks: text('networks').array(),
    /** Where people are sent back to who let it act for them, each exactly. */
    redirectUris: text('redirect_uris').array().notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('client_name').on(t.orgId, t.name),
    index('client_by_agreement').on(t.orgId, t.agreementId),
  ],
)

/** Access tokens by `jti`, so that one can be revoked before it expires (RFC 7009). The token itself is not kept. */
export const clientToken = pgTable(
  'client_token',
  {
    orgId: orgId(),
    id: id(),
    clientId: uuid('client_id').notNull(),
    scopes: text('scopes').array().notNull(),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    /** Whom it acts for, and the sign-in in which that person let it; nulls for a program by itself. */
    memberId: uuid('member_id'),
    userId: text('user_id'),
    sessionId: text('session_id'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('client_token_by_expiry').on(t.expiresAt)],
)

/** One-time tickets for opening a socket with a token; the ticket's hash alone. */
export const clientTicket = pgTable(
  'client_ticket',
  {
    orgId: orgId(),
    ticketHash: text('ticket_hash').notNull(),
    tokenId: uuid('token_id').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.ticketHash] }), index('client_ticket_by_expiry').on(t.expiresAt)],
)

/** Codes of people who let a program act for them, by their hash; each is exchanged once (RFC 6749 section 4.1.2). */
export const clientCode = pgTable(
  'client_code',
  {
    orgId: orgId(),
    codeHash: text('code_hash').notNull(),
    clientId: uuid('client_id').notNull(),
    memberId: uuid('member_id').notNull(),
    userId: text('user_id').notNull(),
    sessionId: text('session_id').notNull(),
    redirectUri: text('redirect_uri').notNull(),
    /** S256 (RFC 7636). */
    codeChallenge: text('code_challenge').notNull(),
    scopes: text('scopes').array().notNull(),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    spentAt: instant('spent_at'),
    /** What it was exchanged for: revoked should the code come a second time. */
    tokenId: uuid('token_id'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.codeHash] }), index('client_code_by_expiry').on(t.expiresAt)],
)

/** What the operations of a program cost in the minute that began at `since`: one row a program, for every node. */
export const clientSpending = pgTable(
  'client_spending',
  {
    orgId: orgId(),
    clientId: uuid('client_id').notNull(),
    since: instant('since').notNull(),
    spent: integer('spent').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.clientId] })],
)
