import { randomUUID } from 'node:crypto'
import { grantApproved } from '../../server/accounts/index.js'
import { APPROVAL_EFFECTS } from '../../server/approvals/index.js'
import { CLOCK, type Claims, DATABASE, openRequest, type Request } from '../../server/auth/request.js'
import type { Session } from '../../server/auth/session.js'
import { BREAK_GLASS_ALERT } from '../../server/charts/breakGlass.alert.js'
import type { ChartRow } from '../../server/charts/chart.model.js'
import { findCharts, startAssignment } from '../../server/charts/chart.store.js'
import { sealerOf } from '../../server/charts/chartCommand.js'
import { chartEvent } from '../../server/charts/chartOutcome.js'
import { PART2_BASIS } from '../../server/charts/part2Basis.js'
import type { EventPayload, EvidenceView } from '../../server/charts/views.model.js'
import { buildStarter, createCodeSets, openArtefact, starterFiles } from '../../server/codesets/index.js'
import type { CodeSets } from '../../server/codesets/model.js'
import { CODE_SETS } from '../../server/codesets/service.js'
import { part2Basis, qualifiedServiceApproved } from '../../server/consents/index.js'
import { documentViewsOf, insertDocument } from '../../server/documents/document.store.js'
import { FHIR_VALIDATOR } from '../../server/exports/service.js'
import { createFhirValidator } from '../../server/exports/validateFhir.js'
import { type Clock, fixedClock } from '../../server/kernel/clock.js'
import { newId } from '../../server/kernel/ids.js'
import { Services } from '../../server/kernel/services.js'
import { Hub } from '../../server/live/hub.js'
import { appendEvents, createStream, type NewEvent } from '../../server/live/log.js'
import { HUB, startWaker, WAKER } from '../../server/live/wake.js'
import { FEEDS } from '../../server/review/chartFeed.js'
import { type Identifier, insertPatient } from '../../server/patients/index.js'
import { patientDeletionApproved } from '../../server/retention/index.js'
import { submitChart } from '../../server/submissions/submitChart.command.js'
import { defaultRole, kindOfSystem, type Line } from '../../server/suggestions/model.js'
import { insertEvidence, insertLine } from '../../server/suggestions/suggestion.store.js'
import { citedBy, loadWorkingSet, viewOf } from '../../server/suggestions/workingSet.js'
import { createTrail, TRAIL } from '../../server/trail/writer.js'
import { VAULT } from '../../server/vault/service.js'
import { type PeopleWorld, peopleWorld } from './people.js'

/** The demo organisations with everything that a command on a chart asks for. */
export interface ChartWorld extends PeopleWorld {
  readonly services: Services
  readonly clock: Clock & { advance(ms: number): void }
  readonly hub: Hub
  /** What an operator was told, in order. */
  readonly alerts: readonly string[]
  /** By account: what an access token of that person says. */
  readonly claims: ReadonlyMap<string, Claims>
}

/** Stands still at the moment it was made until a test moves it. Sign-ins last for a year. */
export async function chartWorld(start: Date = new Date()): Promise<ChartWorld> {
  const people = await peopleWorld()
  const { database } = people.db
  const clock = fixedClock(start)
  const hub = new Hub()
  const waker = await startWaker(database, hub, people.db.vault, (what) => void people.errors.push(new Error(what)))
  const validator = createFhirValidator()
  const alerts: string[] = []
  const trail = createTrail({ database, clock, onTrouble: (error) => void people.errors.push(error) })
  const services = new Services()
    .provide(DATABASE, database)
    .provide(CLOCK, clock)
    .provide(VAULT, people.db.vault)
    .provide(HUB, hub)
    .provide(FEEDS, new Map())
    .provide(WAKER, waker)
    .provide(CODE_SETS, starterCodeSets)
    .provide(FHIR_VALIDATOR, validator)
    .provide(TRAIL, trail)
    .provide(APPROVAL_EFFECTS, {
      OWN_GRANT: grantApproved,
      PATIENT_DELETION: patientDeletionApproved,
      QUALIFIED_SERVICE: qualifiedServiceApproved,
    })
    .provide(PART2_BASIS, part2Basis)
    .provide(BREAK_GLASS_ALERT, (what) => void alerts.push(what))
  return {
    ...people,
    services,
    clock,
    hub,
    alerts,
    claims: await signEveryoneIn(people, start),
    async close() {
      await Promise.all([waker.close(), validator.close(), trail.close()])
      people.db.tripwire?.hear('alerts', alerts)
      await people.close()
    },
  }
}

