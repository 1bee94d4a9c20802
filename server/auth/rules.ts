import {
  type AnyAbility,
  buildMongoQueryMatcher,
  createMongoAbility,
  fieldPatternMatcher,
  type RawRuleOf,
  subject,
} from '@casl/ability'
import {
  $and,
  $elemMatch,
  $eq,
  $exists,
  $gt,
  $gte,
  $in,
  $lt,
  $lte,
  $ne,
  $nin,
  $nor,
  $not,
  $or,
  allInterpreters,
  type FieldCondition,
  getObjectField,
} from '@ucast/mongo2js'
import type { ForbiddenReason } from '../kernel/errors.js'

/**
 * Rules are data: written once per subject in its policy file, used here to check a row in memory, and by rulesToSql
 * to filter a list. Both readers give the same answer: comparisons are two-valued, null is never less or equal.
 */
export interface Rule {
  readonly action: string | readonly string[]
  readonly subject: string
  readonly conditions: Readonly<Record<string, unknown>>
  /** A rule that forbids stands last and says why. */
  readonly inverted?: boolean
  readonly reason?: ForbiddenReason
}

export type Ability = AnyAbility

/** @throws where a condition holds undefined, an empty condition, or anything but validated scalars and operators. */
export function abilityFrom(rules: readonly Rule[]): Ability {
  for (const rule of rules) assertWhole(rule.conditions, rule.subject)
  return createMongoAbility(
    rules as unknown as RawRuleOf<never>[],
    {
      conditionsMatcher,
      fieldMatcher: fieldPatternMatcher,
    } as never,
  ) as unknown as Ability
}

/** Rows only, never type names: CASL answers yes for a type name if any rule might. */
export function allows(ability: Ability, action: string, type: string, row: object): boolean {
  return ability.can(action, subject(type, { ...row }) as never)
}

/** Why it is forbidden: the reason of the rule that decided, or ROLE where no rule speaks of it. */
export function whyNot(ability: Ability, action: string, type: string, row: object): ForbiddenReason {
  const rule = ability.relevantRuleFor(action, subject(type, { ...row }) as never)
  return ((rule as { reason?: ForbiddenReason } | null)?.reason ?? 'ROLE') as ForbiddenReason
}

/** Rules are built from validated scalars only: undefined would match rows without the column, {} every row. */
function assertWhole(conditions: unknown, name: string): void {
  if (!isPlain(conditions)) throw new Error(`a rule on ${name} has an undefined or unusable condition`)
  const entries = Object.entries(conditions)
  if (entries.length === 0) throw new Error(`a rule on ${name} has an empty condition, which would match everything`)
  for (const [key, value] of entries) assertEntry(key, value, name)
}

function assertEntry(key: string, value: unknown, name: string): void {
  if (LISTS_OF_CONDITIONS.has(key)) {
    // An empty $and or $nor matches everything.
    if (!Array.isArray(value) || value.length === 0) throw new Error(`a rule on ${name} has an empty ${key}`)
    for (const item of value) assertWhole(item, name)
  } else if (LISTS_OF_SCALARS.has(key)) {
    if (!Array.isArray(value) || !value.every(isScalar)) throw new Error(`a rule on ${name} has an unusable ${key}`)
  } else if (key.startsWith('$') ? !OPERATORS.has(key) : !FIELD.test(key) || key.split('.').some(isForbiddenKey)) {
    throw new Error(`a rule on ${name} has a forbidden key`)
  } else if (!isScalar(value)) {
    // A bare list would mean "any of these" in memory and nothing in SQL.
    assertWhole(value, name)
  }
}

const LISTS_OF_CONDITIONS: ReadonlySet<string> = new Set(['$and', '$or', '$nor'])
const LISTS_OF_SCALARS: ReadonlySet<string> = new Set(['$in', '$nin'])
const OPERATORS: ReadonlySet<string> = new Set([
  '$not',
  '$eq',
  '$ne',
  '$lt',
  '$lte',
  '$gt',
  '$gte',
  '$exists',
  '$elemMatch',
])
const FIELD = /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/

const isForbiddenKey = (key: string): boolean => key in Object.prototype || key === 'prototype'

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))

const isScalar = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (value instanceof Date && !Number.isNaN(value.getTime()))

const primitive = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value)

function compare(a: unknown, b: unknown): 1 | -1 | 0 {
  const x = primitive(a)
  const y = primitive(b)
  if (x === y) return 0
  if (x == null || y == null || typeof x !== typeof y) return Number.NaN as never
  return (x as number) > (y as number) ? 1 : -1
}

function present(node: FieldCondition<boolean>, row: object): boolean {
  const value: unknown = getObjectField(row as Record<string, unknown>, node.field)
  return (Array.isArray(value) ? value.some((x) => x != null) : value != null) === node.value
}

const conditionsMatcher = buildMongoQueryMatcher(
  { $and, $or, $not, $nor, $eq, $ne, $in, $nin, $lt, $lte, $gt, $gte, $exists, $elemMatch } as never,
  { ...allInterpreters, exists: present } as never,
  { compare } as never,
)
