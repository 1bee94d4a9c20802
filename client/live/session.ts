import type { Credentials, GivenToken, Organisation, Session, SignInResult, Timers } from './api.js'
import { type Access, createAuthRequests, OrganisationNeeded } from './authRequests.js'
import { ChartroomClientError } from './errors.js'

/** Who is signed in, and the short-lived access token, which is in memory only and renewed before it expires. */
export interface SessionKeeper {
  get(): Session
  on(listener: () => void): () => void
  /** Told when whoever it was is gone, before anybody else is there: a sign-out, or a token of somebody else. */
  onLeft(listener: () => void): () => void
  /** Told of every new token: of the same sign-in, or of another of the same person. */
  onToken(listener: () => void): () => void
  /** Counts those who are gone. What was begun for one of them is not sent with the token of the next. */
  visit(): number
  signIn(credentials: Credentials): Promise<SignInResult>
  verifyTotp(code: string): Promise<SignInResult>
  choose(organisationId: string): Promise<SignInResult>
  restore(organisationId?: string): Promise<boolean>
  signOut(): Promise<void>
  /** Another tab of the same sign-in has signed out. */
  leave(): void
  /** A token in force. `refused` is one that the server no longer takes. @throws ChartroomClientError UNAUTHENTICATED */
  token(refused?: string): Promise<string>
  /** For one handshake of the socket, or its renewal. @throws ChartroomClientError */
  ticket(): Promise<Ticket>
  /** The name of the sign-in, which its tabs share. @throws ChartroomClientError */
  signInName(): Promise<string>
  /** The same, where it is known by now. */
  knownSignIn(): string | null
  /** Ask the server whether the session still is; signs out here where it is not. Never signs in by itself. */
  check(): Promise<void>
}

export interface Ticket {
  readonly ticket: string
  /** When the token behind it should be followed by another, in ms. */
  readonly renewAt: number
}

export interface SessionOptions {
  readonly url: string
  readonly fetch: typeof globalThis.fetch
  readonly timers: Timers
  readonly credentials?: Credentials | undefined
  readonly organisationId?: string | undefined
  /** Instead of signing in. */
  readonly given?: (() => Promise<GivenToken>) | undefined
}

