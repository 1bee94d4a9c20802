import { randomUUID } from 'node:crypto'
import { type ExecutionResult, execute, parse } from 'graphql'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSchema } from '../../server/app/buildSchema.js'
import { closeAudit } from '../../server/audits/closeAudit.command.js'
import { openAudit } from '../../server/audits/openAudit.command.js'
import { mayWithResult, qualityRules } from '../../server/audits/quality.policy.js'
import { pageOfResults } from '../../server/audits/quality.store.js'
import { recordFinding } from '../../server/audits/recordFinding.command.js'
import { createPageCursors, PAGE_CURSORS } from '../../server/auth/pageCursor.js'
import { findCharts } from '../../server/charts/index.js'
import { addChart, type ChartWorld, chartWorld, memberId, requestAs, SUBMITTABLE, submit } from '../support/charts.js'

/** docs/audits.md, rules 6 and 7: in SQL and in memory, and over two worlds that differ in somebody's result alone. */

const EVERYBODY = [
  'coder@demo.test',
  'coder2@demo.test',
  'reviewer@demo.test',
  'auditor@demo.test',
  'cdi@demo.test',
  'supervisor@demo.test',
  'compliance@demo.test',
  'privacy@demo.test',
  'admin@demo.test',
  'provider@demo.test',
  'lakeside@demo.test',
] as const
const AUDITORS = ['auditor@demo.test', 'reviewer@demo.test'] as const
const CODERS = ['coder@demo.test', 'coder2@demo.test'] as const

const schema = buildSchema()
let world: ChartWorld
const audits: { chartId: string; auditId: string; findingId: string; coder: string; auditor: string }[] = []
beforeAll(async () => {
  world = await chartWorld()
  world.services.provide(PAGE_CURSORS, createPageCursors(world.db.vault.derive('page cursors')))
  for (const coder of CODERS) for (const auditor of AUDITORS) audits.push(await judged(coder, auditor))
})
afterAll(() => world.close())

async function judged(coder: string, auditor: string) {
  const { chartId, suggestionIds } = await addChart(world, { coder, lines: SUBMITTABLE })
  await submit(world, coder, chartId)
  const id = () => ({ commandId: randomUUID() })
  const opened = await openAudit(requestAs(world, auditor), { ...id(), chartId, reason: 'FOCUSED' })
  const { auditId } = opened as { auditId: string }
  const found = await recordFinding(requestAs(world, auditor), {
    ...id(),
    auditId,
    element: 'SECONDARY_DIAGNOSIS',
    kind: 'DELETE',
    suggestionId: suggestionIds[1]!,
    explanation: 'Not supported.',
  })
  const closed = await closeAudit(requestAs(world, auditor), { ...id(), auditId, seenVersion: 2 })
  expect(closed.kind).toBe('AuditClosed')
  return { chartId, auditId, findingId: (found as { findingId: string }).findingId, coder, auditor }
}

const ROLES = ['CODER', 'AUDITOR', 'CDI', 'SUPERVISOR', 'COMPLIANCE', 'PRIVACY_OFFICER', 'ADMIN'] as const

describe('the rules of results', () => {
  it('list in SQL exactly what they show in memory, for whoever somebody is and however the charts stand', async () => {
    const { ownerSql } = world.db
    let shown = 0
    let hidden = 0
    const state = fc.record({
      restricted: fc.boolean(),
      status: fc.constantFrom('SUBMITTED', 'IN_CODING', 'REOPENED', 'EXPORTED'),
      coder: fc.constantFrom('ME', ...CODERS, null),
      until: fc.constantFrom(null, -1, 1),
      deleted: fc.constantFrom(false, false, false, true),
      part: fc.constantFrom(null, 'AUDITOR', 'SECOND_LOOK', 'CDI'),
      partUntil: fc.constantFrom(null, -1, 1),
      ended: fc.boolean(),
      blind: fc.constantFrom(false, false, true),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CODERS, ...AUDITORS, 'compliance@demo.test'),
        fc.subarray([...ROLES]),
        fc.array(state, { minLength: audits.length, maxLength: audits.length }),
        async (email, roles, states) => {
          const me = memberId(world, email)
          const at = (hours: number | null) =>
            hours === null ? null : new Date(world.clock.now().getTime() + hours * 3_600_000)
          await ownerSql.begin(async (tx) => {
            // Charts are put into states to which no single command leads.
            await tx`set local session_replication_role = replica`
            const [{ roles: before }] = (await tx`select roles from member where id = ${me}`) as unknown as [
              { roles: string[] },
            ]
            await tx`update member set roles = ${roles} where id = ${me}`
            for (const [i, { chartId }] of audits.entries()) {
              const it = states[i]!
              const coder = it.coder === 'ME' ? me : it.coder && memberId(world, it.coder)
              await tx`update chart set restricted = ${it.restricted}, status = ${it.status}, coder_of_record_id = ${coder},
                assigned_until = ${at(it.until)}, deleted_at = ${it.deleted ? new Date() : null} where id = ${chartId}`
              await tx`delete from assignment where chart_id = ${chartId}`
              await tx`delete from coding_pass where chart_id = ${chartId}`
              if (it.part)
                await tx`insert into assignment (org_id, id, chart_id, member_id, part, started_at, until, ended_at)
                  select org_id, ${randomUUID()}, id, ${me}, ${it.part}, now(), ${at(it.partUntil)},
                    ${it.ended ? new Date() : null} from chart where id = ${chartId}`
              if (it.blind)
                await tx`insert into coding_pass (org_id, id, chart_id, member_id, opened_at)
                  select org_id, ${randomUUID()}, id, ${me}, now() from chart where id = ${chartId}`
            }
            restore = () => ownerSql`update member set roles = ${before} where id = ${me}`
          })
          const request = requestAs(world, email)
          try {
            const session = await request.reading()
            const ability = qualityRules(session.viewer, session.now)
            const listed = await pageOfResults(session, { ability, waitsFor: null, first: 100, after: undefined })
            const rows = await ownerSql<
              { id: string; chartId: string; facilityId: string; memberId: string; auditorId: string }[]
            >`select id, chart_id, facility_id, member_id, auditor_id from quality_result`
            const charts = new Map(
              (
                await findCharts(
                  session,
                  audits.map((it) => it.chartId),
                )
              ).map((it) => [it.id, it]),
            )
            const told = rows.filter((row) =>
              mayWithResult(ability, 'read', session.viewer, row, charts.get(row.chartId)!),
            )
            expect(listed.map((it) => it.id).sort()).toEqual(told.map((it) => it.id).sort())
            shown += told.length
            hidden += rows.length - told.length
          } finally {
            await request.close()
            await restore()
          }
        },
      ),
      { numRuns: 80, seed: 43 },
    )
    expect(shown).toBeGreaterThan(40)
    expect(hidden).toBeGreaterThan(40)
  }, 120_000)
})
let restore: () => PromiseLike<unknown> = async () => undefined

