import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  PRIVACY_REQUEST_KINDS,
  PRIVACY_REQUEST_STATES,
  REQUEST_CLOSE_REASONS,
  REQUEST_DECISIONS,
  REQUEST_DENIALS,
} from '../../schema/values.js'
import { ROLES, type Role } from '../../server/auth/viewer.js'
import { findCharts } from '../../server/charts/chart.store.js'
import { isVisible, sightOn } from '../../server/charts/chartAccess.js'
import { assignPrivacyRequest } from '../../server/privacy/assignPrivacyRequest.command.js'
import { closePrivacyRequest } from '../../server/privacy/closePrivacyRequest.command.js'
import { openPrivacyRequest } from '../../server/privacy/openPrivacyRequest.command.js'
import {
  close,
  contest,
  decide,
  dueOn,
  extend,
  isOverdue,
  isProblem,
} from '../../server/privacy/privacyRequest.decider.js'
import type { RequestView } from '../../server/privacy/privacyRequest.model.js'
import { chartStream } from '../../server/review/chartStream.js'
import { addChart, type ChartWorld, chartWorld, memberId, requestAs } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'
const NOW = new Date('2026-06-01T14:00:00.000Z')

const view = (more: Partial<RequestView> = {}): RequestView => ({
  id: 'r',
  facilityId: 'f',
  patientId: 'p',
  kind: 'ACCESS',
  state: 'ASSIGNED',
  version: 2,
  requester: 'INDIVIDUAL',
  receivedOn: '2026-05-01',
  dueOn: dueOn(more.kind ?? 'ACCESS', '2026-05-01'),
  extended: false,
  paidInFull: false,
  recordedBy: 'a',
  recordedAt: NOW,
  assigneeId: 'a',
  assignedBy: 'a',
  decision: null,
  denialReason: null,
  decidedAt: null,
  deniedBy: null,
  closeReason: null,
  closedAt: null,
  timeZone: 'UTC',
  history: [],
  results: [],
  ...more,
})

const RESULT = {
  id: 'x',
  requestId: 'r',
  type: 'COPY' as const,
  subjectId: 's',
  actorId: 'a',
  at: NOW,
  sha256: null,
  content: () => Promise.resolve(null),
}

describe('the clock of a request', () => {
  it('is thirty days for access and sixty for amendment and accounting, to the day', () => {
    expect(dueOn('ACCESS', '2026-01-31')).toBe('2026-03-02')
    expect(dueOn('AMENDMENT', '2026-01-01')).toBe('2026-03-02')
    expect(dueOn('ACCOUNTING', '2024-01-01')).toBe('2024-03-01')
    expect([dueOn('RESTRICTION', '2026-01-01'), dueOn('DELETION', '2026-01-01')]).toEqual([null, null])
    const asked = view()
    expect(asked.dueOn).toBe('2026-05-31')
    expect(isOverdue(asked, '2026-05-31')).toBe(false)
    expect(isOverdue(asked, '2026-06-01')).toBe(true)
    const decided = { ...asked, state: 'DECIDED' as const }
    expect(isOverdue({ ...decided, decision: 'DENIED' }, '2026-06-01')).toBe(false)
    // A grant alone is no answer: what was granted has to be done in time.
    expect(isOverdue({ ...decided, decision: 'GRANTED' }, '2026-06-01')).toBe(true)
    expect(isOverdue({ ...decided, decision: 'GRANTED', results: [RESULT] }, '2026-06-01')).toBe(false)
  })

  it('is extended by thirty days once, before it ends, and only where there is one', () => {
    expect(extend(view(), '2026-05-31')).toEqual({ extended: true, dueOn: '2026-06-30' })
    expect(extend(view(), '2026-06-01')).toMatchObject({ code: 'TERM_IS_OVER' })
    expect(extend(view({ extended: true, dueOn: '2026-06-30' }), '2026-05-20')).toMatchObject({
      code: 'EXTENDED_BEFORE',
    })
    expect(extend(view({ kind: 'RESTRICTION', dueOn: null }), '2026-05-02')).toMatchObject({ code: 'NO_CLOCK' })
  })
})

