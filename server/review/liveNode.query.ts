import type { LiveGroup, LiveNode } from '../../schema/liveNode.js'
import { allows } from '../auth/rules.js'
import type { Session } from '../auth/session.js'
import { HUB } from '../live/wake.js'
import { FEEDS } from './chartFeed.js'
import { headsOf } from './liveNode.store.js'
import { liveNodeRules } from './liveNode.policy.js'

const MOST_GROUPS = 200

/** How the streams of the viewer's organisation are served on this node; nothing, for whoever is no administrator. */
export async function liveNode({ viewer, tx, services }: Session): Promise<LiveNode | null> {
  const { orgId } = viewer
  if (!allows(liveNodeRules(viewer), 'read', 'LiveNode', { orgId })) return null
  const own = [...services.get(FEEDS)].flatMap(([name, feed]) => {
    const [of, chartId] = name.split('/') as [string, string]
    return of === orgId ? [{ chartId, feed }] : []
  })
  const heads = await headsOf(
    tx,
    orgId,
    own.map(({ chartId }) => chartId),
  )
  const groups = own.flatMap(({ chartId, feed }, chart) => {
    const behind = Math.max(0, (heads.get(chartId) ?? 0) - feed.position)
    return [...feed.groups].map(
      ({ outletKey, sight, members }): LiveGroup => ({
        chart,
        operation: outletKey.slice(0, 16),
        classes: [...sight.classes].sort(),
        members: members.size,
        behind,
      }),
    )
  })
  groups.sort((a, b) => b.members - a.members)
  let followers = 0
  for (const following of services.get(HUB).all()) if (following.orgId === orgId) followers++
  return { organisationId: orgId, followers, groups: groups.slice(0, MOST_GROUPS) }
}
