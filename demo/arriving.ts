import type { Actor } from './actors.js'
import { importSample } from './importing.js'
import type { MainJob } from './mainJob.js'
import { chartOf, quoteOf } from './model.js'
import type { Story } from './promises.js'

export async function chartsComeIn({ actors, places, samples }: MainJob, story: Story): Promise<Map<string, string>> {
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

export async function engineSuggests(coder: Actor, chartId: string, story: Story): Promise<void> {
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
