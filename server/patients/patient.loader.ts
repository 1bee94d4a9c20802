import DataLoader from 'dataloader'
import { remembered, type Session } from '../auth/session.js'
import type { PatientView } from './patient.model.js'
import { patientsByIds } from './patient.store.js'

/** Patients of several charts in two statements, kept for one session. */
export const patientLoader = (session: Session): DataLoader<string, PatientView> =>
  remembered(
    session,
    patientLoader,
    () =>
      new DataLoader(async (ids: readonly string[]) => {
        const found = await patientsByIds(session, ids)
        return ids.map((id) => found.get(id) ?? new Error('a chart has no patient'))
      }),
  )
