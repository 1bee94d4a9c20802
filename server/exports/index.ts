export { type ClaimLimit, type ClaimLimitWarning, claimLimitWarnings } from './claimLimits.js'
export { toCsv } from './csv.js'
export { presentExport } from './export.presenter.js'
export { exportById } from './export.store.js'
export { serialiseFhir, toFhirBundle } from './fhirBundle.js'
export { poaForClaim, poaForFhir } from './poa.js'
export { FHIR_VALIDATOR } from './service.js'
export type {
  SnapshotChart,
  SnapshotEvidence,
  SnapshotLine,
  SnapshotPatient,
  SnapshotPerson,
  SubmissionSnapshot,
} from './snapshot.model.js'
export { createFhirValidator, type FhirIssue, type FhirValidator } from './validateFhir.js'
