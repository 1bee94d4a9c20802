import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHART_STATUSES, type ChartAction, SENSITIVITY_LABELS } from '../../schema/values.js'
import { allows } from '../../server/auth/rules.js'
import { stands } from '../../server/auth/sight.js'
import { ROLES, type Role, type Viewer } from '../../server/auth/viewer.js'
import { resolveSight, type Standing, visibleCharts } from '../../server/charts/chart.policy.js'
import { possibleActions } from '../../server/charts/chartAccess.js'

/**
 * What nobody may ever do or see, whoever they are and however a chart stands: the promises of design.md, section 3, one
 * by one, over random people and charts.
 */

const QUEUE = 'a queue'
const ME = '018f0000-0000-7000-8000-000000000001'
const OTHER = '018f0000-0000-7000-8000-000000000002'
const PARTS = ['CODER_OF_RECORD', 'SECOND_LOOK', 'AUDITOR', 'CDI'] as const

const viewerWith = (roles: Role[]): Viewer => ({
  orgId: '018f0000-0000-7000-8000-000000000009',
  memberId: ME,
  userId: 'u',
  sessionId: 's',
  displayName: 'x',
  roles,
  facilityIds: [],
  teamIds: [],
  queueIds: [QUEUE],
  memberEpoch: 0,
  orgEpoch: 0,
})

type Case = Standing & { readonly coderOfRecordId: string | null }

const standing = (): fc.Arbitrary<Case> =>
  drawn().map((chart) => (chart.myParts.includes('CODER_OF_RECORD') ? { ...chart, coderOfRecordId: ME } : chart))

const drawn = (): fc.Arbitrary<Case> =>
  fc.record({
    // Mine still, when the time to code it has run out: then without the part.
    coderOfRecordId: fc.constantFrom(null, ME, OTHER),
    identityHold: fc.boolean(),
    queueId: fc.constantFrom(null, QUEUE, 'another queue'),
    restricted: fc.boolean(),
    myParts: fc.subarray([...PARTS]),
    iDecided: fc.boolean(),
    iSawWork: fc.boolean(),
    status: fc.constantFrom(...CHART_STATUSES),
    helpUntil: fc.constantFrom(null, new Date('2026-04-01T23:59:59Z')),
    glassUntil: fc.constantFrom(null, new Date('2026-04-01T13:00:00Z')),
    requestId: fc.constantFrom(null, null, OTHER),
    blindPassId: fc.constantFrom(null, null, null, OTHER),
    underFinding: fc.boolean(),
    part2: fc.boolean().map((admitted) => ({ admitted, consents: [] })),
  })

function eachCase(check: (roles: readonly Role[], chart: Case, can: readonly ChartAction[]) => void): void {
  fc.assert(
    fc.property(fc.subarray([...ROLES]), standing(), (roles, chart) =>
      check(roles, chart, possibleActions(resolveSight(viewerWith(roles), chart), chart)),
    ),
    { numRuns: 2_000 },
  )
}

const ON_IT: Readonly<Record<string, Role>> = {
  CODER_OF_RECORD: 'CODER',
  SECOND_LOOK: 'AUDITOR',
  AUDITOR: 'AUDITOR',
  CDI: 'CDI',
}

/** A request of the person in a privacy officer's hands; a blind pass of an auditor's. */
const answers = (roles: readonly Role[], chart: Standing): boolean =>
  Boolean(chart.requestId) && roles.includes('PRIVACY_OFFICER')
const isBlind = (roles: readonly Role[], chart: Standing): boolean =>
  Boolean(chart.blindPassId) && !chart.restricted && roles.includes('AUDITOR')

/** Whether a part is held in its role. */
const hasPart = (roles: readonly Role[], chart: Standing): boolean =>
  chart.myParts.some((p) => roles.includes(ON_IT[p]!))

