import { DISCHARGE_SUMMARY } from '../support/charts.js'
import { plant } from './plant.js'
import { type Account, LAKESIDE } from './standings.js'
import { upload } from './upload.js'
import type { SecretWorld } from './world.js'

/** What happened in both tenants: everything that is written leaves a canary. */

export async function fill(world: SecretWorld): Promise<void> {
  const { run, canary } = world
  const claimed = await plant(world, { name: 'claimed', coder: 'coder@demo.test', parts: { 'cdi@demo.test': 'CDI' } })
  await plant(world, { name: 'waiting', coder: null })
  await plant(world, { name: 'southern', coder: 'coder2@demo.test', facility: 'south', queued: false })
  await plant(world, { name: 'restricted', coder: 'coder2@demo.test', restricted: true })
  await plant(world, { name: 'strange', tenant: 'lakeside', facility: 'lake', coder: LAKESIDE })
  await plant(world, { name: 'strange waiting', tenant: 'lakeside', facility: 'lake', coder: null })

  await work(world, 'coder@demo.test', claimed.name, claimed.id)
  await work(world, LAKESIDE, 'strange', world.charts.get('strange')!)
  await work(world, 'coder2@demo.test', 'restricted', world.charts.get('restricted')!)

  // A second-level reviewer on a chart in coding.
  const second = await plant(world, {
    name: 'second look',
    coder: 'coder@demo.test',
    parts: { 'reviewer@demo.test': 'SECOND_LOOK' },
  })
  await run('reviewer@demo.test', 'openSecondLook', 'ChartCommandInput', '', { chartId: second.id })
  await run('reviewer@demo.test', 'addComment', 'AddCommentInput', '', {
    chartId: second.id,
    body: `Please look again ${canary('second look', 'CLINICAL')}`,
  })

  // Submitted, audited with a finding, exported both ways. Of the south, which is where the auditor has a grant.
  const audited = await plant(world, {
    name: 'audited',
    coder: 'coder@demo.test',
    facility: 'south',
    parts: { 'auditor@demo.test': 'AUDITOR' },
    submittable: true,
    found: true,
  })
  await run('coder@demo.test', 'submitChart', 'SubmitChartInput', '', {
    chartId: audited.id,
    seenCursor: await cursorOf(world, 'coder@demo.test', audited.id),
  })
  const opened = await run('auditor@demo.test', 'openAudit', 'OpenAuditInput', '... on AuditOpened { audit { id } }', {
    chartId: audited.id,
    reason: 'PRE_BILL',
  })
  await run('auditor@demo.test', 'recordFinding', 'RecordFindingInput', '', {
    auditId: (opened.audit as { id: string }).id,
    element: 'SECONDARY_DIAGNOSIS',
    kind: 'CHANGE',
    suggestionId: audited.suggestionIds[1],
    guideline: canary('audited', 'QUALITY'),
    explanation: `Not so ${canary('audited', 'QUALITY')}`,
  })
  for (const format of ['CSV', 'FHIR_R4'])
    await run('coder@demo.test', 'exportChart', 'ExportChartInput', '', { chartId: audited.id, format })

  // Words of another patient: hidden for everyone, whoever they are.
  const mixed = await plant(world, { name: 'mixed up', coder: 'coder@demo.test', secondDocument: 'NOBODY' })
  await run('coder@demo.test', 'withdrawDocument', 'WithdrawDocumentInput', '', {
    documentId: mixed.documentIds[1],
    reason: 'WRONG_PATIENT',
  })

  // Came in over the API; coded, and then given back to its worklist: its coder is again one of many.
  const returned = await plant(world, { name: 'given back', coder: null, queued: true })
  await run('coder@demo.test', 'claimChart', 'ChartCommandInput', '', { chartId: returned.id })
  await work(world, 'coder@demo.test', 'given back', returned.id)
  await run('coder@demo.test', 'unpendChart', 'UnpendChartInput', '', { chartId: returned.id })
  await run('coder@demo.test', 'releaseChart', 'ChartCommandInput', '', { chartId: returned.id })
  await importHeld(world)
}

