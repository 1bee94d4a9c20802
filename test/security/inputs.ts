import {
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** Inputs made from the schema: a plain one, and that one with every value in every place that nobody should send. */

export type Input = { readonly [field: string]: unknown }

/** A value for every required field, and for those optional ones that `given` names anywhere. */
export function plainInput(type: GraphQLInputObjectType, given: Input, id: () => string): Input {
  const input: Record<string, unknown> = {}
  for (const field of Object.values(type.getFields())) {
    const required = isNonNullType(field.type) && field.defaultValue === undefined
    if (field.name in given) input[field.name] = given[field.name]
    else if (required) input[field.name] = plainValue(field.type, given, id, field.name)
  }
  return input
}

/** @param field whose words are told from those of every other */
function plainValue(type: GraphQLInputType, given: Input, id: () => string, field: string): unknown {
  const inner = isNonNullType(type) ? type.ofType : type
  if (isListType(inner)) return [plainValue(inner.ofType, given, id, field)]
  const named = getNamedType(type)
  if (isInputObjectType(named)) return plainInput(named, given, id)
  if (isEnumType(named)) return named.getValues()[0]!.name
  return SCALARS[named.name]?.() ?? (named.name === 'ID' || named.name === 'UUID' ? id() : `words of ${field}`)
}

const SCALARS: Readonly<Record<string, () => unknown>> = {
  Int: () => 1,
  Float: () => 1,
  Boolean: () => true,
  LocalDate: () => '2026-03-15',
  DateTimeISO: () => '2026-03-15T12:00:00Z',
}

/** The input with one place changed, for every place and every value. */
export function* spoiled(type: GraphQLInputObjectType, input: Input, ids: readonly string[]): Generator<Input> {
  for (const field of Object.values(type.getFields()))
    for (const value of spoiledValues(field.type, input[field.name], ids, `(${type.name}.${field.name})`))
      yield { ...input, [field.name]: value }
}

/** @param place where the value goes: part of every text by which one could be told where it came from */
function* spoiledValues(
  type: GraphQLInputType,
  now: unknown,
  ids: readonly string[],
  place: string,
): Generator<unknown> {
  yield undefined
  yield null
  const inner = isNonNullType(type) ? type.ofType : type
  if (isListType(inner)) {
    yield []
    const items = (now as readonly unknown[] | undefined) ?? []
    for (const item of spoiledValues(inner.ofType, items[0], ids, place)) yield [item]
    yield Array.from({ length: 300 }, () => items[0] ?? null)
    return
  }
  const named = getNamedType(type)
  if (isInputObjectType(named)) {
    yield {}
    yield* spoiled(named, (now as Input | undefined) ?? {}, ids)
    return
  }
  const texts = textsFor(place)
  yield* named.name === 'ID' || named.name === 'UUID' ? [...ids, ...texts.slice(0, 12), 'x'.repeat(5_000), 1] : []
  yield* isEnumType(named) ? [...named.getValues().map((v) => v.name), ...texts.slice(0, 6)] : []
  yield* named.name === 'String' ? texts : (HOSTILE[named.name] ?? [])
}

/** What is long enough to be looked for elsewhere is of its place alone: one text in two places would tell nothing. */
const textsFor = (place: string): readonly unknown[] => [
  '',
  ' ',
  'NO_SUCH_THING',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udfff',
  `\u202egnp.exe${place}`,
  '\u200b\ufeff',
  `${'e\u0301'.repeat(50)}${place}`,
  '__proto__',
  'constructor',
  "' or 1=1; --",
  '%_\\',
  `<img/src=x/onerror=alert(1)/alt=${place}>`,
  `=cmd|calc!${place}`,
  '{{7*7}}',
  place.padStart(501, 'x'),
  place.padStart(5_000, 'x'),
  `${'𝔘'.repeat(30_000)}${place}`,
  0,
  1.5,
  true,
  [],
  {},
]

const WHOLE: readonly unknown[] = [
  0,
  -1,
  -2147483648,
  2147483647,
  2147483648,
  1e300,
  9007199254740993,
  0.5,
  '1',
  true,
  [],
  {},
]

const HOSTILE: Readonly<Record<string, readonly unknown[]>> = {
  Int: WHOLE,
  Float: [...WHOLE, -0.01, 1e-320, 123456789012345680000],
  Boolean: [true, false, 0, 'true', null],
  LocalDate: [
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '2026-02-30',
    '2026-13-01',
    '-0001-01-01',
    '+10000-01-01',
    '',
    0,
    {},
  ],
  DateTimeISO: [
    '0000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '-271821-04-20T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '2026-02-30T00:00:00Z',
    '2026-03-15T24:00:00Z',
    '2026-03-15T12:00:60Z',
    '2026-03-15',
    '',
    0,
    {},
  ],
}
