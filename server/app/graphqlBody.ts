import type { Request } from 'express'
import { ChartroomError } from '../kernel/errors.js'

/** The parameters of a request (GraphQL over HTTP, section 5.1), checked for their types and nothing else. */
export interface GraphqlParameters {
  readonly query: string
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
}

/** @throws ChartroomError REQUEST_REFUSED in words of ours: what JSON.parse says repeats the input */
export function parametersOfBody(body: unknown): GraphqlParameters {
  if (!Buffer.isBuffer(body) || body.length === 0) throw refused('Send a JSON object with "query".')
  return parametersOf(parseJson(() => new TextDecoder('utf-8', { fatal: true }).decode(body)))
}

/** Of a GET: each parameter once, `variables` as JSON. */
export function parametersOfUrl(req: Request): GraphqlParameters {
  const search = new URL(req.originalUrl, 'http://here').searchParams
  const given: Record<string, unknown> = {}
  for (const name of ['query', 'operationName', 'variables', 'extensions']) {
    const values = search.getAll(name)
    if (values.length > 1) throw refused(`Send "${name}" once.`)
    if (values.length === 0) continue
    const json = name === 'variables' || name === 'extensions'
    given[name] = json ? parseJson(() => values[0]!) : values[0]
  }
  return parametersOf(given)
}

/** @throws ChartroomError REQUEST_REFUSED */
export function parametersOf(value: unknown): GraphqlParameters {
  if (!isMap(value)) throw refused('Send a JSON object with "query".')
  const { query, operationName, variables, extensions } = value
  if (typeof query !== 'string' || query === '') throw refused('"query" must be the text of an operation.')
  if (operationName != null && typeof operationName !== 'string') throw refused('"operationName" must be a string.')
  if (variables != null && !isMap(variables)) throw refused('"variables" must be an object.')
  if (extensions != null && !isMap(extensions)) throw refused('"extensions" must be an object.')
  refusePrototypes(variables)
  return { query, operationName: operationName ?? null, variables: variables ?? {} }
}

const refused = (message: string): ChartroomError => new ChartroomError('REQUEST_REFUSED', message)

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseJson(text: () => string): unknown {
  try {
    return JSON.parse(text())
  } catch {
    throw refused('The request is not JSON in UTF-8.')
  }
}

/**
 * Keys that mean something to every JavaScript object are refused by name, at any depth, whatever reads them later. Without
 * recursion, because the depth is the sender's.
 */
function refusePrototypes(value: unknown): void {
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null) continue
    for (const key of Object.keys(next)) {
      if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
        throw refused('"variables" holds a key that is never taken.')
      }
      waiting.push((next as Record<string, unknown>)[key])
    }
  }
}
