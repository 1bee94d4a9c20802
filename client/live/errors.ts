/** The server's catalogue (`extensions.code`), and what only a client can say. */
export type ClientErrorCode =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'RATE_LIMITED'
  | 'BAD_INPUT'
  | 'REQUEST_REFUSED'
  | 'TOO_LARGE'
  | 'COMMAND_REUSED'
  | 'UNAVAILABLE'
  | 'INTERNAL'
  /** The server could not be reached, or something else answered. */
  | 'NETWORK'
  /** So many commands wait for the connection that this one was not taken. */
  | 'QUEUE_FULL'
  /** The connection was away longer than a command waits; `detail.maybeDone` where an answer may have been lost. */
  | 'QUEUE_EXPIRED'
  /** The client was closed meanwhile. */
  | 'CLOSED'

export type ErrorDetail = Readonly<Record<string, unknown>>

/** Every error this client throws. `message` is a sentence for a person; `detail` has names and reason codes. */
export class ChartroomClientError extends Error {
  override readonly name = 'ChartroomClientError'
  constructor(
    readonly code: ClientErrorCode,
    message: string = SENTENCES[code],
    readonly detail: ErrorDetail = {},
  ) {
    super(message)
  }
}

/** The first of a GraphQL answer's errors. */
export function errorOf(errors: readonly unknown[]): ChartroomClientError {
  const first = errors[0] as { message?: unknown; extensions?: Record<string, unknown> } | undefined
  const { code, ...detail } = first?.extensions ?? {}
  return new ChartroomClientError(
    isCode(code) ? code : 'INTERNAL',
    typeof first?.message === 'string' ? first.message : undefined,
    detail,
  )
}

/** Worth trying again: nothing was decided, or the answer was lost. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ChartroomClientError && (error.code === 'NETWORK' || error.code === 'UNAVAILABLE')

export const isRateLimit = (error: unknown): boolean =>
  error instanceof ChartroomClientError && error.code === 'RATE_LIMITED'

export const isCode = (value: unknown): value is ClientErrorCode =>
  typeof value === 'string' && Object.hasOwn(SENTENCES, value)

const SENTENCES: Readonly<Record<ClientErrorCode, string>> = {
  NOT_FOUND: 'There is nothing here that you may see.',
  FORBIDDEN: 'You may not do that.',
  UNAUTHENTICATED: 'Sign in first, then try again.',
  RATE_LIMITED: 'Too many requests. Wait a moment and try again.',
  BAD_INPUT: 'Part of the input is not valid.',
  REQUEST_REFUSED: 'The request is not one the server answers.',
  TOO_LARGE: 'This is larger than the server takes.',
  COMMAND_REUSED: 'This command was already used with other input.',
  UNAVAILABLE: 'The server cannot answer right now. Try again soon.',
  INTERNAL: 'Something went wrong on the server.',
  NETWORK: 'The server could not be reached.',
  QUEUE_FULL: 'Too many changes wait for the connection already. This one was not made.',
  QUEUE_EXPIRED: 'The connection was away too long. Look at the chart, and make this change again if it is not there.',
  CLOSED: 'The connection was closed.',
}
