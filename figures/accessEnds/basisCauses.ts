import { randomUUID } from 'node:crypto'
import { armed, type Cast, type Cause, coderWho, otherWho } from './causes.js'
import { commandCommitted } from './commits.store.js'
import { patientOf } from './patientCauses.js'
import type { NewChart } from './person.js'

/**
 * Ways in which the basis ends on which somebody sees a person's sensitive records (42 CFR 2.31, 2.33, 2.12(c)(4)), or the
 * open matter for which they see the person at all. The chart stays with its coder.
 */
export const BASIS_CAUSES: readonly Cause[] = [
  {
    name: 'a privacy request is closed',
    prepare: otherWho('privacy@demo.test', async ({ officer, sql }, _, chart) => {
      const { openPrivacyRequest: opened } = await officer.command<{
        openPrivacyRequest: { request: { id: string } }
      }>(
        'openPrivacyRequest',
        'OpenPrivacyRequestInput',
        '__typename ... on PrivacyRequestSaved { request { id } } ... on CommandInvalid { problems { message } }',
        {
          patient: patientOf(chart),
          kind: 'ACCESS',
          requester: 'INDIVIDUAL',
          receivedOn: new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10),
          details: 'A copy of all of it',
        },
      )
      const requestId = opened.request.id
      const given = { requestId, seenVersion: 1, memberId: officer.memberId }
      await officer.sent('assignPrivacyRequest', 'AssignPrivacyRequestInput', given)
      return async () => {
        const input = { requestId, seenVersion: 2, reason: 'WITHDRAWN_BY_REQUESTER' }
        const id = await officer.sent('closePrivacyRequest', 'ClosePrivacyRequestInput', input)
        return { committed: await commandCommitted(sql, id) }
      }
    }),
  },
  {
    name: 'a document is labelled, and nothing opens records so labelled',
    prepare: coderWho(async (cast, _, { chartId, facilityId }) => {
      await unqualified(cast, facilityId)
      const documentId = await cast.supervisor.addDocument(chartId, [])
      return async () => {
        const input = { documentId, seenVersion: 1, labels: ['PART2'] }
        const id = await cast.officer.sent('labelDocument', 'LabelDocumentInput', input)
        return { committed: await commandCommitted(cast.sql, id) }
      }
    }),
  },
  {
    name: 'a consent is withdrawn',
    prepare: coderWho(async (cast, _, chart) => {
      await labelled(cast, chart)
      const consentId = await consentTo(cast, chart, null)
      return async () => {
        const input = { consentId, seenVersion: 2, inWriting: true, receivedAt: new Date().toISOString() }
        const id = await cast.officer.sent('withdrawConsent', 'WithdrawConsentInput', input)
        return { committed: await commandCommitted(cast.sql, id) }
      }
    }),
  },
  {
    name: 'a consent ends by the clock',
    clock: true,
    prepare: coderWho(async (cast, _, chart) => {
      await labelled(cast, chart)
      return armed((at) => consentTo(cast, chart, at))
    }),
  },
  {
    name: 'a qualified service organisation’s undertakings are ended',
    prepare: coderWho(async (cast, _, chart) => {
      const agreementId = await labelled(cast, chart)
      await qualified(cast, agreementId, null)
      return async () => {
        const id = await cast.admin.sent('endQualifiedService', 'EndQualifiedServiceInput', ended(agreementId))
        return { committed: await commandCommitted(cast.sql, id) }
      }
    }),
  },
  {
    name: 'a qualified service organisation’s undertakings end by the clock',
    clock: true,
    prepare: coderWho(async (cast, _, chart) => {
      const agreementId = await labelled(cast, chart)
      return armed((at) => qualified(cast, agreementId, at))
    }),
  },
]

/** With a record of substance use disorder treatment, which nothing opens yet. Which agreement it is under. */
async function labelled(cast: Cast, { chartId, facilityId }: NewChart): Promise<string> {
  const agreementId = await unqualified(cast, facilityId)
  await cast.supervisor.addDocument(chartId, ['PART2'])
  return agreementId
}

const ended = (agreementId: string) => ({ agreementId, reason: 'TERMINATED' })

/** The facility's agreement, without the undertakings of a qualified service organisation. */
async function unqualified({ admin }: Cast, facilityId: string): Promise<string> {
  const { facilityAgreements } = await admin.act<{
    facilityAgreements: { id: string; qualifiedService: boolean; facilities: { id: string }[] }[]
  }>('{ facilityAgreements { id qualifiedService facilities { id } } }', {})
  const agreement = facilityAgreements.find(({ facilities }) => facilities.some(({ id }) => id === facilityId))!
  // One that has ended by the clock is ended no more: that is an answer, and no fault.
  if (agreement.qualifiedService)
    await admin.act(
      'mutation ($input: EndQualifiedServiceInput!) { it: endQualifiedService(input: $input) { __typename } }',
      {
        input: { commandId: randomUUID(), ...ended(agreement.id) },
      },
    )
  return agreement.id
}

async function qualified({ admin, officer }: Cast, agreementId: string, until: Date | null): Promise<void> {
  const { requestQualifiedService: asked } = await admin.command<{
    requestQualifiedService: { approval: { id: string } }
  }>(
    'requestQualifiedService',
    'RequestQualifiedServiceInput',
    '__typename ... on ApprovalSaved { approval { id } } ... on CommandInvalid { problems { message } }',
    { agreementId, from: new Date(Date.now() - 1_000).toISOString(), until, reference: 'Addendum 7' },
  )
  await officer.sent('approve', 'ApproveInput', { approvalId: asked.approval.id })
}

async function consentTo({ officer }: Cast, chart: NewChart, expiresAt: Date | null): Promise<string> {
  const { recordConsent: recorded } = await officer.command<{ recordConsent: { consent: { id: string } } }>(
    'recordConsent',
    'RecordConsentInput',
    '__typename ... on ConsentSaved { consent { id } } ... on CommandInvalid { problems { message } }',
    {
      patient: patientOf(chart),
      kind: 'PART2_TPO',
      elements: {
        description: 'All records of my treatment',
        disclosers: [{ kind: 'COVERED_ENTITY', name: 'North Harbor Health (demo)' }],
        recipients: [{ kind: 'COVERED_ENTITY' }],
        purposes: ['TREATMENT', 'PAYMENT', 'OPERATIONS'],
        expiresAt,
        neverExpires: expiresAt === null,
        signature: { signedOn: '2026-03-09', signedBy: 'Isolde Fernweather' },
        statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: false },
        plainLanguage: true,
        textVersion: '2026-01',
      },
    },
  )
  const consentId = recorded.consent.id
  await officer.sent('activateConsent', 'ConsentCommandInput', { consentId, seenVersion: 1 })
  return consentId
}
