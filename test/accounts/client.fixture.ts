import type { PeopleWorld } from '../support/people.js'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Record<string, unknown>
}

/** Keeps cookies and names its origin, as a page on the server's own address does. */
export function browser(world: PeopleWorld) {
  const jar = new Map<string, string>()
  return {
    jar,
    async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await send(world, method, path, body, {
        ...(method === 'GET' ? { 'sec-fetch-site': 'same-origin' } : { origin: world.url }),
        ...(cookie && { cookie }),
        ...headers,
      })
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
        if (/max-age=0/i.test(line)) jar.delete(name!)
        else jar.set(name!, value!)
      }
      return answer
    },
    signIn(email: string, password = world.demo.password): Promise<Answer> {
      return this.send('POST', '/sign-in/email', { email, password })
    },
  }
}

/** One bare request under /api/auth, as a program sends it. */
export async function send(
  world: PeopleWorld,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${world.url}/api/auth${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  let parsed: unknown = {}
  try {
    parsed = JSON.parse(text) ?? {}
  } catch {}
  return { status: response.status, headers: response.headers, text, body: parsed as Record<string, unknown> }
}
