import { z } from 'zod'
import { PARTY_KINDS, type PartyKind } from '../../schema/values.js'
import type { Actor, Provision, Rules, Span, Verdict } from './consent.model.js'
import {
  ACT_CODE,
  ACTION_CODES,
  DOCUMENT_TYPE_CODES,
  LABEL_CODES,
  OPT_IN,
  PARTY_CLASS_SYSTEM,
  PARTY_SYSTEM,
  PURPOSE_CODES,
  RECEIVING,
  RESOURCE_TYPE_SYSTEM,
  reversed,
} from './fhirCodes.model.js'

export type ReadConsent =
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly problem: FhirConsentProblem }

export type FhirConsentProblem =
  | 'NOT_JSON'
  | 'NOT_A_CONSENT'
  | 'NOT_ACTIVE'
  | 'MODIFIED'
  | 'PROVISION_WITHOUT_TYPE'
  | 'TOO_LARGE'

/**
 * The rules of a FHIR R4 Consent: the base from `policyRule` (OPTIN permits; anything else denies, also a policy we do
 * not know), nested provisions as exceptions. The root provision has no type in R4: what it filters is where the consent
 * speaks at all, so outside of it the answer is a denial. Only an active consent has rules. What we have no word for is
 * kept and stays undecided; nothing is dropped that could narrow the meaning.
 *
 * @param json text of one resource, at most 100,000 characters
 */
export function readFhirConsent(json: string): ReadConsent {
  if (json.length > 100_000) return no('TOO_LARGE')
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return no('NOT_JSON')
  }
  const read = RESOURCE.safeParse(parsed)
  if (!read.success) return no('NOT_A_CONSENT')
  const { status, policyRule, provision: root, modifierExtension, implicitRules } = read.data
  if (status !== 'active') return no('NOT_ACTIVE')
  // A modifier changes what the resource means in a way we cannot read (FHIR R4, 2.4.0.1).
  if (modifierExtension !== undefined || implicitRules !== undefined) return no('MODIFIED')
  const base: Verdict = policyRule?.coding?.some((c) => c.system === ACT_CODE && c.code === OPT_IN) ? 'PERMIT' : 'DENY'
  if (root === undefined) return { ok: true, rules: { decision: base, provisions: [] } }

  const size = { nodes: 0 }
  try {
    const filters = filtersOf(root)
    const provisions = (root.provision ?? []).map((nested) => provisionOf(nested, 2, size))
    if (Object.keys(filters).length === 0) return { ok: true, rules: { decision: base, provisions } }
    return { ok: true, rules: { decision: 'DENY', provisions: [{ type: base, ...filters, provisions }] } }
  } catch (error) {
    if (error instanceof Unreadable) return no(error.problem)
    throw error
  }
}

const no = (problem: FhirConsentProblem): ReadConsent => ({ ok: false, problem })

class Unreadable extends Error {
  constructor(readonly problem: FhirConsentProblem) {
    super(problem)
  }
}

const coding = z.looseObject({ system: z.string().optional(), code: z.string().optional() })
const concept = z.looseObject({ coding: z.array(coding).optional(), text: z.string().optional() })
const period = z.looseObject({ start: z.string().optional(), end: z.string().optional() })
const reference = z.looseObject({
  reference: z.string().optional(),
  display: z.string().optional(),
  identifier: z.looseObject({ system: z.string().optional(), value: z.string().optional() }).optional(),
})
const actor = z.looseObject({ role: concept, reference })
const nested: z.ZodType<FhirProvision> = z.lazy(() => PROVISION)
const PROVISION = z.looseObject({
  type: z.enum(['deny', 'permit']).optional(),
  period: period.optional(),
  actor: z.array(actor).optional(),
  action: z.array(concept).optional(),
  securityLabel: z.array(coding).optional(),
  purpose: z.array(coding).optional(),
  class: z.array(coding).optional(),
  code: z.array(concept).optional(),
  dataPeriod: period.optional(),
  data: z.array(z.looseObject({ meaning: z.string(), reference })).optional(),
  provision: z.array(nested).optional(),
})
const RESOURCE = z.looseObject({
  resourceType: z.literal('Consent'),
  status: z.string(),
  implicitRules: z.unknown().optional(),
  modifierExtension: z.unknown().optional(),
  policyRule: concept.optional(),
  provision: PROVISION.optional(),
})

type Coding = z.infer<typeof coding>
type Concept = z.infer<typeof concept>
interface FhirProvision {
  readonly [element: string]: unknown
  readonly type?: 'deny' | 'permit' | undefined
  readonly period?: z.infer<typeof period> | undefined
  readonly actor?: z.infer<typeof actor>[] | undefined
  readonly action?: Concept[] | undefined
  readonly securityLabel?: Coding[] | undefined
  readonly purpose?: Coding[] | undefined
  readonly class?: Coding[] | undefined
  readonly code?: Concept[] | undefined
  readonly dataPeriod?: z.infer<typeof period> | undefined
  readonly data?: { meaning: string; reference: z.infer<typeof reference> }[] | undefined
  readonly provision?: FhirProvision[] | undefined
}