/** One operation of one person, such as `coder@demo.test`. A command closes what it opens; close what `reading` opened. */
export function requestAs(world: ChartWorld, email: string): Request {
  const claims = world.claims.get(email)
  if (!claims) throw new Error(`no demo account ${email}`)
  return openRequest(world.services, claims)
}

export const memberId = (world: ChartWorld, email: string): string => {
  const member = world.demo.harbor.members[email] ?? world.demo.lakeside.members[email]
  if (!member) throw new Error(`no demo account ${email}`)
  return member.memberId
}

export interface DocumentFacts {
  readonly title?: string
  readonly type?: string
  readonly authorName?: string | null
  readonly authorRole?: string
  readonly authoredAt?: string | null
  readonly signed?: boolean
  readonly encounterPart?: string
  readonly labels?: Parameters<typeof insertDocument>[3]['labels']
  readonly text?: string
  readonly scan?: boolean
  readonly pages?: readonly { readonly number: number; readonly start: number; readonly end: number }[]
}

/** A line and where it stands: `words` are looked for in the text of the document at `document` (0 where left out). */
export interface LineFacts extends Partial<Omit<Line, 'id' | 'chartId' | 'code' | 'decidedBy' | 'authorId'>> {
  readonly code: string
  /** Account of whoever decided it; the coder of the chart where it is accepted and this is left out. */
  readonly decidedBy?: string
  readonly authorId?: string | null
  readonly evidence?: readonly { readonly document?: number; readonly words?: string; readonly page?: number }[]
}

export interface ChartFacts {
  readonly organisation?: 'harbor' | 'lakeside'
  /** Key of the facility; the organisation's first where left out. */
  readonly facility?: string
  /** Name of the queue; null for none. */
  readonly queue?: string | null
  /** Account of the coder of record, who then has an assignment; null for a waiting chart. */
  readonly coder?: string | null
  /** READY for a waiting chart and IN_CODING for a claimed one where left out. */
  readonly status?: ChartRow['status']
  readonly patientClass?: ChartRow['patientClass']
  readonly admittedAt?: Date | null
  readonly dischargedAt?: Date | null
  readonly serviceDate?: string | null
  readonly restricted?: boolean
  readonly identityHold?: boolean
  readonly accountNumber?: string
  readonly payer?: string | null
  readonly disposition?: string | null
  readonly attendingProvider?: string | null
  readonly totalChargesCents?: number | null
  readonly patient?: {
    readonly familyName?: string
    readonly givenNames?: readonly string[]
    readonly birthDate?: string | null
    readonly sex?: 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN'
    readonly identifiers?: readonly Identifier[]
  }
  /** One signed discharge summary where left out. */
  readonly documents?: readonly DocumentFacts[]
  /** Proposals of the engine where nothing else is said; none where left out. */
  readonly lines?: readonly LineFacts[]
}

export interface AddedChart {
  readonly chartId: string
  readonly patientId: string
  readonly accountNumber: string
  readonly documents: readonly { readonly documentId: string; readonly versionId: string; readonly text: string }[]
  readonly suggestionIds: readonly string[]
}

export const DISCHARGE_SUMMARY = [
  'DISCHARGE SUMMARY',
  '',
  'Discharge diagnoses:',
  '1. Community-acquired pneumonia, present on admission.',
  '2. Essential hypertension.',
  '3. Type 2 diabetes mellitus without complication.',
  '',
  'Hospital course: treated with ceftriaxone and improved.',
].join('\n')

