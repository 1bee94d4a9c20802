import type { Services } from '../kernel/services.js'
import type { AccessDetail, AccessEntry, AccessOutcome, Purpose } from '../trail/record.model.js'
import { TRAIL } from '../trail/writer.js'
import { VAULT } from '../vault/service.js'
import type { Accessed } from './accessed.js'
import { DISCLOSURES } from './disclosed.js'
import type { Claims } from './request.js'

export interface AccessFacts {
  /** `query chart`, `GET original` … in the words of the contract, never the client's own. */
  readonly action: string
  /** PAYMENT where left out: what coding is for. */
  readonly purpose?: Purpose
  readonly detail?: AccessDetail
}

/**
 * Record one operation: who, whose data, which classes, with what outcome (45 CFR 164.312(b)). Resolves when that is
 * durable; the answer leaves after it. What a third party was shown is a disclosure as well.
 * @throws ChartroomError UNAVAILABLE: then nothing may be answered
 */
export async function recordAccess(
  services: Services,
  claims: Claims,
  accessed: Accessed,
  facts: AccessFacts,
): Promise<void> {
  await services.get(TRAIL).record(claims.orgId, [entryOf(services, claims, accessed, facts)])
  if (claims.clientId !== undefined) await services.get(DISCLOSURES).made(claims, accessed, accessed.classes)
}

/** Whether it was answered, refused by a rule, or failed: the worst of what is in `reasons`. */
export function outcomeOf({ reasons }: Accessed): AccessOutcome {
  const codes = [...reasons].map((reason) => reason.split(':')[0]!)
  if (codes.length === 0) return 'ALLOWED'
  return codes.every((code) => DENIALS.has(code)) ? 'DENIED' : 'FAILED'
}

/** A record names patients by a keyed reference, so that it can outlive their keys and tells nobody who they are. */
export function subjectRefsOf(services: Services, orgId: string, patientIds: Iterable<string>): string[] {
  const vault = services.get(VAULT)
  return [...patientIds].map((id) => vault.subjectRef(orgId, id))
}

const DENIALS: ReadonlySet<string> = new Set(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED'])

function entryOf(
  services: Services,
  claims: Claims,
  accessed: Accessed,
  { action, purpose, detail }: AccessFacts,
): AccessEntry {
  const { memberId, seen, refused, classes, reasons, brokenGlass, requests, operationHash, client } = accessed
  const hidden = [...refused].filter((id) => !seen.has(id))
  return {
    actorId: memberId ?? null,
    facilityIds: [...new Set([...seen.values()].flatMap((facilities) => [...facilities]))],
    action,
    // Coding is no emergency treatment: what is opened in its supervision is health care operations, and so is what is
    // opened to answer a patient (45 CFR 164.501).
    // A third party's purpose is that of its registration.
    purpose: client?.purpose ?? (brokenGlass || requests.size > 0 ? 'OPERATIONS' : (purpose ?? 'PAYMENT')),
    operationHash,
    subjectRefs: subjectRefsOf(services, claims.orgId, seen.keys()),
    classes: [...classes],
    outcome: outcomeOf(accessed),
    detail: {
      ...detail,
      ...(brokenGlass && { breakGlass: true }),
      ...(requests.size > 0 && { requests: [...requests].sort() }),
      ...(claims.clientId !== undefined && { client: claims.clientId }),
      ...(client && { recipient: client.vendor }),
      // The sign-in ended before anybody looked up whose it is: the account is what is known.
      ...(memberId === undefined && { user: claims.userId }),
      ...(reasons.size > 0 && { reasons: [...reasons].sort() }),
      ...(hidden.length > 0 && { refused: subjectRefsOf(services, claims.orgId, hidden).sort() }),
    },
  }
}
