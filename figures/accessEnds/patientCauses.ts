import { type Cause, watcherWho } from './causes.js'
import { commandCommitted } from './commits.store.js'
import type { NewChart } from './person.js'

/** Ways in which a person's records end for everybody. */
export const PATIENT_CAUSES: readonly Cause[] = [
  {
    name: 'the record of the person is destroyed',
    ends: 'NO_LONGER_VISIBLE',
    states: true,
    idle: true,
    prepare: watcherWho(({ officer, secondOfficer, sql }, _, chart) => async () => {
      const { requestPatientDeletion: asked } = await officer.command<{
        requestPatientDeletion: { approval: { id: string } }
      }>(
        'requestPatientDeletion',
        'RequestPatientDeletionInput',
        '__typename ... on ApprovalSaved { approval { id } } ... on CommandInvalid { problems { message } }',
        { patient: patientOf(chart), reason: 'IMPORTED_IN_ERROR' },
      )
      const id = await secondOfficer.sent('approve', 'ApproveInput', { approvalId: asked.approval.id })
      return { committed: await commandCommitted(sql, id) }
    }),
  },
]

export const patientOf = ({ facilityId, mrn }: NewChart) => ({
  facilityId,
  identifier: { assigner: 'figures', type: 'MRN', value: mrn },
})
