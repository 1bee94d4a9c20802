import { createHash } from 'node:crypto'

/**
 * What an actor must have received, computed a second time and another way: from the sealed log itself, by a table of
 * field classes written here and by nothing the server presents with. If the server masked one field too many or too
 * few, lost an event, doubled one or changed their order, the two hashes differ.
 */

export type Granted = ReadonlySet<string>

export interface RawEvent {
  readonly cursor: string
  readonly type: string
  readonly at: string
  readonly actorId: string | null
  readonly classes: readonly string[]
  readonly payload: Record<string, unknown>
}

type Json = null | string | number | boolean | Json[] | { [key: string]: Json }
type Member = (id: unknown) => Json

/** A field of an event's part: the class it is shown under, and where the log has it. */
interface Field {
  /** Empty for what comes with the row: open and work. */
  readonly class: string
  /** The name in the log, where it differs. */
  readonly from?: string
  /** The log has a member's id, a client the name; or several. */
  readonly member?: true
  /** What an object, or every entry of a list, is made of. */
  readonly of?: Shape
  /** Of a list: the class that an entry speaks of, and which brings it or leaves it out. */
  readonly entryClass?: (entry: { readonly [key: string]: Json }) => string
  /** What the log leaves out because it is so nearly always. */
  readonly absent?: Json
}
type Shape = Readonly<Record<string, Field>>

const shown: Field = { class: '' }
const clinical: Field = { class: 'CLINICAL' }
const account: Field = { class: 'ACCOUNT_REF' }
const member = (from: string): Field => ({ class: '', from, member: true })
const each = (field: Field, names: readonly string[]): Shape => Object.fromEntries(names.map((name) => [name, field]))

const EVIDENCE = each(clinical, ['documentId', 'versionId', 'start', 'end', 'page', 'kind'])

/** Fields of the abstract that are more than a reference to the account. */
const ABSTRACT: Readonly<Record<string, string>> = {
  DISPOSITION: 'CLINICAL',
  ATTENDING_PROVIDER: 'CLINICAL',
  OPERATING_PROVIDER: 'CLINICAL',
}

const CHART: Shape = {
  ...each(shown, ['id', 'status', 'identityHold', 'restricted', 'lateDocument', 'receivedAt', 'submissionCount']),
  ...each(shown, ['engineState', 'assignedUntil']),
  coderOfRecord: member('coderOfRecordId'),
  abstractVersions: {
    class: '',
    entryClass: ({ field }) => ABSTRACT[field as string] ?? 'ACCOUNT_REF',
    of: {
      ...each(shown, ['field', 'version', 'decidedAt']),
      decidedBy: member('decidedBy'),
      evidence: { class: 'CLINICAL', of: { id: shown, ...EVIDENCE }, absent: [] },
      evidenceStale: { class: 'CLINICAL', absent: false },
    },
  },
  ...each(account, ['accountNumber', 'patientClass', 'inpatientOrderAt', 'admittedAt', 'dischargedAt', 'serviceDate']),
  ...each(account, ['payer', 'serviceLine']),
  ...each(clinical, ['disposition', 'attendingProvider', 'operatingProvider']),
  totalChargesCents: { class: 'MONEY' },
}

const SUGGESTION: Shape = {
  ...each(shown, ['id', 'chartId', 'version', 'status', 'origin', 'decidedAt']),
  author: member('authorId'),
  decidedBy: member('decidedBy'),
  ...each(clinical, [
    'system',
    'code',
    'title',
    'kind',
    'role',
    'rank',
    'poa',
    'poaProposed',
    'poaExempt',
    'modifiers',
  ]),
  ...each(clinical, ['units', 'performedOn', 'performer', 'confidence', 'reason', 'replaces', 'evidenceStale']),
  decisionReason: clinical,
  evidence: { class: 'CLINICAL', of: { id: shown, ...EVIDENCE } },
}

const VERSION: Shape = {
  ...each(shown, ['id', 'documentId', 'number', 'signed', 'signedAt', 'readByEngine', 'createdAt']),
  ...each(clinical, ['title', 'type', 'authorName', 'authorRole', 'authoredAt', 'encounterPart', 'labels']),
  ...each(clinical, ['textLength', 'scan']),
  pages: { class: 'CLINICAL', of: { number: shown, start: clinical, end: clinical } },
}

