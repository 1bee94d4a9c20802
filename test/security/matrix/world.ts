import { randomUUID } from 'node:crypto'
import type { ChartState, Label } from '../../oracle/actors.table.js'
import type { BasisLine } from '../../oracle/consents.table.js'
import { type TestPerson, testServer } from '../../support/server.js'
import { CODER, fillChart } from './fill.js'
import { ask, attempt, first } from './inProcess.js'
import type { MatrixWorld, Place, Third } from './model.js'
import { newPerson } from './people.js'
import { subjectsOf } from './subjectsOf.js'

export async function matrixWorld(): Promise<MatrixWorld> {
  const server = await testServer()
  const { harbor, lakeside } = server.demo
  const { ownerSql } = server.db
  // What ran out is to stay so while it is looked at; the upkeep, which comes by now and then, would give it back.
  await ownerSql`
    create or replace function assignments_due(at timestamptz) returns table (org_id uuid, chart_id uuid)
      language sql stable security definer set search_path = public
      as $$ select org_id, id from chart where false $$`
  const [person, stranger] = await Promise.all([newPerson(server, harbor), newPerson(server, lakeside)])
  const memberId = person.memberId
  const found = await fillChart(server, person, memberId, true)
  const unfound = await fillChart(server, person, memberId, false)
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

  async function forPerson(place: Place, scopes: readonly string[]): Promise<Third> {
    const system = await third(scopes, 'plain')
    await put(place)
    const granted = scopes.map((scope) => `user/${scope}.r`)
    const { userId, sessionId } = person.person.claims
    const { clientId } = system.claims
    const tokenId = randomUUID()
    await ownerSql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`
        update vendor_agreement set scopes = ${granted}
        where id = (select agreement_id from client where id = ${clientId!})`
      await tx`update client set scopes = ${granted} where id = ${clientId!}`
      await tx`
        insert into client_token (org_id, id, client_id, scopes, issued_at, expires_at, member_id, user_id, session_id)
        values (${orgId}, ${tokenId}, ${clientId!}, ${granted}, now(), now() + interval '10 minutes', ${memberId}, ${userId},
          ${sessionId})`
    })
    return { ...system, claims: { userId, sessionId: tokenId, orgId, clientId: clientId! } }
  }

  async function limit(hashes: readonly string[] | null, networks: readonly string[] | null): Promise<void> {
    const { clientId } = about.duties as { clientId: string }
    await ownerSql`
      update client set operation_hashes = ${hashes && [...hashes]}, networks = ${networks && [...networks]}
      where id = ${clientId}`
  }

  async function passes({ relation, chart: { found: audited } }: Place) {
    const chart = audited ? found : unfound
    const reviewer = harbor.members['reviewer@demo.test']!.memberId
    return ownerSql.begin(async (tx) => {
      // A pass is never removed; here the one of the place before did not happen.
      await tx`set local session_replication_role = replica`
      await tx`delete from coding_pass where chart_id = ${chart.id} and member_id = ${reviewer}`
      await tx`
        insert into coding_pass (org_id, id, chart_id, member_id, opened_at)
        values (${orgId}, ${randomUUID()}, ${chart.id}, ${reviewer}, now())`
      const open = await tx<{ id: string; memberId: string }[]>`
        select id, member_id from coding_pass where chart_id = ${chart.id} and revealed_at is null
          and (member_id = ${reviewer} or ${relation === 'BLIND_PASS'})`
      return Promise.all(
        open.map(async ({ id: passId, memberId: author }) => {
          const lineId = randomUUID()
          await tx`
            insert into chart_stream (org_id, id, chart_id, kind, head_seq) values (${orgId}, ${passId}, ${chart.id}, 'PASS', 0)`
          await tx`
            insert into pass_line (org_id, id, pass_id, chart_id, system, code, kind, role, evidence, created_at)
            values (${orgId}, ${lineId}, ${passId}, ${chart.id}, 'ICD10CM', 'I10', 'DIAGNOSIS', 'SECONDARY', '[]', now())`
          return { passId, lineId, own: author === memberId }
        }),
      )
    })
  }

  const about = await subjectsOf(server, found)
  return {
    server,
    ...about,
    label,
    third,
    forPerson,
    limit,
    passes,
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

const PLAIN_CHART: ChartState = { status: 'IN_CODING', restricted: false, identityHold: false, found: false }
const CHART_STATES: Readonly<Record<string, Partial<ChartState>>> = {
  restricted: { restricted: true },
  hold: { identityHold: true },
}
