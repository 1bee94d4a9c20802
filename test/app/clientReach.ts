import fc from 'fast-check'
import { type GraphQLSchema, parse } from 'graphql'
import { expect } from 'vitest'
import { DOCUMENT_TYPES } from '../../schema/values.js'
import { checkScope } from '../../server/app/clientScope.js'
import { type ClientGrant, intersectScopes, NO_LIMITS, RESOURCES, type Scope } from '../../server/auth/scope.js'

export const grantOf = (scopes: readonly Scope[]): ClientGrant => ({
  actsFor: 'ITSELF',
  scopes: intersectScopes(scopes, scopes),
  purpose: 'PAYMENT',
  vendor: 'Vendor',
  until: new Date(0),
  limits: NO_LIMITS,
})

export const scopes = fc.array(
  fc
    .record({
      context: fc.constant('system' as const),
      resource: fc.constantFrom(...RESOURCES),
      interactions: fc.constantFrom<Scope['interactions']>(['r'], ['s'], ['r', 's']),
      category: fc.option(fc.constantFrom(...DOCUMENT_TYPES).map((it) => [it])),
    })
    .map((it) => (it.resource === 'DocumentReference' ? it : { ...it, category: null })),
  { maxLength: 6 },
)

/**
 * What each operation takes, written from the documentation and not from the code: letters of a resource, where all of
 * them are needed; `DocumentReference.all` for documents of every type.
 */
export const NEEDS: readonly (readonly [operation: string, needs: readonly string[]])[] = [
  ['query ($id: ID!) { chart(id: $id) { id accountNumber facility { name } } }', ['Chart.r']],
  ['query ($id: ID!) { chart(id: $id) { patient { familyName } } }', ['Chart.r', 'Patient.r']],
  ['query ($id: ID!) { chart(id: $id) { patient { __typename } } }', ['Chart.r', 'Patient.r']],
  [
    'query ($id: ID!) { chart(id: $id) { documents { id version { title text } } } }',
    ['Chart.r', 'DocumentReference.r'],
  ],
  ['query ($id: ID!) { chart(id: $id) { documents { __typename } } }', ['Chart.r', 'DocumentReference.r']],
  ['query ($id: ID!) { document(id: $id) { version { text } } }', ['Chart.r', 'DocumentReference.r']],
  ['query ($id: ID!) { chart(id: $id) { suggestions { code status } } }', ['Chart.r', 'Suggestion.r']],
  [
    'query ($id: ID!) { chart(id: $id) { suggestions { evidence { quote } } } }',
    ['Chart.r', 'Suggestion.r', 'DocumentReference.all'],
  ],
  [
    'query ($id: ID!) { chart(id: $id) { suggestions { evidence { __typename } } } }',
    ['Chart.r', 'Suggestion.r', 'DocumentReference.all'],
  ],
  ['{ charts { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }', ['Chart.r', 'Chart.s']],
  ['{ charts { edges { node { suggestions { code } } } } }', ['Chart.r', 'Chart.s', 'Suggestion.r']],
  [
    'query ($id: ID!) { consent(id: $id) { id kind status inForce facility { name } recipients { kind } } }',
    ['Consent.r'],
  ],
  ['query ($p: PatientLookupInput!) { consents(patient: $p) { id inForce } }', ['Consent.r', 'Consent.s']],
  ['subscription ($id: ID!) { chartStream(chartId: $id) { ... on ChartSnapshot { chart { id } } } }', ['Chart.r']],
  [
    'subscription ($id: ID!) { chartStream(chartId: $id) { ... on ChartSnapshot { documents { id } } } }',
    ['Chart.r', 'DocumentReference.all'],
  ],
  [
    'subscription ($id: ID!) { chartStream(chartId: $id) { ... on ChartEvents { events { suggestion { code evidence { start } } } } } }',
    ['Chart.r', 'Suggestion.r', 'DocumentReference.all'],
  ],
]

/** What no scope opens, whatever they are. */
export const NEVER: readonly string[] = [
  '{ charts { totalCount } }',
  '{ memberships { id } }',
  '{ clients { id } }',
  'query ($id: ID!) { chart(id: $id) { totalChargesCents } }',
  'query ($id: ID!) { chart(id: $id) { audits { id } } }',
  'query ($id: ID!) { chart(id: $id) { audits { __typename } } }',
  'query ($id: ID!) { chart(id: $id) { comments { __typename } } }',
  'query ($id: ID!) { chart(id: $id) { opportunities { __typename } } }',
  'query ($id: ID!) { chart(id: $id) { coderOfRecord { displayName } } }',
  'query ($id: ID!) { chart(id: $id) { suggestions { decidedBy { __typename } } } }',
  'query ($id: ID!) { node(id: $id) { __typename } }',
  'query ($id: ID!) { consent(id: $id) { signedBy } }',
  'query ($id: ID!) { consent(id: $id) { labels } }',
  'query ($id: ID!) { consent(id: $id) { fhir } }',
  'query ($id: ID!) { consent(id: $id) { history { __typename } } }',
  'query ($id: ID!) { consent(id: $id) { recipients { name } } }',
  'query ($p: PatientLookupInput!) { restrictions(patient: $p) { id } }',
  'mutation ($i: ChartCommandInput!) { claimChart(input: $i) { __typename } }',
]

/** One act on one thing at a time, from the scopes as they are written. */
export function allowed(list: readonly Scope[]): Set<string> {
  const acts = new Set<string>()
  for (const { resource, interactions, category } of list)
    for (const letter of interactions) {
      acts.add(`${resource}.${letter}`)
      if (resource === 'DocumentReference' && letter === 'r' && category === null) acts.add('DocumentReference.all')
    }
  return acts
}

export function isOpen(schema: GraphQLSchema, operation: string, grant: ClientGrant): boolean {
  try {
    checkScope(schema, parse(operation), grant)
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: 'FORBIDDEN', detail: { reason: 'SCOPE' } })
    return false
  }
}
