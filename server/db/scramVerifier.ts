import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/**
 * What PostgreSQL stores of a password (RFC 5803, SCRAM-SHA-256), which CREATE ROLE takes in its place: a server that
 * logs statements then logs nothing with which anybody could sign in.
 * @param password ASCII, so that SASLprep leaves it as it is
 */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const hmac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest()
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`
}

/** PostgreSQL's own default. The password is 192 random bits or more: there is nothing to guess. */
const ITERATIONS = 4096
