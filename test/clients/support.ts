import { randomUUID } from 'node:crypto'
import { createClient } from 'graphql-ws'
import { expect } from 'vitest'
import WebSocket from 'ws'
import { type Clock, fixedClock } from '../../server/kernel/clock.js'
import { type GraphqlAnswer, post, type TestPerson, type TestServer, testServer } from '../support/server.js'

const AGREEMENT =
  'mutation ($input: RegisterVendorAgreementInput!) { registerVendorAgreement(input: $input) { __typename ... on VendorAgreementSaved { agreement { id } } ... on CommandInvalid { problems { code } } } }'
const REGISTER =
  'mutation ($input: RegisterClientInput!) { registerClient(input: $input) { __typename ... on ClientSaved { secret client { id clientId } } ... on CommandInvalid { problems { code field } } } }'

/** What a program of a vendor may ask for at most in these tests. */
export const ALL = [
  'system/Chart.rs',
  'system/Patient.r',
  'system/DocumentReference.rs',
  'system/Suggestion.rs',
  'system/Consent.rs',
]

export interface Registered {
  readonly id: string
  readonly clientId: string
  readonly secret: string
  readonly agreementId: string
}

export interface VendorWorld {
  readonly server: TestServer
  readonly clock: Clock & { advance(ms: number): void }
  readonly admin: TestPerson
  /** Approves what others ask for. */
  readonly privacy: TestPerson
  /** At every facility of Harbor. */
  agree(given?: object): Promise<string>
  /** As it is answered, and before anybody has approved it. */
  askRegister(given: object): Promise<GraphqlAnswer>
  approve(...subjectIds: string[]): Promise<void>
  /** Registered and approved, in force. */
  register(
    scopes?: readonly string[],
    given?: { readonly agreement?: object; readonly client?: object },
  ): Promise<Registered>
  command(name: string, input: object, person?: TestPerson): Promise<GraphqlAnswer>
  form(
    path: string,
    client: Pick<Registered, 'clientId' | 'secret'>,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>
  tokenOf(client: Registered, scope?: string): Promise<string>
  ask(token: string, query: string, variables?: object, headers?: Record<string, string>): Promise<GraphqlAnswer>
  /** A socket of a token, with one subscription on it. */
  open<T>(token: string, query: string, variables: object, at?: OpenAt): Promise<OpenStream<T>>
  close(): Promise<void>
}

/** Another node, or an address that a trusted proxy names. */
export interface OpenAt {
  readonly url?: string
  readonly headers?: Record<string, string>
}

export interface OpenStream<T> {
  next(): Promise<T | undefined>
  end(): Promise<void>
}

export const codeOf = (answer: GraphqlAnswer): string | undefined => answer.errors?.[0]?.extensions.code
export const reasonOf = (answer: GraphqlAnswer): unknown =>
  (answer.errors?.[0]?.extensions as { reason?: string } | undefined)?.reason

export async function vendorWorld(): Promise<VendorWorld> {
  const clock = fixedClock(new Date())
  const server = await testServer({ clock })
  const signIn = async (email: string): Promise<TestPerson> => {
    const person = await server.signInAs(email)
    return {
      ...person,
      // With a token of its own each time: tests move the clock.
      async graphql(query, variables) {
        const { accessToken } = await server.app.accessTokens.sign(person.claims)
        return post(server.url, { query, variables }, { authorization: `Bearer ${accessToken}` })
      },
    }
  }
  const admin = await signIn('admin@demo.test')
  const privacy = await signIn('privacy@demo.test')

  const world: VendorWorld = {
    server,
    clock,
    admin,
    privacy,
    async agree(given = {}) {
      const input = {
        commandId: randomUUID(),
        vendorName: 'Vendor',
        facilityIds: Object.values(server.demo.harbor.facilities),
        purposes: ['PAYMENT'],
        scopes: ALL,
        effectiveFrom: new Date(clock.now().getTime() - 1_000).toISOString(),
        ...given,
      }
      const { data, errors } = await admin.graphql(AGREEMENT, { input })
      expect(errors).toBeUndefined()
      return (data!.registerVendorAgreement as { agreement: { id: string } }).agreement.id
    },
    askRegister: (given) =>
      admin.graphql(REGISTER, {
        input: { commandId: randomUUID(), name: `Client ${randomUUID()}`, purpose: 'PAYMENT', ...given },
      }),
    async approve(...subjectIds) {
      const { data } = await privacy.graphql('{ approvals(first: 200) { id subjectId state } }')
      for (const { id, subjectId, state } of data!.approvals as { id: string; subjectId: string; state: string }[])
        if (state === 'PENDING' && subjectIds.includes(subjectId)) {
          const answer = await world.command('approve', { approvalId: id }, privacy)
          expect(answer.data).toMatchObject({ approve: { __typename: 'ApprovalSaved' } })
        }
    },
    async register(scopes = ALL, { agreement = {}, client = {} } = {}) {
      const agreementId = await world.agree(agreement)
      const answer = await world.askRegister({ agreementId, scopes, ...client })
      expect(answer.data, JSON.stringify(answer.errors)).toMatchObject({
        registerClient: { __typename: 'ClientSaved' },
      })
      const saved = answer.data!.registerClient as { secret: string; client: { id: string; clientId: string } }
      await world.approve(agreementId, saved.client.id)
      return { ...saved.client, secret: saved.secret, agreementId }
    },
    command(name, input, person = admin) {
      const type = `${INPUTS[name] ?? `${name[0]!.toUpperCase()}${name.slice(1)}`}Input`
      return person.graphql(
        `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on CommandInvalid { problems { code field } } ${SELECTED[name] ?? ''} } }`,
        { input: { commandId: randomUUID(), ...input } },
      )
    },
    async form(path, { clientId, secret }, fields, headers = {}) {
      const response = await fetch(`${server.url}/oauth/${path}`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`, ...headers },
        body: new URLSearchParams(fields),
      })
      const text = await response.text()
      return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> }
    },
    async tokenOf(client, scope) {
      const { status, body } = await world.form('token', client, {
        grant_type: 'client_credentials',
        ...(scope && { scope }),
      })
      expect(status, JSON.stringify(body)).toBe(200)
      return body.access_token as string
    },
    ask: (token, query, variables = {}, headers = {}) =>
      post(server.url, { query, variables }, { authorization: `Bearer ${token}`, ...headers }),
    async open<T>(token: string, query: string, variables: object, at: OpenAt = {}): Promise<OpenStream<T>> {
      const { url = server.url, headers = {} } = at
      const response = await fetch(`${url}/oauth/socket-ticket`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, ...headers },
      })
      const { ticket } = (await response.json()) as { ticket: string }
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: class extends WebSocket {
          constructor(address: string, protocols: string) {
            super(address, protocols, { headers })
          }
        },
        connectionParams: { ticket },
        retryAttempts: 0,
      })
      const items = client.iterate<Record<string, T>>({ query, variables: variables as Record<string, unknown> })
      return {
        next: async () => {
          const { value, done } = await items.next()
          return done ? undefined : Object.values(value?.data ?? {})[0]
        },
        end: async () => client.dispose(),
      }
    },
    close: () => server.close(),
  }
  return world
}

const INPUTS: Readonly<Record<string, string>> = {
  suspendClient: 'ClientCommand',
  resumeClient: 'ClientCommand',
  rotateClientSecret: 'ClientCommand',
}
const CLIENT = '... on ClientSaved { secret client { id suspendedAt previousSecretUntil } }'
const SELECTED: Readonly<Record<string, string>> = {
  suspendClient: CLIENT,
  resumeClient: CLIENT,
  rotateClientSecret: CLIENT,
  changeClient: CLIENT,
  recordConsent: '... on ConsentSaved { consent { id } }',
}
