import type { SubmitChartInput } from '../../schema/inputs.js'
import type { Submission } from '../../schema/review.js'
import { type Directory, directoryOf } from '../accounts/directory.js'
import { seenUnder } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import type { Sight } from '../auth/sight.js'
import { seeChart } from '../charts/chart.loader.js'
import { presentChart, presentEdit } from '../charts/chart.presenter.js'
import type { SubmissionView } from '../charts/views.js'
import { workingSetOf } from '../suggestions/suggestion.loader.js'
import { acceptedOf, editsOf } from '../suggestions/workingSet.js'
import { blockedBy } from './submission.decider.js'
import { submissionsOf } from './submission.store.js'
import type { SubmitOutcome } from './submitChart.command.js'

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

/** The outcome of a submission; what blocks it or differs is said as it stands now. */
export async function presentSubmitted(
  outcome: SubmitOutcome,
  _input: SubmitChartInput,
  request: Request,
  cursorOf: (chartId: string) => Promise<string | null>,
): Promise<object> {
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
        submission: presentSubmission(submission, sight, directory),
        chart: presentChart(row, sight, directory),
      }
    }
    case 'ChartChanged': {
      const set = await workingSetOf(session, row)
      const lines = set.lines.filter((line) => outcome.suggestionIds.includes(line.id))
      return seenUnder(sight, {
        __typename: outcome.kind,
        cursor: await cursorOf(row.id),
        lines: lines.map((l) => seenUnder(sight, { suggestionId: l.id, status: l.status, code: l.code })),
        abstractFields: outcome.abstractFields,
        documentIds: outcome.documentIds,
      })
    }
    case 'SubmissionBlocked': {
      const set = await workingSetOf(session, row)
      const blocked = blockedBy(editsOf(set), acceptedOf(set).length)
      return seenUnder(sight, {
        __typename: outcome.kind,
        edits: (blocked?.edits ?? []).map((edit) => presentEdit(edit, sight, directory)),
        problems: blocked?.problems ?? [],
      })
    }
  }
}
