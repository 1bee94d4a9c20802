import { SubmitChartDocument } from '../client/generated/graphql.js'
import type { LiveChart, SuggestionState } from '../client/live/index.js'
import type { Actor } from './actors.js'
import { acceptable, REJECTED, REPLACED } from './coding.js'
import { accepted, lineIn, proposals, settled } from './model.js'
import type { Story } from './promises.js'

export async function submitUnseen(coder: Actor, live: LiveChart, reviewer: LiveChart, story: Story): Promise<void> {
  const model = await settled(live, reviewer)
  const line = acceptable(model)[0]!
  await reviewer.decide(line.id, { decision: 'ACCEPT' })
  const { submitChart: outcome } = await coder.room.mutate(SubmitChartDocument, {
    input: { chartId: live.id, seenCursor: model.cursor! },
  })
  story.promise(
    `A submission is told of ${line.code}, accepted a moment ago and not yet seen`,
    outcome.__typename === 'ChartChanged' && (outcome.lines ?? []).some((l) => l.suggestionId === line.id),
    outcome.__typename,
  )
}

export async function submitWithPoa(coder: LiveChart, reviewer: LiveChart, story: Story): Promise<string> {
  let model = await settled(coder, reviewer)
  for (const line of acceptable(model)) await coder.decide(line.id, { decision: 'ACCEPT' })
  for (const line of [...proposals(model), ...accepted(model)]) {
    const reason = REJECTED[line.code ?? '']
    const code = REPLACED[line.code ?? '']
    if (reason) await coder.decide(line.id, { decision: 'REJECT', reason })
    else if (code) await coder.decide(line.id, { decision: 'MODIFY', code })
  }
  model = await settled(coder, reviewer)
  const fall =
    model.suggestions.find((s) => s.status === 'ACCEPTED' && /^W(06|18|19)/.test(s.code ?? '')) ??
    (await addFall(coder))
  for (const line of accepted(await settled(coder, reviewer)))
    if (line.id !== fall.id && line.kind === 'DIAGNOSIS' && !line.poaExempt && line.poa === null)
      await coder.decide(line.id, { decision: 'ACCEPT', poa: (line.poaProposed as 'Y' | 'N' | null) ?? 'Y' })
  await overrideWarnings(coder, reviewer)
  const refused = await coder.submit()
  const missing =
    refused.__typename === 'SubmissionBlocked' ? (refused.edits ?? []).filter((e) => e.ruleId === 'POA_MISSING') : []
  story.promise(
    `Submission is refused while POA is missing on the fall in hospital (${fall.code})`,
    missing.some((e) => e.suggestionIds?.includes(fall.id)),
    refused.__typename === 'SubmissionBlocked' ? refused.problems.map((p) => p.message).join(' ') : refused.__typename,
  )
  await coder.decide(fall.id, { decision: 'ACCEPT', poa: 'N' })
  await overrideWarnings(coder, reviewer)
  const submitted = await coder.submit()
  if (submitted.__typename !== 'ChartSubmitted')
    story.promise(
      'The submission is accepted',
      false,
      submitted.__typename === 'SubmissionBlocked'
        ? submitted.problems.map((p) => p.message).join(' ')
        : submitted.__typename,
    )
  const submission = submitted.__typename === 'ChartSubmitted' ? submitted.submission : null
  story.promise(
    `Then it is accepted and frozen as submission ${submission?.number} (${submission?.snapshotSha256?.slice(0, 12)}…)`,
    submission?.number === 1,
  )
  return submission!.snapshotSha256!
}

async function addFall(coder: LiveChart): Promise<SuggestionState> {
  const outcome = await coder.add({ system: 'ICD10CM', code: 'W06.XXXA' })
  if (outcome.__typename !== 'SuggestionAdded') throw new Error('the fall could not be added')
  const model = await coder.until((m) => lineIn(m, outcome.suggestion.id)?.status === 'ACCEPTED')
  return lineIn(model, outcome.suggestion.id)!
}

async function overrideWarnings(coder: LiveChart, reviewer: LiveChart): Promise<void> {
  for (;;) {
    const model = await settled(coder, reviewer)
    const open = model.edits.find((e) => e.severity === 'WARNING' && !e.override)
    if (!open) return
    await coder.overrideEdit(open.key, 'Reviewed with the record; both are documented and treated.')
    await coder.until((m) => !m.edits.some((e) => e.key === open.key && !e.override))
  }
}
