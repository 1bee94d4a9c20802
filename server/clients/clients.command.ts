import type { Problem } from '../../schema/access.js'
import type {
  ChangeClientInput,
  ClientCommandInput,
  EndVendorAgreementInput,
  RegisterClientInput,
  RegisterVendorAgreementInput,
} from '../../schema/clients.js'
import { organisationCommand, unknownFacilities } from '../accounts/index.js'
import { askApproval } from '../approvals/index.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import { isWithin, parseScopes, type Scope, scopeText } from '../auth/scope.js'
import type { Session } from '../auth/session.js'
import { badInput, notFound } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { type ClientTerms, onlyNarrows, takesAway } from './narrowing.js'
import { clientRules } from './client.policy.js'
import {
  type AgreementView,
  type ChangedTerms,
  type ClientView,
  changeTerms,
  endAgreement,
  insertAgreement,
  insertClient,
  isNameTaken,
  lockAgreement,
  lockClient,
  revokeTokensOf,
  rotateSecret,
  suspend,
} from './client.store.js'
import type { ClientChange } from './clientApprovals.js'
import { scopesOf, termsIn, termsOf } from './clientTerms.js'

type Invalid = { readonly kind: 'CommandInvalid'; readonly problems: readonly Problem[] }
/** `approvalId`: the request that a second person decides on, where what was asked for waits for one. */
export type AgreementOutcome =
  | { readonly kind: 'VendorAgreementSaved'; readonly agreementId: string; readonly approvalId: string | null }
  | Invalid
export type ClientOutcome =
  | {
      readonly kind: 'ClientSaved'
      readonly clientId: string
      readonly newSecret: number | null
      readonly approvalId: string | null
    }
  | Invalid

const LONGEST_NAME = 200
const MOST = 100
/** How long the secret before is taken beside the new one: time to carry it to every machine of the vendor. */
export const OVERLAP_HOURS = 24

/**
 * Register what a vendor may receive, in force once a second person has approved it. Nothing of it changes afterwards:
 * another agreement is another registration.
 * @throws NOT_FOUND for whoever is no administrator, BAD_INPUT
 */
export function registerVendorAgreement(
  request: Request,
  input: RegisterVendorAgreementInput,
): Promise<AgreementOutcome> {
  const vendorName = nameOf('vendorName', input.vendorName)
  const scopes = scopesOf(input.scopes)
  const { facilityIds, purposes, effectiveFrom } = input
  const effectiveUntil = input.effectiveUntil ?? null
  if (facilityIds.length === 0 || facilityIds.length > MOST || !facilityIds.every(isUuid))
    throw badInput('facilityIds', `name between 1 and ${MOST} facilities.`)
  if (new Set(facilityIds).size < facilityIds.length) throw badInput('facilityIds', 'name each once.')
  if (purposes.length === 0 || new Set(purposes).size < purposes.length)
    throw badInput('purposes', 'name at least one, each once.')
  if (effectiveUntil && effectiveUntil <= effectiveFrom)
    throw badInput('effectiveUntil', 'must be after effectiveFrom.')
  return organisationCommand<AgreementOutcome>(request, 'registerVendorAgreement', input, async (session) => {
    require(session, 'register', 'VendorAgreement')
    const { tx, viewer, now } = session
    return async () => {
      if ((await unknownFacilities(tx, viewer.orgId, facilityIds)) > 0)
        return invalid('UNKNOWN_FACILITY', 'facilityIds', 'One of the facilities does not exist. Load the list again.')
      const id = newId(now.getTime())
      const made = { createdBy: viewer.memberId, createdAt: now }
      const texts = scopes.map(scopeText)
      const terms = { vendorName, facilityIds, purposes, scopes: texts, effectiveFrom, effectiveUntil }
      await insertAgreement(tx, { id, orgId: viewer.orgId, ...terms, ...made })
      const approvalId = await askApproval(session, {
        kind: 'AGREEMENT',
        subjectId: id,
        summary: `Agreement with ${vendorName}, ${facilityIds.length} facilities, for ${purposes.join(', ')}: ${texts.join(' ')}`,
        change: {},
      })
      return { kind: 'VendorAgreementSaved', agreementId: id, approvalId }
    }
  })
}

