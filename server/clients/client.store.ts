import type { Tx } from '../db/pool.js'

export interface AgreementView {
  readonly id: string
  readonly orgId: string
  readonly vendorName: string
  readonly facilityIds: readonly string[]
  readonly purposes: readonly string[]
  readonly scopes: readonly string[]
  readonly effectiveFrom: Date
  readonly effectiveUntil: Date | null
  readonly endedAt: Date | null
  readonly approvedAt: Date | null
}

export interface ClientView {
  readonly id: string
  readonly orgId: string
  readonly agreementId: string
  readonly name: string
  readonly purpose: string
  readonly scopes: readonly string[]
  readonly secretVersion: number
  readonly previousSecretUntil: Date | null
  readonly suspendedAt: Date | null
  readonly approvedAt: Date | null
  readonly operationHashes: readonly string[] | null
  readonly costPerMinute: number | null
  readonly networks: readonly string[] | null
  readonly redirectUris: readonly string[]
  readonly accessEpoch: number
}

/** What of a client can be changed, as its row holds it. */
export type ChangedTerms = Pick<
  ClientView,
  'scopes' | 'operationHashes' | 'costPerMinute' | 'networks' | 'redirectUris'
>

export function agreementsIn(tx: Tx, orgId: string): Promise<AgreementView[]> {
  return tx<AgreementView[]>`
    select id, org_id, vendor_name, facility_ids, purposes, scopes, effective_from, effective_until, ended_at, approved_at
    from vendor_agreement where org_id = ${orgId} order by vendor_name, id` as unknown as Promise<AgreementView[]>
}

export function clientsIn(tx: Tx, orgId: string): Promise<ClientView[]> {
  return tx<ClientView[]>`
    select id, org_id, agreement_id, name, purpose, scopes, secret_version, previous_secret_until, suspended_at, approved_at,
      operation_hashes, cost_per_minute, networks, redirect_uris, access_epoch
    from client where org_id = ${orgId} order by name, id` as unknown as Promise<ClientView[]>
}

/** Locked until the transaction ends. */
export async function lockAgreement(tx: Tx, orgId: string, id: string): Promise<AgreementView | undefined> {
  const [row] = await tx<AgreementView[]>`
    select id, org_id, vendor_name, facility_ids, purposes, scopes, effective_from, effective_until, ended_at, approved_at
    from vendor_agreement where org_id = ${orgId} and id = ${id} for update`
  return row
}

/** Locked until the transaction ends. */
export async function lockClient(tx: Tx, orgId: string, id: string): Promise<ClientView | undefined> {
  const [row] = await tx<ClientView[]>`
    select id, org_id, agreement_id, name, purpose, scopes, secret_version, previous_secret_until, suspended_at, approved_at,
      operation_hashes, cost_per_minute, networks, redirect_uris, access_epoch
    from client where org_id = ${orgId} and id = ${id} for update`
  return row
}

export async function isNameTaken(tx: Tx, orgId: string, name: string): Promise<boolean> {
  const rows = await tx`select from client where org_id = ${orgId} and name = ${name}`
  return rows.length > 0
}

type Made = { readonly createdBy: string; readonly createdAt: Date }

export async function insertAgreement(
  tx: Tx,
  agreement: Omit<AgreementView, 'endedAt' | 'approvedAt'> & Made,
): Promise<void> {
  await tx`insert into vendor_agreement ${tx(agreement as never)}`
}

export async function insertClient(
  tx: Tx,
  client: Pick<ClientView, 'id' | 'orgId' | 'agreementId' | 'name' | 'purpose'> & ChangedTerms & Made,
): Promise<void> {
  await tx`insert into client ${tx(client as never)}`
}

/** Every change raises the access epoch, in the transaction that makes it. */
export async function endAgreement(tx: Tx, orgId: string, id: string, now: Date): Promise<void> {
  await tx`
    update vendor_agreement set ended_at = ${now}, access_epoch = access_epoch + 1
    where org_id = ${orgId} and id = ${id} and ended_at is null`
}

