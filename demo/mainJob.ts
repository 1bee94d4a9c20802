import { ChartDocument, type ChartQuery, ChartsDocument, SubmitChartDocument } from '../client/generated/graphql.js'
import type { ChartModel, LiveChart, SuggestionState } from '../client/live/index.js'
import type { Env } from '../server/app/env.js'
import type { Actor, Followed } from './actors.js'
import { walkExport } from './exportWalk.js'
import { importSample, type Place } from './importing.js'
import type { Name } from './index.js'
import { type RawLog, readLog } from './logReader.js'
import type { Story } from './promises.js'
import { hashOf, project } from './projection.js'
import type { Sample } from './samples.js'
import type { ActorRow, DemoTable } from './table.js'

export interface MainJob {
  readonly actors: Readonly<Record<Name, Actor>>
  readonly places: (facility: string, queue: string) => Place
  readonly samples: readonly Sample[]
  readonly env: Env
}

/** From five charts coming in to an export that can be walked back to its words. */
export async function runMainJob(job: MainJob, story: Story): Promise<DemoTable> {
  const { actors } = job
  const charts = await chartsComeIn(job, story)
  const inpatient = charts.get('01-pneumonia-with-fall')!
  const clinic = charts.get('04-clinic-visit')!
  await engineSuggests(actors.Coder, inpatient, story)

  story.chapter('Many hands on one chart')
  const coder = actors.Coder.follow(inpatient)
  const reviewer = actors.Reviewer.follow(inpatient)
  const auditor = actors.Auditor.follow(inpatient)
  const supervisor = actors.Supervisor.follow(inpatient)
  const all = { Coder: coder, Reviewer: reviewer, Auditor: auditor, Supervisor: supervisor }
  await Promise.all(Object.values(all).map((f) => f.live.ready()))
  await reviewer.live.openSecondLook()
  await Promise.all([reviewer, coder].map((f) => f.live.until((m) => m.contentVisible)))
  story.say('Coder, second-level reviewer, auditor and supervisor have the chart open at the same moment.')

  await boardShowsNoName(actors.Supervisor, inpatient, story)
  await decideAtOnce(coder.live, reviewer.live, story)
  await decideOneLine(coder.live, reviewer.live, story)
  await dropAndResume(coder, reviewer, story)
  await makePrincipalAtOnce(coder.live, reviewer.live, story)
  await excludes1(actors.Coder, clinic, story)

  story.chapter('Submission')
  await submitUnseen(actors.Coder, coder.live, reviewer.live, story)
  const sha = await submitWithPoa(coder.live, reviewer.live, story)
  await auditLeavesItAlone(actors, coder.live, auditor.live, sha, story)
  await walkExport(actors.Coder, coder.live, story)
  return count(job.env, inpatient, all, story)
}

async function chartsComeIn({ actors, places, samples }: MainJob, story: Story): Promise<Map<string, string>> {
  story.chapter('Charts come in')
  const charts = new Map<string, string>()
  for (const sample of samples) {
    const inpatient = sample.name.startsWith('01') || sample.name.startsWith('02')
    const place = places(sample.facility, inpatient ? 'Inpatient' : 'Emergency and clinic')
    charts.set(sample.name, await importSample(actors.Supervisor.room, sample, place))
    const how = {
      documents: `${sample.documents?.length} documents`,
      ccda: 'one C-CDA document',
      fhir: 'one FHIR bundle',
    }
    story.say(`${sample.name}: ${how[sample.upload]}`)
  }
  story.promise('Five synthetic charts are in: documents, C-CDA and FHIR', charts.size === 5)
  for (const [name, id] of charts) {
    const live = actors.Coder.room.openChart(id, { presence: false })
    const model = await live.until((m) => m.chart?.engineState === 'DONE' || m.chart?.engineState === 'FAILED')
    live.close()
    story.promise(`The engine has read ${name}`, model.chart?.engineState === 'DONE', model.chart?.engineState)
  }
  return charts
}

