import { randomUUID } from 'node:crypto'
import { type ChartFacts, DISCHARGE_SUMMARY, SUBMITTABLE } from '../support/charts.js'
import type { CanaryClass, Standing } from './standings.js'
import type { SecretWorld } from './world.js'

interface Plan extends Partial<Omit<Standing, 'name'>> {
  readonly name: string
  readonly submittable?: boolean
  /** The class of the canaries of a second document. */
  readonly secondDocument?: CanaryClass
}

export async function plant(world: SecretWorld, plan: Plan) {
  const { name, tenant = 'harbor', facility = 'north', queued = true, coder = null, parts = {} } = plan
  const { canary, server } = world
  const standing = {
    name,
    tenant,
    facility,
    queued,
    coder,
    parts,
    restricted: plan.restricted ?? false,
    hold: false,
    found: plan.found ?? false,
    ...(plan.glass && { glass: plan.glass }),
  }
  world.standings.set(name, standing)
  const document = (kind: CanaryClass) => ({
    title: `Note ${canary(name, kind)}`,
    authorName: `Dr. ${canary(name, kind)}`,
    text: `${DISCHARGE_SUMMARY}\nSeen with ${canary(name, kind)}.\n`,
  })
  const facts: ChartFacts = {
    organisation: tenant,
    facility,
    queue: queued ? 'Inpatient' : null,
    coder,
    restricted: standing.restricted,
    accountNumber: canary(name, 'ACCOUNT_REF'),
    payer: canary(name, 'ACCOUNT_REF'),
    disposition: plan.submittable ? '01' : canary(name, 'CLINICAL'),
    attendingProvider: canary(name, 'CLINICAL'),
    totalChargesCents: 4_711_00,
    patient: {
      familyName: canary(name, 'IDENTITY'),
      givenNames: [canary(name, 'IDENTITY')],
      identifiers: [{ assigner: `urn:${canary(name, 'IDENTITY')}`, type: 'MRN', value: canary(name, 'IDENTITY') }],
    },
    documents: [document('CLINICAL'), ...(plan.secondDocument ? [document(plan.secondDocument)] : [])],
    lines: plan.submittable
      ? SUBMITTABLE.map((line) => ({
          ...line,
          reason: canary(name, 'CLINICAL'),
          performer: canary(name, 'CLINICAL'),
        }))
      : [
          { code: 'I10', reason: canary(name, 'CLINICAL'), evidence: [{ words: 'Essential hypertension' }] },
          { code: 'J18.9', reason: canary(name, 'CLINICAL'), evidence: [{ words: 'Community-acquired pneumonia' }] },
          { code: 'E11.9', reason: canary(name, 'CLINICAL') },
        ],
  }
  const added = await server.addChart(facts)
  world.charts.set(name, added.chartId)
  world.versions.set(
    name,
    added.documents.map((d) => d.versionId),
  )
  for (const [account, part] of Object.entries(parts))
    if (part === 'CDI') await join(world, added.chartId, account, part)
  return {
    name,
    id: added.chartId,
    suggestionIds: added.suggestionIds,
    documentIds: added.documents.map((d) => d.documentId),
  }
}

/** No command makes a CDI specialist of a chart; its assignment stands here as one would. */
async function join({ server }: SecretWorld, chartId: string, account: string, part: string): Promise<void> {
  const { organisationId, members } = server.demo.harbor
  await server.db.ownerSql`
    insert into assignment (org_id, id, chart_id, member_id, part, started_at)
    values (${organisationId}, ${randomUUID()}, ${chartId}, ${members[account]!.memberId}, ${part}, now())`
}
