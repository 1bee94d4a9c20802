import { randomUUID } from 'node:crypto'
import { getNamedType, type GraphQLEnumType, type GraphQLInputObjectType } from 'graphql'
import type { TestPerson, TestServer } from '../../support/server.js'
import { CODER } from './fill.js'
import { plainInput } from '../inputs.js'
import type { MatrixChart, MatrixWorld, Witness } from './model.js'

const DAY = 86_400_000

/** One of everything that people keep who keep no charts. */
export async function subjectsOf(
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
  // What is left of a patient who was destroyed: another one than all these hang on.
  const tombstoneId = randomUUID()
  const destroyed = await server.addChart({ facility: 'north' })
  const [asked, approved] = ['supervisor@demo.test', 'privacy@demo.test'].map((who) => harbor.members[who]!.memberId)
  await ownerSql`
    insert into tombstone (org_id, id, facility_id, patient_id, subject_ref, blind_indexes, reason, requested_by, approved_by,
      chart_count, deleted_at, signature)
    values (${harbor.organisationId}, ${tombstoneId}, ${north}, ${destroyed.patientId}, 'of nobody', '{}',
      ${firstOf(server, 'DeletionReason')}, ${asked!}, ${approved!}, 1, now(), 'none')`
  const [consent] = await ownerSql<{ id: string }[]>`
    select id from consent where patient_id = (select patient_id from chart where id = ${String(given.chartId)})`
  const [result] = await ownerSql<{ id: string }[]>`
    select id from quality_result where member_id = ${harbor.members[CODER]!.memberId}`
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
      tombstones: of(tombstoneId, {}, true),
      qualityResult: of(result!.id, { id: result!.id }, true),
      qualityResults: of(result!.id, {}, true),
      helpRequests: of('HelpRequest', {}, true),
      queueBoard: of(`.${north}`, {}, true),
      inbox: of(null),
      assignableMembers: of(coder, { chartId: given.chartId, part: 'CODER_OF_RECORD' }, true),
      liveNode: of(server.demo.harbor.organisationId),
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
      createUpload: { byteSize: 1 },
      importChart: { facilityId: north, uploadId: randomUUID() },
    },
  }
}

const firstOf = ({ app }: TestServer, name: string): string =>
  (app.schema.getType(name) as GraphQLEnumType).getValues()[0]!.name

/** Every required field of the input that opens a request, whatever else there is of it. */
const requestInput = ({ app }: TestServer, given: Record<string, unknown>): object =>
  plainInput(app.schema.getType('OpenPrivacyRequestInput') as GraphQLInputObjectType, given, randomUUID)
