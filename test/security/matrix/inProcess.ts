import { type DocumentNode, execute, parse, subscribe } from 'graphql'
import { checkScope } from '../../../server/app/clientScope.js'
import { openOperation } from '../../../server/app/operation.js'
import type { AccessClaims } from '../../../server/auth/accessToken.js'
import { DATABASE } from '../../../server/auth/request.js'
import type { Database } from '../../../server/db/pool.js'
import type { TestServer } from '../../support/server.js'
import type { Answer } from './model.js'

/** Asking in this process, without a network between. */

export const documentOf = (text: string): DocumentNode => parse(text)

export async function ask(
  server: TestServer,
  claims: AccessClaims,
  document: DocumentNode,
  variables: Record<string, unknown>,
): Promise<Answer> {
  const { app } = server
  const context = openOperation(app.services, claims)
  try {
    // As at the door of HTTP: a program's document is looked at before anything is read.
    const refusal =
      claims.clientId === undefined
        ? undefined
        : await context
            .reading()
            .then(({ viewer }) => checkScope(app.schema, document, viewer.client!))
            .then(
              () => undefined,
              (error: unknown) => String(app.boundary.format(error).extensions?.code),
            )
    if (refusal !== undefined) return { data: null, errors: [{ path: '', code: refusal }] }
    return plain(
      server,
      await execute({ schema: app.schema, document, variableValues: variables, contextValue: context }),
    )
  } finally {
    await context.finish()
  }
}

const TAKEN_BACK = new Error('taken back')

/** @returns `LET_THROUGH`, or the code of the refusal */
export async function attempt(
  server: TestServer,
  claims: AccessClaims,
  document: DocumentNode,
  variables: Record<string, unknown>,
): Promise<string> {
  const { services } = server.app
  const database = services.get(DATABASE)
  let letThrough = false
  const takingBack: Database = {
    ...database,
    async write(orgId, work, counted) {
      let outcome: { of: Awaited<ReturnType<typeof work>> } | undefined
      letThrough = false
      await database
        .write(
          orgId,
          async (tx) => {
            outcome = { of: await work(tx) }
            letThrough = true
            throw TAKEN_BACK
          },
          counted,
        )
        .catch((error: unknown) => {
          if (error !== TAKEN_BACK) throw error
        })
      return outcome!.of
    },
  }
  const held = {
    get: (key: { name: string }) => (key.name === DATABASE.name ? takingBack : services.get(key)),
  } as unknown as typeof services
  const context = openOperation(held, claims)
  try {
    const result = await execute({
      schema: server.app.schema,
      document,
      variableValues: variables,
      contextValue: context,
    })
    const [error] = plain(server, result).errors
    const [outcome] = Object.values(result.data ?? {}) as ({ __typename?: string } | null)[]
    if (outcome?.__typename === 'AlreadyDone') return 'ALREADY_DONE'
    return letThrough ? 'LET_THROUGH' : (error?.code ?? 'ANSWERED')
  } finally {
    await context.finish()
  }
}

export async function first(
  server: TestServer,
  claims: AccessClaims,
  document: DocumentNode,
  variables: Record<string, unknown>,
): Promise<Answer> {
  const { app } = server
  const context = openOperation(app.services, claims)
  const started = await subscribe({ schema: app.schema, document, variableValues: variables, contextValue: context })
  try {
    if (!(Symbol.asyncIterator in started)) return plain(server, started)
    const { value } = await started.next()
    await started.return(undefined)
    return plain(server, value as Result)
  } finally {
    await context.finish()
  }
}

type Result = Awaited<ReturnType<typeof execute>>

function plain({ app }: TestServer, { data, errors = [] }: Result): Answer {
  return {
    data: data as Record<string, unknown> | null | undefined,
    errors: errors.map((error) => ({
      path: (error.path ?? []).join('.'),
      code: String(app.boundary.format(error).extensions?.code),
    })),
  }
}
