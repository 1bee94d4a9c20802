import { readFileSync } from 'node:fs'
import { type Authenticator, credsAuthenticator, usernamePasswordAuthenticator } from '@nats-io/transport-node'

/**
 * With what a node signs in to NATS: a credentials file as NATS' own tools write them (a JWT and its seed), or one line
 * `user:password`. Read again for every connection, so that a file that was replaced counts at the next one.
 */
export function natsAuthenticator(file: string): Authenticator {
  const text = readFileSync(file, 'utf8')
  if (isCredentials(text)) return credsAuthenticator(new TextEncoder().encode(text))
  const [, user, password] = LINE.exec(text.trim()) ?? []
  if (user === undefined || password === undefined) throw new Error('neither NATS credentials nor user:password')
  return usernamePasswordAuthenticator(user, password)
}

/** Whether the file is there and is one of the two. */
export function isNatsCredentialsFile(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8')
    return isCredentials(text) || LINE.test(text.trim())
  } catch {
    return false
  }
}

const LINE = /^([^\s:]+):(\S+)$/
const isCredentials = (text: string): boolean =>
  /-BEGIN NATS USER JWT-/.test(text) && /-BEGIN USER NKEY SEED-/.test(text)