export function createSession(options: SessionOptions): SessionKeeper {
  const { timers, credentials, given } = options
  const requests = createAuthRequests(options.url, options.fetch)
  const listeners = new Set<() => void>()
  const leftListeners = new Set<() => void>()
  const tokenListeners = new Set<() => void>()
  let session: Session = SIGNED_OUT
  let held: { readonly token: string; readonly renewAt: number } | undefined
  let asking: Promise<string> | undefined
  let entering: Promise<string> | undefined
  let organisationId = options.organisationId
  /** Of the last token; stays when a session ends by itself, for the same person may sign in again. */
  let subject: string | undefined
  let signInName: string | null = null
  let visit = 0

  return {
    get: () => session,
    on: (listener) => added(listeners, listener),
    onLeft: (listener) => added(leftListeners, listener),
    onToken: (listener) => added(tokenListeners, listener),
    visit: () => visit,
    async signIn({ email, password }) {
      forget()
      if ((await requests.password(email, password)) === 'signedIn') return enter()
      become({ ...SIGNED_OUT, status: 'secondFactor' })
      return { signedIn: false, secondFactorRequired: true }
    },
    async verifyTotp(code) {
      await requests.totp(code)
      return enter()
    },
    choose(id) {
      organisationId = id
      held = undefined
      return enter()
    },
    async restore(id) {
      organisationId ??= id
      try {
        return (await enter()).signedIn
      } catch (error) {
        if (error instanceof ChartroomClientError && error.code === 'UNAUTHENTICATED') return false
        throw error
      }
    },
    async signOut() {
      try {
        if (!given) await requests.end()
      } finally {
        leaveOnPurpose()
      }
    },
    leave: leaveOnPurpose,
    token,
    async ticket() {
      const used = await token()
      try {
        return await ticketFor(used)
      } catch (error) {
        if (!isSignedOut(error)) throw error
        return ticketFor(await token(used))
      }
    },
    async signInName() {
      await token()
      return signInName ?? ''
    },
    knownSignIn: () => signInName,
    async check() {
      held = undefined
      await access().catch(() => {})
    },
  }

  async function token(refused?: string): Promise<string> {
    if (held && held.token !== refused && timers.now() < held.renewAt) return held.token
    try {
      return await access()
    } catch (error) {
      if (!credentials || !isSignedOut(error)) throw asClientError(error)
      entering ??= signInWith(credentials).finally(() => {
        entering = undefined
      })
      return entering
    }
  }

  async function signInWith({ email, password }: Credentials): Promise<string> {
    const answer = await requests.password(email, password)
    if (answer === 'secondFactor') throw new ChartroomClientError('UNAUTHENTICATED', SECOND_FACTOR)
    return access()
  }

  async function ticketFor(used: string): Promise<Ticket> {
    const renewAt = held?.token === used ? held.renewAt : timers.now()
    return { ticket: given ? (await requests.clientTicket(used)).ticket : await requests.ticket(used), renewAt }
  }

  /** However many ask at once, one request is made. */
  function access(): Promise<string> {
    if (asking) return asking
    const asked = askForAccess().finally(() => {
      if (asking === asked) asking = undefined
    })
    asking = asked
    return asked
  }

  async function askForAccess(): Promise<string> {
    const mine = visit
    try {
      const granted = given ? await askGiven(given) : await requests.access(organisationId)
      // Signed out meanwhile.
      if (mine !== visit) throw new ChartroomClientError('UNAUTHENTICATED')
      take(granted)
      return granted.accessToken
    } catch (error) {
      if (isSignedOut(error) && mine === visit) forget()
      throw error
    }
  }

  /** A token says to its bearer what it is for, not whose it is: its ticket does. */
  async function askGiven(give: () => Promise<GivenToken>): Promise<Granted> {
    const token = await give()
    const { subject: whose = '', signIn = '' } = await requests.clientTicket(token.accessToken)
    return { ...token, organisation: null, subject: whose, signIn }
  }

  function take({ accessToken, expiresIn, organisation, subject: whose = '', signIn = '' }: Granted): void {
    if (subject !== undefined && subject !== whose) {
      leave()
      become(SIGNED_OUT)
    }
    subject = whose
    signInName = signIn
    held = { token: accessToken, renewAt: timers.now() + renewAfter(expiresIn) }
    become({ status: 'signedIn', organisation, organisations: [], subject: whose, left: false })
    for (const listener of [...tokenListeners]) listener()
  }

  async function enter(): Promise<SignInResult> {
    try {
      await access()
      return { signedIn: true, organisation: session.organisation! }
    } catch (error) {
      if (!(error instanceof OrganisationNeeded)) throw error
      const { organisations } = error
      become({ ...SIGNED_OUT, status: 'organisation', organisations })
      return { signedIn: false, organisations }
    }
  }

  function leaveOnPurpose(): void {
    asking = undefined
    leave()
    forget(true)
  }

  /** Whoever it was is gone: nothing is kept, and nothing that was begun goes on. */
  function leave(): void {
    visit++
    held = undefined
    subject = undefined
    signInName = null
    for (const listener of [...leftListeners]) listener()
  }

  function forget(onPurpose = false): void {
    held = undefined
    requests.forget()
    become({ ...SIGNED_OUT, left: onPurpose || (session.status === 'signedOut' && session.left) })
  }

  function become(next: Session): void {
    if (
      next.status === session.status &&
      next.subject === session.subject &&
      next.organisation?.id === session.organisation?.id &&
      next.left === session.left
    )
      return
    session = next
    for (const listener of [...listeners]) listener()
  }
}

interface Granted extends Omit<Access, 'organisation'> {
  readonly organisation: Organisation | null
}

const SIGNED_OUT: Session = {
  status: 'signedOut',
  organisation: null,
  organisations: [],
  subject: null,
  left: false,
}
const SECOND_FACTOR = 'This account has a second factor: sign in with signIn and verifyTotp.'

function added(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** In ms; a minute before it expires, or halfway through a very short one. */
const renewAfter = (expiresIn: number): number => Math.max(expiresIn * 500, (expiresIn - 60) * 1_000)

const isSignedOut = (error: unknown): boolean =>
  error instanceof ChartroomClientError && error.code === 'UNAUTHENTICATED'

const asClientError = (error: unknown): unknown =>
  error instanceof OrganisationNeeded
    ? new ChartroomClientError('UNAUTHENTICATED', 'Choose one of your organisations first.')
    : error
