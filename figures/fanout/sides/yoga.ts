import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSchema, createYoga } from 'graphql-yoga'
import { contend, itemOf } from '../contend.js'
import type { Template } from '../wire.js'
import { contract, Topics } from './contract.js'

/** GraphQL Yoga over server-sent events, the way it serves subscriptions. */
const topics = new Topics<object>()
let templates: readonly Template[] = []

contend({
  async open(opening) {
    templates = opening.templates
    const schema = createSchema({
      typeDefs: contract(),
      resolvers: {
        Subscription: {
          chartStream: { subscribe: (_: unknown, { chartId }: { chartId: string }) => topics.subscribe(chartId) },
        },
      },
      resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
    })
    const yoga = createYoga({ schema, logging: false, graphiql: false, landingPage: false })
    const server = createServer((req, res) => void yoga(req, res))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  },
  count: () => topics.size,
  send(event) {
    for (const name of topics.names()) topics.publish(name, { chartStream: itemOf(templates[Number(name)]!, event) })
  },
})
