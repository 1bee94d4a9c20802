import { type ChartEventType, DOCUMENT_TYPES, type FieldClass } from '../../schema/values.js'

/**
 * Scopes of third parties, in the grammar of SMART App Launch 2 (`system/DocumentReference.rs?category=…`) over our own
 * types. A scope only ever takes away: what is granted is the intersection of the token's, the registration's and the
 * agreement's scopes, and what none of them names is not there.
 */
export const RESOURCES = ['Chart', 'Patient', 'DocumentReference', 'Suggestion', 'Consent'] as const
export type Resource = (typeof RESOURCES)[number]
/** `system` for a program by itself, `user` for one that acts for a person who signed in and agreed. */
export const CONTEXTS = ['system', 'user'] as const
export type Context = (typeof CONTEXTS)[number]
/** `r` read one, `s` find in lists. Third parties write nothing, so `c`, `u` and `d` are no scopes here. */
export type Interaction = 'r' | 's'

export interface Scope {
  readonly context: Context
  readonly resource: Resource
  readonly interactions: readonly Interaction[]
  /** Document types it is limited to; null for all. Of DocumentReference alone. */
  readonly category: readonly string[] | null
}

export const LONGEST_SCOPES = 2_000

/**
 * One scope, strictly: no wildcard, no other context, letters in their order, each category once and one that we have.
 * Undefined for everything else.
 */
export function parseScope(text: string): Scope | undefined {
  const match = FORM.exec(text)
  if (!match) return undefined
  const [, prefix, name, letters, categories] = match
  const context = prefix as Context
  const resource = RESOURCES.find((it) => it === name)
  if (!resource) return undefined
  const interactions = [...letters!] as Interaction[]
  if (categories === undefined) return { context, resource, interactions, category: null }
  const category = categories.split(',')
  if (resource !== 'DocumentReference') return undefined
  if (new Set(category).size < category.length || !category.every(isDocumentType)) return undefined
  return { context, resource, interactions, category: category.sort() }
}

/** Scopes parted by single spaces (RFC 6749 section 3.3); undefined where one of them is none, or none is there. */
export function parseScopes(text: string): readonly Scope[] | undefined {
  if (text.length === 0 || text.length > LONGEST_SCOPES) return undefined
  const scopes = text.split(' ').map(parseScope)
  return scopes.every((scope) => scope !== undefined) ? scopes : undefined
}

export const scopeText = ({ context, resource, interactions, category }: Scope): string =>
  `${context}/${resource}.${interactions.join('')}${category ? `?category=${category.join(',')}` : ''}`

/** What both allow; each resource of each context once, in one order. Empty where they have nothing in common. */
export function intersectScopes(a: readonly Scope[], b: readonly Scope[]): readonly Scope[] {
  return CONTEXTS.flatMap((context) =>
    RESOURCES.flatMap((resource) => {
      const [left, right] = [unite(a, context, resource), unite(b, context, resource)]
      if (!left || !right) return []
      const interactions = left.interactions.filter((it) => right.interactions.includes(it))
      const category = narrower(left.category, right.category)
      return interactions.length === 0 || category?.length === 0 ? [] : [{ context, resource, interactions, category }]
    }),
  )
}

/** The scopes of one context: a token has those of one alone. */
export const inContext = (scopes: readonly Scope[], context: Context): readonly Scope[] =>
  scopes.filter((scope) => scope.context === context)

/** Whether everything `inner` allows is allowed by `outer`. */
export const isWithin = (inner: readonly Scope[], outer: readonly Scope[]): boolean =>
  inner.every((scope) => {
    const held = intersectScopes([scope], outer)[0]
    if (!held || scope.interactions.some((it) => !held.interactions.includes(it))) return false
    return scope.category === null ? held.category === null : scope.category.every((it) => held.category!.includes(it))
  })

/**
 * Several scopes of one resource are alternatives. Only what every one of them allows in full is taken together: two
 * halves (read these documents, list those) never make a whole.
 */
function unite(scopes: readonly Scope[], context: Context, resource: Resource): Scope | undefined {
  const own = scopes.filter((scope) => scope.context === context && scope.resource === resource)
  const [first, ...rest] = own
  if (!first) return undefined
  return rest.reduce((together, next) => {
    const same = String(together.interactions) === String(next.interactions)
    // Equal letters: the categories add up. Otherwise the letters of both, on the documents of both.
    if (same) return { ...together, category: wider(together.category, next.category) }
    const letters = LETTERS.filter((it) => together.interactions.includes(it) && next.interactions.includes(it))
    const covers = (big: Scope, small: Scope): boolean =>
      small.interactions.every((it) => big.interactions.includes(it)) &&
      wider(big.category, small.category) === big.category
    if (covers(together, next)) return together
    if (covers(next, together)) return next
    return { context, resource, interactions: letters, category: narrower(together.category, next.category) }
  }, first)
}

const narrower = (a: Scope['category'], b: Scope['category']): Scope['category'] =>
  a === null ? b : b === null ? a : a.filter((it) => b.includes(it))

function wider(a: Scope['category'], b: Scope['category']): Scope['category'] {
  if (a === null || b === null) return null
  return b.every((it) => a.includes(it)) ? a : [...new Set([...a, ...b])].sort()
}

/**
 * What one resource lets be read: fields of these classes on these types of the contract. OPEN and WORK come with the
 * type. Everything that is named by no granted resource is refused before it is read.
 */
