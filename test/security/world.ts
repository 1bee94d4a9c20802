import { randomUUID } from 'node:crypto'
import type { ChartFacts } from '../support/charts.js'
import { DISCHARGE_SUMMARY, SUBMITTABLE } from '../support/charts.js'
import { type TestPerson, type TestServer, type TestServerOptions, testServer } from '../support/server.js'

/**
 * Two tenants full of words that nobody could guess: every name, text, note and reason holds a canary, which says of
 * itself which chart it belongs to and which class of field it stands in.
 */

export const HARBOR = [
  'coder@demo.test',
  'coder2@demo.test',
  'reviewer@demo.test',
  'auditor@demo.test',
  'cdi@demo.test',
  'supervisor@demo.test',
  'compliance@demo.test',
  'privacy@demo.test',
  'admin@demo.test',
  'provider@demo.test',
] as const
export const LAKESIDE = 'lakeside@demo.test'
export const EVERYONE = [...HARBOR, LAKESIDE] as const
export type Account = (typeof EVERYONE)[number]

export type CanaryClass = 'ACCOUNT_REF' | 'IDENTITY' | 'CLINICAL' | 'QUALITY' | 'NOBODY'

export interface Canary {
  readonly word: string
  readonly chart: string
  readonly class: CanaryClass
}

/** Where a chart stands, for the table of who may see what. Written by the test, never read from the product. */
export interface Standing {
  readonly name: string
  readonly tenant: 'harbor' | 'lakeside'
  readonly facility: 'north' | 'south' | 'lake'
  /** Worked by the teams of its queue: every team works both. */
  readonly queued: boolean
  readonly restricted: boolean
  readonly hold: boolean
  /** An auditor recorded a finding on it. */
  readonly found?: boolean
  /** Whoever broke its glass reads it, and no comment on it. */
  readonly glass?: Account
  readonly coder: Account | null
  readonly parts: Readonly<Partial<Record<Account, 'SECOND_LOOK' | 'AUDITOR' | 'CDI'>>>
}

export interface SecretWorld {
  readonly server: TestServer
  readonly people: ReadonlyMap<Account, TestPerson>
  readonly as: (account: Account) => TestPerson
  readonly canaries: Canary[]
  readonly standings: Map<string, Standing>
  /** Chart ids by the name of their standing. */
  readonly charts: Map<string, string>
  readonly versions: Map<string, readonly string[]>
  /** Every mutation that was sent on the way here, to be sent again. */
  readonly sent: { readonly account: Account; readonly query: string; readonly variables: Record<string, unknown> }[]
  /** Every id there is, of whatever kind. */
  ids(): Promise<string[]>
  canary(chart: string, kind: CanaryClass): string
  /** One mutation that must succeed. @returns its outcome */
  run(account: Account, name: string, inputType: string, selection: string, input: object): Promise<Outcome>
}

export type Outcome = { readonly __typename: string } & Record<string, unknown>

