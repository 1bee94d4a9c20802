import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  Source,
  TokenKind,
  visit,
} from 'graphql'
import { ChartroomError, tooLarge } from '../kernel/errors.js'

/** What a request may weigh, over HTTP and over sockets alike. Checked in the order in which they stand here. */
export const LIMITS = {
  /** Of a request over HTTP, and of a message on a socket. */
  httpBytes: 256 * 1024,
  socketBytes: 64 * 1024,
  characters: 100_000,
  tokens: 5_000,
  /** Brackets within brackets, those of values and inline fragments included. */
  nesting: 100,
  /** Fields within fields; a fragment counts where it is used. */
  depth: 15,
  aliases: 60,
  directives: 50,
  queryRoots: 10,
  mutationRoots: 20,
  /** One name selected again and again, or one fragment spread: checking that they agree takes the square of it. */
  repeats: 80,
  validationErrors: 5,
  /** Objects that an answer could hold. */
  cost: 50_000,
  milliseconds: 15_000,
} as const

/** What a list without `first` counts for. */
const LIST = 20

/** @throws ChartroomError REQUEST_REFUSED, GraphQLError for what cannot be parsed */
export function readDocument(text: string): DocumentNode {
  if (text.length > LIMITS.characters) throw tooLarge(LIMITS.characters)
  checkTokens(text)
  return parse(text, { maxTokens: LIMITS.tokens })
}

/** Token by token, because the parser calls itself for every bracket: a few thousand of them overflow the stack. */
function checkTokens(text: string): void {
  const lexer = new Lexer(new Source(text))
  let nesting = 0
  for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens++) {
    if (tokens >= LIMITS.tokens) throw over('tokens', LIMITS.tokens)
    const { kind } = lexer.token
    if (OPENING.has(kind)) nesting++
    else if (CLOSING.has(kind)) nesting--
    if (nesting > LIMITS.nesting) throw over('nesting', LIMITS.nesting)
  }
}

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/**
 * Depth, aliases, directives, root fields and repetitions, before anything walks the document in earnest. No name is
 * taken for anything but a name: operations and fragments called `__schema` count like all others.
 * @throws ChartroomError REQUEST_REFUSED naming the limit
 */
export function checkShape(document: DocumentNode, options: { introspection: boolean }): void {
  checkCounts(document, options.introspection)
  const fragments = fragmentsOf(document)
  const measure = measurer(fragments)
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const { depth, aliases, roots } = measure(definition.selectionSet)
    if (depth > LIMITS.depth) throw over('depth', LIMITS.depth)
    if (aliases > LIMITS.aliases) throw over('aliases', LIMITS.aliases)
    const mostRoots = definition.operation === 'mutation' ? LIMITS.mutationRoots : LIMITS.queryRoots
    if (roots > mostRoots) throw over('root fields', mostRoots)
  }
}

/** @throws ChartroomError REQUEST_REFUSED */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  if (!(costOf(schema, document, operation, variables) <= LIMITS.cost)) throw over('cost', LIMITS.cost)
}

/**
 * The number of objects an answer could hold: every list counts as its `first` (a literal, a variable or the default
 * that the schema gives), as the ids it is asked for, or as 20. The document is a valid one.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const root = schema.getRootType(operation.operation)
  if (!root) return 0
  return pricer(schema, fragmentsOf(document), valuesOf(operation, variables))(root, operation.selectionSet, undefined)
}

/** What a search for a person by an exact number counts as: numbers can be tried out one after the other. */
export const LOOKUP_ATTEMPTS = 20

/**
 * How often the operation asks, counted by execution of root fields and not by request: many attempts in one document
 * are as many attempts, by alias or through fragments alike. The document passed `checkShape`, so this is bounded.
 */
export function attemptsOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): number {
  const root = schema.getRootType(operation.operation)
  if (!root) return 0
  const fragments = fragmentsOf(document)
  // By the name in the answer: what stands twice under one name is executed once.
  const executed = new Map<string, number>()
  const spread = new Set<string>()
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const attempts = looksUp(fieldOf(root, selection.name.value)) ? LOOKUP_ATTEMPTS : 1
        executed.set((selection.alias ?? selection.name).value, attempts)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet)
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value)
        const fragment = fragments.get(selection.name.value)
        if (fragment) collect(fragment.selectionSet)
      }
    }
  }
  collect(operation.selectionSet)
  let sum = 0
  for (const attempts of executed.values()) sum += attempts
  return sum
}

const looksUp = (field: GraphQLField<unknown, unknown> | undefined): boolean =>
  field !== undefined && field.args.some((argument) => holdsLookup(argument.type, new Set()))

function holdsLookup(type: GraphQLInputType, above: Set<string>): boolean {
  const named = getNamedType(type)
  if (!isInputObjectType(named) || above.has(named.name)) return false
  if (named.name === 'PatientLookupInput') return true
  above.add(named.name)
  return Object.values(named.getFields()).some((field) => holdsLookup(field.type, above))
}

const over = (what: string, limit: number): ChartroomError =>
  new ChartroomError('REQUEST_REFUSED', `The request goes beyond a limit: ${what}, at most ${limit}.`, {
    limit: what,
    most: limit,
  })