/** Everything that a coder writes on a chart. */
async function work(world: SecretWorld, coder: Account, name: string, chartId: string): Promise<void> {
  const { run, canary } = world
  const answer = await world
    .as(coder)
    .graphql(
      `query ($id: ID!) { chart(id: $id) { order { version } suggestions { id version code } edits { key overridable } } }`,
      { id: chartId },
    )
  const chart = answer.data!.chart as {
    suggestions: { id: string; version: number; code: string }[]
    edits: { key: string; overridable: boolean }[]
  }
  const line = (code: string) => chart.suggestions.find((s) => s.code === code)!
  await run(coder, 'decideOnSuggestion', 'DecideOnSuggestionInput', '', {
    suggestionId: line('I10').id,
    seenVersion: line('I10').version,
    decision: 'ACCEPT',
    poa: 'Y',
  })
  await run(coder, 'decideOnSuggestion', 'DecideOnSuggestionInput', '', {
    suggestionId: line('E11.9').id,
    seenVersion: line('E11.9').version,
    decision: 'REJECT',
    reason: `Ruled out ${canary(name, 'CLINICAL')}`,
  })
  await run(coder, 'setAbstract', 'SetAbstractInput', '', {
    chartId,
    field: 'OPERATING_PROVIDER',
    seenVersion: 1,
    value: canary(name, 'CLINICAL'),
  })
  await run(coder, 'setAbstract', 'SetAbstractInput', '', {
    chartId,
    field: 'SERVICE_LINE',
    seenVersion: 1,
    value: canary(name, 'ACCOUNT_REF'),
  })
  const comment = await run(coder, 'addComment', 'AddCommentInput', '... on CommentSaved { comment { id } }', {
    chartId,
    suggestionId: line('I10').id,
    body: `Is it ${canary(name, 'CLINICAL')}?`,
  })
  await run(coder, 'addComment', 'AddCommentInput', '', {
    chartId,
    parentId: (comment.comment as { id: string }).id,
    body: `It is ${canary(name, 'CLINICAL')}.`,
  })
  const edited = await world
    .as(coder)
    .graphql('query ($id: ID!) { chart(id: $id) { edits { key overridable } } }', { id: chartId })
  const edit = (edited.data!.chart as typeof chart).edits.find((e) => e.overridable)
  if (edit)
    await run(coder, 'overrideEdit', 'OverrideEditInput', '', {
      chartId,
      editKey: edit.key,
      reason: `Stands as it is ${canary(name, 'CLINICAL')}`,
    })
  await run(coder, 'pendChart', 'PendChartInput', '', {
    chartId,
    reason: 'OTHER',
    note: `Waiting for ${canary(name, 'CLINICAL')}`,
  })
}

/** Imported over the API under the record number of somebody born on another day. */
async function importHeld(world: SecretWorld): Promise<void> {
  const { run, canary, server } = world
  const name = 'held'
  world.standings.set(name, {
    name,
    tenant: 'harbor',
    facility: 'north',
    queued: true,
    restricted: false,
    hold: true,
    coder: null,
    parts: {},
  })
  const mrn = canary(name, 'IDENTITY')
  const send = async (birthDate: string, kind: IdentityKind): Promise<void> => {
    const chart = kind === 'held' ? name : 'before held'
    const text = `${DISCHARGE_SUMMARY}\nCame with ${canary(chart, 'CLINICAL')}.`
    const saved = await run(
      'coder@demo.test',
      'importChart',
      'ImportChartInput',
      '... on ChartSaved { chart { id } }',
      {
        facilityId: server.demo.harbor.facilities.north,
        queueId: server.demo.harbor.queues.Inpatient,
        patient: {
          familyName: canary(chart, 'IDENTITY'),
          givenNames: [canary(chart, 'IDENTITY')],
          birthDate,
          sex: 'FEMALE',
          identifiers: [{ assigner: 'urn:oid:2.16.840.1.113883.19.5', type: 'MRN', value: mrn }],
        },
        encounter: {
          accountNumber: canary(chart, 'ACCOUNT_REF'),
          payer: canary(chart, 'ACCOUNT_REF'),
          patientClass: 'INPATIENT',
          admittedAt: '2026-03-09T22:25:00Z',
          dischargedAt: '2026-03-15T18:30:00Z',
          attendingProvider: canary(chart, 'CLINICAL'),
          disposition: '01',
        },
        documents: [
          {
            title: `Note ${canary(chart, 'CLINICAL')}`,
            type: 'DISCHARGE_SUMMARY',
            authorRole: 'ATTENDING',
            authorName: canary(chart, 'CLINICAL'),
            signed: true,
            encounterPart: 'AT_DISCHARGE',
            uploadId: await upload(world, 'coder@demo.test', text),
          },
        ],
      },
    )
    world.charts.set(chart, (saved.chart as { id: string }).id)
  }
  world.standings.set('before held', { ...world.standings.get(name)!, name: 'before held', hold: false })
  await send('1950-01-02', 'known')
  await send('1971-12-30', 'held')
}

type IdentityKind = 'known' | 'held'

export async function cursorOf(world: SecretWorld, account: Account, chartId: string): Promise<string> {
  const answer = await world.as(account).graphql('query ($id: ID!) { chart(id: $id) { cursor } }', { id: chartId })
  return (answer.data!.chart as { cursor: string }).cursor
}
