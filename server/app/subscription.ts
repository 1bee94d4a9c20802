import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  subscribe,
} from 'graphql'
import { type AccessClaims, askerOf } from '../auth/accessToken.js'
import { ChartroomError } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import { LIVE_METRICS, type StreamName } from '../live/metrics.js'
import { admitClient, type ClientBudgets } from './clientLimits.js'
import { checkClient, refuseClient } from './clientScope.js'
import { type Documents, Invalid } from './documents.js'
import { type Boundary, refusalOf } from './formatError.js'
import type { GraphqlParameters } from './graphqlBody.js'
import { inTime } from './inTime.js'
import { LIMITS } from './limits.js'
import type { Log } from './logger.js'
import { chooseOperation, type OperationContext, openOperation } from './operation.js'
import { withPart2Notice } from './part2Notice.js'
import type { RateLimits } from './rateLimits.js'
import { type ChosenOperation, nameOperation, noteErrors, recordOperation } from './recordOperation.js'

/**
 * What a subscription passes on its way in and out, whatever carries it: a WebSocket or a stream over HTTP. The checks are
 * those of a query, in the same order.
 */
export interface SubscriptionOptions {
  readonly schema: GraphQLSchema
  readonly services: Services
  readonly documents: Documents
  readonly boundary: Boundary
  readonly rates: RateLimits
  readonly budgets: ClientBudgets
  readonly log: Log
}

/** Whoever asks for a subscription, and over what. */
export interface Asking {
  readonly transport: 'ws' | 'sse'
  readonly claims: AccessClaims
  readonly clientAddress: string
  /** It can go on with another sign-in, by the one command that is about itself. */
  readonly renewable?: boolean
  /**
   * The context to end with the subscription, by `endSubscription`, as soon as there is one that is worth to be kept.
   * @throws where whoever asked has gone meanwhile
   */
  keep(context: OperationContext, chosen: ChosenOperation): void
}

/**
 * @param parameters read when it is their turn: whoever asks too often is not read
 * @throws ChartroomError, GraphQLError, Invalid
 */
export async function beginSubscription(
  options: SubscriptionOptions,
  { transport, claims, clientAddress, renewable = false, keep }: Asking,
  parameters: () => GraphqlParameters,
): Promise<ExecutionArgs> {
  const { schema, services, documents, budgets, log } = options
  await options.rates.person(askerOf(claims))
  const { query, operationName, variables } = parameters()
  const context = openOperation(services, claims)
  if (claims.clientId !== undefined) await admitClient(context, query, clientAddress)
  await context.close()
  const { document, hash } = documents.prepare(query)
  const operation = chooseOperation(schema, document, operationName, variables)
  if (operation.operation !== 'subscription' && !(renewable && isRenewal(operation)))
    throw new ChartroomError('REQUEST_REFUSED', ONLY_SUBSCRIPTIONS)
  const chosen: ChosenOperation = { document, operation, variables }
  keep(context, chosen)
  nameOperation(context, chosen)
  try {
    if (claims.clientId !== undefined) await checkClient(schema, chosen, context, budgets)
    await context.close()
  } catch (error) {
    await refuseClient(context, chosen, error)
  }
  log.event('operation', {
    transport,
    kind: operation.operation,
    operation: operation.name?.value,
    hash: hash.slice(0, 16),
    outcome: 'STARTED',
  })
  return {
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
    options: { maxCoercionErrors: LIMITS.validationErrors },
  } as ExecutionArgs
}

/** On its own: beside others it would be a command like any, of which a socket takes none. */
function isRenewal({ operation, selectionSet }: OperationDefinitionNode): boolean {
  const [only, ...others] = selectionSet.selections
  return (
    operation === 'mutation' &&
    others.length === 0 &&
    only?.kind === Kind.FIELD &&
    only.name.value === RENEWAL &&
    !only.directives?.length
  )
}

const RENEWAL = 'renewSession'
const ONLY_SUBSCRIPTIONS = 'Send queries and mutations with POST to /graphql; here subscriptions are answered.'