/** End an agreement now: its clients' requests are refused and their streams end. */
export function endVendorAgreement(request: Request, input: EndVendorAgreementInput): Promise<AgreementOutcome> {
  return organisationCommand<AgreementOutcome>(request, 'endVendorAgreement', input, async (session) => {
    const { id } = await findAgreement(session, input.agreementId, 'end')
    return async () => {
      await endAgreement(session.tx, session.viewer.orgId, id, session.now)
      return { kind: 'VendorAgreementSaved', agreementId: id, approvalId: null }
    }
  })
}

/** Register a vendor's program, for one purpose and within the agreement; in force once a second person has approved it. */
export function registerClient(request: Request, input: RegisterClientInput): Promise<ClientOutcome> {
  const name = nameOf('name', input.name)
  const terms = termsOf(input)
  return organisationCommand<ClientOutcome>(request, 'registerClient', input, async (session) => {
    require(session, 'register', 'Client')
    const agreement = await findAgreement(session, input.agreementId, 'read')
    const { tx, viewer, now } = session
    return async () => {
      if (!agreement.purposes.includes(input.purpose))
        return invalid('PURPOSE_NOT_AGREED', 'purpose', 'The agreement does not include this purpose.')
      if (!isAgreed(terms.scopes, agreement)) return NOT_AGREED
      if (await isNameTaken(tx, viewer.orgId, name))
        return invalid('NAME_TAKEN', 'name', 'Another client has this name. Choose a different one.')
      const id = newId(now.getTime())
      const made = { createdBy: viewer.memberId, createdAt: now }
      const { purpose } = input
      const registered = { agreementId: agreement.id, name, purpose, ...asKept(terms) }
      await insertClient(tx, { id, orgId: viewer.orgId, ...registered, ...made })
      const approvalId = await askApproval(session, {
        kind: 'CLIENT',
        subjectId: id,
        summary: `Client ${name} of ${agreement.vendorName}, for ${purpose}: ${sayTerms(terms)}`,
        change: {},
      })
      return { kind: 'ClientSaved', clientId: id, newSecret: 1, approvalId }
    }
  })
}

/**
 * Change scopes and limits of a client, all of them at once. What only takes away is in force with the commit, and ends the
 * client's tokens and streams; everything else once a second person has approved it, and until then nothing changes.
 */
export function changeClient(request: Request, input: ChangeClientInput): Promise<ClientOutcome> {
  const terms = termsOf(input)
  return organisationCommand<ClientOutcome>(request, 'changeClient', input, async (session) => {
    const client = await findClient(session, input.clientId)
    const agreement = await findAgreement(session, client.agreementId, 'read')
    return async () => {
      if (!isAgreed(terms.scopes, agreement)) return NOT_AGREED
      const saved = { kind: 'ClientSaved', clientId: client.id, newSecret: null } as const
      if (onlyNarrows(termsIn(client), terms)) {
        await changeTerms(session.tx, client.orgId, client.id, asKept(terms))
        if (takesAway(termsIn(client), terms)) await revokeTokensOf(session.tx, client.orgId, client.id, session.now)
        return { ...saved, approvalId: null }
      }
      const change: ClientChange = { seenEpoch: client.accessEpoch, terms: asKept(terms) }
      const approvalId = await askApproval(session, {
        kind: 'SCOPE',
        subjectId: client.id,
        summary: `Client ${client.name} of ${agreement.vendorName}: ${sayTerms(terms)}`,
        change: { ...change },
      })
      return { ...saved, approvalId }
    }
  })
}

