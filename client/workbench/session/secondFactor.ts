/** What the page asks of sign-in beside the live client: backup codes, and setting up a second factor. */

export type Enrolment =
  | { readonly kind: 'started'; readonly secret: string; readonly uri: string; readonly backupCodes: readonly string[] }
  | { readonly kind: 'refused'; readonly message: string }

/** Starts a second factor; it is in force once `confirmSecondFactor` took its first code. */
export async function enrolSecondFactor(password: string): Promise<Enrolment> {
  const answer = await post('/two-factor/enable', { password })
  if (answer.status !== 200)
    return {
      kind: 'refused',
      message:
        answer.status === 400 || answer.status === 401
          ? 'That is not your password. Type it again.'
          : sentence(answer.status),
    }
  const uri = String(answer.body.totpURI)
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return { kind: 'started', uri, secret, backupCodes: answer.body.backupCodes as string[] }
}

/** @returns a sentence where the code was not taken */
export async function confirmSecondFactor(code: string): Promise<string | undefined> {
  const { status } = await post('/two-factor/verify-totp', { code })
  if (status === 200) return undefined
  return status === 401
    ? 'That code is not the current one. Wait for the next code in your authenticator and type it here.'
    : sentence(status)
}

/** Instead of the authenticator; each works once. @returns a sentence where the code was not taken */
export async function verifyBackupCode(code: string): Promise<string | undefined> {
  const { status } = await post('/two-factor/verify-backup-code', { code })
  if (status === 200) return undefined
  return status === 401 ? 'That backup code is not known, or was used before. Try another one.' : sentence(status)
}

/** A short-lived token for what is loaded outside the live client: images of pages. */
export async function accessToken(organisationId: string | undefined): Promise<string> {
  const answer = await post('/access', organisationId === undefined ? {} : { organisationId })
  if (answer.status !== 200) throw new Error(sentence(answer.status))
  return String(answer.body.accessToken)
}

async function post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
  try {
    const response = await fetch(`/api/auth${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const parsed: unknown = await response.json().catch(() => null)
    return { status: response.status, body: (parsed ?? {}) as Record<string, unknown> }
  } catch {
    return { status: 0, body: {} }
  }
}

function sentence(status: number): string {
  if (status === 0) return 'The server cannot be reached. Check the network, then try again.'
  if (status === 401) return 'Your session has ended. Sign in again.'
  if (status === 429) return 'Too many attempts from this place. Try again in a minute.'
  return 'The server could not do this. Try again in a moment.'
}
