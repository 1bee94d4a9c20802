/** A consent by which Part 2 records are open: its id, and its scope in words that name no person (42 CFR 2.32(a)). */
export interface Part2Consent {
  readonly consentId: string
  readonly scope: string
}
