import { createHash, randomUUID } from 'node:crypto'
import { getNamedType, type GraphQLInputObjectType, type GraphQLObjectType, isCompositeType } from 'graphql'
import { PRESENCE } from '../../../server/live/presence.js'
import { cell, opens, seenOf } from '../../oracle/oracle.js'
import { CLIENT_LIMITS } from '../../oracle/scopes.table.js'
import { ON_OWN_PASS } from '../../oracle/subjects.table.js'
import { post } from '../../support/server.js'
import { plainInput } from '../inputs.js'
import { documentOf } from './inProcess.js'
import type { Place } from './model.js'
import { judgeRow, type Run } from './place.js'
import { fullSelection } from './questions.js'

/** What stands in no table of roles: who is here, blind passes, and programs that act for a person or are held to limits. */

/** Who is here, and where: somebody else is, on a line and in the words of a document. */
export async function runPresence(run: Run, stands: Place, learning = false): Promise<void> {
  const { world, schema, tally } = run
  const person = await world.put(stands)
  const place = run.judgedAs ?? stands
  const chart = place.chart.found ? world.found : world.unfound
  const seen = seenOf(place, place.chart)
  const { harbor } = world.server.demo
  world.server.app.services.get(PRESENCE).here({
    presenceId: PRESENT,
    orgId: harbor.organisationId,
    chartId: chart.id,
    memberId: harbor.members['coder2@demo.test']!.memberId,
    suggestionId: String(chart.given.suggestionId),
    versionId: chart.nodes.get('DocumentVersion')![0]!,
    start: 0,
    end: 9,
    editing: true,
  })
  const selection = fullSelection(schema.getType('Presence') as GraphQLObjectType, 3)
  const document = documentOf(`subscription ($id: ID!) { presence(chartId: $id) ${selection} }`)
  const answer = await world.first(person, document, { id: chart.id })
  const told = (answer.data?.presence ?? null) as { present: { presenceId: string }[] } | null
  judgeRow({ ...run, place, person, chart, seen, learning }, answer, told as never, 'presence')
  tally.count('presence', place)
  // Blind work is seen by nobody, and sees nobody.
  const expected = seen && !seen.blind ? [PRESENT] : []
  const got = (told?.present ?? []).map((it) => it.presenceId)
  if (got.join() !== expected.join())
    tally.wrong.push({
      path: 'presence',
      place,
      at: 'present',
      field: 'Presence.present',
      expected: expected.join(),
      got: got.join(),
    })
  await focusFrom(run, place)
}

const PRESENT = randomUUID()

/** Whoever sees a chart says where on it they are; to all others it is not there. */
async function focusFrom({ world, tally }: Run, place: Place): Promise<void> {
  const chart = place.chart.found ? world.found : world.unfound
  const person = place.relation === 'OTHER_ORGANISATION' ? world.stranger : world.person
  const document = documentOf('mutation ($input: FocusInput!) { focus(input: $input) }')
  const input = { chartId: chart.id, presenceId: randomUUID(), editing: false, leaving: true }
  const answer = await world.ask(person, document, { input })
  const expected = seenOf(place, place.chart) ? undefined : 'NOT_FOUND'
  tally.count('presence', place)
  if (answer.errors[0]?.code !== expected)
    tally.wrong.push({
      path: 'presence',
      place,
      at: 'focus',
      field: 'focus',
      expected: expected ?? 'let through',
      got: answer.errors[0]?.code ?? 'let through',
    })
}

/** Every command on a pass: on one's own while one codes blind, and on that of somebody else. */
export async function runPasses({ world, schema, tally, judgedAs }: Run, stands: Place): Promise<void> {
  const person = await world.put(stands)
  const place = judgedAs ?? stands
  const chart = place.chart.found ? world.found : world.unfound
  const blind = seenOf(place, place.chart)?.blind ?? false
  const mutations = schema.getMutationType()!.getFields()
  for (const { passId, lineId, own } of await world.passes(stands))
    for (const name of ON_OWN_PASS) {
      const type = getNamedType(mutations[name]!.args[0]!.type) as GraphQLInputObjectType
      const evidence = [{ versionId: chart.nodes.get('DocumentVersion')![0]!, start: 0, end: 9 }]
      const input = plainInput(type, { ...chart.given, passId, lineId, evidence }, randomUUID)
      const document = documentOf(`mutation ($input: ${type.name}!) { ${name}(input: $input) { __typename } }`)
      const got = await world.attempt(person, document, { input })
      const expected = own && blind && place.relation !== 'OTHER_ORGANISATION' ? 'LET_THROUGH' : 'NOT_FOUND'
      tally.count('pass', place)
      if (got !== expected)
        tally.wrong.push({ path: 'pass', place, at: own ? 'own' : 'of somebody else', field: name, expected, got })
    }
}