async function engineSuggests(coder: Actor, chartId: string, story: Story): Promise<void> {
  story.chapter('Suggestions with evidence')
  const before = await chartOf(coder, chartId)
  story.promise(
    'Before the claim a coder sees the account, and no name and no clinical word',
    before.accountNumber !== null && before.patient.familyName === null && before.suggestions === null,
  )
  const live = coder.room.openChart(chartId, { presence: false })
  await live.ready()
  const claimed = await live.claim()
  live.close()
  story.promise('The coder claims the chart and is its coder of record', claimed.__typename === 'ChartSaved')

  const chart = await chartOf(coder, chartId)
  const suggestions = chart.suggestions ?? []
  for (const s of suggestions.slice(0, 8)) {
    const quote = s.evidence?.[0] ? quoteOf(chart, s.evidence[0].id) : ''
    story.say(`${(s.code ?? '').padEnd(9)} ${Math.round((s.confidence ?? 0) * 100)} %  ${s.title}  ← “${quote}”`)
  }
  story.promise(
    `Every suggestion has evidence (${suggestions.length} suggestions)`,
    suggestions.length >= 5 && suggestions.every((s) => (s.evidence?.length ?? 0) > 0),
  )
  const low = chart.opportunities?.find((o) => o.topic === 'LOW_SODIUM')
  story.say(`Query opportunity: ${low?.reason ?? 'none'}`)
  story.promise(
    'A low sodium value is offered as a query opportunity',
    low !== undefined && (low.evidence?.[0]?.quote ?? '') !== '',
  )
  story.promise('… and not as a code', !suggestions.some((s) => s.code?.startsWith('E87.1')))
}

