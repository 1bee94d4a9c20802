import { randomUUID } from 'node:crypto'
import { textPdf } from '../documents/intake/support.js'
import { cursorOf } from './fill.js'
import { plant } from './plant.js'
import { upload } from './upload.js'
import type { SecretWorld } from './world.js'

const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'
const AUDITOR = 'auditor@demo.test'
const CODER = 'coder@demo.test'
const PRIVACY = 'privacy@demo.test'
const SUPERVISOR = 'supervisor@demo.test'

/**
 * What is written beside the coding of charts: why a glass was broken and what its review says, consents and restrictions
 * with the words of people, requests, uploads nobody has imported yet. Every matter is closed, so that the words of none
 * are anybody's any more: whoever is told one is told too much.
 */
export async function fillOffices(world: SecretWorld): Promise<void> {
  await breakAndReview(world)
  await consentAndWithdraw(world)
  await restrictAndLift(world)
  await requestAndClose(world)
  await leaveAnUpload(world)
  await findAnOpportunity(world)
  await overrideAnEdit(world)
  await importAFile(world)
  await disputeAFinding(world)
}

/** An audit that was closed against its coder, who says why not. */
export async function disputeAFinding(world: SecretWorld): Promise<void> {
  const { run, canary, server } = world
  const judged = await plant(world, {
    name: 'judged',
    coder: CODER,
    facility: 'south',
    parts: { [AUDITOR]: 'AUDITOR' },
    submittable: true,
    found: true,
  })
  const chartId = judged.id
  const seenCursor = await cursorOf(world, CODER, chartId)
  await run(CODER, 'submitChart', 'SubmitChartInput', '', { chartId, seenCursor })
  const audit = '... on AuditOpened { audit { id } }'
  const opened = await run(AUDITOR, 'openAudit', 'OpenAuditInput', audit, { chartId, reason: 'PRE_BILL' })
  const auditId = (opened.audit as { id: string }).id
  await run(AUDITOR, 'recordFinding', 'RecordFindingInput', '', {
    auditId,
    element: 'SECONDARY_DIAGNOSIS',
    kind: 'CHANGE',
    suggestionId: judged.suggestionIds[1],
    guideline: 'III.B',
    explanation: 'Not so.',
  })
  // The ledger as it stands with one finding in it.
  await run(AUDITOR, 'closeAudit', 'CloseAuditInput', '', { auditId, seenVersion: 2 })
  const [finding] = await server.db.ownerSql<{ id: string }[]>`select id from finding where audit_id = ${auditId}`
  await run(CODER, 'disputeFinding', 'DisputeFindingInput', '', {
    findingId: finding!.id,
    seenVersion: 1,
    reason: 'GUIDELINE_READ_OTHERWISE',
    comment: `It says ${canary('judged', 'RESULT')}`,
  })
}

async function breakAndReview(world: SecretWorld): Promise<void> {
  const { run, canary, charts } = world
  await plant(world, { name: 'broken into', coder: null, glass: SUPERVISOR })
  const broken = await run(SUPERVISOR, 'breakGlass', 'BreakGlassInput', '... on GlassBroken { breakGlass { id } }', {
    chartId: charts.get('broken into'),
    reason: 'DEADLINE',
    note: `Nobody is here ${canary('broken into', 'NOBODY')}`,
  })
  await run(PRIVACY, 'reviewBreakGlass', 'ReviewBreakGlassInput', '', {
    breakGlassId: (broken.breakGlass as { id: string }).id,
    verdict: 'JUSTIFIED',
    note: `Rightly so ${canary('broken into', 'NOBODY')}`,
  })
}

