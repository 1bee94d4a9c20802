import type { Credentials, Organisation, Session, SignInResult, Timers } from './api.js'
import { type Access, createAuthRequests, OrganisationNeeded } from './authRequests.js'
import { ChartroomClientError } from './errors.js'

/** Who is signed in, and the short-lived access token, which is in memory only and renewed before it expires. */
export interface SessionKeeper {
  get(): Session
  on(listener: () => void): () => void
  signIn(credentials: Credentials): Promise<SignInResult>
  verifyTotp(code: string): Promise<SignInResult>
  choose(organisationId: string): Promise<SignInResult>
  restore(): Promise<boolean>
  signOut(): Promise<void>
  /** A token in force. `refused` is one that the server no longer takes. @throws ChartroomClientError UNAUTHENTICATED */
  token(refused?: string): Promise<string>
  /** For one handshake of the socket. @throws ChartroomClientError */
  ticket(): Promise<string>
  /** Ask the server whether the session still is; signs out here where it is not. Never signs in by itself. */
  check(): Promise<void>
}

export interface SessionOptions {
  readonly url: string
  readonly fetch: typeof globalThis.fetch
  readonly timers: Timers
  readonly credentials?: Credentials | undefined
  readonly organisationId?: string | undefined
}

export function createSession(options: SessionOptions): SessionKeeper {
  const { timers, credentials } = options
  const requests = createAuthRequests(options.url, options.fetch)
  const listeners = new Set<() => void>()
  let session: Session = SIGNED_OUT
  let held: { readonly token: string; readonly renewAt: number } | undefined
  let asking: Promise<Access> | undefined
  let organisationId = options.organisationId

  return {
    get: () => session,
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
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
    async restore() {
      try {
        return (await enter()).signedIn
      } catch (error) {
        if (error instanceof ChartroomClientError && error.code === 'UNAUTHENTICATED') return false
        throw error
      }
    },
    async signOut() {
      try {
        await requests.end()
      } finally {
        forget()
      }
    },
    token,
    async ticket() {
      const used = await token()
      try {
        return await requests.ticket(used)
      } catch (error) {
        if (!isSignedOut(error)) throw error
        return requests.ticket(await token(used))
      }
    },
    async check() {
      held = undefined
      await access().catch(() => {})
    },
  }

  async function token(refused?: string): Promise<string> {
    if (held && held.token !== refused && timers.now() < held.renewAt) return held.token
    try {
      return (await access()).accessToken
    } catch (error) {
      if (!credentials || !isSignedOut(error)) throw asClientError(error)
      const answer = await requests.password(credentials.email, credentials.password)
      if (answer === 'secondFactor') throw new ChartroomClientError('UNAUTHENTICATED', SECOND_FACTOR)
      return (await access()).accessToken
    }
  }

  /** However many ask at once, one request is made. */
  function access(): Promise<Access> {
    asking ??= askForAccess().finally(() => {
      asking = undefined
    })
    return asking
  }

  async function askForAccess(): Promise<Access> {
    try {
      const granted = await requests.access(organisationId)
      held = { token: granted.accessToken, renewAt: timers.now() + renewAfter(granted.expiresIn) }
      become({ status: 'signedIn', organisation: granted.organisation, organisations: [] })
      return granted
    } catch (error) {
      if (isSignedOut(error)) forget()
      throw error
    }
  }

  async function enter(): Promise<SignInResult> {
    try {
      const { organisation } = await access()
      return { signedIn: true, organisation }
    } catch (error) {
      if (!(error instanceof OrganisationNeeded)) throw error
      const { organisations } = error
      become({ status: 'organisation', organisation: null, organisations })
      return { signedIn: false, organisations }
    }
  }

  function forget(): void {
    held = undefined
    requests.forget()
    become(SIGNED_OUT)
  }

  function become(next: Session): void {
    if (next.status === session.status && sameOrganisation(next.organisation, session.organisation)) return
    session = next
    for (const listener of [...listeners]) listener()
  }
}

const SIGNED_OUT: Session = { status: 'signedOut', organisation: null, organisations: [] }
const SECOND_FACTOR = 'This account has a second factor: sign in with signIn and verifyTotp.'

const sameOrganisation = (a: Organisation | null, b: Organisation | null): boolean => a?.id === b?.id

/** In ms; a minute before it expires, or halfway through a very short one. */
const renewAfter = (expiresIn: number): number => Math.max(expiresIn * 500, (expiresIn - 60) * 1_000)

const isSignedOut = (error: unknown): boolean =>
  error instanceof ChartroomClientError && error.code === 'UNAUTHENTICATED'

const asClientError = (error: unknown): unknown =>
  error instanceof OrganisationNeeded
    ? new ChartroomClientError('UNAUTHENTICATED', 'Choose one of your organisations first.')
    : error
