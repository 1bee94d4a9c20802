import { CreateUploadDocument, type TypedDocumentString, ViewerDocument } from '../generated/graphql.js'
import type { Chartroom, ChartroomOptions, CommandVariables, LiveChart, SignInResult, Viewer } from './api.js'
import { ChartroomClientError } from './errors.js'
import { createHttp } from './http.js'
import { openLiveChart, type OpenedChart } from './liveChart.js'
import { followNetwork } from './network.js'
import { createCommandQueue } from './queue.js'
import { createSession } from './session.js'
import { createSharedSocket } from './sharedSocket.js'
import { shareSignIn } from './sharedSignIn.js'
import { createSocket, type Socket, type SocketHooks } from './socket.js'
import { createSocketPool } from './socketPool.js'
import { tabsOfThisPage } from './tabs.js'
import { systemTimers } from './timers.js'
import { newUuid } from './uuid.js'

/** A client of one server, for one person or program. Works in browsers and in Node. */
export function createChartroom(options: ChartroomOptions): Chartroom {
  const url = options.url.replace(/\/+$/, '')
  const timers = options.timers ?? systemTimers
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const { credentials, organisationId } = options
  const session = createSession({ url, fetch, timers, credentials, organisationId, given: options.accessToken })
  const http = createHttp({ url, fetch, timers, session })
  const tabs = options.tabs === undefined ? tabsOfThisPage() : (options.tabs ?? undefined)
  const hooks: SocketHooks = {
    onForbidden: () => void session.check(),
    onConnected: () => queue.returned(),
    onLost: () => queue.lost(),
  }
  const openSocket = (told: SocketHooks): Socket =>
    createSocketPool(() =>
      createSocket({
        ...told,
        url: `${url.replace(/^http/, 'ws')}/graphql`,
        webSocket: options.webSocket ?? (globalThis as { WebSocket?: unknown }).WebSocket,
        timers,
        ticket: session.ticket,
      }),
    )
  const socket = tabs
    ? createSharedSocket({ ...hooks, tabs, timers, name: session.signInName, open: openSocket })
    : openSocket(hooks)
  const news = tabs && shareSignIn(tabs, session)
  const queue = createCommandQueue({
    timers,
    limits: options.queue,
    send: (document, variables) => http.execute(document, variables as object),
    prepare: withCommandId,
  })
  const stopFollowing = followNetwork({
    // Waiting for pings to go unanswered would show as live what is not.
    away: () => socket.drop(),
    back() {
      socket.hurry()
      queue.returned()
    },
  })
  const open = new Map<LiveChart, OpenedChart>()
  let viewing: Promise<Viewer> | undefined
  let signIn: string | null = null
  const stops = [
    session.on(() => {
      viewing = undefined
      // What somebody else, or nobody, would be sending is not sent.
      if (session.get().status !== 'signedIn') queue.abandon(new ChartroomClientError('UNAUTHENTICATED'))
    }),
    session.onLeft(() => {
      const gone = new ChartroomClientError('UNAUTHENTICATED')
      queue.abandon(gone)
      for (const opened of [...open.values()]) opened.forget()
      socket.leave(gone)
      signIn = null
    }),
    session.onToken(() => {
      const before = signIn
      signIn = session.knownSignIn()
      if (before !== null && before !== signIn) socket.renew()
    }),
  ]

  return {
    url,
    signIn: (by) => entering(session.signIn(by)),
    verifyTotp: (code) => entering(session.verifyTotp(code)),
    chooseOrganisation: (id) => entering(session.choose(id)),
    restore: () => session.restore(),
    async signOut() {
      for (const opened of [...open.values()]) opened.forget()
      news?.left()
      await session.signOut()
    },
    getSession: session.get,
    onSession: session.on,
    viewer,
    query: (document, variables) => http.execute(document, variables as object, { retries: QUERY_RETRIES }),
    mutate,
    subscribe: (document, variables, observer) =>
      socket.subscribe({
        payload: () => ({ query: document.toString(), variables: variables as Record<string, unknown> }),
        started: () => observer.started?.(),
        next: (data) => observer.next(data as never),
        dropped: () => {},
        completed: () => observer.ended?.(),
        refused: (error) => observer.ended?.(error),
      }),
    queued: () => queue.waiting(),
    onQueued: queue.on,
    async upload(bytes) {
      const blob = bytes instanceof Blob ? bytes : new Blob([bytes as Uint8Array<ArrayBuffer>])
      const { createUpload } = await mutate(CreateUploadDocument, { input: { byteSize: blob.size } })
      await http.put(createUpload.url, blob)
      return createUpload.uploadId
    },
    openChart(id, chartOptions = {}) {
      const opened = openLiveChart({
        ...chartOptions,
        id,
        http,
        socket,
        timers,
        queue,
        viewer,
        onClose: () => open.delete(opened.chart),
        onSignedOut: () => void session.check(),
      })
      open.set(opened.chart, opened)
      return opened.chart
    },
    simulateDrop: () => socket.drop(),
    close() {
      for (const chart of [...open.keys()]) chart.close()
      for (const stop of stops) stop()
      stopFollowing()
      news?.close()
      queue.abandon(new ChartroomClientError('CLOSED'))
      socket.close()
      http.close()
    },
  }

  async function entering(attempt: Promise<SignInResult>): Promise<SignInResult> {
    const result = await attempt
    if (result.signedIn) news?.entered()
    return result
  }

  function viewer(): Promise<Viewer> {
    const asked =
      viewing ?? http.execute(ViewerDocument, {}, { retries: QUERY_RETRIES }).then((answer) => answer.viewer)
    viewing = asked
    asked.catch(() => {
      if (viewing === asked) viewing = undefined
    })
    return asked
  }

  function mutate<R, V>(document: TypedDocumentString<R, V>, variables: CommandVariables<V>): Promise<R> {
    return http.execute(document, withCommandId(document.toString(), variables as Variables), {
      retries: COMMAND_RETRIES,
    })
  }
}

/** About twenty seconds with back-off: a server that restarts is back by then. */
const COMMAND_RETRIES = 8
const QUERY_RETRIES = 3

interface Variables {
  readonly input?: Readonly<Record<string, unknown>>
}

/** Made once for all attempts; the same id never does anything twice. */
function withCommandId(document: string, variables: Variables): object {
  if (!variables.input) throw new ChartroomClientError('BAD_INPUT', 'A command takes its arguments as `input`.')
  if (variables.input.commandId !== undefined || WITHOUT_ID.test(document)) return variables
  return { ...variables, input: { ...variables.input, commandId: newUuid() } }
}

/** What may happen twice without harm has no id. */
const WITHOUT_ID = /\$input: (CreateUploadInput|FocusInput)!/
