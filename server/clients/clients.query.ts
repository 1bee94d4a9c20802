import type { Client, VendorAgreement } from '../../schema/clients.js'
import { type Directory, directoryOf } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import type { Session } from '../auth/session.js'
import { notFound } from '../kernel/errors.js'
import { VAULT } from '../vault/service.js'
import { clientRules } from './client.policy.js'
import { type AgreementView, agreementsIn, type ClientView, clientsIn } from './client.store.js'
import type { AgreementOutcome, ClientOutcome } from './clients.command.js'
import { clientSecret, publicId } from './clientSecret.js'

export async function listAgreements(session: Session): Promise<VendorAgreement[]> {
  const { tx, viewer } = session
  if (!allows(clientRules(viewer), 'read', 'VendorAgreement', { orgId: viewer.orgId })) return []
  const directory = await directoryOf(session)
  return (await agreementsIn(tx, viewer.orgId)).map((view) => presentAgreement(view, directory))
}

export async function listClients(session: Session): Promise<Client[]> {
  const { tx, viewer } = session
  if (!allows(clientRules(viewer), 'read', 'Client', { orgId: viewer.orgId })) return []
  const agreements = new Map((await listAgreements(session)).map((it) => [it.id, it]))
  return (await clientsIn(tx, viewer.orgId)).map((view) => presentClient(view, agreements.get(view.agreementId)!))
}

export async function presentAgreementOutcome(outcome: AgreementOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const agreement = (await listAgreements(await request.reading())).find(({ id }) => id === outcome.agreementId)
  if (!agreement) throw notFound()
  return { __typename: outcome.kind, agreement, approvalId: outcome.approvalId }
}

export async function presentClientOutcome(outcome: ClientOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const client = (await listClients(session)).find(({ id }) => id === outcome.clientId)
  if (!client) throw notFound()
  const { newSecret, clientId, approvalId } = outcome
  const secret = newSecret && clientSecret(session.services.get(VAULT), session.viewer.orgId, clientId, newSecret)
  return { __typename: outcome.kind, client, secret, approvalId }
}

function presentAgreement({ facilityIds, ...view }: AgreementView, directory: Directory): VendorAgreement {
  const facilities = facilityIds.map((id) => directory.facility(id)).filter((it) => it !== null)
  return { ...view, purposes: [...view.purposes], scopes: [...view.scopes], facilities }
}

const presentClient = (view: ClientView, agreement: VendorAgreement): Client => ({
  id: view.id,
  clientId: publicId(view.orgId, view.id),
  name: view.name,
  agreement,
  purpose: view.purpose,
  scopes: [...view.scopes],
  previousSecretUntil: view.previousSecretUntil,
  suspendedAt: view.suspendedAt,
  approvedAt: view.approvedAt,
  operationHashes: view.operationHashes && [...view.operationHashes],
  costPerMinute: view.costPerMinute,
  networks: view.networks && [...view.networks],
  redirectUris: [...view.redirectUris],
})