/** What can be counted without following fragments. */
function checkCounts(document: DocumentNode, introspection: boolean): void {
  const selected = new Map<string, number>()
  let directives = 0
  visit(document, {
    Directive: () => {
      directives++
    },
    Field(node) {
      if (!introspection && (node.name.value === '__schema' || node.name.value === '__type')) throw noIntrospection()
      count(`field ${(node.alias ?? node.name).value}`)
    },
    FragmentSpread: () => count('spreads'),
    InlineFragment: () => count('inline fragments'),
  })
  if (directives > LIMITS.directives) throw over('directives', LIMITS.directives)
  for (const n of selected.values()) if (n > LIMITS.repeats) throw over('repetitions', LIMITS.repeats)

  function count(what: string): void {
    selected.set(what, (selected.get(what) ?? 0) + 1)
  }
}

const noIntrospection = (): ChartroomError =>
  new ChartroomError('REQUEST_REFUSED', 'Introspection is off here. `chartroom schema` prints the schema.')

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

const fragmentsOf = (document: DocumentNode): Fragments =>
  new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  )

interface Measure {
  readonly depth: number
  readonly aliases: number
  readonly roots: number
}

/** Each fragment is measured once, however often it is used: nested fragments would take exponential time otherwise. */
function measurer(fragments: Fragments): (selections: SelectionSetNode) => Measure {
  const measured = new Map<string, Measure>()
  const open = new Set<string>()

  function measure({ selections }: SelectionSetNode): Measure {
    let [depth, aliases, roots] = [0, 0, 0]
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const below = selection.selectionSet ? measure(selection.selectionSet) : NOTHING
        depth = Math.max(depth, 1 + below.depth)
        aliases += below.aliases + (selection.alias ? 1 : 0)
        roots++
      } else {
        const inside =
          selection.kind === Kind.INLINE_FRAGMENT ? measure(selection.selectionSet) : ofFragment(selection.name.value)
        depth = Math.max(depth, inside.depth)
        aliases += inside.aliases
        roots += inside.roots
      }
    }
    return { depth, aliases, roots }
  }

  function ofFragment(name: string): Measure {
    const known = measured.get(name)
    if (known) return known
    const fragment = fragments.get(name)
    if (!fragment) return NOTHING
    // The rules of validation refuse it too, but they come later.
    if (open.has(name)) throw over('depth', LIMITS.depth)
    open.add(name)
    const measure_ = measure(fragment.selectionSet)
    open.delete(name)
    measured.set(name, measure_)
    return measure_
  }

  return measure
}

const NOTHING: Measure = { depth: 0, aliases: 0, roots: 0 }

/** The cost of a selection on one object; `page` is the `first` of the connection the object is. */
type Price = (type: GraphQLNamedType, selections: SelectionSetNode, page: number | undefined) => number

function pricer(schema: GraphQLSchema, fragments: Fragments, valueOf: ValueOf): Price {
  const known = new Map<string, number>()

  const price: Price = (type, { selections }, page) => {
    let sum = 0
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) sum += ofField(type, selection, page)
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        sum += price(narrowed(type, selection.typeCondition?.name.value), selection.selectionSet, page)
      } else sum += ofFragment(selection.name.value, page)
    }
    return sum
  }

  function ofField(parent: GraphQLNamedType, node: FieldNode, page: number | undefined): number {
    const field = fieldOf(parent, node.name.value)
    if (!field || !node.selectionSet) return 0
    const type = getNamedType(field.type)
    if (!isCompositeType(type)) return 0
    const asked = sizeOf(field, node, valueOf)
    const isList = isListType(getNullableType(field.type))
    const each = 1 + price(type, node.selectionSet, isList ? undefined : asked)
    return isList ? (asked ?? page ?? LIST) * each : each
  }

  function ofFragment(name: string, page: number | undefined): number {
    const fragment = fragments.get(name)
    const type = fragment && schema.getType(fragment.typeCondition.name.value)
    if (!fragment || !type) return 0
    const key = `${name}/${page ?? ''}`
    const before = known.get(key)
    if (before !== undefined) return before
    const cost = price(type, fragment.selectionSet, page)
    known.set(key, cost)
    return cost
  }

  const narrowed = (type: GraphQLNamedType, condition: string | undefined): GraphQLNamedType =>
    (condition === undefined ? undefined : schema.getType(condition)) ?? type

  return price
}

const fieldOf = (type: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined

/** How many objects the field's own arguments ask for, if they say. */
function sizeOf(field: GraphQLField<unknown, unknown>, node: FieldNode, valueOf: ValueOf): number | undefined {
  for (const argument of field.args) {
    if (argument.name !== 'first' && argument.name !== 'ids') continue
    const given = node.arguments?.find((it) => it.name.value === argument.name)
    const value = (given && valueOf(given.value)) ?? argument.defaultValue
    if (Array.isArray(value)) return value.length
    if (typeof value === 'number' && value > 0) return value
  }
  return undefined
}

/** The raw value of a literal or variable, as far as sizes need it. */
type ValueOf = (node: NonNullable<FieldNode['arguments']>[number]['value']) => unknown

function valuesOf(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): ValueOf {
  const defaults = new Map(operation.variableDefinitions?.map((it) => [it.variable.name.value, it.defaultValue]))
  const valueOf: ValueOf = (node) => {
    if (node.kind === Kind.INT) return Number(node.value)
    if (node.kind === Kind.LIST) return node.values.map(valueOf)
    if (node.kind !== Kind.VARIABLE) return undefined
    const name = node.name.value
    if (Object.hasOwn(variables, name)) return variables[name]
    const otherwise = defaults.get(name)
    return otherwise && valueOf(otherwise)
  }
  return valueOf
}
