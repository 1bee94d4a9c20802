import { ChartsDocument } from '../client/generated/graphql.js'
import type { LiveChart, SuggestionState } from '../client/live/index.js'
import type { Actor, Followed } from './actors.js'
import { acceptable, DISPUTED, PRINCIPALS, REJECTED } from './coding.js'
import { accepted, lineIn, proposals, settled } from './model.js'
import type { Story } from './promises.js'

export async function boardShowsNoName(supervisor: Actor, chartId: string, story: Story): Promise<void> {
  const { charts } = await supervisor.room.query(ChartsDocument, { first: 50 })
  const row = charts.edges.find((e) => e.node.id === chartId)?.node
  const why = row?.patient.access.masked.find((m) => m.field === 'familyName')
  story.say(
    `The supervisor's board: account ${row?.accountNumber}, ${row?.status}, owner ${row?.coderOfRecord?.displayName}; name hidden (${why?.reason})`,
  )
  story.promise(
    'The supervisor’s board shows no name, and says why',
    row !== undefined && charts.edges.every((e) => e.node.patient.familyName === null) && why?.reason === 'CLASS',
  )
}

export async function decideAtOnce(coder: LiveChart, reviewer: LiveChart, story: Story): Promise<void> {
  const [a, b] = acceptable(coder.getSnapshot(), PRINCIPALS)
  const [one, two] = await Promise.all([
    coder.decide(a!.id, { decision: 'ACCEPT' }),
    reviewer.decide(b!.id, { decision: 'ACCEPT' }),
  ])
  story.promise(
    `Coder and reviewer decide at once on ${a!.code} and ${b!.code}: both land`,
    one.__typename === 'SuggestionDecided' && two.__typename === 'SuggestionDecided',
    `${one.__typename}, ${two.__typename}`,
  )
  await Promise.all(
    [coder, reviewer].map((l) =>
      l.until((m) => [a, b].every((s) => lineIn(m, s!.id)?.status === 'ACCEPTED' && !m.pending.has(s!.id))),
    ),
  )
}

export async function decideOneLine(coder: LiveChart, reviewer: LiveChart, story: Story): Promise<void> {
  const all = proposals(coder.getSnapshot())
  const line = all.find((s) => s.code === DISPUTED) ?? all[0]!
  await reviewer.until((m) => lineIn(m, line.id)?.version === line.version)
  const outcomes = await Promise.all([
    coder.decide(line.id, { decision: 'ACCEPT' }),
    reviewer.decide(line.id, { decision: 'REJECT', reason: REJECTED[line.code ?? ''] ?? 'Not supported.' }),
  ])
  const landed = outcomes.filter((o) => o.__typename === 'SuggestionDecided')
  const conflict = outcomes.find((o) => o.__typename === 'SuggestionChanged')
  story.promise(
    `Both decide at once on ${line.code}: one lands, one gets a typed conflict`,
    landed.length === 1 && conflict !== undefined,
    outcomes.map((o) => o.__typename).join(', '),
  )
  story.promise(
    '… with all three sides: base, theirs, yours',
    conflict?.__typename === 'SuggestionChanged' &&
      conflict.base?.status === 'PROPOSED' &&
      conflict.theirs.version === line.version + 1 &&
      conflict.yours.decision !== null,
  )
  await Promise.all([coder, reviewer].map((l) => l.until((m) => lineIn(m, line.id)?.version === line.version + 1)))
}

export async function dropAndResume(coder: Followed, reviewer: Followed, story: Story): Promise<void> {
  const before = reviewer.live.getSnapshot().facts
  reviewer.live.simulateDrop()
  const lines = acceptable(coder.live.getSnapshot()).slice(0, 4)
  for (const line of lines) await coder.live.decide(line.id, { decision: 'ACCEPT' })
  await coder.live.addComment({ body: 'Accepted while the reviewer was away.' })
  await reviewer.live.until(
    (m) => m.state === 'live' && lines.every((l) => lineIn(m, l.id)?.status === 'ACCEPTED') && m.comments.length > 0,
  )
  const after = reviewer.live.getSnapshot().facts
  story.promise(
    `The reviewer's connection broke in the middle, resumed and missed nothing (${after.events - before.events} events later)`,
    after.resumes > before.resumes && after.gaps === 0 && after.duplicates === 0,
    JSON.stringify(after),
  )
}

export async function makePrincipalAtOnce(coder: LiveChart, reviewer: LiveChart, story: Story): Promise<void> {
  const model = await settled(coder, reviewer)
  const [a, b] = PRINCIPALS.map((code) => accepted(model).find((s) => s.code === code)) as [
    SuggestionState,
    SuggestionState,
  ]
  const outcomes = await Promise.all([coder.makePrincipal(a.id), reviewer.makePrincipal(b.id)])
  const saved = outcomes.filter((o) => o.__typename === 'OrderSaved').length
  const changed = outcomes.filter((o) => o.__typename === 'OrderChanged').length
  story.promise(
    `Each makes another line principal (${a.code}, ${b.code}): one lands, one gets a conflict`,
    saved === 1 && changed === 1,
    outcomes.map((o) => o.__typename).join(', '),
  )
  await settled(coder, reviewer)
}

export async function excludes1(coder: Actor, chartId: string, story: Story): Promise<void> {
  story.chapter('An Excludes1 warning')
  const { live } = coder.follow(chartId)
  await live.ready()
  await live.claim()
  await live.until((m) => m.contentVisible)
  for (const code of ['J30.9', 'J45.909']) {
    const found = live.getSnapshot().suggestions.find((s) => s.code === code)
    if (found?.status === 'PROPOSED') await live.decide(found.id, { decision: 'ACCEPT' })
    else if (!found) await live.add({ system: 'ICD10CM', code })
  }
  const model = await live.until((m) => m.edits.some((e) => e.ruleId === 'EXCLUDES1'))
  const edit = model.edits.find((e) => e.ruleId === 'EXCLUDES1')!
  story.say(`${edit.message} (${edit.source})`)
  const outcome = await live.overrideEdit(
    edit.key,
    'Seasonal rhinitis and the asthma are unrelated here; both were treated.',
  )
  const after = await live.until((m) => m.edits.some((e) => e.key === edit.key && e.override !== null))
  story.promise(
    'The Excludes1 warning is overridden with a reason, and the reason is kept',
    outcome.__typename === 'EditOverridden' &&
      after.edits.some((e) => e.override?.reason !== undefined && e.override.reason !== null),
  )
  live.close()
}
