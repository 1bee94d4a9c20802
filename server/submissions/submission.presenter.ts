import type { Submission } from '../../schema/review.js'
import type { Directory } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import { seenWithLabels, sightThrough, type SubmissionView } from '../charts/index.js'

/** @param labels of the chart's documents: frozen codes say no more what they stood on */
export const presentSubmission = (
  view: SubmissionView,
  sight: Sight,
  directory: Directory,
  labels: readonly string[],
): Submission =>
  seenWithLabels(sight, labels, {
    __typename: 'Submission',
    id: view.id,
    number: view.number,
    submittedBy: directory.member(view.submittedBy),
    submittedAt: view.submittedAt,
    warningCount: view.warningCount,
    snapshotSha256: view.snapshotSha256,
    codes: view.codes.map((code) => seenUnder(sightThrough(sight, labels), { ...code })),
  }) as unknown as Submission
