import type { Database } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { CLOSE } from '../live/closeCodes.js'
import type { Hub } from '../live/hub.js'
import { sessionsInForce } from './sessions.store.js'
import type { OpenSocket } from './ws.js'

export interface SessionWatch {
  /** Look now: somebody has just signed out here. */
  look(): void
  stop(): Promise<void>
}

/**
 * Closes the sockets of sign-ins that have ended, on whichever node they ended, within a second. Their streams are woken
 * first, so that each can say why it ends before the socket goes.
 */
export function watchSessions(options: {
  database: Database
  clock: Clock
  hub: Hub
  sockets: () => Iterable<OpenSocket>
  onError: (error: unknown) => void
}): SessionWatch {
  const closing = new Set<NodeJS.Timeout>()
  let looking: Promise<void> | undefined
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()

  return {
    look,
    async stop() {
      clearInterval(timer)
      await looking
      for (const timeout of closing) clearTimeout(timeout)
    },
  }

  function look(): void {
    looking ??= endDead()
      .catch(options.onError)
      .finally(() => (looking = undefined))
  }

  async function endDead(): Promise<void> {
    const byOrganisation = new Map<string, Map<string, OpenSocket[]>>()
    for (const socket of options.sockets()) {
      if (!socket.claims) continue
      const { orgId, sessionId } = socket.claims
      const sessions = byOrganisation.get(orgId) ?? new Map<string, OpenSocket[]>()
      sessions.set(sessionId, [...(sessions.get(sessionId) ?? []), socket])
      byOrganisation.set(orgId, sessions)
    }
    for (const [orgId, sessions] of byOrganisation) {
      const alive = await sessionsInForce(options.database, orgId, [...sessions.keys()], options.clock.now())
      for (const [sessionId, sockets] of sessions) if (!alive.has(sessionId)) end(sessionId, sockets)
    }
  }

  function end(sessionId: string, sockets: readonly OpenSocket[]): void {
    for (const following of options.hub.all()) if (following.sessionId === sessionId) following.wake()
    const timeout = setTimeout(() => {
      closing.delete(timeout)
      for (const socket of sockets) socket.close(CLOSE.SESSION_ENDED)
    }, LAST_WORDS_MS)
    closing.add(timeout)
  }
}

const LOOK_EVERY_MS = 500
/** For the streams to say that they end. */
const LAST_WORDS_MS = 250