export async function approveAgreement(tx: Tx, orgId: string, id: string, by: string, at: Date): Promise<void> {
  await tx`
    update vendor_agreement set approved_at = ${at}, approved_by = ${by}, access_epoch = access_epoch + 1
    where org_id = ${orgId} and id = ${id} and approved_at is null`
}

export async function approveClient(tx: Tx, orgId: string, id: string, by: string, at: Date): Promise<void> {
  await tx`
    update client set approved_at = ${at}, approved_by = ${by}, access_epoch = access_epoch + 1
    where org_id = ${orgId} and id = ${id} and approved_at is null`
}

export async function changeTerms(tx: Tx, orgId: string, id: string, terms: ChangedTerms): Promise<void> {
  await tx`
    update client set scopes = ${[...terms.scopes]}, operation_hashes = ${terms.operationHashes && [...terms.operationHashes]},
      cost_per_minute = ${terms.costPerMinute}, networks = ${terms.networks && [...terms.networks]},
      redirect_uris = ${[...terms.redirectUris]}, access_epoch = access_epoch + 1
    where org_id = ${orgId} and id = ${id}`
}

/** All that a client has, its open streams with them. */
export async function revokeTokensOf(tx: Tx, orgId: string, clientId: string, now: Date): Promise<void> {
  await tx`
    update client_token set revoked_at = ${now}
    where org_id = ${orgId} and client_id = ${clientId} and revoked_at is null and expires_at > ${now}`
}

export async function suspend(tx: Tx, orgId: string, id: string, since: Date | null): Promise<void> {
  await tx`
    update client set suspended_at = ${since}, access_epoch = access_epoch + 1
    where org_id = ${orgId} and id = ${id}`
}

export async function rotateSecret(tx: Tx, orgId: string, id: string, previousUntil: Date): Promise<void> {
  await tx`
    update client set secret_version = secret_version + 1, previous_secret_until = ${previousUntil}
    where org_id = ${orgId} and id = ${id}`
}

// ---- tokens and tickets ---------------------------------------------------------------------------------------------

export interface RegisteredClient extends ClientView {
  readonly vendorName: string
  readonly agreementScopes: readonly string[]
  readonly effectiveUntil: Date | null
}

/** A client that may have tokens now: approved, not suspended, and its agreement in force. */
export async function clientInForce(
  tx: Tx,
  orgId: string,
  id: string,
  now: Date,
): Promise<RegisteredClient | undefined> {
  const [row] = await tx<RegisteredClient[]>`
    select c.id, c.org_id, c.agreement_id, c.name, c.purpose, c.scopes, c.secret_version, c.previous_secret_until,
      c.suspended_at, c.approved_at, c.operation_hashes, c.cost_per_minute, c.networks, c.redirect_uris, c.access_epoch,
      a.vendor_name, a.scopes as agreement_scopes, f.ends as effective_until
    from clients_in_force(${orgId}, ${now}) f
    join client c on c.org_id = ${orgId} and c.id = f.client_id
    join vendor_agreement a on a.org_id = ${orgId} and a.id = f.agreement_id
    where f.client_id = ${id}`
  return row
}

export interface Registration extends Pick<ClientView, 'scopes' | 'operationHashes' | 'costPerMinute' | 'networks'> {
  readonly purpose: 'TREATMENT' | 'PAYMENT' | 'OPERATIONS'
  readonly agreementScopes: readonly string[]
  readonly vendorName: string
}

/** In force or not. */
export async function registrationOf(tx: Tx, orgId: string, id: string): Promise<Registration | undefined> {
  const [row] = await tx<Registration[]>`
    select c.purpose, c.scopes, c.operation_hashes, c.cost_per_minute, c.networks, a.scopes as agreement_scopes, a.vendor_name
    from client c join vendor_agreement a on a.org_id = c.org_id and a.id = c.agreement_id
    where c.org_id = ${orgId} and c.id = ${id}`
  return row
}

export async function isOrganisation(tx: Tx, orgId: string): Promise<boolean> {
  const rows = await tx`select from organisation where id = ${orgId}`
  return rows.length > 0
}