async function boardShowsNoName(supervisor: Actor, chartId: string, story: Story): Promise<void> {
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

async function decideAtOnce(coder: LiveChart, reviewer: LiveChart, story: Story): Promise<void> {
  const [a, b] = proposals(coder.getSnapshot())
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

async function decideOneLine(coder: LiveChart, reviewer: LiveChart, story: Story): Promise<void> {
  const line = proposals(coder.getSnapshot())[0]!
  await reviewer.until((m) => lineIn(m, line.id)?.version === line.version)
  const outcomes = await Promise.all([
    coder.decide(line.id, { decision: 'ACCEPT' }),
    reviewer.decide(line.id, { decision: 'REJECT', reason: 'Not supported by the discharge summary' }),
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

async function dropAndResume(coder: Followed, reviewer: Followed, story: Story): Promise<void> {
  const before = reviewer.live.getSnapshot().facts
  reviewer.live.simulateDrop()
  const lines = proposals(coder.live.getSnapshot()).slice(0, 4)
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

async function makePrincipalAtOnce(coder: LiveChart, reviewer: LiveChart, story: Story): Promise<void> {
  const model = await settled(coder, reviewer)
  const able = model.suggestions.filter(
    (s) => s.status === 'ACCEPTED' && s.kind === 'DIAGNOSIS' && !/^[VWXY]/.test(s.code ?? ''),
  )
  const [a, b] = [able[0]!, able[1]!]
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

async function excludes1(coder: Actor, chartId: string, story: Story): Promise<void> {
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

/** The coder submits as of a cursor; a moment before, the reviewer accepted a line that the coder has not seen. */
async function submitUnseen(coder: Actor, live: LiveChart, reviewer: LiveChart, story: Story): Promise<void> {
  const model = await settled(live, reviewer)
  const line = proposals(model)[0]!
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

async function submitWithPoa(coder: LiveChart, reviewer: LiveChart, story: Story): Promise<string> {
  let model = await settled(coder, reviewer)
  for (const line of proposals(model)) await coder.decide(line.id, { decision: 'ACCEPT' })
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
    `Then it is accepted and frozen as submission ${submission?.number} (${submission?.snapshotSha256.slice(0, 12)}…)`,
    submission?.number === 1,
  )
  return submission!.snapshotSha256
}

/** Where the engine found no code for the fall, the coder adds it, with the words it rests on. */
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

async function auditLeavesItAlone(
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

/** Delivered, doubled, lost, and the two hashes, for everybody who followed the chart. */
async function count(
  env: Env,
  chartId: string,
  all: Readonly<Record<string, Followed>>,
  story: Story,
): Promise<DemoTable> {
  story.chapter('What was written and what everybody received')
  const log = await readLog(env, chartId)
  const place = new Map(log.events.map((e, i) => [e.cursor, i]))
  const starts = Object.fromEntries(
    Object.entries(all).map(([actor, f]) => [actor, place.get(f.spans.at(-1)?.from ?? '') ?? -1]),
  )
  // Who sees the same is compared over the same span: from where the later of them began to see it.
  const together = Math.max(starts.Coder!, starts.Reviewer!)
  const begin = { ...starts, Coder: together, Reviewer: together } as Record<string, number>
  const rows = await Promise.all(
    Object.entries(all).map(([actor, followed]) => rowOf(actor, followed, log, place, begin[actor]!, SIGHTS[actor]!)),
  )
  for (const f of Object.values(all)) f.live.close()
  for (const row of rows) {
    story.promise(
      `${row.actor}: nothing lost, nothing doubled (${row.delivered} events)`,
      row.losses === 0 && row.duplicates === 0,
      `${row.losses} lost, ${row.duplicates} doubled`,
    )
    story.promise(
      `${row.actor}: what was received is the log under that sight, hash for hash`,
      row.received === row.projected,
    )
  }
  const hash = (actor: string) => rows.find((r) => r.actor === actor)!.received
  story.promise('Coder and reviewer, of equal sight, share their hash', hash('Coder') === hash('Reviewer'))
  story.promise('The supervisor’s differs', hash('Supervisor') !== hash('Coder'))
  return { eventsWritten: log.events.length, rows }
}

/** The classes each actor is granted on this chart at the end (design: who uses it). */
const SIGHTS: Readonly<Record<string, readonly string[]>> = {
  Coder: ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL'],
  Reviewer: ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY'],
  Auditor: ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY'],
  Supervisor: ['ACCOUNT_REF', 'MONEY'],
}

/** Only the span under the actor's last sight is compared: those before it ended with the change of access. */
async function rowOf(
  actor: string,
  followed: Followed,
  log: RawLog,
  place: ReadonlyMap<string, number>,
  begin: number,
  granted: readonly string[],
): Promise<ActorRow> {
  const inSpan = (event: unknown) => (place.get((event as { cursor: string }).cursor) ?? -1) > begin
  const expected = project(log.events, new Set(granted), log.memberName).filter(inSpan)
  const last = (expected.at(-1) as { cursor: string } | undefined)?.cursor
  if (last) await followed.live.until((m) => m.cursor === last)
  const events = followed.spans.at(-1)!.events.filter(inSpan)
  const seen = new Set(followed.cursors)
  return {
    actor,
    expected: expected.length,
    delivered: events.length,
    duplicates: followed.cursors.length - seen.size,
    losses: expected.filter((e) => !seen.has((e as { cursor: string }).cursor)).length,
    received: hashOf(events as never),
    projected: hashOf(expected),
  }
}

async function chartOf(actor: Actor, id: string): Promise<NonNullable<ChartQuery['chart']>> {
  const { chart } = await actor.room.query(ChartDocument, { id })
  if (!chart) throw new Error('the chart is not visible')
  return chart
}

function quoteOf(chart: NonNullable<ChartQuery['chart']>, evidenceId: string): string {
  const evidence = (chart.suggestions ?? []).flatMap((s) => s.quotes ?? [])
  return evidence.find((e) => e.id === evidenceId)?.quote ?? ''
}

const proposals = (model: ChartModel): SuggestionState[] =>
  model.suggestions.filter((s) => s.status === 'PROPOSED' && s.origin === 'ENGINE' && !model.pending.has(s.id))
const accepted = (model: ChartModel): SuggestionState[] => model.suggestions.filter((s) => s.status === 'ACCEPTED')
const lineIn = (model: ChartModel, id: string): SuggestionState | undefined =>
  model.suggestions.find((s) => s.id === id)

/** Both have received the same and wait for nothing. */
async function settled(a: LiveChart, b: LiveChart): Promise<ChartModel> {
  for (;;) {
    const left = await a.until((m) => m.state === 'live' && m.pending.size === 0)
    const right = await b.until((m) => m.state === 'live' && m.pending.size === 0)
    if (left.cursor === right.cursor) return left
    await Promise.race([a.until((m) => m.cursor !== left.cursor), b.until((m) => m.cursor !== right.cursor)])
  }
}
