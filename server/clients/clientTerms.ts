import type { ClientTermsInput } from '../../schema/clients.js'
import { LONGEST_SCOPES, parseScopes, type Scope } from '../auth/scope.js'
import { badInput } from '../kernel/errors.js'
import type { ClientTerms } from './narrowing.js'
import type { ClientView } from './client.store.js'
import { normalNetwork } from './networks.js'

/** @throws BAD_INPUT, in words that repeat nothing of what was sent */
export function termsOf(input: ClientTermsInput): ClientTerms {
  return {
    scopes: scopesOf(input.scopes),
    operationHashes: hashesOf(input.operationHashes ?? null),
    costPerMinute: costOf(input.costPerMinute ?? null),
    networks: networksOf(input.networks ?? null),
    redirectUris: addressesOf(input.redirectUris),
  }
}

/** What a row says was registered. */
export const termsIn = (client: ClientView): ClientTerms => ({
  ...client,
  scopes: parseScopes(client.scopes.join(' ')) ?? [],
})

/** @throws BAD_INPUT */
export function scopesOf(texts: readonly string[]): readonly Scope[] {
  const scopes = parseScopes(texts.join(' '))
  if (!scopes || scopes.length !== texts.length)
    throw badInput('scopes', `name scopes such as system/Chart.r, together at most ${LONGEST_SCOPES} characters.`)
  return scopes
}

function hashesOf(given: readonly string[] | null): readonly string[] | null {
  if (given === null) return null
  if (given.length === 0 || given.length > MOST_OPERATIONS || !given.every((it) => /^[0-9a-f]{64}$/.test(it)))
    throw badInput('operationHashes', `name 1 to ${MOST_OPERATIONS} SHA-256 hashes in hexadecimal, small letters.`)
  return unique('operationHashes', given)
}

function costOf(given: number | null): number | null {
  if (given !== null && (!Number.isInteger(given) || given < 1 || given > MOST_COST))
    throw badInput('costPerMinute', `must be from 1 to ${MOST_COST}.`)
  return given
}

function networksOf(given: readonly string[] | null): readonly string[] | null {
  if (given === null) return null
  const normal = given.map((text) => (text.length <= 50 ? normalNetwork(text) : undefined))
  if (normal.length === 0 || normal.length > MOST_NETWORKS || !normal.every((it) => it !== undefined))
    throw badInput('networks', `name 1 to ${MOST_NETWORKS} networks such as 192.0.2.0/24 or 2001:db8::/32.`)
  return unique('networks', normal)
}

function addressesOf(given: readonly string[]): readonly string[] {
  if (given.length > MOST_ADDRESSES || !given.every(isRedirectUri))
    throw badInput(
      'redirectUris',
      `name at most ${MOST_ADDRESSES} addresses with https, or of this machine, without #.`,
    )
  return unique('redirectUris', given)
}

/** OAuth 2.1 section 2.3: absolute, no fragment, and nothing in clear over a network. */
function isRedirectUri(text: string): boolean {
  if (text.length > 500 || text.includes('#') || text.includes('\\') || /[^\x21-\x7e]/.test(text)) return false
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.hostname === '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && OF_THIS_MACHINE.includes(url.hostname))
}

function unique(field: string, given: readonly string[]): readonly string[] {
  if (new Set(given).size < given.length) throw badInput(field, 'name each once.')
  return given
}

const MOST_OPERATIONS = 500
/** Of one operation that everybody may send, a thousand a minute. */
const MOST_COST = 50_000_000
const MOST_NETWORKS = 100
const MOST_ADDRESSES = 10
const OF_THIS_MACHINE: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']