/** A program with scopes `user/…`: what the scopes open, of a chart that the person sees, as far as the person sees it. */
export async function runForPerson(
  { world, schema, tally, judgedAs }: Run,
  stands: Place,
  scopes: readonly string[],
): Promise<void> {
  const { claims, chartId, restore } = await world.forPerson(stands, scopes)
  const place = judgedAs ?? stands
  // What the person opened by breaking the glass no program reads for them.
  const seen = seenOf(place.relation === 'GLASS' ? { ...place, relation: 'NONE' } : place, place.chart)
  const wrong = (field: string, expected: string, got: string): void =>
    void tally.wrong.push({ path: 'for a person', place, at: scopes.join(' '), field, expected, got })
  for (const field of Object.values((schema.getType('Chart') as GraphQLObjectType).getFields())) {
    const target = getNamedType(field.type)
    const composite = isCompositeType(target)
    const document = documentOf(
      `query ($id: ID!) { chart(id: $id) { ${field.name} ${composite ? '{ __typename }' : ''} } }`,
    )
    const answer = await world.askAs(claims, document, { id: chartId })
    const open = scopes.includes('Chart') && opens(scopes, 'Chart', field.name, composite ? target.name : undefined)
    const code = answer.errors[0]?.code
    const chart = answer.data?.chart as Record<string, unknown> | null | undefined
    const got = code ?? (chart === null ? 'ABSENT' : 'THERE')
    const expected = !open ? 'FORBIDDEN' : seen ? 'THERE' : 'ABSENT'
    tally.count('for a person', place)
    if (got !== expected) wrong(`Chart.${field.name}`, expected, got)
    if (got !== 'THERE' || expected !== 'THERE') continue
    tally.count('for a person', place)
    const value = chart![field.name]
    if (cell('Chart', field.name, seen!) === 'MASKED') {
      if (value !== null) wrong(`Chart.${field.name}`, 'MASKED', JSON.stringify(value).slice(0, 60))
    } else if (!composite && place.relation !== 'GLASS') {
      // What the program is told is what the person is told.
      const own = await world.ask(world.person, document, { id: chartId })
      const theirs = (own.data?.chart as Record<string, unknown> | null)?.[field.name]
      if (JSON.stringify(value) !== JSON.stringify(theirs))
        wrong(`Chart.${field.name}`, JSON.stringify(theirs), JSON.stringify(value))
    }
  }
  await restore()
}

/** What a program is held to besides its scopes, at the door that it comes to. */
export async function runLimits({ world, tally }: Run): Promise<void> {
  const { claims, chartId, restore } = await world.third(['Chart'], 'plain')
  const accessToken = await world.server.app.accessTokens.signClient({
    orgId: claims.orgId,
    clientId: claims.clientId!,
    subject: claims.clientId!,
    tokenId: claims.sessionId,
    scope: 'system/Chart.r',
    issuedAt: new Date(),
    expiresAt: new Date(Date.now() + 500_000),
  })
  const query = 'query ($id: ID!) { chart(id: $id) { id } }'
  const place: Place = {
    roles: [],
    relation: 'NONE',
    chart: { status: 'IN_CODING', restricted: false, identityHold: false, found: false },
  }
  for (const { name, listed, from, answer } of CLIENT_LIMITS) {
    const text = listed === 'ANOTHER' ? `${query} ` : query
    await world.limit(
      listed ? [createHash('sha256').update(text).digest('hex')] : null,
      from ? [from === 'WITHIN' ? '127.0.0.0/8' : '203.0.113.0/24'] : null,
    )
    const { data, errors } = await post(
      world.server.url,
      { query, variables: { id: chartId } },
      { authorization: `Bearer ${accessToken}` },
    )
    const reason = (errors?.[0]?.extensions as { reason?: string } | undefined)?.reason
    const got = errors ? (reason ?? errors[0]!.extensions.code) : data?.chart ? 'THERE' : 'ABSENT'
    tally.count('client', place)
    if (got !== answer)
      tally.wrong.push({ path: 'client', place, at: name, field: 'Query.chart', expected: answer, got })
  }
  await world.limit(null, null)
  await restore()
}
