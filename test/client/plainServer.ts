import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GraphQLError } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import type { App } from '../../server/app/createApp.js'
import { type OperationContext, openOperation } from '../../server/app/operation.js'
import { withPart2Notice } from '../../server/app/part2Notice.js'
import type { AccessClaims } from '../../server/auth/accessToken.js'

/**
 * The protocol's own server, as its library ships it, on the schema of an app: it executes for every subscriber by
 * itself and shares nothing. What an operation is told is the same; how it is told is the library's.
 * A socket says who it is by the key of `people` in `connection_init`, as tickets are not of the protocol.
 */
export async function plainServer(
  app: App,
  people: ReadonlyMap<string, AccessClaims>,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const contexts = new Map<string, OperationContext>()
  const http = createServer()
  const wss = new WebSocketServer({ server: http, path: '/graphql' })
  const claimsOf = (params: Readonly<Record<string, unknown>> | undefined) => people.get(String(params?.as))
  let sockets = 0
  const server = useServer<Record<string, unknown>, { key: number }>(
    {
      schema: app.schema,
      onConnect(ctx) {
        ctx.extra.key = ++sockets
        return claimsOf(ctx.connectionParams) !== undefined
      },
      context(ctx, id) {
        const context = openOperation(app.services, claimsOf(ctx.connectionParams))
        contexts.set(`${ctx.extra.key}/${id}`, context)
        return context
      },
      // The payloads are the app's: reads of an event end with it, and errors are told in its words.
      async onNext(ctx, id, _payload, _args, result) {
        const context = contexts.get(`${ctx.extra.key}/${id}`)!
        await context.close()
        const errors = result.errors?.map((error) => app.boundary.format(error) as GraphQLError)
        return withPart2Notice({ ...result, ...(errors && { errors }) }, context)
      },
      onError: (_ctx, _id, _payload, errors) => errors.map((error) => app.boundary.format(error) as GraphQLError),
      async onComplete(ctx, id) {
        await contexts.get(`${ctx.extra.key}/${id}`)?.finish()
      },
    },
    wss,
  )
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      await server.dispose()
      await new Promise<void>((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      })
    },
  }
}
