import { randomUUID } from 'node:crypto'
import { openRequest } from '../../../server/auth/request.js'
import { findCharts } from '../../../server/charts/chart.store.js'
import { insertEvidence, insertOpportunity } from '../../../server/suggestions/suggestion.store.js'
import { DISCHARGE_SUMMARY, SUBMITTABLE } from '../../support/charts.js'
import type { TestPerson, TestServer } from '../../support/server.js'
import type { LoggedEvent, MatrixChart, Sent } from './model.js'
import type { Member } from './people.js'

export const CODER = 'coder2@demo.test'

/** A chart on which everything has happened: coded, talked about, submitted, exported, audited. */
export async function fillChart(
  server: TestServer,
  { person }: Member,
  memberId: string,
  audited: boolean,
): Promise<MatrixChart> {
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
  // To submit is to decide on all of them.
  if (!audited) await takeOver(server.demo.harbor.members[CODER]!.memberId)
  await run(decides, 'submitChart', 'SubmitChartInput', '... on SubmissionBlocked { edits { message } }', {
    chartId,
    seenCursor: cursor,
  })
  if (!audited) await takeOver(memberId)
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
    await closeAnother(server, run, chartId, line(1).id)
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

type Run = (
  who: TestPerson,
  name: string,
  inputType: string,
  selection: string,
  given: object,
) => Promise<Record<string, unknown>>

/** A second audit of the same submission, closed, with a finding that its coder holds for wrong. */
async function closeAnother(server: TestServer, run: Run, chartId: string, suggestionId: string): Promise<void> {
  const reviewer = await server.signInAs('reviewer@demo.test')
  const opened = await run(reviewer, 'openAudit', 'OpenAuditInput', '... on AuditOpened { audit { id } }', {
    chartId,
    reason: 'FOCUSED',
  })
  const auditId = (opened.audit as { id: string }).id
  const recorded = await run(
    reviewer,
    'recordFinding',
    'RecordFindingInput',
    '... on FindingRecorded { finding { id } }',
    {
      auditId,
      element: 'SECONDARY_DIAGNOSIS',
      kind: 'DELETE',
      suggestionId,
      guideline: 'III.B',
      explanation: 'Not so either.',
    },
  )
  await run(reviewer, 'closeAudit', 'CloseAuditInput', '', { auditId, seenVersion: 2 })
  await run(await server.signInAs(CODER), 'disputeFinding', 'DisputeFindingInput', '', {
    findingId: (recorded.finding as { id: string }).id,
    seenVersion: 1,
    reason: 'GUIDELINE_READ_OTHERWISE',
    comment: 'It is so.',
  })
}