/** Everything an event can say, but for what the viewer may do with it. */
const PARTS: Shape = {
  chart: { class: '', of: CHART },
  document: {
    class: 'CLINICAL',
    of: {
      ...each(shown, ['id', 'chartId', 'withdrawnAt', 'withdrawnReason']),
      version: { class: 'CLINICAL', of: VERSION },
    },
  },
  suggestion: { class: 'CLINICAL', of: SUGGESTION },
  replacement: { class: 'CLINICAL', of: SUGGESTION },
  opportunity: {
    class: 'CLINICAL',
    of: {
      id: shown,
      ...each(clinical, ['topic', 'reason']),
      evidence: { class: 'CLINICAL', of: { id: shown, ...EVIDENCE } },
    },
  },
  order: { class: 'CLINICAL', of: { version: shown, ...each(clinical, ['principalId', 'suggestionIds']) } },
  edits: {
    class: 'CLINICAL',
    of: {
      ...each(shown, ['key', 'severity', 'overridable']),
      ...each(clinical, ['ruleId', 'message', 'source', 'suggestionIds']),
      override: { class: '', of: { by: member('memberId'), at: shown, reason: clinical } },
    },
  },
  comment: {
    class: 'CLINICAL',
    of: {
      ...each(shown, ['id', 'suggestionId', 'parentId', 'version', 'createdAt', 'resolvedAt']),
      author: member('authorId'),
      resolvedBy: member('resolvedBy'),
      body: clinical,
      mentions: { class: 'CLINICAL', from: 'mentionIds', member: true, absent: [] },
    },
  },
  pend: {
    class: '',
    of: { ...each(shown, ['id', 'reason', 'dueOn', 'createdAt', 'removedAt']), by: member('memberId'), note: clinical },
  },
  submission: {
    class: '',
    of: {
      ...each(shown, ['id', 'number', 'submittedAt']),
      // A hash and a count of clinical content tell of it.
      ...each(clinical, ['warningCount', 'snapshotSha256']),
      submittedBy: member('submittedBy'),
      codes: {
        class: 'CLINICAL',
        of: { suggestionId: shown, ...each(clinical, ['system', 'code', 'title', 'role', 'rank', 'poa']) },
      },
    },
  },
  engine: { class: '', of: { ...each(shown, ['documentsRead', 'documentsTotal']), suggestionsMade: clinical } },
}

/** The events an actor sees, in order, each as the actor must have received it. */
export function project(events: readonly RawEvent[], granted: Granted, memberName: Member): Json[] {
  let previous: string | null = null
  const seen: Json[] = []
  for (const event of events) {
    if (!event.classes.some((c) => c === 'OPEN' || c === 'WORK' || granted.has(c))) continue
    seen.push({
      ...{ cursor: event.cursor, previous, type: event.type, at: event.at, actor: memberName(event.actorId) },
      ...(fromLog(event.payload as { [key: string]: Json }, PARTS, granted, memberName) as object),
    })
    previous = event.cursor
  }
  return seen
}

/** The same shape from what a client received. */
export function received(event: Record<string, unknown>): Json {
  const { cursor, previous, type, at, actor } = event as { [key: string]: Json }
  return {
    ...{ cursor: cursor ?? null, previous: previous ?? null, type: type ?? null, at: at ?? null },
    actor: nameOf(actor ?? null),
    ...(fromClient(event as { [key: string]: Json }, PARTS) as object),
  }
}

export const hashOf = (events: readonly Json[]): string =>
  createHash('sha256')
    .update(events.map((e) => canonical(e)).join('\n'))
    .digest('hex')

function fromLog(value: Json, shape: Shape, granted: Granted, memberName: Member): Json {
  if (value === null || typeof value !== 'object') return null
  if (Array.isArray(value)) return value.map((entry) => fromLog(entry, shape, granted, memberName))
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]): [string, Json] => {
      if (field.class !== '' && !granted.has(field.class)) return [name, null]
      const found = value[field.from ?? name] ?? field.absent ?? null
      if (field.member) return [name, Array.isArray(found) ? found.map(memberName) : memberName(found)]
      const brought = Array.isArray(found) && field.entryClass ? found.filter((e) => brings(field, e, granted)) : found
      return [name, field.of ? fromLog(brought, field.of, granted, memberName) : brought]
    }),
  )
}

const brings = (field: Field, entry: Json, granted: Granted): boolean =>
  granted.has(field.entryClass!(entry as { [key: string]: Json }))

function fromClient(value: Json, shape: Shape): Json {
  if (value === null || typeof value !== 'object') return null
  if (Array.isArray(value)) return value.map((entry) => fromClient(entry, shape))
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]): [string, Json] => {
      const found = value[name] ?? null
      if (field.member) return [name, Array.isArray(found) ? found.map(nameOf) : nameOf(found)]
      return [name, field.of ? fromClient(found, field.of) : found]
    }),
  )
}

const nameOf = (found: Json): Json =>
  found !== null && typeof found === 'object' && !Array.isArray(found) ? (found.displayName ?? null) : found

function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const { __typename: _, ...rest } = value
  return `{${Object.keys(rest)
    .sort()
    .map((k) => `${JSON.stringify(k)}:${canonical(rest[k]!)}`)
    .join(',')}}`
}
