import type { FieldClass } from '../../schema/values.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import { type Accessed, accessedIn } from './accessed.js'
import type { Claims } from './request.js'
import type { Session } from './session.js'

/** A chart, or a consent, that was shown to a third party, and what that rested on beside the agreement. */
export interface Disclosed {
  readonly id: string
  /** Null for a consent, which is of a person and of no chart. */
  readonly chartId: string | null
  readonly patientId: string
  readonly facilityId: string
  /** Consents that were relied on. */
  readonly consentIds: readonly string[]
}

/** Records what left to third parties (45 CFR 164.528, 42 CFR 2.25), before the answer leaves. */
export interface Disclosures {
  /**
   * @param classes that were answered
   * @throws ChartroomError UNAVAILABLE: then nothing may be answered
   */
  made(
    claims: Claims,
    accessed: Pick<Accessed, 'client' | 'memberId' | 'disclosed'>,
    classes: Iterable<FieldClass>,
  ): Promise<void>
}

export const DISCLOSURES: ServiceKey<Disclosures> = serviceKey('disclosures')

export function noteDisclosed(session: Session, disclosed: Disclosed): void {
  accessedIn(session).disclosed.set(disclosed.id, disclosed)
}
