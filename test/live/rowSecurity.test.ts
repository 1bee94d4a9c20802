import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { submitChart } from '../../server/submissions/submitChart.command.js'
import { addChart, type ChartWorld, chartWorld, lastCursor, requestAs } from '../support/charts.js'

/** Tables that carry an organisation but are asked before one is chosen. */
const BEFORE_AN_ORGANISATION = ['socket_ticket']
const APPEND_ONLY = ['chart_event', 'submission', 'access_record', 'export_record']
const CODER = 'coder@demo.test'

describe('what the database itself refuses', () => {
  let world: ChartWorld
  let app: postgres.Sql
  let chartId: string
  beforeAll(async () => {
    world = await chartWorld()
    app = postgres(world.db.applicationUrl, { max: 1, onnotice: () => {} })
    const chart = await addChart(world, {
      coder: CODER,
      lines: [{ code: 'J18.9', status: 'ACCEPTED', role: 'PRINCIPAL', evidence: [{ words: 'pneumonia' }] }],
    })
    chartId = chart.chartId
    const input = { commandId: crypto.randomUUID(), chartId, seenCursor: await lastCursor(world, chartId) }
    expect(await submitChart(requestAs(world, CODER), input)).toMatchObject({ kind: 'ChartSubmitted' })
    await addChart(world, { organisation: 'lakeside', coder: 'lakeside@demo.test', lines: [{ code: 'I10' }] })
  })
  afterAll(async () => {
    await app.end()
    await world.close()
  })

  const tables = () => world.db.ownerSql<
    { name: string; org: boolean; enabled: boolean; forced: boolean; policies: string[] }[]
  >`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      exists(select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped) as org,
      array(select p.polname::text from pg_policy p where p.polrelid = c.oid order by 1) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')`

  it('every table with an organisation is under forced row level security', async () => {
    const own = (await tables()).filter(
      (t) => (t.org || t.name === 'organisation') && !BEFORE_AN_ORGANISATION.includes(t.name),
    )
    expect(own.length).toBeGreaterThan(25)
    for (const table of own) expect(table, table.name).toMatchObject({ enabled: true, forced: true })
    for (const table of own) expect(table.policies, table.name).toContain('organisation')
    // To see and to write: rows of the organisation of the transaction, and of no other, in the words of one rule.
    const rules = await world.db.ownerSql<{ rule: string; tables: string[] }[]>`
      select concat_ws(' / ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as rule,
        array_agg(c.relname::text order by c.relname) as tables
      from pg_policy p join pg_class c on c.oid = p.polrelid where p.polname = 'organisation' group by 1 order by 1`
    const [ownId, ...others] = rules.sort(
      (a, b) => Number(b.rule.startsWith('(id =')) - Number(a.rule.startsWith('(id =')),
    )
    expect(ownId).toMatchObject({
      rule: expect.stringMatching(/^\(id = .*chartroom_org\(\)/),
      tables: ['organisation'],
    })
    expect(others.map(({ rule }) => rule)).toEqual([
      expect.stringMatching(/^\(org_id = [^/]*chartroom_org\(\)[^/]*\) \/ \(org_id = [^/]*chartroom_org\(\)[^/]*\)$/),
    ])
    const open = await world.db.ownerSql`
      select c.relname as name, p.polname as policy from pg_policy p join pg_class c on c.oid = p.polrelid
      where p.polroles = '{0}' and p.polname <> 'organisation'`
    expect(open).toEqual([])
  })

  it('the application owns nothing, cannot bypass, and cannot become anybody else', async () => {
    const [role] =
      await app`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = current_user`
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
    })
    const owned = await app`
      select relname from pg_class where pg_get_userbyid(relowner) in (current_user, 'chartroom_app')
      union all select proname from pg_proc where pg_get_userbyid(proowner) in (current_user, 'chartroom_app')
      union all select nspname from pg_namespace where pg_get_userbyid(nspowner) in (current_user, 'chartroom_app')`
    expect(owned).toEqual([])
    const strong = await app`
      select r.rolname from pg_roles r where pg_has_role(current_user, r.oid, 'member')
        and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolname like 'pg\\_%')`
    expect(strong).toEqual([])
    for (const statement of [
      'create table mine (id int)',
      'create schema mine',
      'alter table chart disable row level security',
      'drop policy organisation on chart',
      'alter table chart_event disable trigger append_only',
      `set role ${new URL(world.db.ownerUrl).username}`,
      'set session_replication_role = replica',
      "select pg_read_file('/etc/hostname')",
    ])
      await expect(app.unsafe(statement), statement).rejects.toMatchObject({ code: /^(42501|42704|0LP01)$/ })
  })

  it('without an organisation the application sees no row of any, and under one only its own', async () => {
    const own = (await tables()).filter((t) => t.policies.includes('organisation'))
    const ids = [world.demo.harbor.organisationId, world.demo.lakeside.organisationId]
    let seen = 0
    for (const { name } of own) {
      const column = name === 'organisation' ? 'id' : 'org_id'
      expect(await app.unsafe(`select from ${name}`), name).toHaveLength(0)
      for (const id of ids) {
        const rows = await app.begin(async (tx) => {
          await tx`select set_config('chartroom.org', ${id}, true)`
          return tx.unsafe<{ org: string }[]>(`select ${column} as org from ${name}`)
        })
        expect(
          rows.every((row) => row.org === id),
          name,
        ).toBe(true)
        seen += rows.length
      }
    }
    expect(seen).toBeGreaterThan(50)
  })

  it('a row of another organisation can be neither written nor moved', async () => {
    const { harbor, lakeside } = world.demo
    const inHarbor = (work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
      app.begin(async (tx) => {
        await tx`select set_config('chartroom.org', ${harbor.organisationId}, true)`
        return work(tx)
      })
    const team = { org_id: lakeside.organisationId, id: crypto.randomUUID(), name: 'x' }
    await expect(inHarbor((tx) => tx`insert into team ${tx(team)}`)).rejects.toMatchObject({ code: '42501' })
    await expect(inHarbor((tx) => tx`update team set org_id = ${lakeside.organisationId}`)).rejects.toMatchObject({
      code: '42501',
    })
    const changed = await inHarbor((tx) => tx`update chart set status = 'X' where org_id = ${lakeside.organisationId}`)
    expect((changed as { count: number }).count).toBe(0)
    await expect(
      app`select set_config('chartroom.org', 'not an id', false), (select count(*) from chart)`,
    ).rejects.toThrow()
    await app`select set_config('chartroom.org', '', false)`
    expect(await app`select from chart`).toHaveLength(0)
  })

  it('append-only tables take no change from the application, nor from the owner', async () => {
    for (const table of APPEND_ONLY) {
      await expect(app.unsafe(`update ${table} set org_id = org_id`), table).rejects.toMatchObject({ code: '42501' })
      await expect(app.unsafe(`delete from ${table}`), table).rejects.toMatchObject({ code: '42501' })
      await expect(app.unsafe(`truncate ${table}`), table).rejects.toMatchObject({ code: '42501' })
    }
    const { ownerSql } = world.db
    for (const table of ['chart_event', 'submission']) {
      expect((await ownerSql.unsafe(`select from ${table}`)).length, table).toBeGreaterThan(0)
      await expect(ownerSql.unsafe(`update ${table} set org_id = org_id`), table).rejects.toMatchObject({
        code: '23001',
      })
      await expect(ownerSql.unsafe(`delete from ${table}`), table).rejects.toMatchObject({ code: '23001' })
      await expect(ownerSql.unsafe(`truncate ${table} cascade`), table).rejects.toMatchObject({ code: '23001' })
    }
    for (const table of ['document_version', 'suggestion', 'audit', 'finding', 'chart', 'patient'])
      await expect(app.unsafe(`delete from ${table}`), table).rejects.toMatchObject({ code: '42501' })
    await expect(
      app`insert into organisation (id, name, kind) values (${crypto.randomUUID()}, 'x', 'x')`,
    ).rejects.toMatchObject({ code: '42501' })
    await expect(app`update organisation set name = 'x'`).rejects.toMatchObject({ code: '42501' })
  })

  it('a second principal is refused, whatever the code above believes', async () => {
    const { suggestionIds } = await addChart(world, {
      coder: CODER,
      lines: [
        { code: 'J18.9', status: 'ACCEPTED', role: 'PRINCIPAL' },
        { code: 'I10', status: 'ACCEPTED' },
      ],
    })
    await expect(
      world.db.ownerSql`update suggestion set role = 'FIRST_LISTED' where id = ${suggestionIds[1]!}`,
    ).rejects.toMatchObject({ constraint_name: 'suggestion_one_principal' })
  })

  it('holds no clear text of a patient: not a name, not a word of a document, not a code’s reason', async () => {
    const words = ['Quillfeather', 'Ottoline', 'ceftriaxone', 'Community-acquired', 'Hartwhistle said so']
    await addChart(world, { lines: [{ code: 'I10', reason: 'Hartwhistle said so' }] })
    for (const { name } of await tables()) {
      const rows = await world.db.ownerSql.unsafe<{ row: string }[]>(`select t::text as row from ${name} t`)
      for (const { row } of rows)
        for (const word of words) {
          expect(row.includes(word), `${name}: ${word}`).toBe(false)
          expect(row.includes(Buffer.from(word).toString('hex')), `${name}: ${word} as bytes`).toBe(false)
        }
    }
  })
})
