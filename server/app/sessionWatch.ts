import type { Services } from '../kernel/services.js'
import { CLOSE } from '../live/closeCodes.js'
import type { Hub } from '../live/hub.js'
import { WAKER } from '../live/wake.js'
import type { OpenSocket } from './ws.js'

export interface SessionWatch {
  stop(): void
}

/**
 * Closes the sockets of sign-ins and tokens that have ended, on whichever node they ended: at once where that was told, with
 * the sweep otherwise. Their streams are woken first, so that each can say why it ends before the socket goes.
 */
export function watchSessions(options: {
  hub: Hub
  services: Services
  sockets: () => Iterable<OpenSocket>
}): SessionWatch {
  const closing = new Map<OpenSocket, NodeJS.Timeout>()
  options.services.get(WAKER).sweep.watch({
    *sessions() {
      for (const { claims } of options.sockets()) if (claims) yield claims
    },
    ended,
  })

  return {
    stop() {
      for (const timeout of closing.values()) clearTimeout(timeout)
    },
  }

  function ended(sessionId: string): void {
    for (const following of options.hub.all()) if (following.sessionId === sessionId) following.wake()
    for (const socket of options.sockets()) {
      if (socket.claims?.sessionId !== sessionId || closing.has(socket)) continue
      const timeout = setTimeout(() => {
        closing.delete(socket)
        // Somebody who signed in anew on it meanwhile stays.
        if (socket.claims?.sessionId === sessionId) socket.close(CLOSE.SESSION_ENDED)
      }, LAST_WORDS_MS)
      closing.set(socket, timeout)
    }
  }
}

/** For the streams to say that they end. */
const LAST_WORDS_MS = 250
