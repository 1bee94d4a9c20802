import type { DeletionReason } from '../../schema/values.js'

/** What stands against it, as a command tells it. */
export interface DeletionProblem {
  readonly code: 'LEGAL_HOLD' | 'IN_WORK' | 'REVIEW_OPEN' | 'RETENTION'
  readonly field: 'patient'
  readonly message: string
}

/** What is known of a person when somebody asks that everything of theirs be deleted. */
export interface ToDelete {
  readonly reason: DeletionReason
  /** Legal holds that stand. */
  readonly holds: number
  /** The last day of service of any of their charts, YYYY-MM-DD; null where there is none. */
  readonly lastService: string | null
  /** Whole years that the facility's records are kept from that day on. */
  readonly retentionYears: number
  /** Charts that are neither submitted nor exported, nor waiting untouched: somebody works on them. */
  readonly inWork: number
  /** Broken glass that nobody has reviewed: what it was broken for must still be seen. */
  readonly toReview: number
  /** YYYY-MM-DD, at the facility. */
  readonly today: string
}

/** Retention does not bind where the record was never ours to keep, or goes back to whose it is. */
const BOUND_BY_RETENTION: ReadonlySet<DeletionReason> = new Set(['RETENTION_ENDED', 'PATIENT_REQUEST'])

/** Why it may not be deleted; undefined where it may. A hold comes before every reason. */
export function deletionProblem(asked: ToDelete): DeletionProblem | undefined {
  if (asked.holds > 0)
    return {
      code: 'LEGAL_HOLD',
      field: 'patient',
      message: 'A legal hold stands. Nothing is deleted until it is lifted.',
    }
  if (asked.inWork > 0)
    return {
      code: 'IN_WORK',
      field: 'patient',
      message: 'Somebody works on a chart of this person. Have it submitted, or taken from its coder, first.',
    }
  if (asked.toReview > 0)
    return {
      code: 'REVIEW_OPEN',
      field: 'patient',
      message: 'The glass of a chart was broken. Have it reviewed first.',
    }
  if (!BOUND_BY_RETENTION.has(asked.reason) || asked.lastService === null) return undefined
  const until = keptUntil(asked.lastService, asked.retentionYears)
  if (asked.today > until) return undefined
  return {
    code: 'RETENTION',
    field: 'patient',
    message: `The record is kept until ${until}, by the facility’s retention.`,
  }
}

/** The last day on which it is kept. The 29th of February has its anniversary on the 1st of March. */
export function keptUntil(lastService: string, years: number): string {
  const [year, month, day] = lastService.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(year + years, month - 1, day)).toISOString().slice(0, 10)
}
