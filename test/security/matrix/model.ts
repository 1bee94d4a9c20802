import type { DocumentNode } from 'graphql'
import type { AccessClaims } from '../../../server/auth/accessToken.js'
import type { ChartState, Label, Relation, Role } from '../../oracle/actors.table.js'
import type { BasisLine } from '../../oracle/consents.table.js'
import type { TestPerson, TestServer } from '../../support/server.js'

/**
 * One tenant with charts on which everything has happened, and one person who is put in every place of the matrix in
 * turn: roles, relation and the state of the chart are rows, and are set as rows between one question and the next.
 */

export interface MatrixChart {
  readonly id: string
  readonly patientId: string
  readonly documentIds: readonly string[]
  /** Ids of everything of the chart that `node` might answer, by type. */
  readonly nodes: ReadonlyMap<string, readonly string[]>
  /** Lines that cite the first document, and what else rests on it. */
  readonly restsOnFirst: ReadonlySet<string>
  /** The document that was withdrawn, with its versions. */
  readonly withdrawn: ReadonlySet<string>
  /** The log, in order. */
  readonly log: readonly LoggedEvent[]
  /** The person of the matrix decided a line of it. */
  readonly decided: boolean
  /** Ids that commands name, by the field of an input that names them. */
  readonly given: Readonly<Record<string, unknown>>
  /** Commands that the person of the matrix once sent, to be sent again. */
  readonly sent: readonly Sent[]
}

export interface LoggedEvent {
  readonly cursor: string
  readonly type: string
  /** Which field of the abstract it changed. */
  readonly abstractField?: string
}

export interface Sent {
  readonly name: string
  readonly inputType: string
  readonly input: Readonly<Record<string, unknown>>
}

export interface Place {
  readonly roles: readonly Role[]
  readonly relation: Relation
  readonly chart: ChartState
}

export interface Third {
  readonly claims: AccessClaims
  readonly chartId: string
  /** The first document, which bears the label where there is one. */
  readonly documentId: string
  /** Puts back what was changed for it. */
  restore(): Promise<void>
}

export interface Witness {
  readonly variables: Record<string, unknown>
  /** Null where there is anything at all. */
  readonly witness: string | null
  readonly ofFacility: boolean
}

export interface Answer {
  readonly data: Record<string, unknown> | null | undefined
  readonly errors: readonly { readonly path: string; readonly code: string }[]
}

export interface MatrixWorld {
  readonly server: TestServer
  readonly person: TestPerson
  readonly stranger: TestPerson
  readonly memberId: string
  /** With an audit and a finding, and without. */
  readonly found: MatrixChart
  readonly unfound: MatrixChart
  /** Puts labels on the first document of both charts, and makes rows say on which basis Part 2 records are open. */
  label(labels: readonly Label[], basis: BasisLine): Promise<void>
  /** What each query about something else than a chart is asked with, and by what it is told that it answered. */
  readonly subjects: Readonly<Record<string, Witness>>
  /** Ids and words that commands about something else than a chart are sent with: of all, and of one. */
  readonly duties: Readonly<Record<string, unknown>>
  readonly dutiesOf: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** A program with these scopes, and a chart in a state of `DISCLOSURES`. */
  third(scopes: readonly string[], state: string): Promise<Third>
  /** The same, with a token that a person in this place gave it: scopes `user/…`. */
  forPerson(place: Place, scopes: readonly string[]): Promise<Third>
  /** Puts limits on the program of `third`, and takes them off again. */
  limit(hashes: readonly string[] | null, networks: readonly string[] | null): Promise<void>
  /** The person's own open blind pass with one line on it, and somebody else's; none where the place is no blind one. */
  passes(place: Place): Promise<readonly { readonly passId: string; readonly lineId: string; readonly own: boolean }[]>
  askAs(claims: AccessClaims, document: DocumentNode, variables: Record<string, unknown>): Promise<Answer>
  /** Makes rows say that the person stands in this place. @returns whose question it is */
  put(place: Place): Promise<TestPerson>
  ask(person: TestPerson, document: DocumentNode, variables: Record<string, unknown>): Promise<Answer>
  /** Whether a command would have been let through, whatever became of it: what it wrote is taken back. */
  attempt(person: TestPerson, document: DocumentNode, variables: Record<string, unknown>): Promise<string>
  /** The first item of a stream. */
  first(person: TestPerson, document: DocumentNode, variables: Record<string, unknown>): Promise<Answer>
  close(): Promise<void>
}