export type Subscribed = AsyncGenerator<ExecutionResult> | ExecutionResult

/** Never rejects: what went wrong is the only result. */
export async function subscribeInTime(args: ExecutionArgs): Promise<Subscribed> {
  try {
    const result = await inTime(subscribeRecorded(args), (late) => {
      if (isStream(late)) void late.return(undefined)
    })
    if (isStream(result)) countSubscription(args)
    else refused(args.contextValue as OperationContext, result.errors ?? [])
    return result
  } catch (error) {
    refused(args.contextValue as OperationContext, [error])
    return { errors: [asGraphQLError(error)] }
  }
}

export const isStream = (result: Subscribed): result is AsyncGenerator<ExecutionResult> =>
  Symbol.asyncIterator in result

/** What a stream delivers is recorded by the stream; that there is to be none, here. @throws UNAVAILABLE */
async function subscribeRecorded(args: ExecutionArgs): Promise<Subscribed> {
  const result = (await subscribe(args)) as Subscribed
  if (!isStream(result)) await recordResult(args, result)
  return result
}

/** The one command that is not sent with POST. Never rejects. */
export async function executeInTime(args: ExecutionArgs): Promise<ExecutionResult> {
  try {
    return await inTime(executeRecorded(args))
  } catch (error) {
    return { errors: [asGraphQLError(error)] }
  }
}

async function executeRecorded(args: ExecutionArgs): Promise<ExecutionResult> {
  const result = await execute(args)
  await (args.contextValue as OperationContext).finish()
  await recordResult(args, result)
  return result
}

async function recordResult(args: ExecutionArgs, { errors = [] }: ExecutionResult): Promise<void> {
  const context = args.contextValue as OperationContext
  const refusals = errors.map((error) => refusalOf(error))
  noteErrors(
    context,
    refusals.map(({ code, detail }) => ({ extensions: { ...detail, code } })),
  )
  const operation = getOperationAST(args.document, args.operationName)!
  await recordOperation(context, { document: args.document, operation, variables: args.variableValues })
}

/** A result as it leaves: after the read that it rests on, with the notice that belongs beside it, its errors in our words. */
export async function leaving(
  boundary: Boundary,
  context: OperationContext | undefined,
  result: ExecutionResult,
): Promise<ExecutionResult> {
  // An event's reads end with it: the next one sees the access and the rows of its own moment.
  await context?.close()
  const carried = context ? withPart2Notice(result, context) : result
  if (!result.errors) return carried
  return { ...carried, errors: result.errors.map((error) => boundary.format(error)) as never }
}

/** Ends what `keep` was given. Safe to call twice. */
export async function endSubscription(context: OperationContext): Promise<void> {
  const stream = counted.get(context)
  counted.delete(context)
  if (stream) context.services.get(LIVE_METRICS).unsubscribed(stream)
  await context.finish()
}

/** Why a subscription did not begin, for `boundary.format`. */
export const errorsOf = (error: unknown): readonly GraphQLError[] =>
  (error instanceof Invalid ? error.errors : [error]).map(asGraphQLError)

const asGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError('refused', { originalError: error instanceof Error ? error : new Error('not an error') })

/** Which streams are open, by their context, until they are ended. */
const counted = new WeakMap<OperationContext, StreamName>()

function countSubscription(args: ExecutionArgs): void {
  const context = args.contextValue as OperationContext
  const [root] = getOperationAST(args.document, args.operationName)!.selectionSet.selections
  const name = root?.kind === Kind.FIELD ? root.name.value : ''
  const stream = STREAMS.has(name) ? (name as StreamName) : 'OTHER'
  counted.set(context, stream)
  context.services.get(LIVE_METRICS).subscribed(stream)
}

const STREAMS: ReadonlySet<string> = new Set<StreamName>(['chartStream', 'presence', 'queueBoard', 'inbox'])

function refused({ services }: OperationContext, errors: readonly unknown[]): void {
  for (const error of errors) services.get(LIVE_METRICS).refused(refusalOf(error).code)
}
