import type { Purpose } from '../trail/record.model.js'

/** Patients' rights, oversight and quality: health care operations (45 CFR 164.501), not payment. */
const OPERATIONS: ReadonlySet<string> = new Set([
  'consent',
  'consents',
  'restrictions',
  'recordConsent',
  'reviseConsent',
  'activateConsent',
  'withdrawConsent',
  'endConsent',
  'deliverConsentCopy',
  'addRestriction',
  'liftRestriction',
  'accountingOfDisclosures',
  'recordDisclosure',
  'suspendAccounting',
  'accessRecords',
  'privacyRequests',
  'openPrivacyRequest',
  'assignPrivacyRequest',
  'extendPrivacyRequest',
  'decidePrivacyRequest',
  'contestPrivacyRequest',
  'closePrivacyRequest',
  'breakGlass',
  'breakGlassReviews',
  'reviewBreakGlass',
  'openAudit',
  'openBlindPass',
  'addPassLine',
  'removePassLine',
  'revealBlindPass',
  'recordFinding',
  'closeAudit',
  'qualityResult',
  'qualityResults',
  'acknowledgeFinding',
  'disputeFinding',
  'escalateFinding',
  'answerDispute',
  'decideDispute',
])

/** Members, their sign-ins, and programs of third parties: no patient's data is meant. */
const NONE: ReadonlySet<string> = new Set([
  'memberships',
  'teams',
  'liveSessions',
  'liveNode',
  'changeMember',
  'disableMember',
  'enableMember',
  'endSession',
  'renewSession',
  'facilityAgreements',
  'requestQualifiedService',
  'endQualifiedService',
  'vendorAgreements',
  'clients',
  'registerVendorAgreement',
  'endVendorAgreement',
  'registerClient',
  'rotateClientSecret',
  'suspendClient',
  'resumeClient',
])

/** What an operation was for, from its root fields and never from the request: PAYMENT where one of them is coding. */
export function purposeOf(rootFields: readonly string[]): Purpose {
  const named = rootFields.filter((name) => !NONE.has(name))
  if (named.length === 0) return rootFields.length > 0 ? 'NONE' : 'PAYMENT'
  return named.every((name) => OPERATIONS.has(name)) ? 'OPERATIONS' : 'PAYMENT'
}
