import { randomUUID } from 'node:crypto'
import {
  type DocumentNode,
  execute,
  getNamedType,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  parse,
  subscribe,
} from 'graphql'
import { addMember, asOwner } from '../../server/accounts/people.store.js'
import type { AccessClaims } from '../../server/auth/accessToken.js'
import { checkScope } from '../../server/app/clientScope.js'
import { openOperation } from '../../server/app/operation.js'
import { DATABASE, openRequest } from '../../server/auth/request.js'
import { findCharts } from '../../server/charts/chart.store.js'
import type { Database } from '../../server/db/pool.js'
import { insertEvidence, insertOpportunity } from '../../server/suggestions/suggestion.store.js'
import type { ChartState, Label, Relation, Role } from '../oracle/actors.table.js'
import type { BasisLine } from '../oracle/consents.table.js'
import { DISCHARGE_SUMMARY, SUBMITTABLE } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'
import { plainInput } from './inputs.js'

/**
 * One tenant with charts on which everything has happened, and one person who is put in every place of the matrix in
 * turn: roles, relation and the state of the chart are rows, and are set as rows between one question and the next.
 */

export interface MatrixChart {
  readonly id: string
  readonly patientId: string
  readonly documentIds: readonly string[]
  /** Ids of everything of the chart that `node` might answer, by type. */
  readonly nodes: ReadonlyMap<string, readonly string[]>
  /** Lines that cite the first document, and what else rests on it. */
  readonly restsOnFirst: ReadonlySet<string>
  /** The document that was withdrawn, with its versions. */
  readonly withdrawn: ReadonlySet<string>
  /** The log, in order. */
  readonly log: readonly LoggedEvent[]
  /** The person of the matrix decided a line of it. */
  readonly decided: boolean
  /** Ids that commands name, by the field of an input that names them. */
  readonly given: Readonly<Record<string, unknown>>
  /** Commands that the person of the matrix once sent, to be sent again. */
  readonly sent: readonly Sent[]
}

export interface LoggedEvent {
  readonly cursor: string
  readonly type: string
  /** Which field of the abstract it changed. */
  readonly abstractField?: string
}

export interface Sent {
  readonly name: string
  readonly inputType: string
  readonly input: Readonly<Record<string, unknown>>
}

export interface Place {
  readonly roles: readonly Role[]
  readonly relation: Relation
  readonly chart: ChartState
}

export interface Third {
  readonly claims: AccessClaims
  readonly chartId: string
  /** The first document, which bears the label where there is one. */
  readonly documentId: string
  /** Puts back what was changed for it. */
  restore(): Promise<void>
}

export interface Witness {
  readonly variables: Record<string, unknown>
  /** Null where there is anything at all. */
  readonly witness: string | null
  readonly ofFacility: boolean
}

export interface Answer {
  readonly data: Record<string, unknown> | null | undefined
  readonly errors: readonly { readonly path: string; readonly code: string }[]
}

export interface MatrixWorld {
  readonly server: TestServer
  readonly person: TestPerson
  readonly stranger: TestPerson
  readonly memberId: string
  /** With an audit and a finding, and without. */
  readonly found: MatrixChart
  readonly unfound: MatrixChart
  /** Puts labels on the first document of both charts, and makes rows say on which basis Part 2 records are open. */
  label(labels: readonly Label[], basis: BasisLine): Promise<void>
  /** What each query about something else than a chart is asked with, and by what it is told that it answered. */
  readonly subjects: Readonly<Record<string, Witness>>
  /** Ids and words that commands about something else than a chart are sent with: of all, and of one. */
  readonly duties: Readonly<Record<string, unknown>>
  readonly dutiesOf: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** A program with these scopes, and a chart in a state of `DISCLOSURES`. */
  third(scopes: readonly string[], state: string): Promise<Third>
  askAs(claims: AccessClaims, document: DocumentNode, variables: Record<string, unknown>): Promise<Answer>
  /** Makes rows say that the person stands in this place. @returns whose question it is */
  put(place: Place): Promise<TestPerson>
  ask(person: TestPerson, document: DocumentNode, variables: Record<string, unknown>): Promise<Answer>
  /** Whether a command would have been let through, whatever became of it: what it wrote is taken back. */
  attempt(person: TestPerson, document: DocumentNode, variables: Record<string, unknown>): Promise<string>
  /** The first item of a stream. */
  first(person: TestPerson, document: DocumentNode, variables: Record<string, unknown>): Promise<Answer>
  close(): Promise<void>
}

const CODER = 'coder2@demo.test'

