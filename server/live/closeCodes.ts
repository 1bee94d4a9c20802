/**
 * Why this server closes a socket. 1000 to 1015 are of RFC 6455 and its registry; 4400 to 4500 of the
 * graphql-transport-ws protocol, sent by its library; the rest is ours. What a client gets over by coming back has a code
 * after which standard clients do (1012, 1013); 1008, 1011 and 4500 end theirs for good. The reason is one of these
 * sentences, never more.
 */
export const CLOSE = {
  /** The server stops; connect again, to this node or another. */
  RESTART: { code: 1012, reason: 'Server is restarting' },
  TRY_LATER: { code: 1013, reason: 'Try again later' },
  /** More waits for this reader than is kept for one; it goes on from its last cursor. */
  SLOW_READER: { code: 1013, reason: 'Reads too slowly' },
  /** More messages than a person's page sends. */
  TOO_MANY_MESSAGES: { code: 1013, reason: 'Too many messages' },
  TOO_MANY_SOCKETS: { code: 1013, reason: 'Too many sockets' },
  BAD_TICKET: { code: 4403, reason: 'Forbidden' },
  SESSION_ENDED: { code: 4403, reason: 'Session ended' },
  INTERNAL: { code: 4500, reason: 'Internal server error' },
} as const

export type CloseReason = (typeof CLOSE)[keyof typeof CLOSE]
