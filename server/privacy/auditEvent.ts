import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding } from '@medplum/fhirtypes'
import type { RecordRow } from './accessRecord.model.js'

/**
 * An access record as FHIR R4 AuditEvent (IHE BALP 1.1 in kind). Patients stand in it as they do in the record: by a keyed
 * reference, one entity each, and by no name.
 */

const BASE = 'https://chartroom.example/fhir'
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem'
const DICOM = 'http://dicom.nema.org/resources/ontology/DCM'

export function toAuditEvent(row: RecordRow, memberName: string | null): AuditEvent {
  return {
    resourceType: 'AuditEvent',
    type: typeOf(row),
    subtype: [
      { system: `${BASE}/CodeSystem/access-action`, code: row.action.replaceAll(' ', '-'), display: row.action },
    ],
    action: actionOf(row.action),
    recorded: row.at.toISOString(),
    outcome: OUTCOMES[row.outcome],
    ...(row.reasons.length > 0 && { outcomeDesc: row.reasons.join(' ') }),
    ...(purposesOf(row).length > 0 && { purposeOfEvent: [{ coding: purposesOf(row) }] }),
    agent: [agentOf(row, memberName)],
    source: {
      observer: { display: 'Chartroom' },
      type: [{ system: `${TERMINOLOGY}/security-source-type`, code: '4', display: 'Application Server' }],
    },
    ...(entitiesOf(row).length > 0 && { entity: entitiesOf(row) }),
  }
}

/** Sign-ins, exports, and everything else as an operation over the API. */
function typeOf({ action }: RecordRow): Coding {
  if (/^sign-/.test(action)) return { system: DICOM, code: '110114', display: 'User Authentication' }
  if (action === 'mutation exportChart') return { system: DICOM, code: '110106', display: 'Export' }
  return { system: `${TERMINOLOGY}/audit-event-type`, code: 'rest', display: 'RESTful Operation' }
}

/** Read, update, or execute: what of a record was created or deleted is in the log of its chart. */
function actionOf(action: string): 'R' | 'U' | 'E' {
  if (/^(query|subscription|stream|GET) /.test(action)) return 'R'
  return /^(mutation|PUT) /.test(action) ? 'U' : 'E'
}

/** A refusal is a minor failure, as the code system has it: the request was at fault and nothing was done. */
const OUTCOMES = { ALLOWED: '0', DENIED: '4', FAILED: '8' } as const

function purposesOf({ purpose, breakGlass }: RecordRow): Coding[] {
  const reason = (code: string, display: string): Coding => ({ system: `${TERMINOLOGY}/v3-ActReason`, code, display })
  return [
    ...(purpose === 'PAYMENT' ? [reason('HPAYMT', 'healthcare payment')] : []),
    ...(purpose === 'OPERATIONS' ? [reason('HOPERAT', 'healthcare operations')] : []),
    ...(purpose === 'TREATMENT' ? [reason('TREAT', 'treatment')] : []),
    ...(breakGlass ? [reason('BTG', 'break the glass')] : []),
  ]
}

function agentOf({ actorId }: RecordRow, name: string | null): AuditEventAgent {
  if (actorId === null) return { requestor: false, name: 'the system, or nobody known' }
  return {
    type: {
      coding: [{ system: `${TERMINOLOGY}/v3-ParticipationType`, code: 'IRCP', display: 'information recipient' }],
    },
    who: { identifier: { system: `${BASE}/sid/member`, value: actorId } },
    ...(name !== null && { name }),
    requestor: true,
  }
}

function entitiesOf(row: RecordRow): AuditEventEntity[] {
  const person = { system: `${TERMINOLOGY}/audit-entity-type`, code: '1', display: 'Person' }
  const system = { system: `${TERMINOLOGY}/audit-entity-type`, code: '2', display: 'System Object' }
  const role = (code: string, display: string): Coding => ({ system: `${TERMINOLOGY}/object-role`, code, display })
  return [
    ...row.subjectRefs.map((value) => ({
      what: { identifier: { system: `${BASE}/sid/subject-reference`, value } },
      type: person,
      role: role('1', 'Patient'),
      ...(row.classes.length > 0 && { detail: [{ type: 'classes', valueString: row.classes.join(' ') }] }),
    })),
    ...row.requests.map((value) => ({
      what: { identifier: { system: `${BASE}/sid/privacy-request`, value } },
      type: system,
      role: role('20', 'Job'),
    })),
    ...(row.operationHash === null
      ? []
      : [
          {
            what: { identifier: { system: `${BASE}/sid/operation`, value: row.operationHash } },
            type: system,
            role: role('24', 'Query'),
          },
        ]),
  ]
}