/** The grounds, written down once more from the regulation. */
const GROUNDS: Readonly<Record<string, readonly string[]>> = {
  ACCESS: [
    'PSYCHOTHERAPY_NOTES',
    'LEGAL_PROCEEDINGS',
    'CORRECTIONAL_SAFETY',
    'RESEARCH_IN_PROGRESS',
    'PRIVACY_ACT',
    'CONFIDENTIAL_SOURCE',
    'ENDANGERS_LIFE_OR_SAFETY',
    'ENDANGERS_PERSON_NAMED',
    'REPRESENTATIVE_ENDANGERS',
    'NOT_IN_RECORD_SET',
  ],
  AMENDMENT: ['NOT_CREATED_HERE', 'NOT_IN_RECORD_SET', 'NOT_OPEN_TO_ACCESS', 'ACCURATE_AND_COMPLETE'],
  RESTRICTION: ['NOT_AGREED'],
  ACCOUNTING: [],
  DELETION: ['RETENTION_REQUIRED', 'LEGAL_HOLD'],
}

describe('deciding on a request', () => {
  it('denies on the grounds of its kind alone, and never what was paid in full', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PRIVACY_REQUEST_KINDS),
        fc.constantFrom(...REQUEST_DECISIONS),
        fc.option(fc.constantFrom(...REQUEST_DENIALS)),
        fc.boolean(),
        (kind, decision, ground, paid) => {
          const paidInFull = kind === 'RESTRICTION' && paid
          const done = decide(view({ kind, paidInFull }), decision, ground, NOW)
          const allowed =
            decision === 'GRANTED' ? ground === null : !paidInFull && ground !== null && GROUNDS[kind]!.includes(ground)
          expect(!isProblem(done), JSON.stringify([kind, decision, ground, paidInFull])).toBe(allowed)
          if (!isProblem(done)) expect(done).toMatchObject({ state: 'DECIDED', decision, denialReason: ground })
        },
      ),
      { numRuns: 600 },
    )
  })

  it('gives denied access on reviewable grounds to a second person, once', () => {
    for (const ground of GROUNDS.ACCESS!) {
      const reviewable = ground.includes('ENDANGERS')
      const denied = view({ state: 'DECIDED', decision: 'DENIED', denialReason: ground as never, decidedAt: NOW })
      const again = contest(denied)
      expect(isProblem(again), ground).toBe(!reviewable)
      if (reviewable) {
        expect(again).toMatchObject({ state: 'OPEN', deniedBy: 'a', assigneeId: null, decision: null })
        expect(contest({ ...denied, deniedBy: 'b' })).toMatchObject({ code: 'REVIEWED_BEFORE' })
      }
    }
    const amendment = view({
      kind: 'AMENDMENT',
      state: 'DECIDED',
      decision: 'DENIED',
      denialReason: 'NOT_CREATED_HERE',
    })
    expect(contest(amendment)).toEqual({})
  })

  it('closes as answered what was decided, and nothing else', () => {
    for (const state of ['OPEN', 'ASSIGNED', 'DECIDED'] as const)
      for (const reason of REQUEST_CLOSE_REASONS)
        for (const decision of REQUEST_DECISIONS)
          for (const results of [[], [RESULT]])
            expect(isProblem(close(view({ state, decision, results }), reason, NOW)), `${state} ${reason}`).toBe(
              (reason === 'ANSWERED') !== (state === 'DECIDED') ||
                (reason === 'ANSWERED' && decision !== 'DENIED' && results.length === 0),
            )
  })
})

