import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, Kind, print } from 'graphql'
import { badInput, CATALOGUE, ChartroomError } from '../kernel/errors.js'
import { causes, sqlStateOf } from './errorFacts.js'
import type { Log } from './logger.js'

/**
 * THE boundary: every error that leaves, over HTTP and over sockets, leaves through here. What a client reads is a code
 * of the catalogue and a sentence of ours. GraphQL's own errors repeat the input, drivers the parameters, parsers the
 * text; so none of their messages passes, and what may be told of them is told anew.
 */
export interface Boundary {
  format(error: unknown): GraphQLFormattedError
}

export function createBoundary(options: { schema: GraphQLSchema; log: Log }): Boundary {
  const names = namesOf(options.schema)
  return {
    format(error) {
      const refusal = refusalOf(error, names)
      if (CATALOGUE[refusal.code].report) options.log.error('failed', error, { outcome: refusal.code })
      return formatted(refusal, error)
    },
  }
}

/** What is told of an error. Pure; `names` are those of the schema. */
export function refusalOf(error: unknown, names: ReadonlySet<string> = NO_NAMES): ChartroomError {
  for (const link of causes(error)) if (link instanceof ChartroomError) return link
  if (error instanceof GraphQLError && !isFromResolver(error)) return requestRefusal(error, names)
  return isOutage(error) ? new ChartroomError('UNAVAILABLE') : new ChartroomError('INTERNAL')
}

/** The answer's form: where the error stands is the client's own words, or positions in them. */
function formatted(refusal: ChartroomError, error: unknown): GraphQLFormattedError {
  const { code, message, detail } = refusal
  const { path, locations } = error instanceof GraphQLError ? error : {}
  return {
    message,
    ...(locations && path === undefined && { locations }),
    ...(path && { path }),
    extensions: { ...detail, code },
  }
}

/**
 * Whether it came out of running the operation. Of those, only an argument that turns out to be null or missing is the
 * client's doing; a value that a scalar cannot write is ours. Errors about the document carry a place in it and no path;
 * a few of GraphQL's own say only that there were too many.
 */
function isFromResolver(error: GraphQLError): boolean {
  if (error.path !== undefined) return !/^Argument "/.test(error.message)
  if (error.nodes !== undefined || error.source !== undefined) return false
  return !/^(Too many |Must provide|Unknown operation named)/.test(error.message) && !STAGES.has(error.extensions.code)
}

/** What Apollo calls the requests that it refuses. */
const STAGES: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

function requestRefusal(error: GraphQLError, names: ReadonlySet<string>): ChartroomError {
  const stage = error.extensions.code
  if (COERCION.test(error.message) && error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION) {
    return variableRefusal(error, names)
  }
  if (stage === 'GRAPHQL_PARSE_FAILED' || error.message.startsWith('Syntax Error')) {
    const at = error.locations?.[0]
    return refused(`The document cannot be read${at ? ` from line ${at.line}, column ${at.column}` : ''}.`)
  }
  if (stage === 'OPERATION_RESOLUTION_FAILURE' || /^(Unknown operation named|Must provide)/.test(error.message)) {
    return refused('Say with operationName which operation of the document is meant.')
  }
  if (stage === 'BAD_REQUEST' || stage === 'PERSISTED_QUERY_NOT_SUPPORTED') {
    return refused('Send a JSON object with the text of an operation as "query".')
  }
  if (/^Argument "/.test(error.message)) return badInput('variables', 'A required argument has no value.')
  return validationRefusal(error.message, names)
}

const COERCION = /^Variable "\$\w+" (got invalid value|of required type|of non-null type|expected value|has invalid)/

const refused = (message: string): ChartroomError => new ChartroomError('REQUEST_REFUSED', message)

/**
 * A variable whose value does not fit: which one and, inside an input object, which of its fields. The text of the error
 * ends with the value; its middle is a path of field names and places in lists.
 */
function variableRefusal(error: GraphQLError, names: ReadonlySet<string>): ChartroomError {
  const definition = error.nodes![0]!
  if (definition.kind !== Kind.VARIABLE_DEFINITION) return new ChartroomError('BAD_INPUT')
  const variable = definition.variable.name.value
  const path = / at "([^"]*)"[;.]/.exec(error.message)?.[1] ?? ''
  // Only as far as the schema knows the names: a key that it does not know is the client's own text.
  const known: string[] = []
  for (const step of path.split(/[.[\]]+/).slice(1)) {
    if (step === '') continue
    if (!/^\d{1,5}$/.test(step) && !names.has(step)) break
    known.push(step)
  }
  const type = print(definition.type)
  const shown = /^[\w[\]!]{1,80}$/.test(type) && names.has(type.replace(/[[\]!]/g, '')) ? type : 'its type'
  const field = [names.has(variable) ? variable : 'variables', ...known].join('.')
  return badInput(field, `The value does not fit ${shown}.`)
}

