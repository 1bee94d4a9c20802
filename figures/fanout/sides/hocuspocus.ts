import { Server } from '@hocuspocus/server'
import { contend, frameOf } from '../contend.js'
import type { Template } from '../wire.js'

/** Hocuspocus: a document for each group, and the message that its server broadcasts to all who have it open. */
const server = new Server(
  { quiet: true, stopOnSignals: false, address: '127.0.0.1', port: 0 },
  { perMessageDeflate: false },
)
let templates: readonly Template[] = []

contend({
  async open(opening) {
    templates = opening.templates
    await server.listen()
    return `http://127.0.0.1:${server.address.port}/`
  },
  count: () => [...server.hocuspocus.documents.values()].reduce((n, document) => n + document.getConnectionsCount(), 0),
  send(event) {
    for (const [name, document] of server.hocuspocus.documents)
      document.broadcastStateless(frameOf(templates[Number(name)]!, event))
  },
})