/** Make a new secret. The one before is taken for a day; one before that no more. */
export function rotateClientSecret(request: Request, input: ClientCommandInput): Promise<ClientOutcome> {
  return onClient(request, 'rotateClientSecret', input, async ({ tx, viewer, now }, client) => {
    await rotateSecret(tx, viewer.orgId, client.id, new Date(now.getTime() + OVERLAP_HOURS * 3_600_000))
    return client.secretVersion + 1
  })
}

/** Stop a client now: its requests are refused, its streams end, and it gets no token. */
export function suspendClient(request: Request, input: ClientCommandInput): Promise<ClientOutcome> {
  return onClient(request, 'suspendClient', input, async ({ tx, viewer, now }, client) => {
    await suspend(tx, viewer.orgId, client.id, client.suspendedAt ?? now)
    return null
  })
}

export function resumeClient(request: Request, input: ClientCommandInput): Promise<ClientOutcome> {
  return onClient(request, 'resumeClient', input, async ({ tx, viewer }, client) => {
    await suspend(tx, viewer.orgId, client.id, null)
    return null
  })
}

/** @param work answers the version of the secret it made, if it made one */
function onClient(
  request: Request,
  name: string,
  input: ClientCommandInput,
  work: (session: Session, client: ClientView) => Promise<number | null>,
): Promise<ClientOutcome> {
  return organisationCommand<ClientOutcome>(request, name, input, async (session) => {
    const client = await findClient(session, input.clientId)
    return async () => ({
      kind: 'ClientSaved',
      clientId: client.id,
      newSecret: await work(session, client),
      approvalId: null,
    })
  })
}

async function findClient(session: Session, id: string): Promise<ClientView> {
  const { orgId } = session.viewer
  const may = allows(clientRules(session.viewer), 'change', 'Client', { orgId }) && isUuid(id)
  const client = may ? await lockClient(session.tx, orgId, id) : undefined
  if (!client) throw notFound()
  return client
}

async function findAgreement(session: Session, id: string, action: 'read' | 'end'): Promise<AgreementView> {
  const { orgId } = session.viewer
  const may = allows(clientRules(session.viewer), action, 'VendorAgreement', { orgId }) && isUuid(id)
  const agreement = may ? await lockAgreement(session.tx, orgId, id) : undefined
  if (!agreement) throw notFound()
  return agreement
}

function require({ viewer }: Session, action: string, subject: string): void {
  if (!allows(clientRules(viewer), action, subject, { orgId: viewer.orgId })) throw notFound()
}

function nameOf(field: string, given: string): string {
  const name = given.trim()
  if (name.length === 0 || name.length > LONGEST_NAME) throw badInput(field, `needs 1 to ${LONGEST_NAME} characters.`)
  return name
}

const isAgreed = (scopes: readonly Scope[], agreement: AgreementView): boolean =>
  isWithin(scopes, parseScopes(agreement.scopes.join(' ')) ?? [])

const asKept = (terms: ClientTerms): ChangedTerms => ({ ...terms, scopes: terms.scopes.map(scopeText) })

/** For whoever approves: what is allowed, then what is limited. */
function sayTerms({ scopes, operationHashes, costPerMinute, networks, redirectUris }: ClientTerms): string {
  return [
    scopes.map(scopeText).join(' '),
    operationHashes ? `${operationHashes.length} operations` : 'any operation',
    costPerMinute === null ? 'no limit of cost' : `cost ${costPerMinute} a minute`,
    networks ? `from ${networks.join(' ')}` : 'from anywhere',
    ...(redirectUris.length > 0 ? [`back to ${redirectUris.join(' ')}`] : []),
  ].join('; ')
}

const invalid = (code: string, field: string, message: string): Invalid => ({
  kind: 'CommandInvalid',
  problems: [{ code, field, message }],
})

const NOT_AGREED = invalid('SCOPE_NOT_AGREED', 'scopes', 'The agreement does not include one of the scopes.')
