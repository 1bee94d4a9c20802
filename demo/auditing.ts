import type { LiveChart } from '../client/live/index.js'
import type { MainJob } from './mainJob.js'
import { chartOf } from './model.js'
import type { Story } from './promises.js'

export async function auditLeavesItAlone(
  actors: MainJob['actors'],
  coder: LiveChart,
  auditor: LiveChart,
  sha: string,
  story: Story,
): Promise<void> {
  story.chapter('Audit')
  const opened = await auditor.openAudit({ reason: 'FOCUSED', submissionNumber: 1 })
  story.promise('The auditor, who decided no line, opens an audit of submission 1', opened.__typename === 'AuditOpened')
  const model = await auditor.until((m) => m.contentVisible)
  const summary = model.documents.find((d) => d.version?.type === 'DISCHARGE_SUMMARY')!
  const text = (await auditor.documentText(summary.version!.id))!
  const start = Math.max(0, text.search(/\S/))
  const added = await auditor.add({
    system: 'ICD10CM',
    code: 'R53.81',
    evidence: [{ versionId: summary.version!.id, start, end: start + 20, kind: 'SUPPORTS' }],
  })
  const proposed = added.__typename === 'SuggestionAdded' ? added.suggestion : null
  story.promise(
    'The auditor proposes a code; it stays a proposal',
    proposed?.status === 'PROPOSED' && proposed.origin === 'AUDITOR',
    added.__typename,
  )
  const finding = await auditor.recordFinding({
    auditId: opened.__typename === 'AuditOpened' ? opened.audit.id : '',
    element: 'SECONDARY_DIAGNOSIS',
    kind: 'ADD',
    proposedSuggestionId: proposed!.id,
    guideline: 'Section III',
    explanation: 'Documented at discharge and not reported.',
  })
  story.promise(
    'A finding is recorded, tied to the line and the guideline',
    finding.__typename === 'FindingRecorded',
    finding.__typename,
  )
  const chart = await chartOf(actors.Coder, coder.id)
  const first = chart.submissions.find((s) => s.number === 1)
  story.promise(
    'Submission 1 is untouched',
    first?.snapshotSha256 === sha && !first.codes?.some((c) => c.suggestionId === proposed!.id),
  )
}