describe('two worlds that differ in what was found about somebody', () => {
  const RESULTS = `{ qualityResults(first: 100) { pageInfo { hasNextPage } edges { node { id auditId accountNumber closedAt
    score { overCoded underCoded headline { numerator denominator } } recordedScore { overCoded }
    findings { id version state kind explanation guideline can dueAt history { type comment at } } } } } }`
  const ONE = `query ($id: ID!, $ids: [ID!]!, $chart: ID!) { nodes(ids: $ids) { __typename id ... on Finding { explanation state history { comment } }
    ... on Audit { version score { overCoded } findings { explanation } } }
    chart(id: $chart) { id status cursor access { can } audits { id version score { overCoded } findings { explanation state } } } }`
  const BY_ID = `query ($id: ID!) { qualityResult(id: $id) { id findings { explanation state } score { overCoded } } }`

  async function told(email: string, resultId: string, of: (typeof audits)[number]): Promise<string> {
    const answers: unknown[] = []
    for (const [document, variables] of [
      [RESULTS, {}],
      [ONE, { id: resultId, ids: [of.findingId, of.auditId], chart: of.chartId }],
      [BY_ID, { id: resultId }],
    ] as const) {
      const request = requestAs(world, email)
      const { data, errors } = (await execute({
        schema,
        document: parse(document),
        variableValues: variables as Record<string, unknown>,
        contextValue: request,
      })) as ExecutionResult
      await request.close()
      answers.push([data, errors?.map((error) => [error.message, error.path])])
    }
    return JSON.stringify(answers)
  }

  it('are one to everybody but that person, the auditor and compliance', async () => {
    const fresh = await Promise.all(CODERS.map((coder, i) => judged(coder, AUDITORS[i]!)))
    const changed = new Map<string, number>()
    for (const of of fresh) {
      const [row] = await world.db.ownerSql<{ id: string }[]>`
        select id from quality_result where audit_id = ${of.auditId} and member_id = ${memberId(world, of.coder)}`
      const changes = [
        (sql: typeof world.db.ownerSql) => sql`update finding set kind = 'AGREE' where id = ${of.findingId}`,
        (sql: typeof world.db.ownerSql) => sql`
          insert into finding_step (org_id, finding_id, number, audit_id, chart_id, type, actor_id, at)
          select org_id, id, 1, audit_id, chart_id, 'ACKNOWLEDGED', recorded_by, now() from finding where id = ${of.findingId}`,
        (sql: typeof world.db.ownerSql) => sql`delete from quality_result where id = ${row!.id}`,
      ]
      const entitled = [of.coder, of.auditor, 'compliance@demo.test']
      for (const change of changes) {
        const before = new Map<string, string>()
        for (const email of EVERYBODY) before.set(email, await told(email, row!.id, of))
        await world.db.ownerSql.begin(async (sql) => {
          await sql`set local session_replication_role = replica`
          await change(sql as unknown as typeof world.db.ownerSql)
        })
        for (const email of EVERYBODY) {
          const after = await told(email, row!.id, of)
          if (entitled.includes(email)) {
            if (after !== before.get(email)) changed.set(email, (changed.get(email) ?? 0) + 1)
          } else expect(after, email).toBe(before.get(email))
        }
      }
    }
    // A change that nobody was told of would prove nothing.
    for (const email of [...CODERS, ...AUDITORS]) expect(changed.get(email), email).toBe(3)
    expect(changed.get('compliance@demo.test')).toBe(6)
  }, 120_000)
})
