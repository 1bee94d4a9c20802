import type { Submission } from '../../schema/review.js'
import type { Directory } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import type { SubmissionView } from '../charts/index.js'

export const presentSubmission = (view: SubmissionView, sight: Sight, directory: Directory): Submission =>
  seenUnder(sight, {
    __typename: 'Submission',
    id: view.id,
    number: view.number,
    submittedBy: directory.member(view.submittedBy),
    submittedAt: view.submittedAt,
    warningCount: view.warningCount,
    snapshotSha256: view.snapshotSha256,
    codes: view.codes.map((code) => seenUnder(sight, { ...code })),
  }) as unknown as Submission
