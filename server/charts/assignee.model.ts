/** What must be known of somebody before they are given a part on a chart. */
export interface Assignee {
  readonly roles: readonly string[]
  readonly atFacility: boolean
  readonly parts: readonly string[]
  readonly decided: boolean
  /** Working days an assignment lasts beyond today: the widest of the person's teams. */
  readonly days: number
}
