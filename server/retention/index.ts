export { patientDeletionApproved, requestPatientDeletion } from './deletePatient.command.js'
