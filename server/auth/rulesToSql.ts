import { CompoundCondition, type Condition, FieldCondition } from '@ucast/mongo2js'
import { getTableColumns, type Param, SQL, StringChunk, sql } from 'drizzle-orm'
import { alias, type PgColumn, PgDialect, type PgTable } from 'drizzle-orm/pg-core'
import { isUuid } from '../kernel/ids.js'
import type { Ability } from './rules.js'

/**
 * Rules to a SQL condition. Fails closed: no rule is `false`, an unknown field, operator or type throws. Every leaf is
 * two-valued (NULL counts as false), so that NOT is safe and SQL agrees with the in-memory check row by row.
 */
export interface Entity {
  readonly name: string
  readonly table: PgTable
  readonly relations: Readonly<Record<string, Relation>>
}
export interface Relation {
  readonly many: boolean
  readonly target: () => Entity
  readonly on: (from: Columns, to: Columns) => SQL
}
export type Columns = Readonly<Record<string, PgColumn>>

/**
 * Rows of `entity` on which `ability` allows `action`. The last rule that speaks of a row decides, so from the first rule
 * on each permit adds rows and each prohibition takes some away: every rule stands in the condition once.
 */
export function accessibleBy(ability: Ability, action: string, entity: Entity): SQL {
  const scope: Scope = { entity, columns: columnsOf(entity.table), depth: { n: 0 } }
  const rules = ability.rulesFor(action, entity.name as never) as readonly { ast?: Condition; inverted: boolean }[]
  // CASL lists the rule that decides first.
  return (
    rules.reduceRight<SQL | undefined>((allowed, { ast, inverted }) => {
      if (!ast) throw new Error(`a rule on ${entity.name} has no condition`)
      const matches = translate(ast, scope)
      if (!inverted) return allowed ? either([allowed, matches]) : matches
      return allowed && both([allowed, not(matches)])
    }, undefined) ?? FALSE
  )
}

interface Scope {
  readonly entity: Entity
  readonly columns: Columns
  readonly depth: { n: number }
}

const TRUE = sql`true`
const FALSE = sql`false`
const COMPARABLE: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'date'])
const ORDER: Readonly<Record<string, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' }
const dialect = new PgDialect()

/** One flat list of pieces: a statement's text is made in one pass over them, where nested ones cost each list of a page. */
const pieces = (...parts: readonly (string | SQL | Param)[]): SQL =>
  new SQL(
    parts.flatMap((part) =>
      typeof part === 'string' ? new StringChunk(part) : part instanceof SQL ? part.queryChunks : part,
    ),
  )

const joined = (conditions: readonly SQL[], word: string): SQL =>
  conditions.length === 1
    ? conditions[0]!
    : pieces('(', ...conditions.flatMap((condition, i) => (i === 0 ? [condition] : [word, condition])), ')')

const either = (conditions: readonly SQL[]): SQL => joined(conditions, ' or ')
const both = (conditions: readonly SQL[]): SQL => joined(conditions, ' and ')
const not = (condition: SQL): SQL => pieces('not (', condition, ')')

function translate(condition: Condition, scope: Scope): SQL {
  if (condition instanceof FieldCondition) return translateField(condition, scope)
  if (condition instanceof CompoundCondition) {
    const conditions = condition.value as Condition[]
    switch (condition.operator) {
      case 'and':
        return allOf(conditions, scope)
      case 'or':
        return anyOf(conditions, scope)
      case 'not':
        return not(allOf(conditions, scope))
      case 'nor':
        return not(anyOf(conditions, scope))
    }
  }
  throw new Error(`rules to SQL: condition "${condition.operator}" is not supported`)
}

const allOf = (conditions: readonly Condition[], scope: Scope): SQL =>
  conditions.length ? both(conditions.map((part) => translate(part, scope))) : TRUE

/** That one row or another of a relation matches is one question: the database looks at the relation once. */
function anyOf(conditions: readonly Condition[], scope: Scope): SQL {
  const parts: SQL[] = []
  const ofRelation = new Map<string, Condition[]>()
  for (const part of conditions) {
    if (!isElementMatch(part)) parts.push(translate(part, scope))
    else ofRelation.set(part.field, [...(ofRelation.get(part.field) ?? []), part.value as Condition])
  }
  for (const [field, inner] of ofRelation) parts.push(elementMatch(scope, field, (to) => anyOf(inner, to)))
  return parts.length ? either(parts) : FALSE
}

const isElementMatch = (condition: Condition): condition is FieldCondition =>
  condition instanceof FieldCondition && condition.operator === 'elemMatch'

function elementMatch(scope: Scope, field: string, inner: (scope: Scope) => SQL): SQL {
  const relations = scope.entity.relations
  if (field.includes('.') || !Object.hasOwn(relations, field) || !relations[field]?.many)
    throw new Error(`rules to SQL: ${scope.entity.name}.${field} is not a to-many relation`)
  return through(scope, field, inner)
}

function translateField({ field, operator, value }: FieldCondition, scope: Scope): SQL {
  if (operator === 'ne') return not(path(scope, 'eq', field, value))
  if (operator === 'nin') return not(path(scope, 'in', field, value))
  if (operator === 'exists' && value === false) return not(path(scope, 'exists', field, true))
  if (operator !== 'elemMatch') return path(scope, operator, field, value)
  return elementMatch(scope, field, (inner) => translate(value as Condition, inner))
}