describe('whoever somebody is, and however a chart stands', () => {
  it('who codes, reviews or decided a chart audits it never, and its auditor decides nothing', () =>
    eachCase((roles, chart, can) => {
      const codes = chart.myParts.includes('CODER_OF_RECORD') && roles.includes('CODER')
      const reviews = chart.myParts.includes('SECOND_LOOK') && roles.includes('AUDITOR')
      if (codes || reviews || (chart.iDecided && roles.includes('AUDITOR'))) {
        expect(can).not.toContain('openAudit')
        expect(can).not.toContain('recordFinding')
      }
      if (chart.myParts.includes('AUDITOR') && roles.includes('AUDITOR'))
        for (const act of ['decide', 'reorder', 'abstract', 'override', 'undo', 'claim', 'submit'] as const)
          expect(can).not.toContain(act)
    }))

  it('only the coder of record submits and asks for help, and only in coding', () =>
    eachCase((roles, chart, can) => {
      if (!chart.myParts.includes('CODER_OF_RECORD') || !roles.includes('CODER')) {
        expect(can).not.toContain('submit')
        expect(can).not.toContain('askForHelp')
      }
      if (!['IN_CODING', 'PENDED', 'REOPENED'].includes(chart.status)) expect(can).not.toContain('askForHelp')
    }))

  it('supervisors assign what is not restricted, privacy officers what is, and nobody else anything', () =>
    eachCase((roles, chart, can) => {
      const by: Role = chart.restricted ? 'PRIVACY_OFFICER' : 'SUPERVISOR'
      expect(can.includes('assign')).toBe(roles.includes(by) && !isBlind(roles, chart))
    }))

  it('nobody works on a restricted chart who was not put on it', () =>
    eachCase((roles, chart, can) => {
      if (!chart.restricted || hasPart(roles, chart)) return
      for (const act of ['claim', 'decide', 'add', 'submit', 'export', 'openAudit', 'openSecondLook'] as const)
        expect(can).not.toContain(act)
    }))

  it('coders and CDI specialists see the account of what stands in their worklists, or is theirs', () =>
    eachCase((roles, chart) => {
      const others = ['AUDITOR', 'SUPERVISOR', 'COMPLIANCE', 'PRIVACY_OFFICER'] as const
      if (others.some((role) => roles.includes(role)) || (chart.restricted && !hasPart(roles, chart))) return
      const codes = roles.includes('CODER') || roles.includes('CDI')
      const sight = resolveSight(viewerWith([...roles]), chart)
      expect(sight.classes.has('ACCOUNT_REF')).toBe(hasPart(roles, chart) || (codes && chart.queueId === QUEUE))
    }))

  it('no other role shows more of a restricted chart to whoever sees only that it exists', () =>
    eachCase((roles, chart) => {
      if (!chart.restricted || hasPart(roles, chart) || !roles.includes('PRIVACY_OFFICER') || chart.requestId) return
      const held = chart.identityHold
      const classes = [...resolveSight(viewerWith([...roles]), chart).classes].sort()
      expect(classes).toEqual(held ? ['ACCOUNT_REF', 'IDENTITY', 'OPEN', 'WORK'] : ['OPEN', 'WORK'])
    }))

  it('content is for parts, for broken glass, for a question, and for what a finding rests on; names for fewer', () =>
    eachCase((roles, chart) => {
      const sight = resolveSight(viewerWith([...roles]), chart)
      const part = hasPart(roles, chart)
      const glass =
        chart.glassUntil !== null &&
        !chart.restricted &&
        (roles.includes('SUPERVISOR') || roles.includes('PRIVACY_OFFICER'))
      const asked = chart.helpUntil !== null && !chart.restricted && roles.includes('SUPERVISOR')
      const found = chart.underFinding && !chart.restricted && roles.includes('COMPLIANCE')
      const opened = part || glass || answers(roles, chart) || isBlind(roles, chart)
      expect(sight.classes.has('CLINICAL')).toBe(opened || asked || found)
      const held = chart.identityHold && roles.includes('PRIVACY_OFFICER')
      expect(sight.classes.has('IDENTITY')).toBe(opened || held)
      expect(stands(sight, 'HELPING')).toBe(asked)
    }))

  it('of a person whose record was destroyed there is no chart, for anybody', () => {
    const now = new Date('2026-04-01T12:00:00Z')
    const facilityId = '018f0000-0000-7000-8000-000000000003'
    let seen = 0
    eachCase((roles, chart) => {
      const rules = visibleCharts({ ...viewerWith([...roles]), facilityIds: [facilityId] }, now)
      const assignments = chart.myParts.map((part) => ({ memberId: ME, part, endedAt: null, until: null }))
      const row = { ...chart, facilityId, assignedUntil: null, assignments }
      expect(allows(rules, 'read', 'Chart', { ...row, deletedAt: now })).toBe(false)
      if (allows(rules, 'read', 'Chart', { ...row, deletedAt: null })) seen++
    })
    expect(seen).toBeGreaterThan(100)
  })

  it('labels are for those admitted to the chart, and Part 2 by its basis and by no glass', () =>
    eachCase((roles, chart) => {
      const sight = resolveSight(viewerWith([...roles]), chart)
      const part = hasPart(roles, chart)
      const asked = chart.helpUntil !== null && !chart.restricted && roles.includes('SUPERVISOR')
      const found = chart.underFinding && !chart.restricted && roles.includes('COMPLIANCE')
      const glass = sight.relations.includes('BREAK_GLASS')
      const admitted = part || asked || found || answers(roles, chart) || isBlind(roles, chart)
      expect(sight.labels.has('PART2')).toBe(admitted && chart.part2.admitted)
      for (const label of SENSITIVITY_LABELS)
        if (label !== 'PART2') expect(sight.labels.has(label), label).toBe(admitted || glass)
    }))

  it('whoever codes a chart blind does nothing to it besides, and nobody begins who sees content', () =>
    eachCase((roles, chart, can) => {
      const sight = resolveSight(viewerWith([...roles]), chart)
      expect(stands(sight, 'BLIND_PASS')).toBe(isBlind(roles, chart))
      if (isBlind(roles, chart)) expect(can).toEqual(['read'])
      const begins =
        roles.includes('AUDITOR') &&
        !sight.classes.has('CLINICAL') &&
        !chart.iDecided &&
        !chart.iSawWork &&
        !chart.identityHold &&
        !chart.restricted
      expect(can.includes('openBlindPass')).toBe(begins)
    }))

  it('a request in hand opens content and names to its officer, and neither money nor quality', () =>
    eachCase((roles, chart) => {
      const sight = resolveSight(viewerWith(['PRIVACY_OFFICER']), chart)
      expect(stands(sight, 'REQUEST_IN_HAND')).toBe(Boolean(chart.requestId))
      expect([sight.classes.has('MONEY'), sight.classes.has('QUALITY')]).toEqual([false, false])
      expect(stands(resolveSight(viewerWith([...roles]), chart), 'REQUEST_IN_HAND')).toBe(answers(roles, chart))
    }))

  it('nothing is coded, exported or judged of a chart whose patient is in doubt', () =>
    eachCase((_roles, chart, can) => {
      if (!chart.identityHold) return
      const never = ['claim', 'decide', 'add', 'reorder', 'abstract', 'override', 'undo', 'submit', 'export'] as const
      for (const act of [...never, 'openSecondLook', 'openAudit'] as const) expect(can).not.toContain(act)
    }))

  it('nobody codes, submits or judges a chart with holes', () => {
    let whole = 0
    eachCase((roles, chart, can) => {
      if (!hasPart(roles, chart)) return
      if (chart.part2.admitted) whole += can.includes('submit') ? 1 : 0
      else
        for (const act of [
          'decide',
          'add',
          'reorder',
          'abstract',
          'override',
          'undo',
          'submit',
          'recordFinding',
        ] as const)
          expect(can).not.toContain(act)
    })
    expect(whole).toBeGreaterThan(0)
  })

  it('a provider sees no money, and an administrator or provider alone no chart', () => {
    eachCase((roles, chart) => {
      if (roles.includes('PROVIDER'))
        expect(resolveSight(viewerWith([...roles]), chart).classes.has('MONEY')).toBe(false)
    })
    for (const roles of [['ADMIN'], ['PROVIDER'], ['ADMIN', 'PROVIDER'], []] as Role[][]) {
      const rules = visibleCharts(viewerWith(roles), new Date('2026-04-01T12:00:00Z'))
      expect(rules.rulesFor('read', 'Chart').every((rule) => rule.inverted)).toBe(true)
    }
  })
})
