import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { contend, itemOf } from '../contend.js'
import type { Template } from '../wire.js'
import { contract, Topics } from './contract.js'

/** graphql-ws as its documentation has it: every event is executed and serialised for every subscriber. */
const topics = new Topics<object>()
let templates: readonly Template[] = []

contend({
  async open(opening) {
    templates = opening.templates
    const schema = buildSchema(contract(), { assumeValid: true })
    const field = schema.getSubscriptionType()!.getFields().chartStream!
    field.subscribe = (_: unknown, { chartId }: { chartId?: string }) => topics.subscribe(String(chartId))
    const server = createServer()
    useServer({ schema }, new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  },
  count: () => topics.size,
  send(event) {
    for (const name of topics.names()) topics.publish(name, { chartStream: itemOf(templates[Number(name)]!, event) })
  },
})
