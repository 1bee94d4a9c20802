import type { Tx } from '../db/pool.js'
import { newId } from '../kernel/ids.js'

/** Makes a queue that these teams work. */
export async function addQueue(
  tx: Tx,
  queue: { orgId: string; name: string; teamIds: readonly string[] },
): Promise<string> {
  const id = newId()
  await tx`insert into queue (org_id, id, name) values (${queue.orgId}, ${id}, ${queue.name})`
  await tx`
    insert into queue_team (org_id, queue_id, team_id)
    select ${queue.orgId}, ${id}, team_id from unnest(${[...queue.teamIds]}::uuid[]) team_id`
  return id
}

/** The queue that import and the command line name; undefined if there is none. */
export async function queueByName(tx: Tx, orgId: string, name: string): Promise<{ id: string } | undefined> {
  const [row] = await tx<{ id: string }[]>`select id from queue where org_id = ${orgId} and name = ${name}`
  return row
}
