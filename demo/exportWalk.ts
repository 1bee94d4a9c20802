import type { LiveChart } from '../client/live/index.js'
import type { Actor } from './actors.js'
import type { Story } from './promises.js'

interface Resource {
  readonly resourceType: string
  readonly id?: string
  readonly [key: string]: unknown
}

/** The export walks from a code to its sentence to the version of the document it stands in. */
export async function walkExport(_coder: Actor, live: LiveChart, story: Story): Promise<void> {
  story.chapter('Export')
  const outcome = await live.exportChart({ format: 'FHIR_R4' })
  if (outcome.__typename !== 'ChartExported') {
    const why = outcome.problems.map((p) => p.message).join(' ')
    return story.promise(
      'The submission is exported as a FHIR R4 bundle, valid against the official definitions',
      false,
      why,
    )
  }
  const bundle = JSON.parse(outcome.export.content ?? '{}') as { entry?: { fullUrl?: string; resource: Resource }[] }
  const resources = (bundle.entry ?? []).map((e) => e.resource)
  const byType = (type: string) => resources.filter((r) => r.resourceType === type)
  story.promise(
    `The submission is exported as a FHIR R4 bundle, valid against the official definitions (${resources.length} resources)`,
    byType('Claim').length === 1 && byType('Condition').length > 0 && byType('Provenance').length > 0,
  )
  const walked = byType('Provenance').filter((p) => JSON.stringify(p).includes('evidence-span'))
  const text = JSON.stringify(walked[0] ?? {})
  const quote = /"quote"[^}]*?"valueString":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]
  const condition = byType('Condition')[0] as { code?: { coding?: { code?: string }[] } } | undefined
  story.say(
    `${condition?.code?.coding?.[0]?.code} → “${quote ?? ''}” → ${byType('DocumentReference').length} document versions`,
  )
  story.promise(
    'Every walk ends: code → sentence → document version',
    walked.length > 0 && (quote ?? '') !== '' && byType('DocumentReference').length > 0,
  )

  const csv = await live.exportChart({ format: 'CSV' })
  story.promise('… and as CSV', csv.__typename === 'ChartExported')
}
