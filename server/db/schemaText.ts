import type postgres from 'postgres'

/**
 * The database as its catalogue describes it, as text in a stable order: what a reviewer reads in migrations/schema.sql
 * to see what a migration really did. Written from the catalogue because no dump program ships with the binaries.
 */
export async function describeSchema(sql: postgres.Sql): Promise<string> {
  const tables = await sql<{ name: string; rls: boolean; forced: boolean }[]>`
    select c.relname as name, c.relrowsecurity as rls, c.relforcerowsecurity as forced
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`
  const columns = await sql<Line[]>`
    select c.relname as of, format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
      case when d.adbin is null then '' else ' default ' || pg_get_expr(d.adbin, d.adrelid) end,
      case when a.attnotnull then ' not null' else '' end) as text
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`
  const constraints = await sql<Line[]>`
    select c.relname as of, format('  constraint %I %s', k.conname, pg_get_constraintdef(k.oid)) as text
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relnamespace = 'public'::regnamespace and k.contype in ('p', 'u', 'f', 'c') order by c.relname, k.contype, k.conname`
  const indexes = await sql<Line[]>`
    select c.relname as of, pg_get_indexdef(i.indexrelid) || ';' as text
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
    order by c.relname, x.relname`
  const policies = await sql<Line[]>`
    select tablename as of, format('create policy %I on %I for %s to %s using (%s)%s;', policyname, tablename, cmd,
      case when policyname like '%\_lookup' then '<owner>' else array_to_string(roles, ', ') end, qual,
      coalesce(' with check (' || with_check || ')', '')) as text
    from pg_policies where schemaname = 'public' order by tablename, policyname`
  const triggers = await sql<Line[]>`
    select c.relname as of, pg_get_triggerdef(t.oid) || ';' as text
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal order by c.relname, t.tgname`
  const grants = await sql<Line[]>`
    select c.relname as of, format('grant %s on %I to chartroom_app;', string_agg(lower(a.privilege_type), ', ' order by a.privilege_type), c.relname) as text
    from pg_class c, aclexplode(c.relacl) a
    where c.relnamespace = 'public'::regnamespace and a.grantee = 'chartroom_app'::regrole and c.relkind in ('r', 'p')
    group by c.relname order by c.relname`
  const functions = await sql<{ text: string }[]>`
    select pg_get_functiondef(p.oid) || ';' as text from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' order by p.proname`

  const parts = [
    '-- The database after all migrations, described from its catalogue. Do not edit: npm run migrations writes it.',
  ]
  for (const table of tables) {
    const own = (lines: readonly Line[]) => lines.filter((line) => line.of === table.name).map((line) => line.text)
    parts.push(
      [
        `create table ${table.name} (\n${[...own(columns), ...own(constraints)].join(',\n')}\n);`,
        ...own(indexes),
        ...(table.rls ? [`alter table ${table.name} enable row level security;`] : []),
        ...(table.forced ? [`alter table ${table.name} force row level security;`] : []),
        ...own(policies),
        ...own(triggers),
        ...own(grants),
      ].join('\n'),
    )
  }
  parts.push(...functions.map((f) => f.text))
  return `${parts.join('\n\n')}\n`
}

interface Line {
  readonly of: string
  readonly text: string
}
