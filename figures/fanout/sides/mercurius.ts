import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import mercurius from 'mercurius'
import { contend, itemOf } from '../contend.js'
import type { Template } from '../wire.js'
import { contract } from './contract.js'

/** mercurius with the subscriptions and the emitter that come with it. */
const app = fastify()
const names = new Map<string, number>()
let templates: readonly Template[] = []

contend({
  async open(opening) {
    templates = opening.templates
    await app.register(mercurius, {
      schema: contract(),
      resolvers: {
        Subscription: {
          chartStream: {
            subscribe: async (_: unknown, { chartId }: { chartId: string }, { pubsub }) => {
              const events = await pubsub.subscribe(chartId)
              names.set(chartId, (names.get(chartId) ?? 0) + 1)
              return events
            },
          },
        },
      },
      subscription: true,
      graphiql: false,
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/graphql`
  },
  count: () => [...names.values()].reduce((a, b) => a + b, 0),
  send(event) {
    for (const name of names.keys()) {
      const payload = { chartStream: itemOf(templates[Number(name)]!, event) }
      app.graphql.pubsub.publish({ topic: name, payload }, () => {})
    }
  },
})
