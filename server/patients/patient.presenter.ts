import type { Patient, PatientIdentifier } from '../../schema/people.js'
import type { Directory } from '../accounts/index.js'
import { maskedFields, seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import type { PatientView } from './patient.model.js'

/** A patient leaves only through here, under the sight of the chart through which it was reached. */
export function presentPatient(view: PatientView, sight: Sight, directory: Directory): Patient {
  return seenUnder(sight, {
    __typename: 'Patient',
    id: view.id,
    familyName: view.familyName,
    givenNames: [...view.givenNames],
    birthDate: view.birthDate,
    sex: view.sex,
    identifiers: view.identifiers.map((identifier): PatientIdentifier => seenUnder(sight, { ...identifier })),
    facility: directory.facility(view.facilityId),
    get access() {
      return { masked: maskedFields('Patient', sight), can: [] }
    },
  }) as unknown as Patient
}