/** A chart with its patient, key, log, documents and lines, made with the product's own stores and events. */
export async function addChart(world: ChartWorld, facts: ChartFacts = {}): Promise<AddedChart> {
  const organisation = world.demo[facts.organisation ?? 'harbor']
  const maker = facts.organisation === 'lakeside' ? 'lakeside@demo.test' : 'supervisor@demo.test'
  return requestAs(world, maker).writing(async (session) => {
    const { tx, now } = session
    const facilityId = facts.facility
      ? organisation.facilities[facts.facility]!
      : Object.values(organisation.facilities)[0]!
    const { patient = {} } = facts
    const { id: patientId } = await insertPatient(session, {
      facilityId,
      identity: {
        familyName: patient.familyName ?? 'Quillfeather',
        givenNames: patient.givenNames ?? ['Ottoline'],
        birthDate: patient.birthDate === undefined ? '1944-11-02' : patient.birthDate,
        sex: patient.sex ?? 'FEMALE',
      },
      identifiers: patient.identifiers ?? [
        { assigner: 'urn:oid:2.16.840.1.113883.19.5', type: 'MRN', value: randomUUID() },
      ],
    })
    const chartId = newId(now.getTime())
    const coderId = facts.coder ? memberId(world, facts.coder) : null
    const accountNumber = facts.accountNumber ?? `A-${randomUUID().slice(0, 8)}`
    const queue = facts.queue === undefined ? 'Inpatient' : facts.queue
    const status = facts.status ?? (coderId ? 'IN_CODING' : 'READY')
    const row = {
      orgId: session.viewer.orgId,
      id: chartId,
      facilityId,
      patientId,
      queueId: queue === null ? null : organisation.queues[queue]!,
      accountNumber,
      status,
      identityHold: facts.identityHold ?? false,
      restricted: facts.restricted ?? false,
      patientClass: facts.patientClass ?? 'INPATIENT',
      inpatientOrderAt: null,
      admittedAt: facts.admittedAt === undefined ? new Date('2026-03-09T22:25:00Z') : facts.admittedAt,
      dischargedAt: facts.dischargedAt === undefined ? new Date('2026-03-15T18:30:00Z') : facts.dischargedAt,
      serviceDate: facts.serviceDate ?? null,
      disposition: facts.disposition === undefined ? '01' : facts.disposition,
      payer: facts.payer === undefined ? 'Medicare' : facts.payer,
      attendingProvider: facts.attendingProvider === undefined ? 'Rosalind Hartwhistle, MD' : facts.attendingProvider,
      totalChargesCents: facts.totalChargesCents ?? null,
      coderOfRecordId: coderId,
      firstCoderId: coderId,
      receivedAt: now,
      updatedAt: now,
    }
    await tx`insert into chart ${tx(row as never)}`
    const place = { orgId: row.orgId, streamId: chartId, chartId, patientId }
    await createStream(tx, place, 'MAIN')
    if (coderId)
      await startAssignment(session, { id: newId(), chartId, memberId: coderId, part: 'CODER_OF_RECORD', until: null })

    const [chart] = await findCharts(session, [chartId])
    if (!chart) throw new Error('the chart was not made')
    const documents = await addDocuments(session, chart, facts.documents ?? [{}])
    const suggestionIds = await addLines(world, session, chart, documents, facts.lines ?? [], coderId)
    await appendEvents(tx, place, sealerOf(session, chart), null, now, await eventsOf(session, chart, suggestionIds))
    return { chartId, patientId, accountNumber, documents, suggestionIds }
  })
}

