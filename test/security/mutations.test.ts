import { createHash, randomUUID } from 'node:crypto'
import { getNamedType, type GraphQLInputObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../server/kernel/errors.js'
import { verifyDatabase } from '../../server/review/verify.js'
import { type Input, plainInput, spoiled } from './inputs.js'
import { type Account, type SecretWorld, secretWorld } from './world.js'

/** Commands with everything in every place: refused in words of ours, never half done, never on another chart. */

let world: SecretWorld
beforeAll(async () => void (world = await secretWorld()))
afterAll(() => world.server.close())

const CODER = 'coder@demo.test'
const ACTORS: Readonly<Record<string, Account>> = {
  openSecondLook: 'reviewer@demo.test',
  openAudit: 'auditor@demo.test',
  recordFinding: 'auditor@demo.test',
  returnChart: 'supervisor@demo.test',
  resolveIdentity: 'privacy@demo.test',
  assignChart: 'supervisor@demo.test',
  unassignChart: 'supervisor@demo.test',
  requestOwnGrant: 'admin@demo.test',
  approve: 'privacy@demo.test',
  decline: 'privacy@demo.test',
}
/** Which chart a command is tried on; the coder's own where none is named. */
const CHARTS: Readonly<Record<string, string>> = {
  openAudit: 'audited',
  recordFinding: 'audited',
  reopenChart: 'audited',
  exportChart: 'audited',
  returnChart: 'audited',
  resolveIdentity: 'held',
  claimChart: 'waiting',
}
const TRIED = new Set(['claimed', ...Object.values(CHARTS), 'second look'])

describe('every command, with every value in every place', () => {
  it('is done or refused, and nothing else', async () => {
    const mutations = Object.values(world.server.app.schema.getMutationType()!.getFields())
    const before = await fingerprints()
    const logged = world.server.log.length
    const codes = new Map<string, number>()
    const troubles: string[] = []
    let requests = 0

    const work = mutations.flatMap((field) => {
      const type = getNamedType(field.args[0]!.type) as GraphQLInputObjectType
      return [{ name: field.name, type, bare: field.name === 'focus' }]
    })
    for (const { name, type, bare } of work) {
      const person = world.as(ACTORS[name] ?? CODER)
      const chart = CHARTS[name] ?? 'claimed'
      const { given, ids } = await idsFor(chart)
      const query = `mutation ($input: ${type.name}!) { ${name}(input: $input) ${bare ? '' : '{ __typename }'} }`
      const base = plainInput(type, given, randomUUID)
      const inputs = [...spoiled(type, base, ids)]
      for (let i = 0; i < inputs.length; i += 8)
        await Promise.all(
          inputs.slice(i, i + 8).map(async (input) => {
            const fresh: Input =
              input.commandId === base.commandId && 'commandId' in input ? { ...input, commandId: randomUUID() } : input
            const answer = await person.graphql(query, { input: fresh })
            requests++
            for (const error of answer.errors ?? []) {
              const { code } = error.extensions
              codes.set(code, (codes.get(code) ?? 0) + 1)
              const changed = Object.entries(fresh).filter(([k, v]) => JSON.stringify(v) !== JSON.stringify(base[k]))
              const what = `${name} ${JSON.stringify(changed.slice(-1)).slice(0, 300)} -> ${code} ${error.message}`
              if (!(code in CATALOGUE) || code === 'INTERNAL' || code === 'UNAVAILABLE') troubles.push(what)
              if (error.message.length > 300 || /[<>{}\u0000-\u001f\ud800-\udfff]|onerror|cmd\|/.test(error.message))
                troubles.push(what)
            }
            if (!answer.errors) codes.set('done', (codes.get('done') ?? 0) + 1)
          }),
        )
    }
    console.info(`commands: ${requests} requests, ${JSON.stringify(Object.fromEntries(codes))}`)
    expect(troubles).toEqual([])
    expect(world.server.log.slice(logged).filter((line) => line.includes('"event":"failed"'))).toEqual([])
    expect(codes.get('done')!).toBeGreaterThan(50)

    // Charts that no command was sent for are as they were, though their ids and parts stood in the input.
    const after = await fingerprints()
    for (const [name, id] of world.charts) if (!TRIED.has(name)) expect(after.get(id), name).toBe(before.get(id))
    for (const check of await verifyDatabase(world.server.db.ownerSql, world.server.db.vault))
      expect(check).toMatchObject({ holds: true })
  }, 580_000)

  it('ties together only what belongs to one chart', async () => {
    const crossed = await world.server.db.ownerSql`
      select 'evidence' as what from evidence e join suggestion s on s.id = e.owner_id
        join document_version v on v.id = e.version_id where s.chart_id <> v.chart_id
      union all select 'reply' from comment c join comment p on p.id = c.parent_id where p.chart_id <> c.chart_id
      union all select 'line' from comment c join suggestion s on s.id = c.suggestion_id where s.chart_id <> c.chart_id
      union all select 'finding' from finding f join suggestion s on s.id = f.suggestion_id where s.chart_id <> f.chart_id
      union all select 'proposal' from finding f join suggestion s on s.id = f.proposed_suggestion_id where s.chart_id <> f.chart_id
      union all select 'event' from chart_event e join chart c on c.id = e.chart_id where c.org_id <> e.org_id`
    expect([...crossed]).toEqual([])
  })
})

/** Ids of the chart's own things, and of everybody else's. */
async function idsFor(name: string): Promise<{ given: Input; ids: string[] }> {
  const { ownerSql } = world.server.db
  const chartId = world.charts.get(name)!
  const one = async (table: string, where = 'chart_id = $1'): Promise<string | undefined> =>
    (await ownerSql.unsafe<{ id: string }[]>(`select id from ${table} where ${where} limit 1`, [chartId]))[0]?.id
  const other = world.charts.get('second look')!
  const foreign = world.charts.get('strange')!
  const ids = await ownerSql<{ id: string }[]>`
    select id from chart where id in (${other}, ${foreign})
    union all select id from document where chart_id in (${other}, ${foreign})
    union all select id from document_version where chart_id in (${other}, ${foreign})
    union all select id from suggestion where chart_id in (${other}, ${foreign})
    union all select id from comment where chart_id in (${other}, ${foreign})
    union all select id from pend where chart_id in (${other}, ${foreign})
    union all select id from facility union all select id from queue union all select id from audit`
  const lines = await ownerSql<
    { id: string }[]
  >`select id from suggestion where chart_id = ${chartId} and status = 'ACCEPTED'`
  return {
    given: {
      chartId,
      documentId: await one('document'),
      versionId: await one('document_version'),
      suggestionId: await one('suggestion'),
      commentId: await one('comment', 'chart_id = $1 and parent_id is null'),
      auditId: await one('audit'),
      suggestionIds: lines.map((line) => line.id),
      facilityId: world.server.demo.harbor.facilities.north,
      queueId: world.server.demo.harbor.queues.Inpatient,
      code: 'E11.9',
      field: 'PAYER',
      decision: 'ACCEPT',
      system: 'ICD10CM',
      evidence: [{ versionId: await one('document_version'), start: 0, end: 5 }],
      modifiers: ['25'],
      patient: {
        familyName: 'Quillfeather',
        givenNames: ['Ottoline'],
        birthDate: '1944-11-02',
        identifiers: [{ assigner: 'urn:oid:2.16.840.1.113883.19.5', type: 'MRN', value: randomUUID() }],
      },
      encounter: { accountNumber: randomUUID(), patientClass: 'INPATIENT', dischargedAt: '2026-03-15T12:00:00Z' },
      documents: [],
    },
    ids: ids.map((row) => row.id),
  }
}

/** Everything that is kept of a chart, in one number: rows by table, sealed bytes and all. */
async function fingerprints(): Promise<Map<string, string>> {
  const { ownerSql } = world.server.db
  const tables = await ownerSql<{ tableName: string }[]>`
    select distinct table_name from information_schema.columns where table_schema = 'public' and column_name = 'chart_id'`
  const prints = new Map<string, string>()
  for (const id of world.charts.values()) {
    const hash = createHash('sha256')
    for (const { tableName } of tables)
      for (const row of await ownerSql.unsafe<{ text: string }[]>(
        `select t::text as text from ${tableName} t where chart_id = $1 order by 1`,
        [id],
      ))
        hash.update(row.text)
    for (const row of await ownerSql<{ text: string }[]>`select c::text as text from chart c where id = ${id}`)
      hash.update(row.text)
    prints.set(id, hash.digest('hex'))
  }
  return prints
}
