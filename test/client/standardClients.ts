import { ApolloClient, ApolloLink, gql as apolloDocument, InMemoryCache } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { Client as UrqlClient, subscriptionExchange } from '@urql/core'
import { type Client, type ClientOptions, createClient } from 'graphql-ws'
import { type GraphQLResponse, Network, Observable } from 'relay-runtime'
import WebSocket from 'ws'

/** One subscription of a client that knows nothing of this server. */
export interface Follower {
  next(data: unknown): void
  ended(error?: unknown): void
}

export interface StandardClient {
  readonly name: string
  follow(query: string, variables: Record<string, unknown>, follower: Follower): () => void
  close(): Promise<void>
}

export type Make = (socket: Client) => Omit<StandardClient, 'name' | 'close'> & { close?(): void }

const ITEMS = ['ChartSnapshot', 'ChartEvents', 'AccessChanged', 'StreamEnded', 'ResyncRequired']

/** Each as its own documentation tells to set it up: a document of its own, ids of its own, its own cache. */
const CLIENTS: Readonly<Record<string, Make>> = {
  'the graphql-ws client': (socket) => ({
    follow: (query, variables, { next, ended }) =>
      socket.subscribe(
        { query, variables },
        {
          next: ({ data, errors }) => (errors ? ended(errors) : next(data)),
          error: (error) => ended(error),
          complete: () => ended(),
        },
      ),
  }),

  'Apollo Client': (socket) => {
    const client = new ApolloClient({
      link: ApolloLink.from([new GraphQLWsLink(socket)]),
      cache: new InMemoryCache({
        possibleTypes: { ChartStreamItem: ITEMS },
        // An item takes the place of the one before it.
        typePolicies: { Subscription: { fields: { chartStream: { merge: false } } } },
      }),
    })
    return {
      follow(query, variables, { next, ended }) {
        const subscription = client.subscribe({ query: apolloDocument(query), variables }).subscribe({
          next: ({ data, error }) => (error ? ended(error) : next(data)),
          error: (error: unknown) => ended(error),
          complete: () => ended(),
        })
        return () => subscription.unsubscribe()
      },
      close: () => client.stop(),
    }
  },

  urql: (socket) => {
    const client = new UrqlClient({
      url: 'http://127.0.0.1:1/graphql',
      preferGetMethod: false,
      exchanges: [
        subscriptionExchange({
          forwardSubscription: ({ query, variables }) => ({
            subscribe: (sink) => ({
              unsubscribe: socket.subscribe(
                { query: query ?? '', variables: variables as Record<string, unknown> },
                sink as never,
              ),
            }),
          }),
        }),
      ],
    })
    return {
      follow(query, variables, { next, ended }) {
        const { unsubscribe } = client.subscription(query, variables).subscribe(({ data, error, hasNext }) => {
          if (error) ended(error)
          // At the end it says the last once more.
          else if (hasNext) next(data)
          else ended()
        })
        return unsubscribe
      },
    }
  },

  'the network layer of Relay': (socket) => {
    const network = Network.create(
      () => Observable.create((sink) => sink.error(new Error('a socket carries subscriptions'))),
      (operation, variables) =>
        Observable.create<GraphQLResponse>((sink) =>
          socket.subscribe({ operationName: operation.name, query: operation.text ?? '', variables }, sink as never),
        ),
    )
    return {
      follow(query, variables, { next, ended }) {
        const request = {
          id: null,
          cacheID: query,
          name: /subscription (\w+)/.exec(query)![1]!,
          operationKind: 'subscription',
          text: query,
          metadata: {},
        } as const
        const subscription = network.execute(request, variables, {}).subscribe({
          next: (response) => {
            const { data, errors } = response as { data?: unknown; errors?: unknown }
            if (errors) ended(errors)
            else next(data)
          },
          error: (error: unknown) => ended(error),
          complete: () => ended(),
        })
        return () => subscription.unsubscribe()
      },
    }
  },
}

export const NAMES = Object.keys(CLIENTS)

/**
 * @param ticket asked for on each connection: it is good for one
 * @param closes of the sockets of this client, as they come
 */
export function standardClient(
  name: string,
  url: string,
  ticket: () => Promise<string>,
  closes: number[],
  options: Partial<ClientOptions> = {},
): StandardClient {
  const socket = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: async () => ({ ticket: await ticket() }),
    // Whether a connection that could not be made is tried again is the only thing to be said to this client.
    shouldRetry: () => true,
    retryAttempts: 100,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
    on: { closed: (event) => void closes.push((event as { code: number }).code) },
    ...options,
  })
  const made = CLIENTS[name]!(socket)
  return {
    name,
    follow: (query, variables, follower) => made.follow(query, variables, follower),
    async close() {
      made.close?.()
      await socket.dispose()
    },
  }
}