export async function matrixWorld(): Promise<MatrixWorld> {
  const server = await testServer()
  const { harbor, lakeside } = server.demo
  const { ownerSql } = server.db
  const [person, stranger] = await Promise.all([newPerson(server, harbor), newPerson(server, lakeside)])
  const memberId = person.memberId
  const found = await fill(server, person, memberId, true)
  const unfound = await fill(server, person, memberId, false)
  const north = harbor.facilities.north!
  const coderId = harbor.members[CODER]!.memberId
  const { organisationId: orgId } = harbor

  async function put({ roles, relation, chart: state }: Place): Promise<TestPerson> {
    const chart = state.found ? found : unfound
    const own = relation === 'CODER' || (relation === 'FORMER_CODER' && state.status === 'IN_CODING')
    const coder = own ? memberId : state.status === 'READY' ? null : coderId
    // An assignment in coding has run out by the clock; any other was taken back.
    const until = relation === 'FORMER_CODER' && own ? new Date(Date.now() - 60_000) : null
    const part =
      relation === 'CODER' || relation === 'FORMER_CODER'
        ? 'CODER_OF_RECORD'
        : relation === 'FORMER_PART'
          ? 'AUDITOR'
          : relation === 'SECOND_LOOK' || relation === 'AUDITOR' || relation === 'CDI'
            ? relation
            : null
    const ended = relation === 'FORMER_PART' || (relation === 'FORMER_CODER' && !own) ? new Date() : null
    await ownerSql.begin(async (tx) => {
      // Questions and broken glasses are never removed; here the one of the place before did not happen.
      await tx`set local session_replication_role = replica`
      // Like every command, and the job that gives back what ran out: the chart first.
      await tx`select from chart where id in ${tx([found.id, unfound.id])} order by id for update`
      for (const who of [memberId, stranger.memberId])
        await tx`update member set roles = ${[...roles]}, access_epoch = access_epoch + 1 where id = ${who}`
      await tx`delete from team_member where member_id = ${memberId}`
      if (relation === 'QUEUE')
        await tx`
          insert into team_member (org_id, team_id, member_id)
          select ${orgId}, id, ${memberId} from team where org_id = ${orgId}`
      await tx`delete from member_facility where member_id = ${memberId}`
      await tx`
        insert into member_facility (org_id, member_id, facility_id)
        select ${orgId}, ${memberId}, id from facility
        where org_id = ${orgId} and (${relation !== 'OTHER_FACILITY'} or id <> ${north})`
      for (const { id } of [found, unfound]) {
        await tx`delete from assignment where chart_id = ${id} and member_id = ${memberId}`
        await tx`delete from help where chart_id = ${id}`
        await tx`delete from break_glass where chart_id = ${id}`
        await tx`delete from coding_pass where chart_id = ${id} and member_id = ${memberId}`
        await tx`delete from privacy_request where assignee_id = ${memberId}`
      }
      await tx`
        update chart set status = ${state.status}, restricted = ${state.restricted}, identity_hold = ${state.identityHold},
          coder_of_record_id = ${coder}, assigned_until = ${until}, access_epoch = access_epoch + 1
        where id = ${chart.id}`
      if (part)
        await tx`
          insert into assignment (org_id, id, chart_id, member_id, part, started_at, until, ended_at)
          values (${orgId}, ${randomUUID()}, ${chart.id}, ${memberId}, ${part}, now() - interval '1 hour', ${until}, ${ended})`
      if (relation === 'ASKED_FOR_HELP')
        await tx`
          insert into help (org_id, id, chart_id, suggestion_id, member_id, reason, asked_at, until)
          values (${orgId}, ${randomUUID()}, ${chart.id}, ${chart.nodes.get('Suggestion')![0]!}, ${coderId}, 'GUIDELINE',
            now(), now() + interval '6 hours')`
      if (relation === 'BLIND_PASS')
        await tx`
          insert into coding_pass (org_id, id, chart_id, member_id, opened_at)
          values (${orgId}, ${randomUUID()}, ${chart.id}, ${memberId}, now())`
      if (relation === 'REQUEST')
        await tx`
          insert into privacy_request (org_id, id, facility_id, patient_id, kind, state, requester, received_on,
            recorded_by, recorded_at, assignee_id, assigned_by)
          select org_id, ${randomUUID()}, facility_id, ${chart.patientId}, kind, 'ASSIGNED', requester, received_on,
            recorded_by, recorded_at, ${memberId}, recorded_by from privacy_request where assignee_id is null limit 1`
      if (relation === 'GLASS')
        await tx`
          insert into break_glass (org_id, id, facility_id, chart_id, patient_id, member_id, reason, note, at, until, review_due)
          values (${orgId}, ${randomUUID()}, ${north}, ${chart.id}, ${chart.patientId}, ${memberId}, 'DEADLINE',
            ${Buffer.from('00', 'hex')}, now(), now() + interval '1 hour', now() + interval '3 days')`
    })
    return relation === 'OTHER_ORGANISATION' ? stranger.person : person.person
  }

  async function label(labels: readonly Label[], { qualified, consent }: BasisLine): Promise<void> {
    await ownerSql.begin(async (tx) => {
      // Labels are changed, and consents live, by commands that write their history; here there is none.
      await tx`set local session_replication_role = replica`
      await tx`update agreement set qualified_service_organisation = ${qualified} where org_id = ${orgId}`
      for (const chart of [found, unfound]) {
        await tx`update document_version set labels = ${[...labels]} where document_id = ${chart.documentIds[0]!}`
        await tx`
          update consent set kind = ${consent?.kind ?? 'PART2_TPO'}, status = ${consent?.status ?? 'DRAFT'},
            withdrawn_at = ${consent?.status === 'WITHDRAWN' ? new Date() : null},
            ended_at = ${consent?.status === 'ENDED' ? new Date() : null},
            end_reason = ${consent?.status === 'ENDED' ? 'EXPIRED' : null}
          where patient_id = ${chart.patientId}`
        await tx`update chart set access_epoch = access_epoch + 1 where id = ${chart.id}`
      }
    })
  }

  async function third(scopes: readonly string[], state: string): Promise<Third> {
    await put({ roles: [], relation: 'NONE', chart: { ...PLAIN_CHART, ...CHART_STATES[state] } })
    const { clientId } = about.duties as { clientId: string }
    const { agreementId } = about.dutiesOf.endVendorAgreement as { agreementId: string }
    const granted = scopes.map((scope) => `system/${scope}.r`)
    const label = state.startsWith('label ') ? [state.slice(6)] : []
    const places = state === 'other facility' ? [harbor.facilities.south!] : [north]
    const tokenId = randomUUID()
    await ownerSql`
      insert into client_token (org_id, id, client_id, scopes, issued_at, expires_at)
      values (${orgId}, ${tokenId}, ${clientId}, ${granted}, now(), now() + interval '10 minutes')`
    const set = (undo: boolean) =>
      ownerSql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`
        await tx`
          update vendor_agreement set scopes = ${granted}, facility_ids = ${undo ? [north] : places},
            ended_at = ${!undo && state === 'vendor agreement ended' ? new Date() : null} where id = ${agreementId}`
        await tx`
          update client set scopes = ${granted}, suspended_at = ${!undo && state === 'client suspended' ? new Date() : null}
          where id = ${clientId}`
        await tx`update client_token set scopes = ${granted} where client_id = ${clientId}`
        await tx`
          update agreement set purposes = ${!undo && state === 'no purpose agreed' ? ['OPERATIONS'] : ['PAYMENT', 'OPERATIONS']},
            effective_to = ${!undo && state === 'agreement over' ? '2025-01-01' : null} where org_id = ${orgId}`
        await tx`
          update document_version set labels = ${undo ? [] : label} where document_id = ${unfound.documentIds[0]!}`
      })
    await set(false)
    return {
      claims: { userId: clientId, sessionId: tokenId, orgId, clientId },
      chartId: unfound.id,
      documentId: unfound.documentIds[0]!,
      restore: async () => void (await set(true)),
    }
  }

  const about = await subjectsOf(server, found)
  return {
    server,
    ...about,
    label,
    third,
    askAs: (claims, document, variables) => ask(server, claims, document, variables),
    person: person.person,
    stranger: stranger.person,
    memberId,
    found,
    unfound,
    put,
    ask: (who, document, variables) => ask(server, who.claims, document, variables),
    attempt: (who, document, variables) => attempt(server, who.claims, document, variables),
    first: (who, document, variables) => first(server, who.claims, document, variables),
    close: () => server.close(),
  }
}

// ---- asking in this process ---------------------------------------------------------------------------------------

async function ask(
  server: TestServer,
  claims: AccessClaims,
  document: DocumentNode,
  variables: Record<string, unknown>,
): Promise<Answer> {
  const { app } = server
  const context = openOperation(app.services, claims)
  try {
    // As at the door of HTTP: a program's document is looked at before anything is read.
    const refusal =
      claims.clientId === undefined
        ? undefined
        : await context
            .reading()
            .then(({ viewer }) => checkScope(app.schema, document, viewer.client!))
            .then(
              () => undefined,
              (error: unknown) => String(app.boundary.format(error).extensions?.code),
            )
    if (refusal !== undefined) return { data: null, errors: [{ path: '', code: refusal }] }
    return plain(
      server,
      await execute({ schema: app.schema, document, variableValues: variables, contextValue: context }),
    )
  } finally {
    await context.finish()
  }
}

const DAY = 86_400_000
const PLAIN_CHART: ChartState = { status: 'IN_CODING', restricted: false, identityHold: false, found: false }
const CHART_STATES: Readonly<Record<string, Partial<ChartState>>> = {
  restricted: { restricted: true },
  hold: { identityHold: true },
}

/** One of everything that people keep who keep no charts. */
async function subjectsOf(
  server: TestServer,
  { given }: MatrixChart,
): Promise<Pick<MatrixWorld, 'subjects' | 'duties' | 'dutiesOf'>> {
  const { ownerSql } = server.db
  const { harbor } = server.demo
  const north = harbor.facilities.north!
  const people = new Map<string, TestPerson>()
  for (const name of ['admin', 'privacy', 'supervisor', 'coder'])
    people.set(name, await server.signInAs(`${name}@demo.test`))
  const send = async (name: string, field: string, input: object) => {
    const type = getNamedType(server.app.schema.getMutationType()!.getFields()[field]!.args[0]!.type).name
    const { data, errors } = await people
      .get(name)!
      .graphql(`mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, {
        input: { commandId: randomUUID(), ...input },
      })
    const outcome = data?.[field] as { __typename: string } | undefined
    if (!outcome || outcome.__typename === 'CommandInvalid')
      throw new Error(`${field}: ${JSON.stringify([data, errors])}`)
  }
  const newest = async (table: string, order = 'id'): Promise<string> => {
    const [row] = await ownerSql.unsafe<{ id: string }[]>(`select id from ${table} order by ${order} desc limit 1`)
    if (!row) throw new Error(`no ${table}`)
    return row.id
  }
  const { patient } = given
  const soon = new Date(Date.now() - 1_000).toISOString()
  const agreement = {
    vendorName: 'A vendor',
    facilityIds: [north],
    purposes: ['PAYMENT'],
    scopes: ['system/Chart.r'],
    effectiveFrom: soon,
    effectiveUntil: new Date(Date.now() + 300 * DAY).toISOString(),
  }
  await send('admin', 'registerVendorAgreement', agreement)
  const vendorAgreementId = await newest('vendor_agreement')
  await send('privacy', 'approve', { approvalId: await newest('approval') })
  await send('admin', 'registerClient', {
    agreementId: vendorAgreementId,
    name: 'A program',
    purpose: 'PAYMENT',
    scopes: ['system/Chart.r'],
  })
  const clientId = await newest('client')
  await send('privacy', 'approve', { approvalId: await newest('approval') })
  const grant = { roles: ['ADMIN', 'CODER'], facilityIds: [north], teamIds: [] }
  await send('admin', 'requestOwnGrant', grant)
  const approvalId = await newest('approval')
  await send('privacy', 'addRestriction', { patient, selfPay: true, words: 'Not to my plan.' })
  const restrictionId = await newest('restriction')
  const request = { patient, kind: 'ACCESS', receivedOn: new Date(Date.now() - DAY).toISOString().slice(0, 10) }
  await send('privacy', 'openPrivacyRequest', requestInput(server, request))
  const requestId = await newest('privacy_request')
  await send('privacy', 'placeLegalHold', { patient, reason: firstOf(server, 'HoldReason'), reference: 'Matter 7' })
  const holdId = await newest('legal_hold')
  const other = await server.addChart({ facility: 'north', coder: 'coder@demo.test', lines: [{ code: 'I10' }] })
  await send('coder', 'askForHelp', { suggestionId: other.suggestionIds[0], reason: 'GUIDELINE' })
  await send('supervisor', 'breakGlass', {
    chartId: (await server.addChart({ facility: 'north' })).chartId,
    reason: 'DEADLINE',
    note: 'Due.',
  })
  const breakGlassId = await newest('break_glass')
  const [agreementRow] = await ownerSql<{ id: string }[]>`
    select a.id from agreement a join facility f on f.covered_entity_id = a.covered_entity_id where f.id = ${north}`
  const agreementId = agreementRow!.id
  const [consent] = await ownerSql<{ id: string }[]>`
    select id from consent where patient_id = (select patient_id from chart where id = ${String(given.chartId)})`
  const [team] = await ownerSql<{ id: string }[]>`select id from team where org_id = ${harbor.organisationId} limit 1`
  const coder = harbor.members['coder@demo.test']!.memberId
  const sessionId = people.get('coder')!.claims.sessionId
  const of = (witness: string | null, variables: Record<string, unknown> = {}, ofFacility = false): Witness => ({
    witness,
    variables,
    ofFacility,
  })
  return {
    subjects: {
      viewer: of(null),
      codeReleases: of(null),
      codeSearch: of(null, { date: '2026-03-15', query: 'hypertension' }),
      teams: of(team!.id),
      memberships: of(coder),
      clients: of(clientId),
      vendorAgreements: of(vendorAgreementId),
      facilityAgreements: of(agreementId),
      approvals: of(approvalId),
      accessRecords: of('"__typename":"AccessRecord"'),
      accountingOfDisclosures: of('patientId', { patient, from: '2026-01-01', to: '2026-12-31' }, true),
      consent: of(consent!.id, { id: consent!.id }, true),
      consents: of(consent!.id, { patient }, true),
      restrictions: of(restrictionId, { patient }, true),
      privacyRequests: of(requestId, {}, true),
      legalHolds: of(holdId, { patient }, true),
      breakGlassReviews: of(breakGlassId, {}, true),
      helpRequests: of('HelpRequest', {}, true),
      // Of a person who works at both facilities.
      liveSessions: of(sessionId),
    },
    duties: {
      patient,
      consentId: consent!.id,
      seenVersion: 2,
      restrictionId,
      requestId,
      holdId,
      breakGlassId,
      approvalId,
      clientId,
      agreementId,
      sessionId,
      memberId: coder,
      facilityIds: [north],
      teamIds: [],
      roles: ['CODER'],
      inWriting: true,
      receivedAt: new Date(Date.now() - 60_000).toISOString(),
      at: new Date(Date.now() - 60_000).toISOString(),
      receivedOn: '2026-03-20',
      effectiveFrom: soon,
      from: soon,
      scopes: ['system/Chart.r'],
      networks: ['203.0.113.0/24'],
    },
    dutiesOf: {
      registerVendorAgreement: agreement,
      endVendorAgreement: { agreementId: vendorAgreementId },
      registerClient: { agreementId: vendorAgreementId },
      requestOwnGrant: grant,
      changeMember: { seenVersion: 0 },
      disableMember: { seenVersion: 0 },
      enableMember: { seenVersion: 0 },
      liftRestriction: { seenVersion: 1 },
    },
  }
}