async function consentAndWithdraw(world: SecretWorld): Promise<void> {
  const { run, canary } = world
  const word = () => canary('broken into', 'NOBODY')
  const elements = {
    description: `The summary of ${word()}`,
    disclosers: [{ kind: 'COVERED_ENTITY', name: `North ${word()}` }],
    recipients: [{ kind: 'HEALTH_PLAN', name: `Plan ${word()}` }],
    purposes: ['PAYMENT'],
    expiresAt: '2199-01-01T00:00:00.000Z',
    signature: { signedOn: '2026-01-05', signedBy: `Signed ${word()}` },
    statements: { revocation: true, conditioning: true, redisclosure: true },
    plainLanguage: true,
    textVersion: '2026-01',
  }
  const saved = '... on ConsentSaved { consent { id version } }'
  const patient = patientOf(world)
  const recorded = await run(PRIVACY, 'recordConsent', 'RecordConsentInput', saved, {
    patient,
    kind: 'HIPAA_AUTHORIZATION',
    elements,
  })
  const consentId = (recorded.consent as { id: string }).id
  await run(PRIVACY, 'activateConsent', 'ConsentCommandInput', saved, { consentId, seenVersion: 1 })
  await run(PRIVACY, 'withdrawConsent', 'WithdrawConsentInput', saved, {
    consentId,
    seenVersion: 2,
    inWriting: true,
    receivedAt: new Date(Date.now() - 1_000).toISOString(),
    note: `By letter ${word()}`,
  })
}

async function restrictAndLift(world: SecretWorld): Promise<void> {
  const { run, canary } = world
  const saved = '... on RestrictionSaved { restriction { id version } }'
  const added = await run(PRIVACY, 'addRestriction', 'AddRestrictionInput', saved, {
    patient: patientOf(world),
    selfPay: false,
    recipients: [{ kind: 'HEALTH_PLAN', name: `Plan ${canary('broken into', 'NOBODY')}` }],
    words: `Do not tell them ${canary('broken into', 'NOBODY')}`,
  })
  await run(PRIVACY, 'liftRestriction', 'LiftRestrictionInput', saved, {
    restrictionId: (added.restriction as { id: string }).id,
    seenVersion: 1,
    reason: 'ASKED_IN_WRITING',
    note: `Letter ${canary('broken into', 'NOBODY')}`,
  })
}

async function requestAndClose(world: SecretWorld): Promise<void> {
  const { run, canary } = world
  const saved = '... on PrivacyRequestSaved { request { id version } }'
  const opened = await run(PRIVACY, 'openPrivacyRequest', 'OpenPrivacyRequestInput', saved, {
    patient: patientOf(world),
    kind: 'ACCESS',
    requester: 'INDIVIDUAL',
    receivedOn: new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10),
    details: `A copy please ${canary('broken into', 'NOBODY')}`,
  })
  const { id, version } = opened.request as { id: string; version: number }
  // The copy that was made is sealed beside the request, and nobody's any more once it is closed.
  const officer = world.server.demo.harbor.members[PRIVACY]!.memberId
  const steps: readonly (readonly [name: string, input: object])[] = [
    ['assignPrivacyRequest', { memberId: officer }],
    ['decidePrivacyRequest', { decision: 'GRANTED', statement: `Granted ${canary('broken into', 'NOBODY')}` }],
    ['fulfilPrivacyRequest', {}],
    ['closePrivacyRequest', { reason: 'ANSWERED' }],
  ]
  for (const [i, [name, input]] of steps.entries())
    await run(PRIVACY, name, `${name[0]!.toUpperCase()}${name.slice(1)}Input`, saved, {
      requestId: id,
      seenVersion: version + i,
      ...input,
    })
}

async function leaveAnUpload(world: SecretWorld): Promise<void> {
  await upload(world, CODER, `Not yet imported ${world.canary('claimed', 'NOBODY')}`)
}

