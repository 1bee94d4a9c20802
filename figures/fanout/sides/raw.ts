import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { contend, frameOf, withFault } from '../contend.js'
import type { Template } from '../wire.js'

/** The wire itself: one buffer for each group, sent to everybody in it with `ws`. */
const groups = new Map<string, Set<WebSocket>>()
let templates: readonly Template[] = []
let faulty = withFault(undefined)

contend({
  async open(opening) {
    templates = opening.templates
    faulty = withFault(opening.fault)
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
    server.on('connection', (ws) => {
      ws.once('message', (name) => {
        const group = groups.get(String(name)) ?? new Set()
        groups.set(String(name), group.add(ws))
        ws.once('close', () => group.delete(ws))
      })
    })
    await new Promise((resolve) => server.once('listening', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  },
  count: () => [...groups.values()].reduce((n, group) => n + group.size, 0),
  send(event) {
    for (const one of faulty(event))
      for (const [name, group] of groups) {
        const frame = Buffer.from(frameOf(templates[Number(name)]!, one))
        for (const ws of group) ws.send(frame, TEXT)
      }
  },
})

const TEXT = { binary: false }
