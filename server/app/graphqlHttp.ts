import { ApolloServer, type ApolloServerPlugin, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql'
import { type AccessClaims, type AccessTokens, askerOf, bearerToken } from '../auth/accessToken.js'
import type { SessionActivity } from '../auth/viewer.store.js'
import { CATALOGUE, type ErrorCode, unauthenticated } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import { httpRefusalOf } from './answerError.js'
import { admitClient, type ClientBudgets } from './clientLimits.js'
import { checkClient, refuseClient } from './clientScope.js'
import type { Documents } from './documents.js'
import type { Boundary } from './formatError.js'
import { type GraphqlParameters, parametersOfBody, parametersOfUrl } from './graphqlBody.js'
import { answerErrors, checkForm, guarded, HttpRefusal, JSON_TYPE, mediaOf, RESPONSE_JSON } from './httpRefusal.js'
import { inTime } from './inTime.js'
import { attemptsOf, LIMITS } from './limits.js'
import type { Log } from './logger.js'
import { asksForSchemaOnly, chooseOperation, isBackground, type OperationContext, openOperation } from './operation.js'
import { withPart2Notice } from './part2Notice.js'
import type { RateLimits } from './rateLimits.js'
import { type ChosenOperation, nameOperation, noteErrors, recordOperation } from './recordOperation.js'

export interface GraphqlHttpOptions {
  readonly schema: GraphQLSchema
  readonly services: Services
  readonly documents: Documents
  readonly boundary: Boundary
  readonly accessTokens: AccessTokens
  readonly activity: SessionActivity
  readonly rates: RateLimits
  readonly budgets: ClientBudgets
  readonly log: Log
  readonly introspection: boolean
}

/**
 * `POST /graphql`. All checks are those of the sockets, and done before Apollo sees the request; Apollo runs the
 * operation. Who has not signed in gets one fixed answer to everything, so that nobody learns the schema from mistakes;
 * where introspection is on there is nothing to learn, and schema and type names are told to anybody, also over GET.
 */
export async function graphqlHttp(options: GraphqlHttpOptions): Promise<{ router: Router; close(): Promise<void> }> {
  const apollo = createApollo(options)
  await apollo.start()
  const router = express.Router()
  const allowed = options.introspection ? 'GET, POST' : 'POST'

  router.post(
    PATH,
    guarded(options.boundary, async (req, res) => {
      res.locals.claims = await claimsOf(req, options)
    }),
    express.raw({ type: () => true, limit: LIMITS.httpBytes, inflate: false }),
    guarded(options.boundary, async (req, res) => {
      await answer(apollo, options, req, res, parametersOfBody(req.body))
    }),
  )
  if (options.introspection) {
    router.get(
      PATH,
      guarded(options.boundary, async (req, res) => {
        const parameters = parametersOfUrl(req)
        const { document } = options.documents.prepare(parameters.query)
        // What may be asked with GET ends in histories and caches, and a foreign page can make a browser send it.
        if (!asksForSchemaOnly(document)) throw new HttpRefusal(405, 'Send operations with POST.', { allow: allowed })
        await answer(apollo, options, req, res, parameters)
      }),
    )
  }
  router.all(PATH, (req, res) => {
    answerErrors(options.boundary, req, res, new HttpRefusal(405, 'Send operations with POST.', { allow: allowed }))
  })
  // Errors of the body reader.
  router.use(PATH, (error: unknown, req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error)
    answerErrors(options.boundary, req, res, httpRefusalOf(error, options.log))
  })
  return { router, close: () => apollo.stop() }
}

const PATH = '/graphql'

function createApollo(options: GraphqlHttpOptions): ApolloServer<OperationContext> {
  return new ApolloServer<OperationContext>({
    schema: options.schema,
    // Both are decided before: what reaches Apollo is a document that passed `documents.prepare`.
    introspection: true,
    documentStore: {
      get: async (key) => options.documents.byHash(key.slice(-64)),
      set: async () => {},
      delete: async () => false,
    },
    // The second line of defence, should a document have left the store in between.
    parseOptions: { maxTokens: LIMITS.tokens },
    validationOptions: { maxErrors: LIMITS.validationErrors },
    executionOptions: { maxCoercionErrors: LIMITS.validationErrors },
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => options.boundary.format(error),
    // Its own sentences hold messages of errors.
    logger: { debug() {}, info() {}, warn() {}, error: () => options.log.event('trouble', { what: 'Apollo' }) },
    plugins: [
      statusPlugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  })
}

/** The status that GraphQL over HTTP gives an answer, section 6.4, by its media type. */
const statusPlugin: ApolloServerPlugin<OperationContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response, contextValue }) {
        if (response.body.kind !== 'single') return
        const { data, errors } = response.body.singleResult
        noteErrors(contextValue, errors ?? [])
        response.body.singleResult = withPart2Notice(response.body.singleResult, contextValue)
        if (errors?.length) response.http.status = statusOf(errors, data, request.http?.headers.get('accept'))
      },
    }
  },
}