describe('whose charts a request in hand opens', () => {
  let world: ChartWorld
  beforeAll(async () => void (world = await chartWorld(NOW)))
  afterAll(() => world.close())

  it('is decided by who has it, where, for whom and until when, over random requests and viewers', async () => {
    const { harbor } = world.demo
    const facilities = Object.values(harbor.facilities)
    const people = ['privacy@demo.test', 'coder@demo.test', 'supervisor@demo.test'].map((email) =>
      memberId(world, email),
    )
    const charts = await Promise.all(
      [false, true].map((restricted) => addChart(world, { facility: 'north', restricted, documents: [] })),
    )
    // A record that was merged into that of the first chart is the same person.
    const other = await addChart(world, { facility: 'north', documents: [] })
    const merged = await addChart(world, { facility: 'north', documents: [] })
    await world.db.ownerSql`update patient set merged_into = ${charts[0]!.patientId} where id = ${merged.patientId}`
    const patients = [...charts.map((chart) => chart.patientId), other.patientId, merged.patientId]
    const whose = (i: number) => (i === 3 ? 0 : i)

    let opened = 0
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          kind: fc.constantFrom(...PRIVACY_REQUEST_KINDS),
          state: fc.constantFrom(...PRIVACY_REQUEST_STATES, 'ASSIGNED' as const, 'DECIDED' as const),
          assignee: fc.nat({ max: 1 }),
          byAnother: fc.boolean(),
          facility: fc.nat({ max: 1 }),
          patient: fc.nat({ max: 3 }),
        }),
        fc.record({
          roles: fc
            .subarray([...ROLES], { minLength: 0 })
            .map((roles) => [...new Set<Role>(['PRIVACY_OFFICER', ...roles])]),
          officer: fc.constantFrom(true, true, true, false),
          facilities: fc.subarray([0, 1], { minLength: 1 }),
          person: fc.nat({ max: 1 }),
        }),
        async (asked, drawn) => {
          const { ownerSql } = world.db
          const closed = asked.state === 'CLOSED'
          const decided = asked.state === 'DECIDED'
          const held = asked.state !== 'OPEN'
          await ownerSql.begin(async (tx) => {
            await tx`set local session_replication_role = replica`
            await tx`delete from privacy_request`
            await tx`insert into privacy_request ${tx({
              orgId: harbor.organisationId,
              id: randomUUID(),
              facilityId: facilities[asked.facility]!,
              patientId: patients[asked.patient]!,
              kind: asked.kind,
              state: asked.state,
              requester: 'INDIVIDUAL',
              receivedOn: '2026-05-01',
              recordedBy: people[2]!,
              recordedAt: NOW,
              assigneeId: held ? people[asked.assignee]! : null,
              assignedBy: held ? people[asked.byAnother ? 2 : asked.assignee]! : null,
              decision: decided ? 'GRANTED' : null,
              decidedAt: decided ? NOW : null,
              closedAt: closed ? NOW : null,
              closeReason: closed ? 'WITHDRAWN_BY_REQUESTER' : null,
            } as never)}`
          })
          const roles = drawn.officer ? drawn.roles : drawn.roles.filter((role) => role !== 'PRIVACY_OFFICER')
          const request = requestAs(world, 'privacy@demo.test')
          const session = await request.reading()
          const viewer = {
            ...session.viewer,
            memberId: people[drawn.person]!,
            roles,
            facilityIds: drawn.facilities.map((i) => facilities[i]!),
            queueIds: [],
          }
          const mine = { ...session, viewer, memory: new Map() }
          const rows = await findCharts(mine, [charts[0]!.chartId, charts[1]!.chartId, other.chartId, merged.chartId])
          for (const [i, chart] of [...charts, other, merged].entries()) {
            const row = rows.find((r) => r.id === chart.chartId)!
            if (!isVisible(mine, row)) continue
            const want =
              drawn.officer &&
              (asked.state === 'ASSIGNED' || decided) &&
              asked.assignee === drawn.person &&
              facilities[asked.facility] === row.facilityId &&
              whose(asked.patient) === whose(i) &&
              (!row.restricted || asked.byAnother)
            const { classes, relations } = sightOn(mine, row)
            expect([classes.has('IDENTITY'), classes.has('CLINICAL'), relations.includes('REQUEST_IN_HAND')]).toEqual([
              want,
              want,
              want,
            ])
            if (want) opened++
          }
          await request.close()
        },
      ),
      { numRuns: 300 },
    )
    expect(opened).toBeGreaterThan(25)
    await world.db.ownerSql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`delete from privacy_request`
    })
  }, 120_000)

  it('opens in a stream with the assignment and closes at once with the request', async () => {
    const value = randomUUID()
    const { chartId } = await addChart(world, {
      facility: 'north',
      coder: 'coder@demo.test',
      patient: { identifiers: [{ assigner: ASSIGNER, type: 'MRN', value }] },
    })
    const officer = 'privacy@demo.test'
    const stream = await chartStream(world.services, world.claims.get(officer)!, chartId, null)
    const next = async () => (await stream.next()).value as { __typename: string; change?: string }
    expect((await next()).__typename).toBe('ChartSnapshot')
    const patient = {
      facilityId: world.demo.harbor.facilities.north!,
      identifier: { assigner: ASSIGNER, type: 'MRN' as const, value },
    }
    const opened = await openPrivacyRequest(requestAs(world, officer), {
      commandId: randomUUID(),
      patient,
      kind: 'ACCESS',
      requester: 'INDIVIDUAL',
      receivedOn: '2026-06-01',
      paidInFull: false,
      destroyed: false,
      details: 'A copy of the record of this stay.',
    })
    if (opened.kind !== 'PrivacyRequestSaved') throw new Error(opened.kind)
    const { requestId } = opened
    await assignPrivacyRequest(requestAs(world, officer), {
      commandId: randomUUID(),
      requestId,
      seenVersion: 1,
      memberId: memberId(world, officer),
    })
    expect(await next()).toMatchObject({ __typename: 'AccessChanged', change: 'RESTORED' })
    const done = await closePrivacyRequest(requestAs(world, officer), {
      commandId: randomUUID(),
      requestId,
      seenVersion: 2,
      reason: 'WITHDRAWN_BY_REQUESTER',
    })
    expect(done.kind).toBe('PrivacyRequestSaved')
    expect(await next()).toMatchObject({ __typename: 'AccessChanged', change: 'NARROWED' })
    await stream.return!()
    const records = await world.db.ownerSql<{ action: string; purpose: string; requests: string[] | null }[]>`
      select action, purpose, detail -> 'requests' as requests from access_record
      where actor_id = ${memberId(world, officer)} and action like 'stream%' order by seq`
    expect(records.slice(0, 3)).toEqual([
      { action: 'stream start', purpose: 'PAYMENT', requests: null },
      { action: 'stream access', purpose: 'OPERATIONS', requests: [requestId] },
      { action: 'stream access', purpose: 'PAYMENT', requests: null },
    ])
    await expect(
      requestAs(world, officer).writing(
        ({ tx }) => tx`update privacy_request set state = 'ASSIGNED' where id = ${requestId}`,
      ),
    ).rejects.toThrow(/closed/)
  })
})

