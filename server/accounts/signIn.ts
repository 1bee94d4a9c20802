import { betterAuth } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { bearer, twoFactor } from 'better-auth/plugins'
import type { Clock } from '../kernel/clock.js'
import { badInput } from '../kernel/errors.js'
import { openSignInStore } from './signIn.store.js'

export interface SignInOptions {
  /** The database as the application role. */
  readonly applicationUrl: string
  /** The address people use, without a slash at its end. */
  readonly baseUrl: string
  /** Origins whose pages may send credentials; asked on every request, so that a server on port 0 can learn its own. */
  readonly allowedOrigins: () => readonly string[]
  readonly idleMinutes: number
  readonly maxHours: number
  /** 32 bytes: `vault.derive('sign-in')` */
  readonly secret: Buffer
  readonly clock: Clock
  /** Sign-in attempts a minute from one address; an office behind one address shares them. Default 30. */
  readonly attemptsPerMinute?: number
  /** Words of better-auth, without values: a name of what happened. */
  readonly onLog?: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void
}

export interface SignedIn {
  readonly userId: string
  readonly sessionId: string
}

/** Sign-in, as the rest of the server sees it. */
export interface SignIn {
  /** Answers one request under /api/auth; `request` names the client's address in ADDRESS_HEADER. */
  handle(request: Request): Promise<Response>
  /** Whose session the cookie or bearer token of these headers proves; undefined if none in force. */
  session(headers: Headers): Promise<SignedIn | undefined>
  /** Makes an account with a password. An account with that address already is left as it is. */
  createAccount(account: { email: string; name: string; password: string }): Promise<{ userId: string; made: boolean }>
  /** Replaces a password and ends every session of the person. False if there is no such account. */
  setPassword(email: string, password: string): Promise<boolean>
  /** Takes the second factor away (a lost telephone) and ends every session. False if there is no such account. */
  removeSecondFactor(email: string): Promise<boolean>
  close(): Promise<void>
}

export const ADDRESS_HEADER = 'x-chartroom-address'
export const MIN_PASSWORD_LENGTH = 12

/** Password, second factor and sessions by better-auth, with accounts made by administrators only. */
export function createSignIn(options: SignInOptions): SignIn {
  const store = openSignInStore(options.applicationUrl)
  const auth = buildAuth(options, store.adapter)

  return {
    handle: (request) => auth.handler(request),
    async session(headers) {
      const found = await auth.api.getSession({ headers })
      if (!found || found.session.expiresAt <= options.clock.now()) return undefined
      return { userId: found.user.id, sessionId: found.session.id }
    },
    async createAccount({ email, name, password }) {
      checkPassword(password)
      const { internalAdapter, adapter, password: hasher } = await auth.$context
      const known = await internalAdapter.findUserByEmail(email)
      if (known) return { userId: known.user.id, made: false }
      const hash = await hasher.hash(password)
      try {
        return { userId: await insertAccount(adapter, options.clock, { email, name, hash }), made: true }
      } catch (error) {
        const meanwhile = await internalAdapter.findUserByEmail(email)
        if (meanwhile) return { userId: meanwhile.user.id, made: false }
        // The error itself holds the statement's values, the hash among them.
        const { code = 'unknown' } = ((error as { cause?: unknown }).cause ?? {}) as { code?: string }
        throw new Error(`The account could not be made (SQLSTATE ${code}).`)
      }
    },
    async setPassword(email, password) {
      const { internalAdapter, password: hasher } = await auth.$context
      checkPassword(password)
      const known = await internalAdapter.findUserByEmail(email)
      if (!known) return false
      await internalAdapter.updatePassword(known.user.id, await hasher.hash(password))
      await internalAdapter.deleteUserSessions(known.user.id)
      return true
    },
    async removeSecondFactor(email) {
      const { internalAdapter, adapter } = await auth.$context
      const known = await internalAdapter.findUserByEmail(email)
      if (!known) return false
      await internalAdapter.updateUser(known.user.id, { twoFactorEnabled: false })
      await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: known.user.id }] })
      await internalAdapter.deleteUserSessions(known.user.id)
      return true
    },
    close: () => store.close(),
  }
}

function buildAuth(options: SignInOptions, database: ReturnType<typeof openSignInStore>['adapter']) {
  const { baseUrl, idleMinutes, maxHours } = options
  return betterAuth({
    appName: 'Chartroom',
    baseURL: baseUrl,
    basePath: '/api/auth',
    // The versioned form, because the plain one gives way to an environment variable.
    secrets: [{ version: 1, value: options.secret.toString('base64url') }],
    database,
    trustedOrigins: () => [...options.allowedOrigins()],
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    session: {
      // better-auth's cookie may live as long as a session can; when the session ends is `expires_at` in its row, set
      // below and moved on by SessionActivity only. Its own refresh knows no absolute maximum.
      expiresIn: maxHours * 3600,
      disableSessionRefresh: true,
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({
            data: {
              expiresAt: new Date(session.createdAt.getTime() + Math.min(idleMinutes, maxHours * 60) * 60_000),
            },
          }),
        },
      },
    },
    plugins: [twoFactor({ issuer: 'Chartroom' }), bearer()],
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        const body: unknown = ctx.body
        if (!body || typeof body !== 'object') return undefined
        // A remembered device would go without the second factor for a month.
        if ('trustDevice' in body) return { context: { body: { ...body, trustDevice: false } } }
        // Whoever knew the old password is signed out.
        if (ctx.path === '/change-password') return { context: { body: { ...body, revokeOtherSessions: true } } }
        return undefined
      }),
    },
    rateLimit: {
      // Said here, because left out it is on in production only.
      enabled: true,
      storage: 'memory',
      customRules: { '/sign-in/email': { window: 60, max: options.attemptsPerMinute ?? 30 } },
    },
    advanced: {
      // Said here, because left out they are off under NODE_ENV=test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      cookiePrefix: 'chartroom',
      useSecureCookies: baseUrl.startsWith('https://'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/api/auth' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    logger: {
      level: 'warn',
      // Arguments are errors with statements and their values; messages quote origins and addresses after a colon.
      log: (level, message) => options.onLog?.(level, String(message).split(/[:\n]/, 1)[0]!.slice(0, 120)),
    },
    onAPIError: { throw: false },
  })
}

type Adapter = Awaited<ReturnType<typeof buildAuth>['$context']>['adapter']

/** Both rows or none: an account without its password could never sign in nor be made again. */
function insertAccount(
  adapter: Adapter,
  clock: Clock,
  account: { email: string; name: string; hash: string },
): Promise<string> {
  return adapter.transaction(async (trx) => {
    const now = clock.now()
    const user = await trx.create<Record<string, unknown>, { id: string }>({
      model: 'user',
      data: {
        email: account.email.toLowerCase(),
        name: account.name,
        emailVerified: true,
        createdAt: now,
        updatedAt: now,
      },
    })
    const credential = { userId: user.id, accountId: user.id, providerId: 'credential', password: account.hash }
    await trx.create({ model: 'account', data: { ...credential, createdAt: now, updatedAt: now } })
    return user.id
  })
}

const MAX_PASSWORD_LENGTH = 128

/** Length only, no rules of composition (NIST SP 800-63B-4 section 3.1.1.2). */
function checkPassword(password: string): void {
  if (password.length >= MIN_PASSWORD_LENGTH && password.length <= MAX_PASSWORD_LENGTH) return
  throw badInput('password', `It must have ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`)
}
