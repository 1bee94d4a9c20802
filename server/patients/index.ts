export {
  type Identifier,
  type Identity,
  type IncomingPatient,
  type Match,
  matchPatient,
  normalIdentifiers,
  recordNumbers,
} from './patient.model.js'
export {
  addIdentifiers,
  findByIdentifiers,
  indexesOf,
  insertPatient,
  keyOf,
  mergePatient,
  ownIdentity,
  type PatientKey,
  patientSealer,
  patientsByIds,
} from './patient.store.js'