/**
 * What GraphQL's rules of validation say, told again with names of the schema only. Any other name in their messages is
 * the client's own text, and a literal may stand there too.
 */
const SENTENCES: readonly (readonly [RegExp, (...names: string[]) => string])[] = [
  [/^Cannot query field "\w+" on type "(\w+)"/, (type) => `${type} has no field of this name.`],
  [/^Unknown argument "\w+" on field "(\w+)\.(\w+)"/, (type, f) => `${type}.${f} has no argument of this name.`],
  [/^Unknown type /, () => 'There is no type of this name.'],
  [/^Unknown fragment /, () => 'A fragment is used that the document does not define.'],
  [/^Unknown directive |^Directive /, () => 'A directive is not known, or stands where it may not.'],
  [/^Field "(\w+)" of type "[\w[\]!]+" must have a selection/, (f) => `Select fields of ${f}.`],
  [/^Field "(\w+)" must not have a selection/, (f) => `${f} has no fields to select.`],
  [/^Field "(\w+)" argument "(\w+)" of type/, (f, argument) => `${f} needs its argument ${argument}.`],
  [/^Field "(\w+)\.(\w+)" of required type/, (type, f) => `${type} needs its field ${f}.`],
  [/^Field "\w+" is not defined by type "(\w+)"/, (type) => `${type} has no field of this name.`],
  [/^Expected value of type "([\w[\]!]+)"/, () => 'A value in the document does not fit its type.'],
  [/^(\w+) cannot represent /, (type) => `A value in the document does not fit ${type}.`],
  [/^Value ".*" does not exist in "(\w+)" enum|^Enum "(\w+)" /s, (type) => `${type} has no such value.`],
  [/^Variable "\$\w+" of type .* used in position expecting/, () => 'A variable is of another type than its place.'],
  [/^Variable "\$\w+" is not defined/, () => 'A variable is used that the operation does not define.'],
  [/^Variable "\$\w+" is never used/, () => 'A variable is defined that the operation does not use.'],
  [/^Fields ".*" conflict because/s, () => 'Fields of one name ask for different things: give one an alias.'],
  [/^Fragment ".*" is never used/, () => 'A fragment is defined that nothing uses.'],
  [/^Fragment ".*" cannot be spread here/, () => 'A fragment stands where no object of its type can be.'],
  [/^Cannot spread fragment /, () => 'A fragment uses itself.'],
  [/^Too many validation errors/, () => 'There are more mistakes than these.'],
  [/^Subscription /, () => 'A subscription has exactly one root field.'],
]

function validationRefusal(message: string, names: ReadonlySet<string>): ChartroomError {
  for (const [form, sentence] of SENTENCES) {
    const found = form.exec(message)
    if (!found) continue
    const shown = found.slice(1).filter((name) => name !== undefined)
    if (shown.every((name) => names.has(name.replace(/[[\]!]/g, '')))) return refused(sentence(...shown))
    break
  }
  return refused('The document does not fit the schema.')
}

/** The database is away or overloaded, or gave a transaction up: asking again can help. */
function isOutage(error: unknown): boolean {
  const code = sqlStateOf(error)
  if (code === undefined) return false
  return OUTAGES.has(code) || /^(08|53|57P)/.test(code)
}

const OUTAGES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  // postgres.js
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
  // cancelled by a timeout; lock not available; serialization failure; deadlock; idle too long; read only (failover)
  ...['57014', '55P03', '40001', '40P01', '25P03', '25006'],
])

const NO_NAMES: ReadonlySet<string> = new Set()

/** Types, fields, arguments: what a signed-in client may be told of. */
function namesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>()
  for (const type of Object.values(schema.getTypeMap())) {
    names.add(type.name)
    if (!('getFields' in type)) continue
    for (const field of Object.values(type.getFields())) {
      names.add(field.name)
      if ('args' in field) for (const argument of field.args) names.add(argument.name)
    }
  }
  return names
}
