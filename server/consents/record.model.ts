import type { ConsentElements, ConsentRecord, Party, Restriction, Rules } from './consent.model.js'

/** Consents and restrictions as they are kept and shown: the records of the decisions, and whose they are. */

export type ConsentEventType =
  | 'RECORDED'
  | 'REVISED'
  | 'ACTIVATED'
  | 'COPY_DELIVERED'
  | 'WITHDRAWN'
  | 'ENDED'
  | 'EXPIRED'

/** What is sealed as one value. */
export interface ConsentContent {
  readonly elements: ConsentElements
  readonly rules: Rules | null
}

export interface LifeEvent<Type extends string> {
  readonly id: string
  readonly version: number
  readonly type: Type
  readonly actorId: string
  /** ISO 8601 */
  readonly at: string
  readonly receivedAt: string | null
  readonly note: string | null
}

export interface ConsentView extends ConsentRecord {
  readonly orgId: string
  readonly facilityId: string
  readonly patientId: string
  readonly version: number
}

/** What was disclosed in reliance on a consent. */
export interface Reliance {
  readonly count: number
  readonly lastAt: string | null
}

export interface RestrictionContent {
  readonly recipients: readonly Party[]
  /** The person's own words. */
  readonly words: string
}

export interface RestrictionView extends Restriction {
  readonly orgId: string
  readonly facilityId: string
  readonly patientId: string
  readonly version: number
  readonly words: string
  /** The privacy request that it fulfils. */
  readonly requestId: string | null
}