const firstOf = ({ app }: TestServer, name: string): string =>
  (app.schema.getType(name) as GraphQLEnumType).getValues()[0]!.name

/** Every required field of the input that opens a request, whatever else there is of it. */
const requestInput = ({ app }: TestServer, given: Record<string, unknown>): object =>
  plainInput(app.schema.getType('OpenPrivacyRequestInput') as GraphQLInputObjectType, given, randomUUID)

const TAKEN_BACK = new Error('taken back')

/** @returns `LET_THROUGH`, or the code of the refusal */
async function attempt(
  server: TestServer,
  claims: AccessClaims,
  document: DocumentNode,
  variables: Record<string, unknown>,
): Promise<string> {
  const { services } = server.app
  const database = services.get(DATABASE)
  let letThrough = false
  const takingBack: Database = {
    ...database,
    async write(orgId, work, counted) {
      let outcome: { of: Awaited<ReturnType<typeof work>> } | undefined
      letThrough = false
      await database
        .write(
          orgId,
          async (tx) => {
            outcome = { of: await work(tx) }
            letThrough = true
            throw TAKEN_BACK
          },
          counted,
        )
        .catch((error: unknown) => {
          if (error !== TAKEN_BACK) throw error
        })
      return outcome!.of
    },
  }
  const held = {
    get: (key: { name: string }) => (key.name === DATABASE.name ? takingBack : services.get(key)),
  } as unknown as typeof services
  const context = openOperation(held, claims)
  try {
    const result = await execute({
      schema: server.app.schema,
      document,
      variableValues: variables,
      contextValue: context,
    })
    const [error] = plain(server, result).errors
    const [outcome] = Object.values(result.data ?? {}) as ({ __typename?: string } | null)[]
    if (outcome?.__typename === 'AlreadyDone') return 'ALREADY_DONE'
    return letThrough ? 'LET_THROUGH' : (error?.code ?? 'ANSWERED')
  } finally {
    await context.finish()
  }
}