function statusOf(errors: readonly GraphQLFormattedError[], data: unknown, media: string | undefined): number {
  const codes = errors.map((error) => error.extensions?.code as ErrorCode)
  if (codes.includes('UNAUTHENTICATED')) return CATALOGUE.UNAUTHENTICATED.status
  if (data !== undefined && data !== null) return 200
  const code = codes[0]!
  const { status } = CATALOGUE[code]
  // Clients of the older media type take any other status for an answer that is not GraphQL; but who must sign in, wait
  // or come back later is told so by status in any case.
  return media === RESPONSE_JSON || ALWAYS.has(code) ? status : 200
}

const ALWAYS: ReadonlySet<ErrorCode> = new Set(['UNAUTHENTICATED', 'RATE_LIMITED', 'UNAVAILABLE', 'TOO_LARGE'])
/** @returns undefined for a caller without a token, where the schema is open */
async function claimsOf(req: Request, options: GraphqlHttpOptions): Promise<AccessClaims | undefined> {
  const { authorization } = req.headers
  const token = bearerToken(authorization)
  if (token === undefined) {
    if (authorization !== undefined || !options.introspection) throw unauthenticated()
    return checkForm(req)
  }
  const claims = await options.accessTokens.verify(token)
  await options.rates.person(askerOf(claims))
  checkForm(req)
  return claims
}

async function answer(
  apollo: ApolloServer<OperationContext>,
  options: GraphqlHttpOptions,
  req: Request,
  res: Response,
  { query, operationName, variables }: GraphqlParameters,
): Promise<void> {
  const media = mediaOf(req)
  if (!media) throw new HttpRefusal(406, `Accept ${JSON_TYPE} or ${RESPONSE_JSON}.`)
  const started = performance.now()
  const claims = res.locals.claims as AccessClaims | undefined
  const context = openOperation(options.services, claims)
  // Who has gone away needs no answer, and no connection to the database; nor does who was refused.
  res.once('close', () => void context.finish())
  if (claims?.clientId !== undefined) await admitClient(context, query, req.ip ?? '')
  const { document, hash } = options.documents.prepare(query)
  if (!claims && !asksForSchemaOnly(document)) throw unauthenticated()
  const operation = chooseOperation(options.schema, document, operationName, variables)
  if (operation.operation === 'subscription') {
    throw new HttpRefusal(
      405,
      'Subscriptions are answered on the WebSocket at the same address, and as events at /graphql/stream.',
      { allow: 'POST' },
    )
  }
  // The request counted as one attempt when it came; what it asks beyond that counts now that it can be counted.
  const more = attemptsOf(options.schema, document, operation) - 1
  if (claims && more > 0) await options.rates.person(askerOf(claims), more)
  const chosen: ChosenOperation = { document, operation, variables }
  if (claims) nameOperation(context, chosen)
  try {
    if (claims?.clientId !== undefined) await checkClient(options.schema, chosen, context, options.budgets)
  } catch (error) {
    await refuseClient(context, chosen, error)
  }
  let outcome: string = 'INTERNAL'
  try {
    const headers = new HeaderMap([
      ['content-type', JSON_TYPE],
      ['accept', media],
    ])
    const response = await inTime(
      apollo
        .executeHTTPGraphQLRequest({
          httpGraphQLRequest: { method: 'POST', headers, search: '', body: { query, operationName, variables } },
          context: async () => context,
        })
        // The read ends before the answer leaves: its connection must wait neither for a slow reader nor for the record.
        .finally(() => context.finish())
        // An operation that ran out of time is recorded too, when it has ended.
        .then(async (response) => {
          await recordOperation(context, chosen)
          return response
        }),
    )
    if (claims && claims.clientId === undefined && !isBackground(operation)) options.activity.touch(claims.sessionId)
    outcome = send(res, response)
  } catch (error) {
    outcome = httpRefusalOf(error, options.log).code
    throw error
  } finally {
    // Not awaited: where the time ran out, so may the end of the read.
    void context.finish()
    options.log.event('operation', {
      transport: 'http',
      kind: operation.operation,
      operation: operation.name?.value,
      hash: hash.slice(0, 16),
      durationMs: Math.round(performance.now() - started),
      statements: context.statements(),
      outcome,
    })
  }
}

/** @returns OK, or the code of the first error */
function send(res: Response, { status = 200, headers, body }: HTTPGraphQLResponse): string {
  if (body.kind !== 'complete') throw new Error('an answer in parts, which this schema has no directive for')
  for (const [name, value] of headers) res.setHeader(name, value)
  res.status(status).send(body.string)
  const code = /^\{"errors":\[\{.*?"code":"([A-Z_]+)"/s.exec(body.string)?.[1]
  return code ?? 'OK'
}