describe('requests of patients over the API', () => {
  let server: TestServer
  let officer: TestPerson
  let second: TestPerson
  let coder: TestPerson
  beforeAll(async () => {
    server = await testServer()
    officer = await server.signInAs('privacy@demo.test')
    second = await server.signInAs('compliance@demo.test')
    coder = await server.signInAs('coder@demo.test')
    await server.db.ownerSql`
      update member set roles = '{PRIVACY_OFFICER}' where id = ${server.demo.harbor.members['compliance@demo.test']!.memberId}`
  })
  afterAll(() => server.close())

  const idOf = (email: string): string => server.demo.harbor.members[email]!.memberId
  const FIELDS = `__typename ... on PrivacyRequestSaved { request { id version state dueOn overdue can assignee { id }
    history { type note } masked { field } } } ... on PrivacyRequestChanged { seenVersion request { version } }
    ... on CommandInvalid { problems { code field } }`
  interface Shown {
    readonly id: string
    readonly version: number
    readonly state: string
    readonly can: string[]
    readonly history: { type: string; note: string | null }[]
    readonly masked: { field: string }[]
  }
  const send = async (who: TestPerson, name: string, input: object) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`
    const answer = await who.graphql(`mutation ($input: ${type}!) { ${name}(input: $input) { ${FIELDS} } }`, {
      input: { commandId: randomUUID(), ...input },
    })
    return answer.errors
      ? `${answer.errors[0]!.extensions.code}:${String((answer.errors[0]!.extensions as { reason?: string }).reason ?? '')}`
      : (answer.data![name] as { __typename: string; request?: Shown; problems?: { code: string }[] })
  }
  const saved = async (who: TestPerson, name: string, input: object): Promise<Shown> => {
    const outcome = await send(who, name, input)
    if (typeof outcome === 'string' || outcome.__typename !== 'PrivacyRequestSaved')
      throw new Error(JSON.stringify(outcome))
    return outcome.request!
  }
  const today = () => new Date().toISOString().slice(0, 10)

  async function person(more: object = {}) {
    const value = randomUUID()
    const patient = { familyName: 'Zyxommason', identifiers: [{ assigner: ASSIGNER, type: 'MRN' as const, value }] }
    const chart = await server.addChart({ facility: 'north', coder: 'coder@demo.test', patient, ...more })
    return {
      ...chart,
      lookup: {
        facilityId: server.demo.harbor.facilities.north!,
        identifier: { assigner: ASSIGNER, type: 'MRN', value },
      },
    }
  }
  const ask = (lookup: object, more: object = {}) => ({
    patient: lookup,
    kind: 'ACCESS',
    requester: 'INDIVIDUAL',
    receivedOn: '2026-01-05',
    details: 'CANARY: a copy of everything.',
    ...more,
  })
  const name = async (who: TestPerson, chartId: string) => {
    const { data } = await who.graphql(
      'query ($id: ID!) { chart(id: $id) { patient { familyName } documents { version { text } } access { can } } }',
      { id: chartId },
    )
    const chart = data!.chart as { patient: { familyName: string | null }; documents: unknown[] | null }
    return [chart.patient.familyName, chart.documents === null]
  }

  it('let whoever has one in hand see that person’s charts, and nobody else’s, until it is closed', async () => {
    const one = await person()
    const stranger = await person()
    expect(await name(officer, one.chartId)).toEqual([null, true])
    const opened = await saved(officer, 'openPrivacyRequest', ask(one.lookup))
    expect(opened).toMatchObject({ state: 'OPEN', version: 1, can: ['assign', 'close'] })
    expect(opened.history).toEqual([{ type: 'RECEIVED', note: null }])
    expect(await name(officer, one.chartId)).toEqual([null, true])

    const mine = { requestId: opened.id, seenVersion: 1, memberId: idOf('privacy@demo.test') }
    const taken = await saved(officer, 'assignPrivacyRequest', mine)
    expect(taken.can).toEqual(['assign', 'extend', 'decide', 'close'])
    expect(taken.history[0]).toEqual({ type: 'RECEIVED', note: 'CANARY: a copy of everything.' })
    expect(await name(officer, one.chartId)).toEqual(['Zyxommason', false])
    expect(await name(officer, stranger.chartId)).toEqual([null, true])
    expect(await name(second, one.chartId)).toEqual([null, true])
    const [record] = await server.db.ownerSql<{ purpose: string; requests: string[] }[]>`
      select purpose, detail -> 'requests' as requests from access_record
      where actor_id = ${idOf('privacy@demo.test')} and action = 'query chart' and 'IDENTITY' = any(classes) order by seq desc limit 1`
    expect(record).toEqual({ purpose: 'OPERATIONS', requests: [opened.id] })

    const decided = await saved(officer, 'decidePrivacyRequest', {
      requestId: opened.id,
      seenVersion: 2,
      decision: 'GRANTED',
      statement: 'The copy is enclosed.',
    })
    expect(await name(officer, one.chartId)).toEqual(['Zyxommason', false])
    const copied = await saved(officer, 'fulfilPrivacyRequest', {
      requestId: opened.id,
      seenVersion: decided.version,
    })
    const closed = await saved(officer, 'closePrivacyRequest', {
      requestId: opened.id,
      seenVersion: copied.version,
      reason: 'ANSWERED',
    })
    expect(closed).toMatchObject({ state: 'CLOSED', can: [] })
    expect(closed.history.map((step) => step.note)).toEqual([null, null, null, null, null])
    expect(closed.masked).toContainEqual({ field: 'note' })
    expect(await name(officer, one.chartId)).toEqual([null, true])
  })

  it('open a restricted chart only to whom another person gave it', async () => {
    const one = await person({ restricted: true })
    const opened = await saved(officer, 'openPrivacyRequest', ask(one.lookup))
    await saved(officer, 'assignPrivacyRequest', {
      requestId: opened.id,
      seenVersion: 1,
      memberId: idOf('privacy@demo.test'),
    })
    expect(await name(officer, one.chartId)).toEqual([null, true])
    await saved(officer, 'assignPrivacyRequest', {
      requestId: opened.id,
      seenVersion: 2,
      memberId: idOf('compliance@demo.test'),
    })
    expect(await name(second, one.chartId)).toEqual(['Zyxommason', false])
    expect(await name(officer, one.chartId)).toEqual([null, true])
  })

  it('are answered by whoever has them in hand, at the version they saw, and reviewed by a second person', async () => {
    const one = await person()
    const opened = await saved(officer, 'openPrivacyRequest', ask(one.lookup))
    const requestId = opened.id
    const give = (email: string, seenVersion: number) => ({ requestId, seenVersion, memberId: idOf(email) })
    const denial = (seenVersion: number, denialReason = 'ENDANGERS_LIFE_OR_SAFETY') => ({
      requestId,
      seenVersion,
      decision: 'DENIED',
      denialReason,
      statement: 'A licensed professional has judged so.',
    })
    expect(await send(second, 'decidePrivacyRequest', denial(1))).toBe('FORBIDDEN:REQUEST_NOT_IN_HAND')
    expect(await send(officer, 'assignPrivacyRequest', give('coder@demo.test', 1))).toMatchObject({
      problems: [{ code: 'NOT_AN_OFFICER' }],
    })
    await saved(officer, 'assignPrivacyRequest', give('privacy@demo.test', 1))
    expect(await send(officer, 'decidePrivacyRequest', denial(1))).toMatchObject({
      __typename: 'PrivacyRequestChanged',
      seenVersion: 1,
    })
    expect(await send(officer, 'decidePrivacyRequest', denial(2, 'NOT_CREATED_HERE'))).toMatchObject({
      problems: [{ code: 'NOT_A_GROUND' }],
    })
    expect((await saved(officer, 'decidePrivacyRequest', denial(2))).state).toBe('DECIDED')
    const contested = await saved(officer, 'contestPrivacyRequest', {
      requestId,
      seenVersion: 3,
      statement: 'I want to see it all the same.',
    })
    expect(contested.state).toBe('OPEN')
    expect(await name(officer, one.chartId)).toEqual([null, true])
    expect(await send(officer, 'assignPrivacyRequest', give('privacy@demo.test', 4))).toBe(
      'FORBIDDEN:SEPARATION_OF_DUTIES',
    )
    await saved(officer, 'assignPrivacyRequest', give('compliance@demo.test', 4))
    expect((await saved(second, 'decidePrivacyRequest', denial(5))).state).toBe('DECIDED')
  })

  it('of others are as those of nobody, to the byte', async () => {
    const one = await person()
    const opened = await saved(officer, 'openPrivacyRequest', ask(one.lookup))
    const lakeside = await server.signInAs('lakeside@demo.test')
    for (const who of [coder, lakeside]) {
      const { data } = await who.graphql('query { privacyRequests { id } }')
      expect(data).toEqual({ privacyRequests: [] })
      for (const requestId of [opened.id, randomUUID()])
        expect(await send(who, 'closePrivacyRequest', { requestId, seenVersion: 1, reason: 'ANSWERED' })).toBe(
          'NOT_FOUND:',
        )
      expect(await send(who, 'openPrivacyRequest', ask(one.lookup))).toBe('NOT_FOUND:')
    }
    const unknown = { ...one.lookup, identifier: { ...one.lookup.identifier, value: randomUUID() } }
    expect(await send(officer, 'openPrivacyRequest', ask(unknown))).toBe('NOT_FOUND:')
    const { data } = await officer.graphql(
      'query { privacyRequests(first: 100) { id facility { key } history { note } } }',
    )
    expect((data!.privacyRequests as { id: string }[]).map((request) => request.id)).toContain(opened.id)
    expect(JSON.stringify(data)).not.toContain('CANARY')
  })

  it('are asked for in bounds', async () => {
    const one = await person()
    for (const first of [0, 101]) {
      const { errors } = await officer.graphql(`query { privacyRequests(first: ${first}) { id } }`)
      expect(errors![0]!.extensions.code).toBe('BAD_INPUT')
    }
    expect(await send(officer, 'openPrivacyRequest', ask(one.lookup, { details: ' ' }))).toBe('BAD_INPUT:')
    expect(await send(officer, 'openPrivacyRequest', ask(one.lookup, { details: 'x'.repeat(4_001) }))).toBe(
      'BAD_INPUT:',
    )
    expect(await send(officer, 'openPrivacyRequest', ask(one.lookup, { receivedOn: '2199-01-01' }))).toMatchObject({
      problems: [{ code: 'IN_THE_FUTURE' }],
    })
    expect(
      await send(officer, 'openPrivacyRequest', ask(one.lookup, { paidInFull: true, receivedOn: '2026-01-05' })),
    ).toMatchObject({
      problems: [{ code: 'NOT_A_RESTRICTION' }],
    })
  })

  it('carry the accounting: it is prepared for whoever has one of that person in hand', async () => {
    const one = await person()
    const year = Number(today().slice(0, 4))
    const accounting = async (who: TestPerson) => {
      const { errors } = await who.graphql(
        `query ($p: PatientLookupInput!) { accountingOfDisclosures(patient: $p, from: "${year - 1}-01-01", to: "${today()}") { patientId } }`,
        { p: one.lookup },
      )
      return errors ? errors[0]!.extensions : 'DONE'
    }
    expect(await accounting(officer)).toMatchObject({ code: 'FORBIDDEN', reason: 'REQUEST_NOT_IN_HAND' })
    const opened = await saved(officer, 'openPrivacyRequest', ask(one.lookup, { kind: 'ACCOUNTING' }))
    await saved(officer, 'assignPrivacyRequest', {
      requestId: opened.id,
      seenVersion: 1,
      memberId: idOf('privacy@demo.test'),
    })
    expect(await accounting(officer)).toBe('DONE')
    expect(await accounting(second)).toMatchObject({ code: 'FORBIDDEN' })
  })
})
