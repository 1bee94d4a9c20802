import type { Problem } from '../../schema/access.js'
import type {
  ClientCommandInput,
  EndVendorAgreementInput,
  RegisterClientInput,
  RegisterVendorAgreementInput,
} from '../../schema/clients.js'
import { organisationCommand, unknownFacilities } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import { isWithin, LONGEST_SCOPES, parseScopes, type Scope, scopeText } from '../auth/scope.js'
import type { Session } from '../auth/session.js'
import { badInput, notFound } from '../kernel/errors.js'
import { isUuid, newId } from '../kernel/ids.js'
import { clientRules } from './client.policy.js'
import {
  type AgreementView,
  type ClientView,
  endAgreement,
  insertAgreement,
  insertClient,
  isNameTaken,
  lockAgreement,
  lockClient,
  rotateSecret,
  suspend,
} from './client.store.js'

type Invalid = { readonly kind: 'CommandInvalid'; readonly problems: readonly Problem[] }
export type AgreementOutcome = { readonly kind: 'VendorAgreementSaved'; readonly agreementId: string } | Invalid
export type ClientOutcome =
  | { readonly kind: 'ClientSaved'; readonly clientId: string; readonly newSecret: number | null }
  | Invalid

const LONGEST_NAME = 200
const MOST = 100
/** How long the secret before is taken beside the new one: time to carry it to every machine of the vendor. */
export const OVERLAP_HOURS = 24

/**
 * Register what a vendor may receive. Nothing of it changes afterwards: another agreement is another registration.
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
      return { kind: 'VendorAgreementSaved', agreementId: id }
    }
  })
}

/** End an agreement now: its clients' requests are refused and their streams end. */
export function endVendorAgreement(request: Request, input: EndVendorAgreementInput): Promise<AgreementOutcome> {
  return organisationCommand<AgreementOutcome>(request, 'endVendorAgreement', input, async (session) => {
    const { id } = await findAgreement(session, input.agreementId, 'end')
    return async () => {
      await endAgreement(session.tx, session.viewer.orgId, id, session.now)
      return { kind: 'VendorAgreementSaved', agreementId: id }
    }
  })
}

/** Register a vendor's program, for one purpose and within the agreement's scopes. */
export function registerClient(request: Request, input: RegisterClientInput): Promise<ClientOutcome> {
  const name = nameOf('name', input.name)
  const scopes = scopesOf(input.scopes)
  return organisationCommand<ClientOutcome>(request, 'registerClient', input, async (session) => {
    require(session, 'register', 'Client')
    const agreement = await findAgreement(session, input.agreementId, 'read')
    const { tx, viewer, now } = session
    return async () => {
      if (!agreement.purposes.includes(input.purpose))
        return invalid('PURPOSE_NOT_AGREED', 'purpose', 'The agreement does not include this purpose.')
      if (!isWithin(scopes, parseScopes(agreement.scopes.join(' ')) ?? []))
        return invalid('SCOPE_NOT_AGREED', 'scopes', 'The agreement does not include one of the scopes.')
      if (await isNameTaken(tx, viewer.orgId, name))
        return invalid('NAME_TAKEN', 'name', 'Another client has this name. Choose a different one.')
      const id = newId(now.getTime())
      const made = { createdBy: viewer.memberId, createdAt: now }
      const { purpose } = input
      const registered = { agreementId: agreement.id, name, purpose, scopes: scopes.map(scopeText) }
      await insertClient(tx, { id, orgId: viewer.orgId, ...registered, ...made })
      return { kind: 'ClientSaved', clientId: id, newSecret: 1 }
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
    const { orgId } = session.viewer
    const may = allows(clientRules(session.viewer), 'change', 'Client', { orgId }) && isUuid(input.clientId)
    const client = may ? await lockClient(session.tx, orgId, input.clientId) : undefined
    if (!client) throw notFound()
    return async () => ({ kind: 'ClientSaved', clientId: client.id, newSecret: await work(session, client) })
  })
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

/** @throws BAD_INPUT */
function scopesOf(texts: readonly string[]): readonly Scope[] {
  const scopes = parseScopes(texts.join(' '))
  if (!scopes || scopes.length !== texts.length)
    throw badInput('scopes', `name scopes such as system/Chart.r, together at most ${LONGEST_SCOPES} characters.`)
  return scopes
}

const invalid = (code: string, field: string, message: string): Invalid => ({
  kind: 'CommandInvalid',
  problems: [{ code, field, message }],
})