export interface TokenRow {
  readonly id: string
  readonly orgId: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** Whom it acts for, and in which sign-in; nulls for a program by itself. */
  readonly memberId: string | null
  readonly userId: string | null
  readonly sessionId: string | null
}

/** Tokens that expired an hour ago go with the next one that is made. */
export async function insertToken(tx: Tx, token: TokenRow): Promise<void> {
  await tx`insert into client_token ${tx(token as never)}`
  await tx`
    delete from client_token
    where org_id = ${token.orgId} and expires_at < ${new Date(token.issuedAt.getTime() - 3_600_000)}`
}

export async function tokenOf(tx: Tx, orgId: string, clientId: string, id: string): Promise<TokenRow | undefined> {
  const [row] = await tx<TokenRow[]>`
    select id, org_id, client_id, scopes, issued_at, expires_at, member_id, user_id, session_id from client_token
    where org_id = ${orgId} and client_id = ${clientId} and id = ${id}`
  return row
}

export async function revokeToken(tx: Tx, orgId: string, clientId: string, id: string, now: Date): Promise<void> {
  await tx`
    update client_token set revoked_at = ${now}
    where org_id = ${orgId} and client_id = ${clientId} and id = ${id} and revoked_at is null`
}

export async function insertTicket(
  tx: Tx,
  ticket: { readonly orgId: string; readonly ticketHash: string; readonly tokenId: string; readonly expiresAt: Date },
): Promise<void> {
  await tx`insert into client_ticket ${tx(ticket as never)}`
}

/** Of several that redeem it at once, one gets it. */
export async function spendTicket(tx: Tx, orgId: string, ticketHash: string): Promise<SpentTicket | undefined> {
  const [row] = await tx<SpentTicket[]>`
    with spent as (
      delete from client_ticket where org_id = ${orgId} and ticket_hash = ${ticketHash} returning token_id, expires_at
    )
    select s.token_id, t.client_id, coalesce(t.user_id, t.client_id::text) as user_id, s.expires_at
    from spent s join client_token t on t.org_id = ${orgId} and t.id = s.token_id`
  return row
}

interface SpentTicket {
  readonly tokenId: string
  readonly clientId: string
  readonly userId: string
  readonly expiresAt: Date
}

// ---- codes of people who let a program act for them -----------------------------------------------------------------

export interface CodeRow {
  readonly orgId: string
  readonly codeHash: string
  readonly clientId: string
  readonly memberId: string
  readonly userId: string
  readonly sessionId: string
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly scopes: readonly string[]
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/** Codes of an hour ago go with the next one that is made. */
export async function insertCode(tx: Tx, code: CodeRow): Promise<void> {
  await tx`insert into client_code ${tx(code as never)}`
  await tx`
    delete from client_code
    where org_id = ${code.orgId} and expires_at < ${new Date(code.issuedAt.getTime() - 3_600_000)}`
}

/** A code of this client, locked until the transaction ends: of several that exchange it at once, one finds it unspent. */
export async function lockCode(
  tx: Tx,
  orgId: string,
  clientId: string,
  codeHash: string,
): Promise<(CodeRow & { readonly spentAt: Date | null; readonly tokenId: string | null }) | undefined> {
  const [row] = await tx<(CodeRow & { spentAt: Date | null; tokenId: string | null })[]>`
    select org_id, code_hash, client_id, member_id, user_id, session_id, redirect_uri, code_challenge, scopes, issued_at,
      expires_at, spent_at, token_id
    from client_code where org_id = ${orgId} and client_id = ${clientId} and code_hash = ${codeHash} for update`
  return row
}

/** @param tokenId what it was exchanged for; null where it was refused */
export async function spendCode(
  tx: Tx,
  orgId: string,
  codeHash: string,
  tokenId: string | null,
  now: Date,
): Promise<void> {
  await tx`
    update client_code set spent_at = ${now}, token_id = ${tokenId} where org_id = ${orgId} and code_hash = ${codeHash}`
}