/** Two accepted lines with their words in the discharge summary: what can be submitted as it stands. */
export const SUBMITTABLE: readonly LineFacts[] = [
  { code: 'I10', role: 'PRINCIPAL', status: 'ACCEPTED', evidence: [{ words: 'Essential hypertension' }] },
  { code: 'E11.9', role: 'SECONDARY', status: 'ACCEPTED', evidence: [{ words: 'Type 2 diabetes mellitus' }] },
]

/** Submit a chart as its coder of record, who has seen all of it. Returns the submission's id. */
export async function submit(world: ChartWorld, email: string, chartId: string): Promise<string> {
  const outcome = await submitChart(requestAs(world, email), {
    commandId: randomUUID(),
    chartId,
    seenCursor: await lastCursor(world, chartId),
  })
  if (outcome.kind !== 'ChartSubmitted') throw new Error(`not submitted: ${JSON.stringify(outcome)}`)
  return outcome.submissionId
}

/** Put a person on a chart in a part that no command gives here (or to save the way there). */
export async function addPart(
  world: ChartWorld,
  chartId: string,
  email: string,
  part: 'SECOND_LOOK' | 'AUDITOR' | 'CDI',
): Promise<void> {
  await requestAs(world, email).writing(async (session) => {
    await startAssignment(session, { id: newId(), chartId, memberId: memberId(world, email), part, until: null })
    await session.tx`update chart set access_epoch = access_epoch + 1 where id = ${chartId}`
  })
}

/** The cursor of the last event of a stream (a chart's main one has the chart's id). */
export async function lastCursor(world: ChartWorld, streamId: string): Promise<string> {
  const [row] = await world.db.ownerSql<{ cursor: string }[]>`
    select cursor from chart_event where stream_id = ${streamId} order by seq desc limit 1`
  if (!row) throw new Error('the stream has no event')
  return row.cursor
}

/** What a stream says happened, in order. */
export async function eventTypes(world: ChartWorld, streamId: string): Promise<string[]> {
  const rows = await world.db.ownerSql<{ type: string }[]>`
    select type from chart_event where stream_id = ${streamId} order by seq`
  return rows.map((row) => row.type)
}

async function addDocuments(
  session: Session,
  chart: ChartRow,
  documents: readonly DocumentFacts[],
): Promise<AddedChart['documents']> {
  const added = []
  for (const facts of documents) {
    const text = facts.scan ? '' : (facts.text ?? DISCHARGE_SUMMARY)
    const documentId = newId(session.now.getTime())
    const versionId = newId(session.now.getTime())
    await insertDocument(session, chart, sealerOf(session, chart), {
      id: versionId,
      documentId,
      number: 1,
      title: facts.title ?? 'Discharge summary',
      type: facts.type ?? 'DISCHARGE_SUMMARY',
      authorName: facts.authorName === undefined ? 'Rosalind Hartwhistle, MD' : facts.authorName,
      authorRole: facts.authorRole ?? 'ATTENDING',
      authoredAt: facts.authoredAt === undefined ? '2026-03-15T17:00:00.000Z' : facts.authoredAt,
      encounterPart: facts.encounterPart ?? 'AT_DISCHARGE',
      signed: facts.signed ?? true,
      labels: facts.labels ?? [],
      text,
      scan: facts.scan ?? false,
      pages: facts.pages ?? [],
      original: null,
    })
    added.push({ documentId, versionId, text })
  }
  return added
}

