import { randomUUID } from 'node:crypto'
import { RawSocket } from '../../app/rawSocket.js'
import type { Account } from '../standings.js'
import type { SecretWorld } from '../world.js'

export const NODE = `id status identityHold accountNumber payer serviceLine disposition attendingProvider operatingProvider
  totalChargesCents receivedAt lateDocument engineState documentCount submissionCount cursor patientClass
  patient { id familyName givenNames identifiers { value } } abstractVersions { field version decidedAt }
  suggestions { id version status code performer } order { version suggestionIds } comments { id version body }
  audits { id findings { id guideline explanation } } submissions { id number warningCount snapshotSha256 }
  blindPass { id lines { id code } } access { can masked { field reason } }`
const PAGE = `totalCount pageInfo { hasNextPage endCursor } edges { cursor node { ${NODE} } }`
export const LIST = `query ($filter: ChartFilter! = {}, $sort: ChartSort! = RECEIVED_ASC, $first: Int! = 25, $after: String) {
  charts(filter: $filter, sort: $sort, first: $first, after: $after) { ${PAGE} } }`
const EVENT = `cursor previous type at actor { id } chart { status payer disposition totalChargesCents
  abstractVersions { field version } access { can } } suggestion { id version code } comment { body } order { version }
  edits { key } pend { reason note } document { id version { title } }`
const STREAM = `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename
  ... on ChartSnapshot { cursor chart { status receivedAt payer accountNumber disposition totalChargesCents
    abstractVersions { field version } } suggestions { id version code } order { version } comments { body }
    documents { id version { title } } submissions { number snapshotSha256 } pends { id note } }
  ... on ChartEvents { events { ${EVENT} } } ... on ResyncRequired { reason } } }`

export const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
  ... on Chart { ${NODE} } ... on Suggestion { version code } ... on Comment { body version }
  ... on Audit { findings { id guideline } } ... on Finding { explanation guideline }
  ... on Submission { snapshotSha256 warningCount } ... on DocumentVersion { title text } ... on Pend { note } } }`
export const QUEUE_BOARD = `{ queueBoard { rows { id queue { id } facility { id } charts statuses { status charts }
  ages { fromDays toDays charts } oldestReceivedAt dueToday overdue owners { member { id } charts dueToday overdue }
  totalChargesCents masked { field reason } } } }`
export const INBOX = `{ inbox { items { id kind chartId subjectId accountNumber actor { id } at dueAt readAt
  masked { field reason } } } }`
export const QUALITY = `query ($waitsFor: QualityWait) { qualityResults(first: 50, waitsFor: $waitsFor) {
  pageInfo { hasNextPage } edges { node { id accountNumber member { id } score { headline { numerator denominator } }
  findings { id kind state version explanation guideline dueAt can history { type comment } }
  masked { field reason } } } } }`
export const QUALITY_RESULT = `query ($id: ID!) { qualityResult(id: $id) { id accountNumber closedAt findings { id explanation
  guideline history { comment } } } }`
const BOARD_STREAM = QUEUE_BOARD.replace(
  '{ queueBoard {',
  'subscription { queueBoard { __typename ... on QueueBoardSnapshot {',
).concat(' }')
const INBOX_STREAM = INBOX.replace('{ inbox {', 'subscription { inbox { __typename ... on InboxSnapshot {').concat(' }')
const OUTCOME = `{ __typename ... on ChartSaved { chart { ${NODE} } } ... on AlreadyDone { chart { ${NODE} } }
  ... on CommandInvalid { problems { code message field } } }`

export const RUN_ENGINE = `mutation ($input: ChartCommandInput!) { runEngine(input: $input) ${OUTCOME} }`
export const OPEN_AUDIT = `mutation ($input: OpenAuditInput!) { openAudit(input: $input) { __typename
  ... on AuditOpened { audit { id findings { id guideline explanation } } } ... on CommandInvalid { problems { code } } } }`

/** One person with a socket, and what belongs to this person alone. */
export class Viewer {
  #socket: RawSocket | undefined
  #n = 0
  readonly #commands = new Map<string, string>()

  constructor(
    readonly world: SecretWorld,
    readonly account: Account,
  ) {}

  async graphql(query: string, variables: Record<string, unknown>): Promise<Answer> {
    const { status, data, errors } = await this.world.as(this.account).graphql(query, variables)
    return { status, data, errors } as Answer
  }

  /** The first frame of a chart's stream. */
  frame(variables: Record<string, unknown>): Promise<string> {
    return this.#first(STREAM, variables)
  }

  /** The first frame of the board, or of the inbox; what comes after it is in deskStreams.test.ts. */
  deskFrame(of: 'board' | 'inbox'): Promise<string> {
    return this.#first(of === 'board' ? BOARD_STREAM : INBOX_STREAM, {})
  }

  async #first(stream: string, variables: Record<string, unknown>): Promise<string> {
    this.#socket ??= await RawSocket.signedIn(this.world.server.url, await this.world.as(this.account).ticket())
    const id = String(this.#n++)
    this.#socket.subscribe(id, stream, variables)
    const { type, payload } = await this.#socket.answer(id)
    this.#socket.send({ type: 'complete', id })
    this.#socket.received.length = 0
    return JSON.stringify([type, payload])
  }

  /** The same command of the same person is one command, whenever it is sent. */
  commandId(of: string): string {
    const known = this.#commands.get(of) ?? randomUUID()
    this.#commands.set(of, known)
    return known
  }

  close(): void {
    this.#socket?.ws.close()
  }
}

export interface Answer {
  readonly status: number
  readonly data: Record<string, unknown> | null
  readonly errors: unknown
}

/** Sealed cursors are random by nature: compared by their place and their length alone. */
export const told = ({ status, data, errors }: Answer): string =>
  JSON.stringify([status, data, errors]).replace(
    /("(?:cursor|endCursor)":)"([A-Za-z0-9_-]{40,})"/g,
    (_all, key: string, cursor: string) =>
      /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(cursor) ? `${key}"${cursor}"` : `${key}"${cursor.length}"`,
  )