function path(scope: Scope, operator: string, name: string, value: unknown): SQL {
  const dot = name.indexOf('.')
  if (dot > 0) return through(scope, name.slice(0, dot), (inner) => path(inner, operator, name.slice(dot + 1), value))
  const column = Object.hasOwn(scope.columns, name) ? scope.columns[name] : undefined
  if (!column) throw new Error(`rules to SQL: ${scope.entity.name} has no column "${name}"`)
  // In memory a list matches by any of its items; SQL has no such comparison here, and "no" would turn $ne into "yes".
  if (operator !== 'exists' && !COMPARABLE.has(column.dataType))
    throw new Error(`rules to SQL: ${scope.entity.name}.${name} holds ${column.dataType}, which is not compared`)
  return leaf(operator, column, value)
}

function through(scope: Scope, name: string, inner: (scope: Scope) => SQL): SQL {
  const relation = Object.hasOwn(scope.entity.relations, name) ? scope.entity.relations[name] : undefined
  if (!relation) throw new Error(`rules to SQL: ${scope.entity.name}.${name} is not a relation`)
  const target = relation.target()
  const { from, columns } = aliased(target.table, ++scope.depth.n)
  const where = both([relation.on(scope.columns, columns), inner({ entity: target, columns, depth: scope.depth })])
  return pieces(`exists (select 1 from ${from} where `, where, ')')
}

const columnsByTable = new WeakMap<PgTable, Columns>()

function columnsOf(table: PgTable): Columns {
  let columns = columnsByTable.get(table)
  if (!columns) columnsByTable.set(table, (columns = getTableColumns(table) as Columns))
  return columns
}

interface Aliased {
  /** The table and its alias, as they stand after FROM. */
  readonly from: string
  readonly columns: Columns
}

/** The n-th alias of a table is the same each time, and costs more to make than all the rest of a condition. */
const aliases = new WeakMap<PgTable, Map<number, Aliased>>()

function aliased(table: PgTable, n: number): Aliased {
  let ofTable = aliases.get(table)
  if (!ofTable) aliases.set(table, (ofTable = new Map()))
  let known = ofTable.get(n)
  if (!known) {
    const name = `rule_${n}`
    const from = dialect.sqlToQuery(sql`${table} ${sql.identifier(name)}`).sql
    ofTable.set(n, (known = { from, columns: columnsOf(alias(table, name)) }))
  }
  return known
}

const textByColumn = new WeakMap<PgColumn, string>()

/** As it stands in a statement: "table"."column". */
function textOf(column: PgColumn): string {
  let text = textByColumn.get(column)
  if (text === undefined) textByColumn.set(column, (text = dialect.sqlToQuery(sql`${column}`).sql))
  return text
}

function leaf(operator: string, column: PgColumn, value: unknown): SQL {
  const parameter = (v: unknown) => sql.param(v, column)
  const name = textOf(column)
  const isNull = () => pieces(`${name} is null`)
  switch (operator) {
    case 'eq':
      if (value === null) return isNull()
      return fits(column, value) ? neverNull(column, [`${name} = `, parameter(value)]) : FALSE
    case 'in': {
      const list = value as unknown[]
      const usable = list.filter((v) => v !== null && fits(column, v))
      const parts = [
        usable.length
          ? neverNull(column, [`${name} in (`, ...usable.flatMap((v, i) => [i ? ', ' : '', parameter(v)]), ')'])
          : undefined,
        list.includes(null) ? isNull() : undefined,
      ].filter((part) => part !== undefined)
      return parts.length ? either(parts) : FALSE
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte': {
      // Text is ordered as text, whatever the column takes it for: then any text may stand on the other side.
      const text = column.dataType === 'string'
      if (text ? typeof value !== 'string' : !fits(column, value)) return FALSE
      const left = text ? `${name}::text collate "C"` : name
      const right = text ? sql`${String(value)}::text` : parameter(value)
      return neverNull(column, [`${left} ${ORDER[operator]!} `, right])
    }
    case 'exists':
      return value ? pieces(`${name} is not null`) : isNull()
    default:
      throw new Error(`rules to SQL: operator $${operator} is not supported on ${column.name}`)
  }
}

const neverNull = (column: PgColumn, condition: readonly (string | SQL | Param)[]): SQL =>
  pieces('(', ...condition, column.notNull ? ')' : ` and ${textOf(column)} is not null)`)

function fits(column: PgColumn, value: unknown): boolean {
  switch (column.dataType) {
    case 'date':
      return value instanceof Date
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'string':
      if (typeof value !== 'string') return false
      if (column.enumValues?.length && !column.enumValues.includes(value)) return false
      // In memory text is compared as it is: an id in capitals is another id, also where Postgres would read it as the
      // same, and a day that is none is refused here before Postgres refuses the statement.
      if (column.getSQLType() === 'uuid') return isUuid(value)
      return column.getSQLType() !== 'date' || isDay(value)
    default:
      return false
  }
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
