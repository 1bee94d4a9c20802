import type { AuditResult } from 'graphql-http'
import type { Figure, Print } from './figure.js'
import { withServer } from './serverOfItsOwn.js'

/** The audits of the GraphQL over HTTP specification, as its reference implementation ships them, against a whole server. */
export const httpAudits: Figure = {
  name: 'http-audits',
  shows: 'every audit of graphql-http (GraphQL over HTTP) passes, on an instance that answers introspection',
  run: (print) =>
    withServer({ demo: false, env: { INTROSPECTION: 'on' } }, ({ graphqlUrl }) => audit(graphqlUrl, print)),
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