async function first(
  server: TestServer,
  claims: AccessClaims,
  document: DocumentNode,
  variables: Record<string, unknown>,
): Promise<Answer> {
  const { app } = server
  const context = openOperation(app.services, claims)
  const started = await subscribe({ schema: app.schema, document, variableValues: variables, contextValue: context })
  try {
    if (!(Symbol.asyncIterator in started)) return plain(server, started)
    const { value } = await started.next()
    await started.return(undefined)
    return plain(server, value as Result)
  } finally {
    await context.finish()
  }
}

type Result = Awaited<ReturnType<typeof execute>>

function plain({ app }: TestServer, { data, errors = [] }: Result): Answer {
  return {
    data: data as Record<string, unknown> | null | undefined,
    errors: errors.map((error) => ({
      path: (error.path ?? []).join('.'),
      code: String(app.boundary.format(error).extensions?.code),
    })),
  }
}

// ---- building -----------------------------------------------------------------------------------------------------

interface Member {
  readonly person: TestPerson
  readonly memberId: string
}

/** Somebody whom no demo account is, with no role and no place until `put` gives both. */
async function newPerson(server: TestServer, organisation: TestServer['demo']['harbor']): Promise<Member> {
  const { ownerSql } = server.db
  const email = `matrix-${organisation.organisationId.slice(-6)}@demo.test`
  const { userId } = await server.app.signIn.createAccount({ email, name: 'Wren Ashdown', password: randomUUID() })
  const orgId = organisation.organisationId
  const memberId = await asOwner(ownerSql, orgId, (tx) =>
    addMember(tx, {
      orgId,
      userId,
      displayName: 'Wren Ashdown',
      roles: [],
      facilityIds: Object.values(organisation.facilities),
      teamIds: [],
    }),
  )
  // As one of the demo's, so that the server's support signs them in.
  const members = organisation.members as Record<string, (typeof organisation.members)[string]>
  members[email] = { ...Object.values(members)[0]!, userId, memberId }
  return { person: await server.signInAs(email), memberId }
}

