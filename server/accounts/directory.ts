import type { Session } from '../auth/session.js'
import type { Tx } from '../db/pool.js'
import { namesOf } from './directory.store.js'

/**
 * Who is who, and which facility and worklist is which: OPEN facts that every answer shows by name. Kept for half a
 * minute per organisation on each node, so that presenting an event looks nothing up.
 */
export interface Directory {
  /** Whoever acted somewhere, by an id that is one of a member. */
  member(id: string | null): { id: string; displayName: string } | null
  /** The same for an id that may be of anything; null where no member has it. */
  knownMember(id: string): { id: string; displayName: string } | null
  facility(id: string | null): { id: string; key: string; name: string } | null
  queue(id: string | null): { id: string; name: string } | null
  readonly organisation: { id: string; name: string; kind: string }
}

const KEEP_MS = 30_000
const kept = new Map<string, { until: number; directory: Directory }>()

export const directoryOf = ({ tx, viewer, now }: Session): Promise<Directory> => directoryIn(tx, viewer.orgId, now)

/** The same for whoever reads for several people at once. */
export async function directoryIn(tx: Tx, orgId: string, now: Date): Promise<Directory> {
  const known = kept.get(orgId)
  if (known && known.until > now.getTime()) return known.directory
  const directory = await loadDirectory(tx, orgId)
  kept.set(orgId, { until: now.getTime() + KEEP_MS, directory })
  return directory
}

/** After a member, facility or queue was added or renamed on this node. */
export const forgetDirectory = (orgId: string): void => void kept.delete(orgId)

async function loadDirectory(tx: Tx, orgId: string): Promise<Directory> {
  const rows = await namesOf(tx, orgId)
  const of = (kind: string) => new Map(rows.filter((r) => r.of === kind).map((r) => [r.id, r]))
  const members = of('member')
  const facilities = of('facility')
  const queues = of('queue')
  const own = rows.find((r) => r.of === 'organisation')
  if (!own) throw new Error('the organisation of the session does not exist')
  return {
    // A name that is not here yet was added on another node less than half a minute ago.
    member: (id) => (id === null ? null : { id, displayName: members.get(id)?.name ?? 'A new colleague' }),
    knownMember: (id) => {
      const row = members.get(id)
      return row ? { id: row.id, displayName: row.name } : null
    },
    facility: (id) => {
      const row = id === null ? undefined : facilities.get(id)
      return row ? { id: row.id, key: row.key, name: row.name } : null
    },
    queue: (id) => {
      const row = id === null ? undefined : queues.get(id)
      return row ? { id: row.id, name: row.name } : null
    },
    organisation: { id: own.id, name: own.name, kind: own.key },
  }
}
