import type { Submission } from '../../schema/review.js'
import { directoryOf } from '../accounts/index.js'
import { seenUnder } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { isBlind, type Sight } from '../auth/sight.js'
import {
  type ChartRow,
  inheritedLabels,
  lastVisibleCursor,
  presentChart,
  presentEdit,
  seeChart,
  seenWithLabels,
  todayOf,
} from '../charts/index.js'
import { acceptedOf, editsOf, workingSetOf } from '../suggestions/index.js'
import { blockedBy } from './submission.decider.js'
import { presentSubmission } from './submission.presenter.js'
import { submissionsOf } from './submission.store.js'
import type { SubmitOutcome } from './submitChart.command.js'

/** The outcome of a submission; what blocks it or differs is said as it stands now. */
export async function presentSubmitted(outcome: SubmitOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const { row, sight } = await seeChart(session, outcome.chartId)
  const directory = await directoryOf(session)
  switch (outcome.kind) {
    case 'ChartSubmitted': {
      const submission = (await submissionsOf(session, row)).find((s) => s.id === outcome.submissionId)
      if (!submission) throw new Error('the submission of an outcome is gone')
      return {
        __typename: outcome.kind,
        submission: presentSubmission(submission, sight, directory, todayOf(row).labels),
        chart: presentChart(row, sight, directory),
      }
    }
    case 'ChartChanged': {
      const set = await workingSetOf(session, row)
      const lines = set.lines.filter((line) => outcome.suggestionIds.includes(line.id))
      return seenUnder(sight, {
        __typename: outcome.kind,
        cursor: await lastVisibleCursor(session, row, sight),
        lines: lines.map((l) =>
          seenWithLabels(sight, inheritedLabels(set.evidence.get(l.id) ?? [], todayOf(row)), {
            suggestionId: l.id,
            status: l.status,
            code: l.code,
          }),
        ),
        abstractFields: outcome.abstractFields,
        documentIds: outcome.documentIds,
      })
    }
    case 'SubmissionBlocked': {
      const set = await workingSetOf(session, row)
      const blocked = blockedBy(editsOf(set), acceptedOf(set).length)
      return seenUnder(sight, {
        __typename: outcome.kind,
        edits: (blocked?.edits ?? []).map((edit) => presentEdit(edit, sight, directory, todayOf(row).labels)),
        problems: blocked?.problems ?? [],
      })
    }
  }
}

/** The submissions of a chart, oldest first, under a sight. */
export async function submissionsFor(session: Session, chart: ChartRow, sight: Sight): Promise<Submission[]> {
  if (isBlind(sight)) return []
  const [submissions, directory] = await Promise.all([submissionsOf(session, chart), directoryOf(session)])
  return submissions.map((s) => presentSubmission(s, sight, directory, todayOf(chart).labels))
}
