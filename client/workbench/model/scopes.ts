/**
 * Scopes of third parties (docs/third-parties.md) in words, and from choices on a page back to scopes. Pure. What the
 * server does not take it refuses; this only explains and writes.
 */
export const RESOURCES = ['Chart', 'Patient', 'DocumentReference', 'Suggestion', 'Consent'] as const
export type Resource = (typeof RESOURCES)[number]
export type Reach = 'r' | 'rs'

export interface ScopeChoice {
  readonly resource: Resource
  readonly reach: Reach
  /** Document types it is limited to; all where it is empty. Of documents alone. */
  readonly categories: readonly string[]
}

/** What may be read under each, as whoever grants it should know. */
export const READS: Readonly<Record<Resource, { readonly short: string; readonly what: string }>> = {
  Chart: { short: 'Charts', what: 'account number, dates, status, and what happens on them as it happens' },
  Patient: { short: 'Who the patient is', what: 'names, birth date and identifiers of a chart’s patient' },
  DocumentReference: { short: 'Documents', what: 'clinical documents with their text' },
  Suggestion: { short: 'Codes', what: 'the lines of code on a chart, without the people who decided' },
  Consent: {
    short: 'Consents',
    what: 'kind, state, purposes and term of authorizations and court orders, without names',
  },
}

/** What no scope ever opens. */
export const NEVER =
  'No scope opens documents under a sensitivity label, restricted charts, charts on identity hold, or a chart without a basis for this vendor; and none lets a program change anything.'

export const scopeText = ({ resource, reach, categories }: ScopeChoice): string =>
  `system/${resource}.${reach}${resource === 'DocumentReference' && categories.length > 0 ? `?category=${[...categories].sort().join(',')}` : ''}`

/** Charts first: without them nothing else is there. */
export const textsOf = (choices: readonly ScopeChoice[]): string[] =>
  [...choices].sort((a, b) => RESOURCES.indexOf(a.resource) - RESOURCES.indexOf(b.resource)).map(scopeText)

export interface ScopeInWords {
  readonly short: string
  readonly sentence: string
}

/** @param nameOf words of a document type */
export function explainScope(text: string, nameOf: (category: string) => string): ScopeInWords {
  const [, name, letters, categories] = /^(?:system|user)\/([A-Za-z]+)\.(rs|r|s)(?:\?category=(.+))?$/.exec(text) ?? []
  const resource = RESOURCES.find((it) => it === name)
  if (!resource || !letters) return { short: text, sentence: 'A scope that this page has no words for.' }
  const { short, what } = READS[resource]
  const limited = categories ? `, only ${categories.split(',').map(nameOf).join(', ')}` : ''
  return { short: `${short}${limited}`, sentence: `Reads ${what}${limited}; ${HOW[letters]}.` }
}

const HOW: Readonly<Record<string, string>> = {
  r: 'one at a time, by its id',
  s: 'finds them in lists',
  rs: 'one at a time and in lists',
}
