import type { Problem } from '../../schema/access.js'
import type { Export } from '../../schema/review.js'
import { type Sight, sees } from '../auth/sight.js'
import { seenWithLabels } from '../charts/index.js'
import type { ClaimLimit, ClaimLimitWarning } from './claimLimits.js'
import type { ExportRecord } from './export.model.js'

/**
 * What left, as its reader may see it: whoever sees no clinical content learns that it left, and when. It names the
 * patient: to whoever sees content and no name it is no more than that either.
 *
 * @param labels of the chart's documents: what was written cites them
 */
export const presentExport = (record: ExportRecord, sight: Sight, labels: readonly string[]): Export =>
  seenWithLabels(sight, labels, {
    __typename: 'Export',
    id: record.id,
    format: record.format,
    at: record.at,
    sha256: sees(sight, 'IDENTITY') ? record.sha256 : null,
    submissionId: record.submissionId,
    get content() {
      return sees(sight, 'IDENTITY') ? record.content : null
    },
  }) as unknown as Export

export const presentWarning = ({ form, limit, allowed, found }: ClaimLimitWarning): Problem => ({
  code: `CLAIM_LIMIT_${limit}`,
  message:
    limit === 'MODIFIERS'
      ? `A service line of an ${form} claim has at most ${allowed} modifiers; one here has ${found}.`
      : `An ${form} claim has at most ${allowed} ${WORDS[limit]}; this submission has ${found}.`,
  field: null,
})

const WORDS: Readonly<Record<Exclude<ClaimLimit, 'MODIFIERS'>, string>> = {
  PRINCIPAL_DIAGNOSIS: 'principal diagnosis',
  ADMITTING_DIAGNOSIS: 'admitting diagnosis',
  OTHER_DIAGNOSES: 'other diagnoses',
  EXTERNAL_CAUSES: 'external causes',
  REASONS_FOR_VISIT: 'reasons for visit',
  DIAGNOSES: 'diagnoses',
  PROCEDURES: 'procedures',
  SERVICE_LINES: 'service lines',
}