/** coder2 works in no team, reviewer and compliance have no grant for the south, the auditor none for the north. */
export async function secretWorld(options: TestServerOptions = {}): Promise<SecretWorld> {
  const server = await testServer(options)
  const { ownerSql } = server.db
  const { harbor } = server.demo
  const member = (account: Account) => (harbor.members[account] ?? server.demo.lakeside.members[account])!.memberId
  await ownerSql`delete from team_member where member_id = ${member('coder2@demo.test')}`
  for (const [account, facility] of [
    ['reviewer@demo.test', 'south'],
    ['compliance@demo.test', 'south'],
    ['auditor@demo.test', 'north'],
  ] as const)
    await ownerSql`
      delete from member_facility where member_id = ${member(account)} and facility_id = ${harbor.facilities[facility]!}`

  const people = new Map<Account, TestPerson>()
  for (const account of EVERYONE) people.set(account, await server.signInAs(account))
  const canaries: Canary[] = []
  const standings = new Map<string, Standing>()
  const charts = new Map<string, string>()
  const versions = new Map<string, readonly string[]>()
  const sent: SecretWorld['sent'] = []

  const world: SecretWorld = {
    server,
    people,
    as: (account) => people.get(account)!,
    canaries,
    standings,
    charts,
    versions,
    sent,
    ids: () => everyId(server),
    canary(chart, kind) {
      const word = `Qz${randomUUID().replaceAll('-', '').slice(0, 14)}x`
      canaries.push({ word, chart, class: kind })
      return word
    },
    async run(account, name, inputType, selection, input) {
      const query = `mutation ($input: ${inputType}!) { ${name}(input: $input) { __typename ${selection} } }`
      const variables = { input: { commandId: randomUUID(), ...input } }
      sent.push({ account, query, variables })
      const answer = await people.get(account)!.graphql(query, variables)
      if (answer.errors) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`)
      const outcome = answer.data![name] as Outcome
      if (outcome.__typename === 'CommandInvalid') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
      return outcome
    },
  }
  await fill(world)
  return world
}

async function fill(world: SecretWorld): Promise<void> {
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

interface Plan extends Partial<Omit<Standing, 'name'>> {
  readonly name: string
  readonly submittable?: boolean
  /** The class of the canaries of a second document. */
  readonly secondDocument?: CanaryClass
}

export async function plant(world: SecretWorld, plan: Plan) {
  const { name, tenant = 'harbor', facility = 'north', queued = true, coder = null, parts = {} } = plan
  const { canary, server } = world
  const standing = {
    name,
    tenant,
    facility,
    queued,
    coder,
    parts,
    restricted: plan.restricted ?? false,
    hold: false,
    found: plan.found ?? false,
    ...(plan.glass && { glass: plan.glass }),
  }
  world.standings.set(name, standing)
  const document = (kind: CanaryClass) => ({
    title: `Note ${canary(name, kind)}`,
    authorName: `Dr. ${canary(name, kind)}`,
    text: `${DISCHARGE_SUMMARY}\nSeen with ${canary(name, kind)}.\n`,
  })
  const facts: ChartFacts = {
    organisation: tenant,
    facility,
    queue: queued ? 'Inpatient' : null,
    coder,
    restricted: standing.restricted,
    accountNumber: canary(name, 'ACCOUNT_REF'),
    payer: canary(name, 'ACCOUNT_REF'),
    disposition: plan.submittable ? '01' : canary(name, 'CLINICAL'),
    attendingProvider: canary(name, 'CLINICAL'),
    totalChargesCents: 4_711_00,
    patient: {
      familyName: canary(name, 'IDENTITY'),
      givenNames: [canary(name, 'IDENTITY')],
      identifiers: [{ assigner: `urn:${canary(name, 'IDENTITY')}`, type: 'MRN', value: canary(name, 'IDENTITY') }],
    },
    documents: [document('CLINICAL'), ...(plan.secondDocument ? [document(plan.secondDocument)] : [])],
    lines: plan.submittable
      ? SUBMITTABLE.map((line) => ({
          ...line,
          reason: canary(name, 'CLINICAL'),
          performer: canary(name, 'CLINICAL'),
        }))
      : [
          { code: 'I10', reason: canary(name, 'CLINICAL'), evidence: [{ words: 'Essential hypertension' }] },
          { code: 'J18.9', reason: canary(name, 'CLINICAL'), evidence: [{ words: 'Community-acquired pneumonia' }] },
          { code: 'E11.9', reason: canary(name, 'CLINICAL') },
        ],
  }
  const added = await server.addChart(facts)
  world.charts.set(name, added.chartId)
  world.versions.set(
    name,
    added.documents.map((d) => d.versionId),
  )
  for (const [account, part] of Object.entries(parts))
    if (part === 'CDI') await join(world, added.chartId, account, part)
  return {
    name,
    id: added.chartId,
    suggestionIds: added.suggestionIds,
    documentIds: added.documents.map((d) => d.documentId),
  }
}

/** No command makes a CDI specialist of a chart; its assignment stands here as one would. */
async function join({ server }: SecretWorld, chartId: string, account: string, part: string): Promise<void> {
  const { organisationId, members } = server.demo.harbor
  await server.db.ownerSql`
    insert into assignment (org_id, id, chart_id, member_id, part, started_at)
    values (${organisationId}, ${randomUUID()}, ${chartId}, ${members[account]!.memberId}, ${part}, now())`
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

/** Bytes that wait to be imported. @returns the upload's id */
export async function upload(world: SecretWorld, account: Account, bytes: string | Uint8Array): Promise<string> {
  const created = await world
    .as(account)
    .graphql('mutation ($input: CreateUploadInput!) { createUpload(input: $input) { uploadId url } }', {
      input: { byteSize: Buffer.byteLength(bytes) },
    })
  const { uploadId, url } = created.data!.createUpload as { uploadId: string; url: string }
  const put = await fetch(new URL(url, world.server.url), { method: 'PUT', body: bytes as BodyInit })
  if (put.status !== 201) throw new Error(`upload: ${put.status} ${await put.text()}`)
  return uploadId
}

export async function cursorOf(world: SecretWorld, account: Account, chartId: string): Promise<string> {
  const answer = await world.as(account).graphql('query ($id: ID!) { chart(id: $id) { cursor } }', { id: chartId })
  return (answer.data!.chart as { cursor: string }).cursor
}

/** Every uuid that stands in any column of the database, and so every id somebody could have overheard. */
async function everyId({ db }: TestServer): Promise<string[]> {
  const columns = await db.ownerSql<{ tableName: string; columnName: string }[]>`
    select table_name, column_name from information_schema.columns
    where table_schema = 'public' and data_type = 'uuid'`
  const ids = new Set<string>()
  for (const { tableName, columnName } of columns)
    for (const row of await db.ownerSql.unsafe<{ id: string | null }[]>(
      `select distinct ${columnName} as id from ${tableName}`,
    ))
      if (row.id) ids.add(row.id)
  return [...ids]
}

// ---- who may see what ---------------------------------------------------------------------------------------------

/**
 * design.md section 3, written down once more: from the roles and parts above alone. Sees a chart at all; then identity
 * and clinical content with a part on it, accounts by role, quality under review, names in an identity hold.
 */
export function mayRead(account: Account | 'nobody', standing: Standing, kind: CanaryClass): boolean {
  if (account === 'nobody' || kind === 'NOBODY') return false
  if ((account === LAKESIDE) !== (standing.tenant === 'lakeside')) return false
  const role = ROLE_OF[account]
  const part = standing.coder === account ? 'CODER' : standing.parts[account]
  if (NO_GRANT[account] === standing.facility) return false
  if (standing.restricted && !part) return false
  switch (kind) {
    case 'ACCOUNT_REF':
      if (role === 'CODER' || role === 'CDI')
        return part !== undefined || (standing.queued && account !== 'coder2@demo.test')
      if (role === 'PRIVACY_OFFICER') return standing.hold
      return role === 'AUDITOR' || role === 'SUPERVISOR' || role === 'COMPLIANCE'
    case 'IDENTITY':
      return part !== undefined || standing.glass === account || (role === 'PRIVACY_OFFICER' && standing.hold)
    case 'CLINICAL':
      // Post-bill findings: compliance reads what they rest on.
      return part !== undefined || standing.glass === account || (role === 'COMPLIANCE' && standing.found === true)
    case 'QUALITY':
      return role === 'COMPLIANCE' || part === 'AUDITOR' || part === 'SECOND_LOOK'
  }
}

const ROLE_OF: Readonly<Record<Account, string>> = {
  'coder@demo.test': 'CODER',
  'coder2@demo.test': 'CODER',
  'reviewer@demo.test': 'AUDITOR',
  'auditor@demo.test': 'AUDITOR',
  'cdi@demo.test': 'CDI',
  'supervisor@demo.test': 'SUPERVISOR',
  'compliance@demo.test': 'COMPLIANCE',
  'privacy@demo.test': 'PRIVACY_OFFICER',
  'admin@demo.test': 'ADMIN',
  'provider@demo.test': 'PROVIDER',
  'lakeside@demo.test': 'CODER',
}

const NO_GRANT: Readonly<Partial<Record<Account, string>>> = {
  'reviewer@demo.test': 'south',
  'compliance@demo.test': 'south',
  'auditor@demo.test': 'north',
}

/** Canaries in what somebody received that they may not have. */
export function leaks(world: SecretWorld, account: Account | 'nobody', bytes: string): Canary[] {
  return world.canaries.filter(
    ({ word, chart, class: kind }) => bytes.includes(word) && !mayRead(account, world.standings.get(chart)!, kind),
  )
}
