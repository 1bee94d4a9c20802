import { createHash, randomUUID } from 'node:crypto'
import { getNamedType, type GraphQLInputObjectType, isLeafType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../server/kernel/errors.js'
import { verifyDatabase } from '../../server/review/verify.js'
import { type AddedChart, SUBMITTABLE } from '../support/charts.js'
import { type Input, plainInput, spoiled } from './inputs.js'
import type { Account } from './standings.js'
import { type SecretWorld, secretWorld } from './world.js'

/** Commands with everything in every place: refused in words of ours, never half done, never on another chart. */

let world: SecretWorld
let own: Own
beforeAll(async () => {
  world = await secretWorld()
  own = await prepare()
})
afterAll(() => world.server.close())

const CODER = 'coder@demo.test'
const ACTORS: Readonly<Record<string, Account>> = {
  openSecondLook: 'reviewer@demo.test',
  openAudit: 'auditor@demo.test',
  recordFinding: 'auditor@demo.test',
  closeAudit: 'auditor@demo.test',
  answerDispute: 'auditor@demo.test',
  decideDispute: 'compliance@demo.test',
  returnChart: 'supervisor@demo.test',
  resolveIdentity: 'privacy@demo.test',
  assignChart: 'supervisor@demo.test',
  unassignChart: 'supervisor@demo.test',
  requestOwnGrant: 'admin@demo.test',
  approve: 'privacy@demo.test',
  decline: 'privacy@demo.test',
  breakGlass: 'supervisor@demo.test',
  reviewBreakGlass: 'privacy@demo.test',
  openBlindPass: 'reviewer@demo.test',
  addPassLine: 'reviewer@demo.test',
  removePassLine: 'reviewer@demo.test',
  revealBlindPass: 'reviewer@demo.test',
  ...by('privacy@demo.test', [
    'openPrivacyRequest',
    'assignPrivacyRequest',
    'extendPrivacyRequest',
    'decidePrivacyRequest',
    'fulfilPrivacyRequest',
    'contestPrivacyRequest',
    'closePrivacyRequest',
    'recordDisclosure',
    'suspendAccounting',
    'recordConsent',
    'reviseConsent',
    'activateConsent',
    'withdrawConsent',
    'endConsent',
    'deliverConsentCopy',
    'addRestriction',
    'liftRestriction',
    'requestQualifiedService',
    'endQualifiedService',
    'placeLegalHold',
    'liftLegalHold',
    'requestPatientDeletion',
  ]),
  ...by('admin@demo.test', [
    'changeMember',
    'disableMember',
    'enableMember',
    'endSession',
    'registerVendorAgreement',
    'endVendorAgreement',
    'registerClient',
    'changeClient',
    'rotateClientSecret',
    'suspendClient',
    'resumeClient',
  ]),
}
function by(account: Account, names: readonly string[]): Record<string, Account> {
  return Object.fromEntries(names.map((name) => [name, account]))
}
const NOT_CODING: readonly string[] = [
  'closeAudit',
  'acknowledgeFinding',
  'disputeFinding',
  'escalateFinding',
  'answerDispute',
  'decideDispute',
  'breakGlass',
  'reviewBreakGlass',
  'openBlindPass',
  'addPassLine',
  'removePassLine',
  'revealBlindPass',
  'openPrivacyRequest',
  'assignPrivacyRequest',
  'extendPrivacyRequest',
  'decidePrivacyRequest',
  'fulfilPrivacyRequest',
  'contestPrivacyRequest',
  'closePrivacyRequest',
  'recordDisclosure',
  'suspendAccounting',
]

/** Which chart a command is tried on; the coder's own where none is named. */
const CHARTS: Readonly<Record<string, string>> = {
  openAudit: 'audited',
  closeAudit: 'judged',
  acknowledgeFinding: 'judged',
  disputeFinding: 'judged',
  escalateFinding: 'judged',
  answerDispute: 'judged',
  decideDispute: 'judged',
  recordFinding: 'audited',
  reopenChart: 'audited',
  exportChart: 'audited',
  returnChart: 'audited',
  resolveIdentity: 'held',
  openBlindPass: 'own',
  addPassLine: 'own',
  removePassLine: 'own',
  revealBlindPass: 'own',
  breakGlass: 'own',
  claimChart: 'waiting',
}
const TRIED = new Set(['claimed', ...Object.values(CHARTS), 'second look'])

describe('every command, with every value in every place', () => {
  it('is done or refused, and nothing else', async () => {
    const mutations = Object.values(world.server.app.schema.getMutationType()!.getFields())
    const before = await fingerprints()
    const logged = world.server.log.length
    const codes = new Map<string, number>()
    const troubles: string[] = []
    const done = new Set<string>()
    let requests = 0

    const work = mutations.flatMap((field) => {
      const type = getNamedType(field.args[0]!.type) as GraphQLInputObjectType
      return [{ name: field.name, type, bare: isLeafType(getNamedType(field.type)) }]
    })
    for (const { name, type, bare } of work) {
      const person = world.as(ACTORS[name] ?? CODER)
      const chart = CHARTS[name] ?? 'claimed'
      const { given: found, ids } = await idsFor(chart)
      const given = { ...found, ...givenTo(type, name) }
      const query = `mutation ($input: ${type.name}!) { ${name}(input: $input) ${bare ? '' : '{ __typename }'} }`
      const base = plainInput(type, given, randomUUID)
      // What is not coding is also sent as it should be, after everything that should not be.
      const inputs = [...spoiled(type, base, ids), ...(NOT_CODING.includes(name) ? [base] : [])]
      for (let i = 0; i < inputs.length; i += 8)
        await Promise.all(
          inputs.slice(i, i + 8).map(async (input) => {
            const fresh: Input =
              input.commandId === base.commandId && 'commandId' in input ? { ...input, commandId: randomUUID() } : input
            const answer = await person.graphql(query, { input: fresh })
            requests++
            for (const error of answer.errors ?? []) {
              const { code } = error.extensions
              codes.set(code, (codes.get(code) ?? 0) + 1)
              const changed = Object.entries(fresh).filter(([k, v]) => JSON.stringify(v) !== JSON.stringify(base[k]))
              const what = `${name} ${JSON.stringify(changed.slice(-1)).slice(0, 300)} -> ${code} ${error.message}`
              if (!(code in CATALOGUE) || code === 'INTERNAL' || code === 'UNAVAILABLE') troubles.push(what)
              if (error.message.length > 300 || /[<>{}\u0000-\u001f\ud800-\udfff]|onerror|cmd\|/.test(error.message))
                troubles.push(what)
            }
            if (!answer.errors) {
              codes.set('done', (codes.get('done') ?? 0) + 1)
              done.add(name)
            }
          }),
        )
    }
    console.info(`commands: ${requests} requests, ${JSON.stringify(Object.fromEntries(codes))}`)
    expect(troubles).toEqual([])
    expect(world.server.log.slice(logged).filter((line) => line.includes('"event":"failed"'))).toEqual([])
    expect(codes.get('done')!).toBeGreaterThan(50)
    // What is not coding was not only refused to somebody who may never do it.
    expect(NOT_CODING.filter((name) => !done.has(name))).toEqual([])

    // Charts that no command was sent for are as they were, though their ids and parts stood in the input.
    const after = await fingerprints()
    for (const [name, id] of world.charts) if (!TRIED.has(name)) expect(after.get(id), name).toBe(before.get(id))
    for (const check of await verifyDatabase(world.server.db.ownerSql, world.server.db.vault))
      expect(check).toMatchObject({ holds: true })
  }, 580_000)

  it('ties together only what belongs to one chart', async () => {
    const crossed = await world.server.db.ownerSql`
      select 'evidence' as what from evidence e join suggestion s on s.id = e.owner_id
        join document_version v on v.id = e.version_id where s.chart_id <> v.chart_id
      union all select 'reply' from comment c join comment p on p.id = c.parent_id where p.chart_id <> c.chart_id
      union all select 'line' from comment c join suggestion s on s.id = c.suggestion_id where s.chart_id <> c.chart_id
      union all select 'finding' from finding f join suggestion s on s.id = f.suggestion_id where s.chart_id <> f.chart_id
      union all select 'proposal' from finding f join suggestion s on s.id = f.proposed_suggestion_id where s.chart_id <> f.chart_id
      union all select 'event' from chart_event e join chart c on c.id = e.chart_id where c.org_id <> e.org_id`
    expect([...crossed]).toEqual([])
  })
})

interface Own {
  readonly chart: AddedChart
  readonly lookup: Input
  readonly byCommand: Readonly<Record<string, Input>>
}

/** What the commands that are no coding are about: a person by an identifier, requests of that person, a pass, a glass. */
async function prepare(): Promise<Own> {
  const { server } = world
  const identifier = { assigner: 'urn:oid:2.16.840.1.113883.19.5', type: 'MRN' as const, value: randomUUID() }
  const chart = await server.addChart({
    facility: 'north',
    coder: 'coder@demo.test',
    patient: { identifiers: [identifier] },
  })
  ;(world.charts as Map<string, string>).set('own', chart.chartId)
  const lookup = { facilityId: server.demo.harbor.facilities.north!, identifier }
  const { memberId } = server.demo.harbor.members['privacy@demo.test']!
  const officer: Account = 'privacy@demo.test'
  const request = async (...steps: readonly (readonly [name: string, input: object])[]): Promise<Input> => {
    const asked = {
      patient: lookup,
      kind: 'AMENDMENT',
      requester: 'INDIVIDUAL',
      receivedOn: '2026-01-05',
      details: 'x',
    }
    const opened = await world.run(
      officer,
      'openPrivacyRequest',
      'OpenPrivacyRequestInput',
      '... on PrivacyRequestSaved { request { id } }',
      asked,
    )
    const requestId = (opened.request as { id: string }).id
    let seenVersion = 1
    for (const [name, input] of steps)
      await world.run(officer, name, `${name[0]!.toUpperCase()}${name.slice(1)}Input`, '', {
        requestId,
        seenVersion: seenVersion++,
        ...input,
      })
    return { requestId, seenVersion, memberId }
  }
  const taken = ['assignPrivacyRequest', { memberId }] as const
  const denial = { decision: 'DENIED', denialReason: 'NOT_CREATED_HERE', statement: 'It was made elsewhere.' }
  const granted = { decision: 'GRANTED', statement: 'It is put right.' }
  const glass = await world.run(
    'supervisor@demo.test',
    'breakGlass',
    'BreakGlassInput',
    '... on GlassBroken { breakGlass { id } }',
    { chartId: chart.chartId, reason: 'DEADLINE', note: 'The bill is due.' },
  )
  const pass = await world.run(
    'reviewer@demo.test',
    'openBlindPass',
    'ChartCommandInput',
    '... on BlindPassSaved { pass { id } }',
    { chartId: chart.chartId },
  )
  const passId = (pass.pass as { id: string }).id
  const evidence = [{ versionId: chart.documents[0]!.versionId, start: 0, end: 9 }]
  const line = { passId, system: 'ICD10CM', code: 'I10', evidence }
  const withLine = await world.run(
    'reviewer@demo.test',
    'addPassLine',
    'AddPassLineInput',
    '... on BlindPassSaved { pass { lines { id } } }',
    line,
  )
  const lineId = (withLine.pass as { lines: { id: string }[] }).lines[0]!.id
  return {
    chart,
    lookup,
    byCommand: {
      ...(await judge()),
      assignPrivacyRequest: await request(),
      extendPrivacyRequest: await request(taken),
      decidePrivacyRequest: await request(taken),
      fulfilPrivacyRequest: {
        ...(await request(taken, ['decidePrivacyRequest', granted])),
        documentIds: [chart.documents[0]!.documentId],
      },
      contestPrivacyRequest: await request(taken, ['decidePrivacyRequest', denial]),
      closePrivacyRequest: await request(taken),
      reviewBreakGlass: { breakGlassId: (glass.breakGlass as { id: string }).id },
      addPassLine: line,
      removePassLine: { passId, lineId },
      revealBlindPass: { passId },
    },
  }
}

/** A closed audit with a finding against the coder, and an open one of the same chart. */
async function judge(): Promise<Readonly<Record<string, Input>>> {
  const { server, run } = world
  const coder: Account = 'coder@demo.test'
  const auditor: Account = 'auditor@demo.test'
  const { organisationId, members, facilities } = server.demo.harbor
  // Compliance works in the north, and so does this auditor from now on.
  await server.db.ownerSql`
    insert into member_facility (org_id, member_id, facility_id)
    values (${organisationId}, ${members['auditor@demo.test']!.memberId}, ${facilities.north!}) on conflict do nothing`
  const { chartId, suggestionIds } = await server.addChart({ facility: 'north', coder: coder, lines: SUBMITTABLE })
  ;(world.charts as Map<string, string>).set('judged', chartId)
  const { data } = await world.as(coder).graphql('query ($id: ID!) { chart(id: $id) { cursor } }', { id: chartId })
  const { cursor: seenCursor } = data!.chart as { cursor: string }
  await run(coder, 'submitChart', 'SubmitChartInput', '', { chartId, seenCursor })
  const open = async (): Promise<string> => {
    const { audit } = await run(auditor, 'openAudit', 'OpenAuditInput', '... on AuditOpened { audit { id } }', {
      chartId,
      reason: 'FOCUSED',
    })
    return (audit as { id: string }).id
  }
  const auditId = await open()
  const recorded = await run(
    auditor,
    'recordFinding',
    'RecordFindingInput',
    '... on FindingRecorded { finding { id } }',
    { auditId, element: 'SECONDARY_DIAGNOSIS', kind: 'DELETE', suggestionId: suggestionIds[1], explanation: 'Not so.' },
  )
  await run(auditor, 'closeAudit', 'CloseAuditInput', '', { auditId, seenVersion: 2 })
  const seen = { findingId: (recorded.finding as { id: string }).id, seenVersion: 1, reason: 'FACILITY_POLICY' }
  return {
    closeAudit: { auditId: await open(), seenVersion: 1 },
    acknowledgeFinding: seen,
    disputeFinding: seen,
    escalateFinding: seen,
    answerDispute: seen,
    decideDispute: seen,
  }
}

/** What a command is given besides what it has in common with others; one person by an identifier where it looks for one. */
function givenTo(type: GraphQLInputObjectType, name: string): Input {
  const { patient } = type.getFields()
  const looksUp = patient && getNamedType(patient.type).name === 'PatientLookupInput'
  return { ...(looksUp && { patient: own.lookup }), ...own.byCommand[name] }
}

/** Ids of the chart's own things, and of everybody else's. */
async function idsFor(name: string): Promise<{ given: Input; ids: string[] }> {
  const { ownerSql } = world.server.db
  const chartId = world.charts.get(name)!
  const one = async (table: string, where = 'chart_id = $1'): Promise<string | undefined> =>
    (await ownerSql.unsafe<{ id: string }[]>(`select id from ${table} where ${where} limit 1`, [chartId]))[0]?.id
  const other = world.charts.get('second look')!
  const foreign = world.charts.get('strange')!
  const ids = await ownerSql<{ id: string }[]>`
    select id from chart where id in (${other}, ${foreign})
    union all select id from document where chart_id in (${other}, ${foreign})
    union all select id from document_version where chart_id in (${other}, ${foreign})
    union all select id from suggestion where chart_id in (${other}, ${foreign})
    union all select id from comment where chart_id in (${other}, ${foreign})
    union all select id from pend where chart_id in (${other}, ${foreign})
    union all select id from facility union all select id from queue union all select id from audit`
  const lines = await ownerSql<
    { id: string }[]
  >`select id from suggestion where chart_id = ${chartId} and status = 'ACCEPTED'`
  return {
    given: {
      chartId,
      documentId: await one('document'),
      versionId: await one('document_version'),
      suggestionId: await one('suggestion'),
      commentId: await one('comment', 'chart_id = $1 and parent_id is null'),
      auditId: await one('audit'),
      suggestionIds: lines.map((line) => line.id),
      facilityId: world.server.demo.harbor.facilities.north,
      queueId: world.server.demo.harbor.queues.Inpatient,
      code: 'E11.9',
      field: 'PAYER',
      decision: 'ACCEPT',
      system: 'ICD10CM',
      evidence: [{ versionId: await one('document_version'), start: 0, end: 5 }],
      modifiers: ['25'],
      patient: {
        familyName: 'Quillfeather',
        givenNames: ['Ottoline'],
        birthDate: '1944-11-02',
        identifiers: [{ assigner: 'urn:oid:2.16.840.1.113883.19.5', type: 'MRN', value: randomUUID() }],
      },
      encounter: { accountNumber: randomUUID(), patientClass: 'INPATIENT', dischargedAt: '2026-03-15T12:00:00Z' },
      documents: [],
    },
    ids: ids.map((row) => row.id),
  }
}

/** Everything that is kept of a chart, in one number: rows by table, sealed bytes and all. */
async function fingerprints(): Promise<Map<string, string>> {
  const { ownerSql } = world.server.db
  const tables = await ownerSql<{ tableName: string }[]>`
    select distinct table_name from information_schema.columns where table_schema = 'public' and column_name = 'chart_id'`
  const prints = new Map<string, string>()
  for (const id of world.charts.values()) {
    const hash = createHash('sha256')
    for (const { tableName } of tables)
      for (const row of await ownerSql.unsafe<{ text: string }[]>(
        `select t::text as text from ${tableName} t where chart_id = $1 order by 1`,
        [id],
      ))
        hash.update(row.text)
    for (const row of await ownerSql<{ text: string }[]>`select c::text as text from chart c where id = ${id}`)
      hash.update(row.text)
    prints.set(id, hash.digest('hex'))
  }
  return prints
}
