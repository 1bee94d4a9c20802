import { readFileSync } from 'node:fs'
import {
  type Authenticator,
  credsAuthenticator,
  nkeyAuthenticator,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
} from '@nats-io/transport-node'

/**
 * With what a node signs in to NATS: a credentials file as NATS' own tools write them (a JWT and its seed), or one line: the
 * seed of an nkey, `user:password`, or a token. Read again for every connection, so that a file that was replaced counts at
 * the next one.
 */
export function natsAuthenticator(file: string): Authenticator {
  const text = readFileSync(file, 'utf8')
  if (isCredentials(text)) return credsAuthenticator(new TextEncoder().encode(text))
  const line = text.trim()
  const [, user, password] = USER.exec(line) ?? []
  if (user !== undefined && password !== undefined) return usernamePasswordAuthenticator(user, password)
  if (SEED.test(line)) return nkeyAuthenticator(new TextEncoder().encode(line))
  if (TOKEN.test(line)) return tokenAuthenticator(line)
  throw new Error('no NATS credentials')
}

/** Whether the file is there and is one of these. */
export function isNatsCredentialsFile(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8')
    return isCredentials(text) || [USER, TOKEN].some((form) => form.test(text.trim()))
  } catch {
    return false
  }
}

const USER = /^([^\s:]+):(\S+)$/
/** Of a user: NATS writes the kind of a key into its first letters. */
const SEED = /^SU[A-Z2-7]{56}$/
/** A seed too has this form. As short as one that nobody guesses: a word that somebody began to type is none. */
const TOKEN = /^[^\s:]{16,}$/
const isCredentials = (text: string): boolean =>
  /-BEGIN NATS USER JWT-/.test(text) && /-BEGIN USER NKEY SEED-/.test(text)
