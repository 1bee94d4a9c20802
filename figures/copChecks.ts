import WebSocket from 'ws'

/** What somebody sends, and how one sees that the server let it happen. */
export interface CopCheck {
  readonly name: string
  readonly http: () => { readonly method: 'GET' | 'POST'; readonly search?: string } & Partial<
    Record<'contentType' | 'accept' | 'body', string>
  >
  /** The same as a message on a socket, where sockets have anything like it. */
  readonly socket?: () => unknown
  /** Whether an answer says that the weakness is there. */
  readonly weak: (answer: string) => boolean
}

const times = (n: number, text: (i: number) => string): string => Array.from({ length: n }, (_, i) => text(i)).join(' ')
const document = (name: string, query: string, weak: CopCheck['weak']): CopCheck => ({
  name,
  http: () => ({ method: 'POST', contentType: 'application/json', body: JSON.stringify({ query }) }),
  socket: () => ({ id: 'cop', type: 'subscribe', payload: { query } }),
  weak,
})

const CIRCLE =
  'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }'

/**
 * The weaknesses that the security tool graphql-cop looks for, each as a request, and each with the sign by which that
 * tool knows it: its twelve checks, and that for errors told as they were thrown.
 */
export const COP_CHECKS: readonly CopCheck[] = [
  document('alias overloading', `query cop { ${times(101, (i) => `alias${i}: __typename`)} }`, has('"alias100"')),
  {
    name: 'batch queries',
    http: () => ({ method: 'POST', contentType: 'application/json', body: JSON.stringify(batch()) }),
    socket: () => batch().map((payload, i) => ({ id: `cop${i}`, type: 'subscribe', payload })),
    weak: (answer) => answer.startsWith('[') && answer.split('__typename').length > 10,
  },
  {
    name: 'queries over GET',
    http: () => ({ method: 'GET', search: '?query=query%20cop%7B__typename%7D' }),
    weak: answers,
  },
  {
    name: 'mutations over GET',
    http: () => ({ method: 'GET', search: '?query=mutation%20cop%7B__typename%7D' }),
    weak: answers,
  },
  {
    name: 'POST of a form',
    http: () => ({
      method: 'POST',
      contentType: 'application/x-www-form-urlencoded',
      body: 'query=query+cop+%7B__typename%7D',
    }),
    weak: answers,
  },
  document('tracing', 'query cop { __typename }', has('"tracing"')),
  document('field duplication', `query cop { ${times(500, () => '__typename')} }`, answers),
  document('field suggestions', 'query cop { __schema { directive } viewe }', has('Did you mean')),
  {
    name: 'GraphiQL',
    http: () => ({ method: 'GET', accept: 'text/html', search: '?query=%7B__typename%7D' }),
    weak: (answer) => /graphiql|playground|graphql voyager|apollo (server|sandbox|explorer)/i.test(answer),
  },
  document('introspection', 'query cop { __schema { types { name fields { name } } } }', has('"types"')),
  document('directive overloading', `query cop { __typename ${times(50, () => '@aa')} }`, (answer) => {
    return (errorsOf(answer)?.length ?? 0) >= 10
  }),
  document('circular introspection', CIRCLE, has('"types"')),
  document('unhandled errors', 'qwerty cop { abc }', (answer) => /"(exception|stack|stacktrace)"/i.test(answer)),
]

function batch(): { query: string }[] {
  return Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' }))
}
function has(sign: string): CopCheck['weak'] {
  return (answer) => answer.includes(sign)
}
function answers(answer: string): boolean {
  return answer.includes('"__typename":')
}
function errorsOf(answer: string): unknown[] | undefined {
  try {
    const parsed = JSON.parse(answer) as { errors?: unknown[]; payload?: unknown }
    const errors = parsed.errors ?? parsed.payload
    return Array.isArray(errors) ? errors : undefined
  } catch {
    return undefined
  }
}

/** One check over HTTP. @returns whether the server withstood it: it answered, and the sign of the weakness is not there */
export async function withstandsHttp(check: CopCheck, url: string, accessToken?: string): Promise<boolean> {
  const { method, search = '', contentType, accept, body } = check.http()
  const response = await fetch(`${url}${search}`, {
    method,
    headers: {
      ...(contentType && { 'content-type': contentType }),
      ...(accept && { accept }),
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    ...(body !== undefined && { body }),
  })
  return response.status < 500 && !check.weak(await response.text())
}

/**
 * One check on a socket of its own, opened with a ticket.
 * @returns whether the server withstood it: it refused the message or closed the socket, and nothing it sent has the sign
 */
export async function withstandsSocket(check: CopCheck, url: string, ticket: string): Promise<boolean> {
  const ws = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  const received: string[] = []
  let refused = false
  await new Promise<void>((resolve, reject) => {
    ws.once('error', reject)
    ws.once('close', () => {
      refused = true
      resolve()
    })
    ws.once('open', () => ws.send(JSON.stringify({ type: 'connection_init', payload: { ticket } })))
    ws.on('message', (data) => {
      const { type } = JSON.parse(String(data)) as { type: string }
      if (type === 'connection_ack') return ws.send(JSON.stringify(check.socket!()))
      received.push(String(data))
      if (type === 'error') refused = true
      resolve()
    })
  })
  ws.terminate()
  return refused && !received.some(check.weak)
}