async function addLines(
  world: ChartWorld,
  session: Session,
  chart: ChartRow,
  documents: AddedChart['documents'],
  lines: readonly LineFacts[],
  coderId: string | null,
): Promise<string[]> {
  const now = session.now
  const ids: string[] = []
  let rank = 0
  for (const { decidedBy, evidence = [], ...facts } of lines) {
    const system = facts.system ?? 'ICD10CM'
    const kind = facts.kind ?? kindOfSystem(system)
    const status = facts.status ?? 'PROPOSED'
    const decider = status === 'PROPOSED' ? null : decidedBy ? memberId(world, decidedBy) : coderId
    const line: Line = {
      kind,
      role: defaultRole(kind, { externalCause: false }),
      rank: status === 'ACCEPTED' ? ++rank : null,
      poa: status === 'ACCEPTED' && kind === 'DIAGNOSIS' && chart.patientClass === 'INPATIENT' ? 'Y' : null,
      poaProposed: null,
      modifiers: [],
      units: null,
      performedOn: null,
      performer: null,
      origin: 'ENGINE',
      confidence: facts.origin === undefined || facts.origin === 'ENGINE' ? 0.9 : null,
      reason: null,
      replaces: null,
      evidenceStale: false,
      decisionReason: null,
      version: 1,
      createdAt: now,
      ...facts,
      authorId: facts.authorId ?? null,
      id: newId(now.getTime()),
      chartId: chart.id,
      system,
      status,
      decidedBy: decider,
      decidedAt: decider === null ? null : now,
    }
    await insertLine(session, chart, line)
    await insertEvidence(
      session,
      chart,
      line.id,
      evidence.map((e) => evidenceIn(documents, e)),
    )
    ids.push(line.id)
  }
  return ids
}

function evidenceIn(
  documents: AddedChart['documents'],
  { document = 0, words, page }: { document?: number; words?: string; page?: number },
): EvidenceView {
  const cited = documents[document]
  if (!cited) throw new Error(`the chart has no document ${document}`)
  const start = words === undefined ? null : cited.text.indexOf(words)
  if (start === -1) throw new Error(`the document does not say "${words}"`)
  const end = start === null ? null : start + words!.length
  const { documentId, versionId } = cited
  return { id: newId(), documentId, versionId, start, end, page: page ?? null, kind: 'SUPPORTS' }
}

async function eventsOf(
  session: Session,
  chart: ChartRow,
  suggestionIds: readonly string[],
): Promise<NewEvent<EventPayload>[]> {
  const set = await loadWorkingSet(session, chart)
  const documents = await documentViewsOf(session, chart)
  return [
    chartEvent('CHART_RECEIVED', chart),
    ...documents.map(
      (document): NewEvent<EventPayload> => ({
        type: 'DOCUMENT_ADDED',
        subjectId: document.id,
        citedDocumentIds: [document.id],
        classes: ['WORK', 'CLINICAL'],
        payload: { document },
      }),
    ),
    ...suggestionIds.map((id): NewEvent<EventPayload> => {
      const line = set.lines.find((l) => l.id === id)!
      return {
        type: EVENT_OF[line.status],
        subjectId: id,
        citedDocumentIds: citedBy(set, id),
        classes: ['WORK', 'CLINICAL'],
        payload: { suggestion: viewOf(set, line) },
      }
    }),
  ]
}

const EVENT_OF = {
  PROPOSED: 'SUGGESTION_PROPOSED',
  ACCEPTED: 'SUGGESTION_ACCEPTED',
  REJECTED: 'SUGGESTION_REJECTED',
  WITHDRAWN: 'SUGGESTION_WITHDRAWN',
} as const

let starter: CodeSets | undefined
const starterCodeSets = (): CodeSets =>
  (starter ??= createCodeSets([openArtefact(buildStarter(starterFiles()).artefact)]))

async function signEveryoneIn(people: PeopleWorld, now: Date): Promise<Map<string, Claims>> {
  const expiresAt = new Date(Math.max(now.getTime(), Date.now()) + 365 * 86_400_000)
  const claims = new Map<string, Claims>()
  for (const { organisationId, members } of [people.demo.harbor, people.demo.lakeside])
    for (const [email, { userId }] of Object.entries(members))
      claims.set(email, { userId, orgId: organisationId, sessionId: randomUUID() })
  const rows = [...claims.values()].map(({ sessionId, userId }) => ({
    id: sessionId,
    userId,
    token: randomUUID(),
    expiresAt,
    createdAt: now,
  }))
  await people.db.ownerSql`insert into auth_session ${people.db.ownerSql(rows)}`
  return claims
}
