import type { Part2Consent } from '../auth/part2.model.js'

/** On what the records of substance use disorder treatment of a chart are open to those who work on it (42 CFR 2.12). */
export interface Part2Admission {
  readonly admitted: boolean
  /** Consents it rests on; none under a qualified service organisation agreement. */
  readonly consents: readonly Part2Consent[]
}

/** What of a viewer's standing towards a chart can open its labelled content; each is null, empty or false where it does not. */
export interface Openings {
  readonly myParts: readonly string[]
  readonly helpUntil: Date | null
  readonly underFinding: boolean
  readonly requestId?: string | null
  readonly blindPassId?: string | null
}

/**
 * Whether it is worth asking on what a chart's Part 2 records are open: for nobody else does the answer open anything. A
 * test holds it against the policy, so that no new way to the content is forgotten here.
 */
export const mayBeAdmitted = ({ myParts, helpUntil, underFinding, requestId, blindPassId }: Openings): boolean =>
  myParts.length > 0 || helpUntil !== null || underFinding || Boolean(requestId) || Boolean(blindPassId)
