/**
 * The one catalogue of errors. Each entry has the code a client sees in `extensions.code`, the HTTP status, whether
 * an operator should look at it, and the sentence a person reads. No sentence ever holds patient data, SQL or input.
 */
export const CATALOGUE = {
  NOT_FOUND: {
    status: 404,
    report: false,
    message: 'There is nothing here that you may see. Check the address, or ask for access.',
  },
  FORBIDDEN: { status: 403, report: false, message: 'You may see this but not do that to it.' },
  UNAUTHENTICATED: { status: 401, report: false, message: 'Sign in first, then try again.' },
  RATE_LIMITED: { status: 429, report: false, message: 'Too many requests. Wait a moment and try again.' },
  BAD_INPUT: { status: 400, report: false, message: 'Part of the input is not valid. Correct it and send it again.' },
  REQUEST_REFUSED: { status: 400, report: false, message: 'The request is not one this server answers.' },
  TOO_LARGE: { status: 413, report: false, message: 'The request is larger than this server takes.' },
  COMMAND_REUSED: {
    status: 409,
    report: false,
    message: 'This commandId was already used with other input. Use a new commandId for a new command.',
  },
  UNAVAILABLE: {
    status: 503,
    report: true,
    message:
      'The server cannot answer right now. Try again soon; a command sent again with its commandId is done only once.',
  },
  INTERNAL: { status: 500, report: true, message: 'Something went wrong on our side. Nothing was changed; try again.' },
} as const

export type ErrorCode = keyof typeof CATALOGUE

/** Why a person may not do something: a closed list, safe to show, never derived from data. */
export type ForbiddenReason =
  | 'ROLE'
  | 'NOT_CODER_OF_RECORD'
  | 'NOT_ASSIGNED'
  | 'CHART_STATE'
  | 'READ_ONLY'
  | 'SEPARATION_OF_DUTIES'
  | 'IDENTITY_HOLD'
  | 'RESTRICTED'
  | 'FACILITY'
  | 'CLASS'
  | 'SCOPE'
  | 'NETWORK'
  | 'OPERATION_NOT_REGISTERED'
  | 'OWN_REQUEST'
  | 'LABELS_NOT_ADMITTED'
  | 'REQUEST_NOT_IN_HAND'
  | 'BLIND_PASS'

/** The only error that may cross the boundary as it is. Everything else leaves as INTERNAL. */
export class ChartroomError extends Error {
  override readonly name = 'ChartroomError'
  constructor(
    readonly code: ErrorCode,
    /** A sentence that may replace the catalogue's: written by us, without patient data. */
    message: string = CATALOGUE[code].message,
    /** Extra facts for machines: names of fields and reason codes, never values. */
    readonly detail: Readonly<Record<string, string | number | boolean | readonly string[]>> = {},
  ) {
    super(message)
  }
}

export const notFound = (): ChartroomError => new ChartroomError('NOT_FOUND')
export const unauthenticated = (): ChartroomError => new ChartroomError('UNAUTHENTICATED')
export const rateLimited = (retryAfterSeconds: number): ChartroomError =>
  new ChartroomError('RATE_LIMITED', CATALOGUE.RATE_LIMITED.message, { retryAfterSeconds })
export const commandReused = (): ChartroomError => new ChartroomError('COMMAND_REUSED')
export const tooLarge = (limitBytes: number): ChartroomError =>
  new ChartroomError('TOO_LARGE', CATALOGUE.TOO_LARGE.message, { limitBytes })

const FORBIDDEN_SENTENCES: Record<ForbiddenReason, string> = {
  ROLE: 'Your role does not include this. A supervisor or administrator can tell you who may do it.',
  NOT_CODER_OF_RECORD: 'Only the coder of record may do this. Claim the chart or have it assigned to you first.',
  NOT_ASSIGNED: 'This chart is not assigned to you. Claim it, or ask to be added to it.',
  CHART_STATE: 'The chart is not in a state in which this can be done.',
  READ_ONLY: 'You have this chart open for reading only.',
  SEPARATION_OF_DUTIES: 'Whoever decided a line of this chart may not audit it, and an auditor may not code it.',
  IDENTITY_HOLD: 'The chart is on identity hold until a person has decided whose chart it is.',
  RESTRICTED: 'This chart is restricted. Ask a privacy officer for a grant.',
  FACILITY: 'You have no grant for this facility.',
  SCOPE: 'The scopes of this client do not include that. An administrator can tell you what is registered.',
  NETWORK: 'This client may not ask from this network. An administrator can tell you what is registered.',
  OPERATION_NOT_REGISTERED:
    'This client may send registered operations only, and this text is none of them. An administrator can add its hash.',
  CLASS: 'Your role does not include this kind of data.',
  LABELS_NOT_ADMITTED:
    'The chart holds sensitive records that no agreement or consent opens to you now, and no chart is coded with holes. ' +
    'Release or pend it, and ask a privacy officer.',
  REQUEST_NOT_IN_HAND:
    'This needs an open request of that person in your hands. Record it, or have it assigned to you, first.',
  BLIND_PASS:
    'You are coding this chart blind. Reveal your pass first: until then you neither see nor touch its codes.',
  OWN_REQUEST: 'Nobody grants to themselves or decides on their own request. Ask a second person.',
}

/** A row the viewer may read, an act the viewer may not do: says which rule, so that a person knows whom to ask. */
export const forbidden = (reason: ForbiddenReason): ChartroomError =>
  new ChartroomError('FORBIDDEN', FORBIDDEN_SENTENCES[reason], { reason })

/** Bad input by field name; `problem` is our own sentence and never repeats the value. */
export const badInput = (field: string, problem: string): ChartroomError =>
  new ChartroomError('BAD_INPUT', `${field}: ${problem}`, { field })
