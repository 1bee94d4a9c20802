import { describe, expect, it } from 'vitest'
import { whyNot } from '../../client/workbench/model/whyNot.js'
import { CHART_ACTIONS, type ChartAction, type ChartStatus, SENSITIVITY_LABELS } from '../../schema/values.js'
import { allows } from '../../server/auth/rules.js'
import { type Relation, sightOf } from '../../server/auth/sight.js'
import type { Role } from '../../server/auth/viewer.js'
import { actionsOf } from '../../server/charts/chart.policy.js'

const ME = '018f0000-0000-7000-8000-000000000001'
const STATUSES: readonly ChartStatus[] = ['READY', 'IN_CODING', 'PENDED', 'SUBMITTED', 'REOPENED', 'EXPORTED']
const STANDINGS: readonly { roles: Role[]; relations: Relation[] }[] = [
  { roles: ['CODER'], relations: [] },
  { roles: ['CODER'], relations: ['CODER_OF_RECORD'] },
  { roles: ['AUDITOR'], relations: [] },
  { roles: ['AUDITOR'], relations: ['SECOND_LOOK'] },
  { roles: ['SUPERVISOR'], relations: [] },
  { roles: ['PRIVACY_OFFICER'], relations: [] },
  { roles: ['COMPLIANCE'], relations: [] },
]

const chartOf = (relations: readonly Relation[], status: ChartStatus) => ({
  status,
  identityHold: false,
  restricted: false,
  coderOfRecord: relations.includes('CODER_OF_RECORD') ? { id: ME, displayName: 'Dana Whitfield' } : null,
})

function mayIn(standing: (typeof STANDINGS)[number], action: ChartAction, status: ChartStatus): boolean {
  const classes = standing.relations.length > 0 ? (['OPEN', 'CLINICAL'] as const) : (['OPEN'] as const)
  const sight = sightOf({ classes, labels: SENSITIVITY_LABELS, readOnly: false, ...standing })
  const { coderOfRecord, ...state } = chartOf(standing.relations, status)
  const coderOfRecordId = coderOfRecord?.id ?? null
  return allows(actionsOf(sight), action, 'Chart', { ...state, coderOfRecordId })
}

describe('why an act is not possible', () => {
  it('is a sentence, for everybody and everything', () => {
    for (const { roles, relations } of STANDINGS)
      for (const action of CHART_ACTIONS)
        for (const status of STATUSES) {
          const words = whyNot(action, { memberId: ME, roles, holes: false, chart: chartOf(relations, status) })
          expect(words).toMatch(/^[A-Z].{15,}\.$/)
        }
  })

  it('blames the state of the chart only where another state would do, by the rules of the server', () => {
    let blamed = 0
    for (const standing of STANDINGS)
      for (const action of CHART_ACTIONS)
        for (const status of STATUSES) {
          if (mayIn(standing, action, status)) continue
          const { roles, relations } = standing
          const words = whyNot(action, { memberId: ME, roles, holes: false, chart: chartOf(relations, status) })
          if (!words.startsWith('Not while the chart is')) continue
          blamed++
          const elsewhere = STATUSES.some((other) => mayIn(standing, action, other))
          expect(elsewhere, `${roles.join()} ${relations.join()} ${action} ${status}: ${words}`).toBe(true)
        }
    expect(blamed).toBeGreaterThan(30)
  })

  it('names the identity hold and the restriction before anything else', () => {
    const chart = { ...chartOf([], 'READY'), identityHold: true }
    expect(whyNot('claim', { memberId: ME, roles: ['CODER'], holes: false, chart })).toMatch(/identity hold/)
    expect(
      whyNot('decide', {
        memberId: ME,
        roles: ['CODER'],
        holes: false,
        chart: { ...chart, identityHold: false, restricted: true },
      }),
    ).toMatch(/A privacy officer decides who is put on it/)
  })
})
