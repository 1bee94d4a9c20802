import type { Tabs, Timers } from './api.js'
import { newUuid } from './uuid.js'

/**
 * The tabs of one sign-in in one browser. One of them leads: it holds the room's lock (Web Locks), which passes to the next
 * when it closes or crashes. They speak over a BroadcastChannel, which keeps nothing. A leader that does not answer (a page
 * that the browser has frozen) is deposed.
 */
export interface Room<Request> {
  /** To whoever leads; false where nobody is known to, or this tab does. */
  ask(request: Request): boolean
  leave(): void
}

export interface RoomOptions<Request, Word> {
  readonly name: string
  readonly tabs: Tabs
  readonly timers: Timers
  /** This tab leads from now on. `tell` speaks to one tab, or to all others. */
  lead(tell: (tab: string | null, word: Word) => void): Reign<Request>
  /** Another tab leads from now on. */
  follow(isConnected: boolean): void
  /** Nobody leads until `lead` or `follow` is called. */
  orphaned(): void
  hear(word: Word): void
}

/** What the room asks of a tab that leads it. */
export interface Reign<Request> {
  isConnected(): boolean
  ask(tab: string, request: Request): void
  /** That tab is no more. */
  gone(tab: string): void
  end(): void
}

type Message =
  | { readonly say: 'hello'; readonly tab: string }
  | { readonly say: 'ping'; readonly reign: string; readonly tab: string }
  | { readonly say: 'ask'; readonly reign: string; readonly tab: string; readonly request: unknown }
  | { readonly say: 'leader'; readonly reign: string; readonly term: number; readonly isConnected: boolean }
  | {
      readonly say: 'pong'
      readonly reign: string
      readonly tab: string
      readonly isConnected: boolean
      readonly isVisible: boolean
    }
  | { readonly say: 'word'; readonly reign: string; readonly tab: string | null; readonly word: unknown }

export function joinRoom<Request, Word>(options: RoomOptions<Request, Word>): Room<Request> {
  const { name, tabs, timers } = options
  const self = newUuid()
  const channel = tabs.channel(name)
  const watched = new Set<string>()
  const leaving = new AbortController()
  let own: Reign<Request> | undefined
  /** Who leads, this tab or another: one name for each time that somebody does. */
  let reign: string | undefined
  let term = 0
  let unanswered = 0
  let claim: AbortController | undefined
  let abdicate: (() => void) | undefined
  let beat: unknown
  channel.onmessage = ({ data }) => {
    if (!leaving.signal.aborted) receive(data as Message)
  }
  const stopWatching = tabs.onVisible(() => sayHello())
  void live()

  return {
    ask(request) {
      if (own || reign === undefined) return false
      post({ say: 'ask', reign, tab: self, request })
      return true
    },
    leave() {
      leaving.abort()
      stopWatching()
      timers.clearTimeout(beat)
      claim?.abort()
      own?.end()
      own = undefined
      abdicate?.()
      channel.close()
    },
  }

  /** Held for as long as this tab is here, so that a leader learns when it is not. */
  async function live(): Promise<void> {
    const { signal } = leaving
    await tabs.locks
      .request(nameOf(self), { signal }, () => {
        if (signal.aborted) return undefined
        sayHello()
        stand(false)
        beatLater()
        return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      })
      .catch(() => {})
  }

  /** Waits for its turn to lead, or takes it. */
  function stand(atOnce: boolean): void {
    claim?.abort()
    const mine = new AbortController()
    claim = mine
    let granted = false
    const serve = (): Promise<void> | undefined => {
      if (leaving.signal.aborted || claim !== mine) return undefined
      granted = true
      begin()
      return new Promise((resolve) => (abdicate = resolve))
    }
    tabs.locks
      .request(name, atOnce ? { steal: true } : { signal: mine.signal }, serve)
      .catch(() => {})
      .finally(() => {
        // Another tab has taken it.
        if (!granted || leaving.signal.aborted || claim !== mine) return
        depose()
        stand(false)
      })
  }

  function begin(): void {
    term = Math.max(term + 1, Math.floor(timers.now()))
    const mine = newUuid()
    reign = mine
    unanswered = 0
    own = options.lead((tab, word) => post({ say: 'word', reign: mine, tab, word }))
    announce()
  }

  function depose(): void {
    if (!own) return
    own.end()
    own = undefined
    reign = undefined
    options.orphaned()
    sayHello()
  }

  function announce(): void {
    if (own) post({ say: 'leader', reign: reign!, term, isConnected: own.isConnected() })
  }

  function receive(message: Message): void {
    switch (message.say) {
      case 'hello':
        announce()
        return watch(message.tab)
      case 'leader':
        return acknowledge(message.reign, message.term, message.isConnected)
      case 'ask':
        if (!own || message.reign !== reign) return
        watch(message.tab)
        return own.ask(message.tab, message.request as Request)
      case 'ping':
        if (!own) return
        // It has not heard who leads now.
        if (message.reign !== reign) announce()
        else
          post({
            say: 'pong',
            reign,
            tab: message.tab,
            isConnected: own.isConnected(),
            isVisible: tabs.isVisible(),
          })
        return
      case 'pong':
        if (own || message.reign !== reign) return
        unanswered = 0
        // Timers of a page that nobody looks at are slow: whoever looks at this one should not wait for them.
        if (message.tab === self && !message.isConnected && !message.isVisible && tabs.isVisible()) usurp()
        return
      case 'word':
        if (own || message.reign !== reign) return
        unanswered = 0
        if (message.tab === null || message.tab === self) options.hear(message.word as Word)
    }
  }

  function acknowledge(other: string, at: number, isConnected: boolean): void {
    if (other === reign) {
      unanswered = 0
      return
    }
    // Said before the one we know began.
    if (at < term) return
    term = at
    own?.end()
    own = undefined
    reign = other
    unanswered = 0
    options.follow(isConnected)
  }

  function watch(tab: string): void {
    if (!own || tab === self || watched.has(tab)) return
    watched.add(tab)
    tabs.locks
      .request(nameOf(tab), { signal: leaving.signal }, () => {
        watched.delete(tab)
        own?.gone(tab)
      })
      .catch(() => {})
  }

  function beatLater(): void {
    beat = timers.setTimeout(
      () => {
        if (!own && unanswered >= MOST_UNANSWERED) usurp()
        else sayHello()
        beatLater()
      },
      BEAT_MS * (1 + timers.random() / 2),
    )
  }

  function sayHello(): void {
    if (own) return
    unanswered++
    post(reign === undefined ? { say: 'hello', tab: self } : { say: 'ping', reign, tab: self })
  }

  function usurp(): void {
    unanswered = 0
    // Whoever leads at another time may count from less.
    if (reign !== undefined) {
      reign = undefined
      options.orphaned()
    }
    stand(true)
  }

  function post(message: Message): void {
    if (!leaving.signal.aborted) channel.postMessage(message)
  }

  function nameOf(tab: string): string {
    return `${name} ${tab}`
  }
}

const BEAT_MS = 3_000
const MOST_UNANSWERED = 3