export const READS: Readonly<Record<Resource, { types: readonly string[]; classes: readonly FieldClass[] }>> = {
  Chart: {
    types: [
      'Chart',
      'ChartConnection',
      'ChartEdge',
      'PageInfo',
      'Access',
      'MaskedField',
      'AbstractVersion',
      'Facility',
      'Queue',
      'ChartSnapshot',
      'ChartEvents',
      'ChartEvent',
      'ChartState',
      'AccessChanged',
      'ResyncRequired',
      'StreamEnded',
    ],
    classes: ['ACCOUNT_REF'],
  },
  Patient: { types: ['Patient', 'PatientIdentifier', 'Access', 'Facility'], classes: ['ACCOUNT_REF', 'IDENTITY'] },
  DocumentReference: {
    types: ['Document', 'DocumentVersion', 'DocumentState', 'DocumentVersionState', 'Page', 'Access'],
    classes: ['CLINICAL'],
  },
  Suggestion: { types: ['Suggestion', 'SuggestionState', 'Access'], classes: ['CLINICAL'] },
  // What a consent is and whether it is in force, for whoever has to keep it; neither names nor sensitive kinds.
  Consent: { types: ['Consent', 'ConsentParty', 'ConsentAccess', 'MaskedField', 'Facility'], classes: ['ACCOUNT_REF'] },
}

/**
 * The words a line rests on stand in a document: they are read by whoever reads both, and documents of every type. A scope
 * narrowed to some types would otherwise tell which others are cited.
 */
export const READS_TOGETHER: Readonly<
  Record<string, { resources: readonly Resource[]; classes: readonly FieldClass[] }>
> = {
  Evidence: { resources: ['Suggestion', 'DocumentReference'], classes: ['CLINICAL'] },
  EvidenceSpan: { resources: ['Suggestion', 'DocumentReference'], classes: ['CLINICAL'] },
}

/** Where a third party begins, and what it needs for it: `r` reads one, `rs` lists. Nothing else of the contract. */
export const BEGINS: Readonly<Record<string, readonly (readonly [Resource, Interaction])[]>> = {
  'Query.chart': [['Chart', 'r']],
  'Query.charts': [
    ['Chart', 'r'],
    ['Chart', 's'],
  ],
  'Query.document': [
    ['Chart', 'r'],
    ['DocumentReference', 'r'],
  ],
  'Query.consent': [['Consent', 'r']],
  'Query.consents': [
    ['Consent', 'r'],
    ['Consent', 's'],
  ],
  'Subscription.chartStream': [['Chart', 'r']],
}

/** A third party's access in force: what `loadViewer` found in the rows, intersected. */
export interface ClientGrant {
  /** Of one context. */
  readonly scopes: readonly Scope[]
  /** For a person: within that person's own rules, and of the session in which they agreed. */
  readonly actsFor: 'ITSELF' | 'PERSON'
  readonly purpose: 'TREATMENT' | 'PAYMENT' | 'OPERATIONS'
  readonly vendor: string
  /** When it ends by the clock: its token expires, its agreement does, or the sign-in of the person it acts for. */
  readonly until: Date
  readonly limits: ClientLimits
}

/** Narrower than everybody's limits, where they were registered. */
export interface ClientLimits {
  /** SHA-256 of the texts of operations. */
  readonly operationHashes: readonly string[] | null
  readonly costPerMinute: number | null
  readonly networks: readonly string[] | null
}

export const NO_LIMITS: ClientLimits = { operationHashes: null, costPerMinute: null, networks: null }

export const scopeOn = (grant: ClientGrant, resource: Resource): Scope | undefined =>
  grant.scopes.find((scope) => scope.resource === resource && scope.interactions.includes('r'))

export const mayDo = (grant: ClientGrant, resource: Resource, interaction: Interaction): boolean =>
  grant.scopes.some((scope) => scope.resource === resource && scope.interactions.includes(interaction))

/** Resources of a chart; a consent is a matter of its person. */
const OF_CHART = RESOURCES.filter((resource) => resource !== 'Consent')

/** Classes that a grant opens somewhere on a chart. Which type has which is judged on the document. */
export function classesOf(grant: ClientGrant): readonly FieldClass[] {
  const readable = OF_CHART.filter((resource) => scopeOn(grant, resource))
  return [...new Set<FieldClass>(['OPEN', 'WORK', ...readable.flatMap((resource) => READS[resource].classes)])]
}

/** Whose events a grant hears: of the resources it reads in full. Everything else of a chart's life is absent. */
export function resourceOfEvent(type: ChartEventType): Resource | undefined {
  if (/^(CHART|ABSTRACT)_/.test(type)) return 'Chart'
  if (/^(DOCUMENT|LATE_DOCUMENT)_/.test(type)) return 'DocumentReference'
  return /^SUGGESTION_/.test(type) ? 'Suggestion' : undefined
}

/** Resources read without narrowing: what a sight compares events with. A narrowed one is read, and not followed. */
export const followed = (grant: ClientGrant): readonly Resource[] =>
  OF_CHART.filter((resource) => scopeOn(grant, resource)?.category === null)

const LETTERS: readonly Interaction[] = ['r', 's']
const FORM = /^(system|user)\/([A-Za-z]{1,40})\.(rs|r|s)(?:\?category=([A-Z_]{1,40}(?:,[A-Z_]{1,40}){0,19}))?$/
const isDocumentType = (name: string): boolean => (DOCUMENT_TYPES as readonly string[]).includes(name)
