import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { AuditResult } from 'graphql-http'
import { loadEnv } from '../server/app/env.js'
import { startServer } from '../server/app/main.js'
import type { Figure, Print } from './figure.js'

/** The audits of the GraphQL over HTTP specification, as its reference implementation ships them, against a whole server. */
export const httpAudits: Figure = {
  name: 'http-audits',
  shows: 'every audit of graphql-http (GraphQL over HTTP) passes, on an instance that answers introspection',
  async run(print) {
    const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-figure-'))
    chmodSync(folder, 0o711)
    const env = loadEnv({
      CHARTROOM_DATA: folder,
      PORT: '0',
      INTROSPECTION: 'on',
      LOG_LEVEL: 'silent',
      ENGINE_WORKERS: '0',
    })
    const server = await startServer({ env, demo: false })
    try {
      return await audit(server.addresses.GraphQL!, print)
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function audit(url: string, print: Print) {
  // A tool of development, so it is loaded only when it is used.
  const { serverAudits } = await import('graphql-http')
  const results: AuditResult[] = []
  for (const { fn } of serverAudits({ url })) results.push(await fn())
  for (const result of results) {
    if (result.status !== 'ok') print(`  ${result.status}: ${result.id} ${result.name}: ${result.reason}`)
  }
  const passed = results.filter(({ status }) => status === 'ok').length
  return { holds: passed === results.length && passed > 0, figures: { audits: results.length, passed } }
}
