import type { Resource, Scope } from '../auth/scope.js'
import { PARAMETERS } from './authorize.js'

/** Pages of plain text and a form, without any script. Everything in them that is not written here is escaped. */

export interface ConsentPage {
  readonly clientName: string
  readonly vendorName: string
  readonly purpose: string
  readonly scopes: readonly Scope[]
  readonly personName: string
  readonly redirectUri: string
  /** As the program sent them: sent on with the answer, and checked again. */
  readonly query: URLSearchParams
}

export function consentPage(page: ConsentPage, nonce: string): string {
  const { clientName, vendorName, purpose, scopes, personName, redirectUri, query } = page
  const items = scopes.map((scope) => `<li>${escapeHtml(sayScope(scope))}</li>`).join('')
  const fields = PARAMETERS.flatMap((name) => {
    const value = query.get(name)
    return value === null ? [] : [`<input type="hidden" name="${name}" value="${escapeHtml(value)}">`]
  })
  return document(
    'Let this program act for you?',
    `<p>You are signed in as <strong>${escapeHtml(personName)}</strong>.</p>
<p><strong>${escapeHtml(clientName)}</strong> of <strong>${escapeHtml(vendorName)}</strong> asks to read for you,
for ${escapeHtml(PURPOSES[purpose] ?? purpose)}:</p>
<ul>${items}</ul>
<p>It sees nothing that you do not see, changes nothing, and ends with your sign-in. What it reads is on record under your
name and its own. You are sent back to <strong>${escapeHtml(new URL(redirectUri).host)}</strong>.</p>
<form method="post" action="${CONSENT_PATH}">${fields.join('')}
<button name="answer" value="allow">Allow</button> <button name="answer" value="refuse">Refuse</button></form>`,
    nonce,
  )
}

/** Sent on from our own page, so that the browser sends the cookie of the sign-in, which it keeps from other sites. */
export const forwardPage = (query: URLSearchParams, nonce: string): string => {
  const address = escapeHtml(`${CONSENT_PATH}?${query.toString()}`)
  return document(
    'One moment',
    `<p><a href="${address}">Continue</a></p>`,
    nonce,
    `<meta http-equiv="refresh" content="0;url=${address}">`,
  )
}

export const signInPage = (nonce: string): string =>
  document(
    'Sign in first',
    `<p>Nobody is signed in here who works for this client’s organisation. <a href="/" target="_blank" rel="noopener">Sign in</a>,
then load this page again.</p>`,
    nonce,
  )

export const unknownClientPage = (nonce: string): string =>
  document(
    'This program is not known',
    `<p>The address that brought you here names no program that may ask, or not where it is registered to send you back to.
Nothing was allowed. An administrator can tell you what is registered.</p>`,
    nonce,
  )

export const CONSENT_PATH = '/api/auth/oauth/consent'

function document(title: string, body: string, nonce: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}
<title>${title} · Chartroom</title>
<style nonce="${nonce}">body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.4rem 1rem}</style>
</head>
<body><main><h1>${title}</h1>
${body}
</main></body>
</html>
`
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const PURPOSES: Readonly<Record<string, string>> = {
  TREATMENT: 'treatment',
  PAYMENT: 'payment',
  OPERATIONS: 'health care operations',
}

const READS: Readonly<Record<Resource, string>> = {
  Chart: 'charts: account numbers, dates, state of work',
  Patient: 'names, birth dates and numbers of patients',
  DocumentReference: 'documents',
  Suggestion: 'codes',
  Consent: 'which consents are in force',
}

function sayScope({ resource, interactions, category }: Scope): string {
  const what = READS[resource] + (category ? ` (${category.join(', ').toLowerCase().replaceAll('_', ' ')})` : '')
  return interactions.includes('r') ? what : `lists of ${what}`
}