/** As the engine finds one: its worker does not run here. */
async function findAnOpportunity({ server, canary, charts }: SecretWorld): Promise<void> {
  const id = randomUUID()
  const [chart] = await server.db.ownerSql<{ orgId: string; patientId: string; kekId: string; wrapped: Uint8Array }[]>`
    select c.org_id, c.patient_id, k.kek_id, k.wrapped from chart c
    join patient_key k on k.org_id = c.org_id and k.patient_id = c.patient_id where c.id = ${charts.get('claimed')!}`
  const { orgId, patientId } = chart!
  const reason = server.db.vault
    .sealer(orgId, patientId, chart!)
    .seal(`query_opportunity.reason/${id}`, `It is not said whether ${canary('claimed', 'CLINICAL')}`)
  await server.db.ownerSql`
    insert into query_opportunity (org_id, id, chart_id, topic, reason, created_at)
    values (${orgId}, ${id}, ${charts.get('claimed')!}, 'HEART_FAILURE', ${reason}, now())`
}

/** Two codes that exclude each other, let stand with a reason. */
async function overrideAnEdit({ run, as, canary, charts }: SecretWorld): Promise<void> {
  const chartId = charts.get('second look')!
  for (const code of ['E10.9', 'E11.9'])
    await run(CODER, 'addSuggestion', 'AddSuggestionInput', '', { chartId, system: 'ICD10CM', code, poa: 'Y' })
  const { data } = await as(CODER).graphql('query ($id: ID!) { chart(id: $id) { edits { key overridable } } }', {
    id: chartId,
  })
  const edits = (data!.chart as { edits: { key: string; overridable: boolean }[] }).edits
  await run(CODER, 'overrideEdit', 'OverrideEditInput', '', {
    chartId,
    editKey: edits.find((edit) => edit.overridable)!.key,
    reason: `Both are right ${canary('second look', 'CLINICAL')}`,
  })
}

/** A file whose bytes are kept as they came, with a word in its text that stands in its bytes too. */
async function importAFile(world: SecretWorld): Promise<void> {
  const { run, canary, charts, standings, server } = world
  const name = 'came as a file'
  standings.set(name, {
    name,
    tenant: 'harbor',
    facility: 'north',
    queued: true,
    restricted: false,
    hold: false,
    coder: CODER,
    parts: {},
  })
  const word = canary(name, 'CLINICAL')
  const pdf = await textPdf([[{ text: `Seen with ${word} and essential hypertension.`, x: 72, y: 100 }]])
  const saved = await run(CODER, 'importChart', 'ImportChartInput', '... on ChartSaved { chart { id } }', {
    facilityId: server.demo.harbor.facilities.north,
    queueId: server.demo.harbor.queues.Inpatient,
    patient: {
      familyName: canary(name, 'IDENTITY'),
      givenNames: [canary(name, 'IDENTITY')],
      birthDate: '1962-04-05',
      sex: 'MALE',
      identifiers: [{ assigner: ASSIGNER, type: 'MRN', value: canary(name, 'IDENTITY') }],
    },
    encounter: {
      accountNumber: canary(name, 'ACCOUNT_REF'),
      patientClass: 'INPATIENT',
      admittedAt: '2026-03-09T22:25:00Z',
      dischargedAt: '2026-03-15T18:30:00Z',
    },
    documents: [
      {
        title: `File ${canary(name, 'CLINICAL')}`,
        type: 'DISCHARGE_SUMMARY',
        authorRole: 'ATTENDING',
        signed: true,
        encounterPart: 'AT_DISCHARGE',
        uploadId: await upload(world, CODER, Buffer.concat([pdf, Buffer.from(`\n% ${word}\n`)])),
      },
    ],
  })
  const chartId = (saved.chart as { id: string }).id
  charts.set(name, chartId)
  await run(CODER, 'claimChart', 'ChartCommandInput', '', { chartId })
}

/** By which a privacy officer finds the person of the broken chart. */
export function patientOf({ server, canaries }: SecretWorld): object {
  const [, , assigner, value] = canaries.filter(
    ({ chart, class: kind }) => chart === 'broken into' && kind === 'IDENTITY',
  )
  return {
    facilityId: server.demo.harbor.facilities.north!,
    identifier: { assigner: `urn:${assigner!.word}`, type: 'MRN', value: value!.word },
  }
}
