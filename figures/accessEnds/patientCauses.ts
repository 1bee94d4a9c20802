import { type Cast, type Cause, coderWho, LONG_ENOUGH_MS, past, watcherWho } from './causes.js'
import { commandCommitted } from './commits.store.js'
import type { NewChart } from './person.js'

/** Ways in which what opens a person's records to everybody ends: the basis of labels, consents, the record itself. */
export const PATIENT_CAUSES: readonly Cause[] = [
  {
    name: 'the agreement of a qualified service organisation ends',
    prepare: coderWho(({ admin, sql }) => async () => {
      const agreementId = await agreementOf(admin)
      const id = await admin.sent('endQualifiedService', 'EndQualifiedServiceInput', {
        agreementId,
        reason: 'TERMINATED',
      })
      return { committed: await commandCommitted(sql, id), undo: () => qualify(sql, true) }
    }),
  },
  {
    name: 'a consent to Part 2 records is withdrawn',
    prepare: coderWho(async (cast, _, chart) => {
      const consentId = await consentTo(cast, chart, null)
      return async () => {
        const id = await cast.officer.sent('withdrawConsent', 'WithdrawConsentInput', {
          consentId,
          seenVersion: 2,
          inWriting: true,
          receivedAt: new Date().toISOString(),
        })
        return { committed: await commandCommitted(cast.sql, id), undo: () => qualify(cast.sql, true) }
      }
    }),
  },
  {
    name: 'a consent to Part 2 records ends by the clock',
    clock: true,
    prepare: coderWho(async (cast, _, chart) => {
      // Far enough away for all that comes before; waited for then.
      const at = new Date(Date.now() + LONG_ENOUGH_MS)
      await consentTo(cast, chart, at)
      return async () => {
        return { committed: await past(at), undo: () => qualify(cast.sql, true) }
      }
    }),
  },
  {
    name: 'the record of the person is destroyed',
    ends: 'NO_LONGER_VISIBLE',
    prepare: watcherWho(({ officer, secondOfficer, sql }, _, chart) => async () => {
      const { requestPatientDeletion: asked } = await officer.command<{
        requestPatientDeletion: { approval: { id: string } }
      }>(
        'requestPatientDeletion',
        'RequestPatientDeletionInput',
        '__typename ... on ApprovalSaved { approval { id } }',
        { patient: patientOf(chart), reason: 'IMPORTED_IN_ERROR' },
      )
      const id = await secondOfficer.sent('approve', 'ApproveInput', { approvalId: asked.approval.id })
      return { committed: await commandCommitted(sql, id) }
    }),
  },
]

const patientOf = ({ facilityId, mrn }: NewChart) => ({
  facilityId,
  identifier: { assigner: 'figures', type: 'MRN', value: mrn },
})

async function agreementOf(admin: Cast['admin']): Promise<string> {
  const { facilityAgreements } = await admin.act<{
    facilityAgreements: { id: string; facilities: { id: string }[] }[]
  }>('{ facilityAgreements { id facilities { id } } }', {})
  return facilityAgreements.find(({ facilities }) => facilities.some(({ id }) => id === admin.facilityId))!.id
}

/** Without an agreement that opens them, Part 2 records are opened by the person's consent alone. */
const qualify = (sql: Cast['sql'], qualified: boolean): Promise<unknown> =>
  sql`update agreement set qualified_service_organisation = ${qualified}, qualified_from = null, qualified_until = null`

async function consentTo({ officer, sql }: Cast, chart: NewChart, expiresAt: Date | null): Promise<string> {
  await qualify(sql, false)
  const { recordConsent } = await officer.command<{ recordConsent: { consent: { id: string } } }>(
    'recordConsent',
    'RecordConsentInput',
    '__typename ... on ConsentSaved { consent { id } }',
    {
      patient: patientOf(chart),
      kind: 'PART2_TPO',
      elements: {
        description: 'All records of my treatment',
        disclosers: [{ kind: 'COVERED_ENTITY' }],
        recipients: [{ kind: 'COVERED_ENTITY' }],
        purposes: ['TREATMENT', 'PAYMENT', 'OPERATIONS'],
        ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : { neverExpires: true }),
        signature: { signedOn: '2026-03-09', signedBy: 'Isolde Fernweather' },
        statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: false },
        plainLanguage: true,
        textVersion: '2026-01',
      },
    },
  )
  const consentId = recordConsent.consent.id
  await officer.sent('activateConsent', 'ConsentCommandInput', { consentId, seenVersion: 1 })
  return consentId
}
