import type { BreakGlass } from '../../schema/breakGlass.js'
import { type Accessed, newAccessed } from '../auth/accessed.js'
import { recordAccess } from '../auth/recordAccess.js'
import { type Claims, readOnce } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { ChartroomError, forbidden } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import { follow, type Look } from '../live/follow.js'
import { HUB } from '../live/wake.js'
import { stateOfReview } from './breakGlass.decider.js'
import { breakGlassRules } from './breakGlass.policy.js'
import { glassSeenBy, presentAll } from './breakGlass.query.js'
import type { GlassView } from './breakGlass.model.js'

/** The newest that are looked at; more than can be broken between two looks. */
const LATEST = 100

/**
 * Each glass that is broken, escalated or reviewed at the viewer's facilities, from now on. Decided anew at every look;
 * what is delivered is on record before it leaves. It ends with the sign-in or the role.
 * @throws FORBIDDEN for whoever has nothing to do with reviews
 */
export async function breakGlassAlerts(
  services: Services,
  claims: Claims,
  operation: Accessed = newAccessed(),
): Promise<AsyncIterableIterator<BreakGlass>> {
  const known = new Set<string>()
  const opening = await readOnce(
    services,
    claims,
    async (session) => {
      if (!concerns(session)) throw forbidden('ROLE')
      for (const view of await glassSeenBy(session, LATEST, false)) known.add(stepOf(view))
      return { memberId: session.viewer.memberId }
    },
    operation,
  )
  return follow<BreakGlass>({
    hub: services.get(HUB),
    following: {
      orgId: claims.orgId,
      // No chart's log: the sweep looks each second, and every change of access at once.
      streamId: claims.orgId,
      get sessionId() {
        return claims.sessionId
      },
      memberId: opening.memberId,
      position: () => 0,
      epoch: () => '',
    },
    look: () => look(services, claims, operation, known),
  })
}

async function look(
  services: Services,
  claims: Claims,
  operation: Accessed,
  known: Set<string>,
): Promise<Look<BreakGlass>> {
  const accessed = { ...newAccessed(), operationHash: operation.operationHash }
  try {
    const items = await readOnce(
      services,
      claims,
      async (session) => {
        if (!concerns(session)) return undefined
        const fresh = (await glassSeenBy(session, LATEST, false)).filter((view) => !known.has(stepOf(view)))
        for (const view of fresh) known.add(stepOf(view))
        return fresh.length > 0 ? presentAll(session, fresh.reverse()) : []
      },
      accessed,
    )
    if (!items) return { items: [], done: true }
    if (items.length > 0)
      await recordAccess(services, claims, accessed, { action: 'stream break-glass', purpose: 'OPERATIONS' })
    return { items, done: false }
  } catch (error) {
    if (error instanceof ChartroomError && error.code === 'UNAUTHENTICATED') return { items: [], done: true }
    throw error
  }
}

const concerns = ({ viewer }: Session): boolean => breakGlassRules(viewer).rulesFor('read', 'BreakGlass').length > 0

const stepOf = (view: GlassView): string => `${view.id}/${stateOfReview(view)}`
