import type { Part2Consent } from '../auth/part2.model.js'

/** On what the records of substance use disorder treatment of a chart are open to those who work on it (42 CFR 2.12). */
export interface Part2Admission {
  readonly admitted: boolean
  /** Consents it rests on; none under a qualified service organisation agreement. */
  readonly consents: readonly Part2Consent[]
}