/** A chart on which everything has happened: coded, talked about, submitted, exported, audited. */
async function fill(server: TestServer, { person }: Member, memberId: string, audited: boolean): Promise<MatrixChart> {
  const { ownerSql } = server.db
  const { organisationId: orgId } = server.demo.harbor
  const sent: Sent[] = []
  const identifier = { assigner: 'urn:oid:2.16.840.1.113883.19.5', type: 'MRN', value: randomUUID() } as const
  await ownerSql`update member set roles = '{CODER}' where id = ${memberId}`
  const added = await server.addChart({
    facility: 'north',
    coder: CODER,
    totalChargesCents: 4_711_00,
    patient: { identifiers: [identifier] },
    documents: [
      { title: 'First', pages: [{ number: 1, start: 0, end: 20 }] },
      { title: 'Second', text: `${DISCHARGE_SUMMARY}\nSecond.`, signed: false },
      { title: 'Third', text: 'Third.', signed: false },
      { title: 'Fourth', text: 'Fourth.' },
    ],
    lines: [
      {
        ...SUBMITTABLE[0]!,
        reason: 'Said so.',
        performer: 'Rosalind Hartwhistle, MD',
        evidence: [{ words: 'Essential hypertension' }],
      },
      { ...SUBMITTABLE[1]!, evidence: [{ document: 1, words: 'Type 2 diabetes mellitus' }] },
      { code: 'J18.9', reason: 'Said so.', evidence: [{ words: 'Community-acquired pneumonia' }] },
      { code: 'E11.9', reason: 'Said so.', status: 'REJECTED', decisionReason: 'Twice.', poaProposed: 'N' },
      {
        system: 'ICD10PCS',
        code: 'B030Y0Z',
        performedOn: '2026-03-10',
        performer: 'Quill Ashdown, MD',
        units: 1,
        evidence: [{ document: 0, page: 1 }],
      },
    ],
  })
  const chartId = added.chartId
  await ownerSql`
    update chart set coder_of_record_id = ${memberId}, access_epoch = access_epoch + 1, inpatient_order_at = admitted_at,
      service_date = '2026-03-09', service_line = 'Medicine', operating_provider = 'Quill Ashdown, MD',
      assigned_until = now() + interval '1 day'
    where id = ${chartId}`
  await ownerSql`delete from assignment where chart_id = ${chartId}`
  await ownerSql`
    insert into assignment (org_id, id, chart_id, member_id, part, started_at)
    values (${orgId}, ${randomUUID()}, ${chartId}, ${memberId}, 'CODER_OF_RECORD', now())`

  async function run(who: TestPerson, name: string, inputType: string, selection: string, given: object) {
    const input = { commandId: randomUUID(), ...given }
    const text = `mutation ($input: ${inputType}!) { ${name}(input: $input) { __typename ${selection} ... on CommandInvalid { problems { message } } } }`
    const { data, errors } = await who.graphql(text, { input })
    if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`)
    const outcome = data![name] as Record<string, unknown> & { __typename: string }
    if (/Invalid|Blocked|Changed/.test(outcome.__typename)) throw new Error(`${name}: ${JSON.stringify(outcome)}`)
    if (who === person && !sent.some((it) => it.name === name)) sent.push({ name, inputType, input })
    return outcome
  }
  const takeOver = (who: string) => ownerSql`
    update chart set coder_of_record_id = ${who}, access_epoch = access_epoch + 1 where id = ${chartId}`
  const lines = await ownerSql<{ id: string; version: number; code: string }[]>`
    select id, version, code from suggestion where chart_id = ${chartId}`
  const line = (i: number) => lines.find((it) => it.id === added.suggestionIds[i])!
  // Only on the audited one has the person decided a line.
  const decides = audited ? person : await server.signInAs(CODER)
  if (!audited) await takeOver(server.demo.harbor.members[CODER]!.memberId)
  await run(decides, 'decideOnSuggestion', 'DecideOnSuggestionInput', '', {
    suggestionId: line(2).id,
    seenVersion: line(2).version,
    decision: 'ACCEPT',
    poa: 'Y',
  })
  if (!audited) await takeOver(memberId)
  await run(person, 'addSuggestion', 'AddSuggestionInput', '', {
    chartId,
    system: 'ICD10CM',
    code: 'E78.5',
    propose: true,
    evidence: [{ versionId: added.documents[0]!.versionId, start: 0, end: 9 }],
  })
  await run(person, 'setAbstract', 'SetAbstractInput', '', {
    chartId,
    field: 'SERVICE_LINE',
    seenVersion: 1,
    value: 'Pulmonology',
    evidence: [{ versionId: added.documents[0]!.versionId, start: 0, end: 9 }],
  })
  await run(person, 'setAbstract', 'SetAbstractInput', '', {
    chartId,
    field: 'OPERATING_PROVIDER',
    seenVersion: 1,
    value: 'Linden Ashdown, MD',
  })
  const comment = await run(person, 'addComment', 'AddCommentInput', '... on CommentSaved { comment { id } }', {
    chartId,
    suggestionId: line(0).id,
    body: 'Is it so?',
  })
  const commentId = (comment.comment as { id: string }).id
  await run(person, 'addComment', 'AddCommentInput', '', { chartId, parentId: commentId, body: 'It is.' })
  await run(person, 'resolveComment', 'ResolveCommentInput', '', { commentId, seenVersion: 1 })
  await run(person, 'pendChart', 'PendChartInput', '', {
    chartId,
    reason: 'OTHER',
    note: 'Waiting.',
    due: '2199-01-01',
  })
  await run(person, 'unpendChart', 'UnpendChartInput', '', { chartId })
  const before = await person.graphql(
    'query ($id: ID!) { chart(id: $id) { cursor edits { key overridable severity } } }',
    {
      id: chartId,
    },
  )
  const { edits } = before.data!.chart as { edits: { key: string; overridable: boolean }[] }
  for (const edit of edits.filter((it) => it.overridable))
    await run(person, 'overrideEdit', 'OverrideEditInput', '', { chartId, editKey: edit.key, reason: 'Stands.' })
  const after = await person.graphql('query ($id: ID!) { chart(id: $id) { cursor } }', { id: chartId })
  const { cursor } = after.data!.chart as { cursor: string }
  await run(person, 'submitChart', 'SubmitChartInput', '... on SubmissionBlocked { edits { message } }', {
    chartId,
    seenCursor: cursor,
  })
  await run(person, 'exportChart', 'ExportChartInput', '', { chartId, format: 'CSV' })
  await run(person, 'signDocument', 'SignDocumentInput', '', {
    documentId: added.documents[2]!.documentId,
    seenVersion: 1,
  })
  await run(person, 'withdrawDocument', 'WithdrawDocumentInput', '', {
    documentId: added.documents[3]!.documentId,
    reason: 'DUPLICATE',
  })
  if (audited) {
    const auditor = await server.signInAs('auditor@demo.test')
    const opened = await run(auditor, 'openAudit', 'OpenAuditInput', '... on AuditOpened { audit { id } }', {
      chartId,
      reason: 'PRE_BILL',
    })
    await run(auditor, 'recordFinding', 'RecordFindingInput', '', {
      auditId: (opened.audit as { id: string }).id,
      element: 'SECONDARY_DIAGNOSIS',
      kind: 'CHANGE',
      suggestionId: line(1).id,
      guideline: 'III.B',
      explanation: 'Not so.',
    })
    await ownerSql`update finding set proposed_suggestion_id = ${line(2).id} where chart_id = ${chartId}`
  }
  await run(person, 'reopenChart', 'ReopenChartInput', '', { chartId, reason: 'LATE_DOCUMENT' })
  await consentOf(server, identifier)
  await addOpportunity(server, chartId, added.documents[0]!)

  const nodes = new Map<string, readonly string[]>()
  for (const [type, table] of Object.entries(NODE_TABLES)) {
    const rows = await ownerSql.unsafe<{ id: string }[]>(`select id from ${table} where chart_id = $1 order by id`, [
      chartId,
    ])
    nodes.set(
      type,
      rows.map((row) => row.id),
    )
  }
  nodes.set('Chart', [chartId])
  nodes.set('Patient', [added.patientId])
  const cites = await ownerSql<{ id: string }[]>`
    select e.id from evidence e where e.version_id = ${added.documents[0]!.versionId} union
    select e.owner_id as id from evidence e where e.version_id = ${added.documents[0]!.versionId}
    union select c.id from comment c join evidence e on e.owner_id = c.suggestion_id
      where e.version_id = ${added.documents[0]!.versionId}
    union select f.id from finding f join evidence e on e.owner_id in (f.suggestion_id, f.proposed_suggestion_id)
      where e.version_id = ${added.documents[0]!.versionId}`
  const events = await ownerSql<{ cursor: string; type: string }[]>`
    select cursor, type from chart_event where stream_id = ${chartId} order by seq`
  const changed = ['SERVICE_LINE', 'OPERATING_PROVIDER']
  const log = events.map(
    (event): LoggedEvent => (event.type === 'ABSTRACT_CHANGED' ? { ...event, abstractField: changed.shift()! } : event),
  )
  return {
    id: chartId,
    patientId: added.patientId,
    documentIds: added.documents.map((d) => d.documentId),
    nodes,
    restsOnFirst: new Set([
      added.documents[0]!.documentId,
      added.documents[0]!.versionId,
      ...cites.map((row) => row.id),
    ]),
    withdrawn: new Set([added.documents[3]!.documentId, added.documents[3]!.versionId]),
    log,
    sent,
    decided: audited,
    given: {
      chartId,
      suggestionId: added.suggestionIds[0]!,
      documentId: added.documents[0]!.documentId,
      commentId: nodes.get('Comment')![0]!,
      auditId: nodes.get('Audit')![0] ?? randomUUID(),
      memberId: server.demo.harbor.members['coder@demo.test']!.memberId,
      suggestionIds: [added.suggestionIds[0]!],
      editKey: 'x',
      body: 'A few words.',
      code: 'E78.5',
      system: 'ICD10CM',
      decision: 'ACCEPT',
      field: 'PAYER',
      value: 'X',
      part: 'CODER_OF_RECORD',
      labels: ['HIV'],
      format: 'CSV',
      seenCursor: log.at(-1)!.cursor,
      patient: { facilityId: server.demo.harbor.facilities.north!, identifier },
    },
  }
}

/** A TPO consent that counts: `label` makes of it every other state of one. */
async function consentOf(server: TestServer, identifier: object): Promise<void> {
  const officer = await server.signInAs('privacy@demo.test')
  const send = async (name: string, inputType: string, given: object): Promise<{ consent?: { id: string } }> => {
    const { data, errors } = await officer.graphql(
      `mutation ($input: ${inputType}!) { ${name}(input: $input) { __typename ... on ConsentSaved { consent { id } } } }`,
      { input: { commandId: randomUUID(), ...given } },
    )
    const outcome = data?.[name] as { __typename: string; consent?: { id: string } } | undefined
    if (outcome?.__typename !== 'ConsentSaved') throw new Error(`${name}: ${JSON.stringify([outcome, errors])}`)
    return outcome
  }
  const { consent } = await send('recordConsent', 'RecordConsentInput', {
    patient: { facilityId: server.demo.harbor.facilities.north, identifier },
    kind: 'PART2_TPO',
    elements: {
      description: 'All records of my treatment',
      disclosers: [{ kind: 'COVERED_ENTITY', name: 'North Harbor Health (demo)' }],
      recipients: [{ kind: 'COVERED_ENTITY' }],
      purposes: ['TREATMENT', 'PAYMENT', 'OPERATIONS'],
      neverExpires: true,
      signature: { signedOn: '2026-03-09', signedBy: 'Ottoline Quillfeather' },
      statements: { revocation: true, conditioning: true, redisclosure: true },
      plainLanguage: true,
      textVersion: '2026-01',
    },
  })
  await send('activateConsent', 'ConsentCommandInput', { consentId: consent!.id, seenVersion: 1 })
}

/** What the engine would have found had it read the chart. */
async function addOpportunity(
  server: TestServer,
  chartId: string,
  { documentId, versionId }: { documentId: string; versionId: string },
): Promise<void> {
  const { claims } = await server.signInAs('supervisor@demo.test')
  await openRequest(server.app.services, claims).writing(async (session) => {
    const [chart] = await findCharts(session, [chartId])
    const id = randomUUID()
    await insertOpportunity(session, chart!, { id, topic: 'ANEMIA', reason: 'A low count, and no diagnosis.' })
    await insertEvidence(session, chart!, id, [
      { id: randomUUID(), documentId, versionId, start: 0, end: 9, page: null, kind: 'SUPPORTS' },
    ])
  })
}

const NODE_TABLES: Readonly<Record<string, string>> = {
  Document: 'document',
  DocumentVersion: 'document_version',
  Suggestion: 'suggestion',
  Comment: 'comment',
  Submission: 'submission',
  Export: 'export_record',
  Audit: 'audit',
  Finding: 'finding',
  Pend: 'pend',
}

export const documentOf = (text: string): DocumentNode => parse(text)