const MAX_DEPTH = 12
const MAX_NODES = 400

function provisionOf(provision: FhirProvision, depth: number, size: { nodes: number }): Provision {
  if (depth > MAX_DEPTH || ++size.nodes > MAX_NODES) throw new Unreadable('TOO_LARGE')
  if (provision.type === undefined) throw new Unreadable('PROVISION_WITHOUT_TYPE')
  return {
    type: provision.type === 'permit' ? 'PERMIT' : 'DENY',
    ...filtersOf(provision),
    provisions: (provision.provision ?? []).map((inner) => provisionOf(inner, depth + 1, size)),
  }
}

const KNOWN_ELEMENTS: ReadonlySet<string> = new Set([
  'id',
  // Plain extensions may be ignored by their definition; modifier extensions may not, and are foreign.
  'extension',
  'type',
  'period',
  'actor',
  'action',
  'securityLabel',
  'purpose',
  'class',
  'code',
  'dataPeriod',
  'data',
  'provision',
])

type Filters = Omit<Provision, 'type' | 'provisions'>

function filtersOf(p: FhirProvision): Filters {
  const foreign = Object.fromEntries(Object.entries(p).filter(([name]) => !KNOWN_ELEMENTS.has(name)))
  return {
    ...(p.period && { period: spanOf(p.period, instantOf) }),
    ...(p.actor && { actors: p.actor.map(actorOf) }),
    ...(p.action && { actions: p.action.map((action) => wordOf(codesOf(action), WORDS.action)) }),
    ...(p.securityLabel && { labels: p.securityLabel.map((label) => wordOf([tokenOf(label)], WORDS.label)) }),
    ...(p.purpose && { purposes: p.purpose.map((purpose) => wordOf([tokenOf(purpose)], WORDS.purpose)) }),
    ...(p.class && { resourceTypes: p.class.map(resourceTypeOf) }),
    ...(p.code && { documentTypes: p.code.map((code) => wordOf(codesOf(code), WORDS.documentType)) }),
    ...(p.dataPeriod && { dataPeriod: spanOf(p.dataPeriod, (text) => text.slice(0, 10)) }),
    ...(p.data && { documents: p.data.map(documentOf) }),
    ...(Object.keys(foreign).length > 0 && { foreign }),
  }
}

const WORDS = {
  action: reversed(ACTION_CODES),
  label: reversed(LABEL_CODES),
  purpose: reversed(PURPOSE_CODES),
  documentType: reversed(DOCUMENT_TYPE_CODES),
} as const

const tokenOf = ({ system, code }: Coding): string => `${system ?? ''}|${code ?? ''}`
const codesOf = ({ coding: codings = [], text }: Concept): string[] =>
  codings.length > 0 ? codings.map(tokenOf) : [`|${text ?? ''}`]

/** One of the codings we know is enough: they all say the same thing. */
function wordOf(tokens: readonly string[], words: ReadonlyMap<string, string>): string {
  for (const token of tokens) {
    const word = words.get(token)
    if (word !== undefined) return word
  }
  return tokens[0] ?? '|'
}

const resourceTypeOf = (value: Coding): string =>
  value.system === RESOURCE_TYPE_SYSTEM && value.code ? value.code : tokenOf(value)

function documentOf({ meaning, reference: to }: { meaning: string; reference: z.infer<typeof reference> }): string {
  const id = /^DocumentReference\/([^/|]+)$/.exec(to.reference ?? '')?.[1]
  return meaning === 'instance' && id !== undefined ? id : `${meaning}|${to.reference ?? ''}`
}

function actorOf(value: z.infer<typeof actor>): Actor | string {
  const { role, reference: to } = value
  if ('modifierExtension' in value) return JSON.stringify(value)
  const own = role.coding?.find((c) => c.system === PARTY_SYSTEM)?.code
  if (own !== undefined && isPartyKind(own)) {
    if (to.identifier?.system === PARTY_CLASS_SYSTEM) return { kind: own, name: null }
    return to.display === undefined ? JSON.stringify(value) : { kind: own, name: to.display }
  }
  // Somebody by name alone, where the role says that they receive; a bare reference leads nowhere we can look.
  const receives = codesOf(role).some((code) => RECEIVING.has(code))
  return receives && to.display !== undefined ? { kind: null, name: to.display } : JSON.stringify(value)
}

const isPartyKind = (text: string): text is PartyKind => (PARTY_KINDS as readonly string[]).includes(text)

const spanOf = ({ start, end }: z.infer<typeof period>, form: (text: string) => string): Span => ({
  ...(start !== undefined && { from: form(start) }),
  ...(end !== undefined && { to: form(end) }),
})

/** A FHIR dateTime with a time has an offset; in the one form of instants text order is time order. */
function instantOf(text: string): string {
  if (!text.includes('T')) return text
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw new Unreadable('NOT_A_CONSENT')
  return at.toISOString()
}
