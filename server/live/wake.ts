import type { Database } from '../db/pool.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import type { Vault } from '../vault/vault.js'
import type { Hub } from './hub.js'

export const WAKER: ServiceKey<Waker> = serviceKey('waker')
export const HUB: ServiceKey<Hub> = serviceKey('hub')

/**
 * Wake-ups follow the commit and carry ids only. They are coalesced per node, so that they never slow the writers, and
 * a lost one costs delay, never data: the heads and access epochs of what is followed are swept every second.
 */
export interface Waker {
  /** After the commit of a change to a stream. */
  stream(orgId: string, streamId: string): void
  /** After the commit of a change to anybody's access in an organisation. */
  access(orgId: string): void
  /** After the commit that destroyed a patient's data key: every process lets go of the one it opened. */
  keyDestroyed(orgId: string, patientId: string): void
  close(): Promise<void>
}

const CHANNEL = 'chartroom_wake'
/** A NOTIFY payload holds at most 7,999 bytes; a wake is about 75. */
const WAKES_PER_NOTICE = 90

/** How often a process asks whether a key that it holds open was destroyed and the wake-up was lost. */
const KEY_SWEEP_MS = 60_000

export async function startWaker(
  database: Database,
  hub: Hub,
  vault: Pick<Vault, 'opened' | 'forget'>,
  onTrouble: (what: string) => void,
): Promise<Waker> {
  const pending = new Set<string>()
  let looking: Promise<void> | undefined
  let flushing: Promise<void> | undefined
  let closed = false

  const listener = await database.signals.listen(
    CHANNEL,
    (payload) => {
      for (const wake of payload.split(' ')) deliver(wake)
    },
    // Also called after a lost connection: what was notified in between is lost, so everyone looks again.
    () => {
      hub.wakeAll()
      lookAtKeys()
    },
  )
  let sweeping: Promise<void> | undefined
  const sweep = setInterval(() => {
    // One at a time: a slow database must not be asked more often because it is slow.
    sweeping ??= sweepHeads(database, hub)
      .catch(() => onTrouble('sweep failed'))
      .finally(() => (sweeping = undefined))
  }, 1_000)
  sweep.unref()
  const keySweep = setInterval(lookAtKeys, KEY_SWEEP_MS)
  keySweep.unref()

  return {
    stream: (orgId, streamId) => send(`s/${orgId}/${streamId}`),
    access: (orgId) => send(`a/${orgId}`),
    keyDestroyed: (orgId, patientId) => send(`k/${orgId}/${patientId}`),
    async close() {
      closed = true
      clearInterval(sweep)
      clearInterval(keySweep)
      await Promise.all([flushing, sweeping, looking])
      await listener.unlisten().catch(() => {})
    },
  }

  /** This node looks at once; the others are told. */
  function send(wake: string): void {
    deliver(wake)
    if (closed) return
    pending.add(wake)
    flushing ??= flush()
  }

  function deliver(wake: string): void {
    const [kind, orgId, streamId] = wake.split('/')
    if (kind === 's' && streamId) hub.wakeStream(streamId)
    if (kind === 'a' && orgId) hub.wakeOrganisation(orgId)
    if (kind === 'k' && orgId && streamId) vault.forget(orgId, streamId)
  }

  function lookAtKeys(): void {
    looking ??= forgetDestroyed(database, vault)
      .catch(() => onTrouble('look at keys failed'))
      .finally(() => (looking = undefined))
  }

  async function flush(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    while (pending.size > 0) {
      const batch = [...pending].slice(0, WAKES_PER_NOTICE)
      for (const wake of batch) pending.delete(wake)
      await database.signals.notify(CHANNEL, batch.join(' ')).catch(() => onTrouble('notify failed'))
    }
    flushing = undefined
  }
}

/** Lets go of every opened key that was destroyed meanwhile: one statement per organisation with any open. */
export async function forgetDestroyed(database: Database, vault: Pick<Vault, 'opened' | 'forget'>): Promise<void> {
  for (const [orgId, ownerIds] of vault.opened()) {
    const destroyed = await database.read(
      orgId,
      (tx) => tx<{ patientId: string }[]>`
        select patient_id from patient_key
        where org_id = ${orgId} and patient_id = any(${ownerIds as string[]}::uuid[]) and destroyed_at is not null`,
    )
    for (const { patientId } of destroyed) vault.forget(orgId, patientId)
  }
}

/** One statement per followed organisation: heads of streams, access epochs, and which sign-in sessions still live. */
async function sweepHeads(database: Database, hub: Hub): Promise<void> {
  const organisations = new Set<string>()
  for (const following of hub.all()) organisations.add(following.orgId)
  for (const orgId of organisations) {
    const followings = [...hub.all()].filter((f) => f.orgId === orgId)
    const now = await database.read(orgId, async (tx) => {
      const streams = await tx<{ id: string; headSeq: number; epoch: string }[]>`
        select s.id, s.head_seq, c.access_epoch || '.' || f.access_epoch || '.' || p.access_epoch as epoch
        from chart_stream s join chart c on c.org_id = s.org_id and c.id = s.chart_id
        join facility f on f.org_id = c.org_id and f.id = c.facility_id
        join patient p on p.org_id = c.org_id and p.id = c.patient_id
        where s.org_id = ${orgId} and s.id = any(${[...new Set(followings.map((f) => logOf(f.streamId)))]}::uuid[])`
      const people = await tx<{ sessionId: string; memberId: string; epoch: string }[]>`
        select a.id as session_id, m.id as member_id, m.access_epoch || '.' || o.access_epoch as epoch
        from auth_session a join member m on m.user_id = a.user_id join organisation o on o.id = m.org_id
        where m.org_id = ${orgId} and a.id = any(${[...new Set(followings.map((f) => f.sessionId))]}::text[])
          and a.expires_at > now() and m.disabled_at is null
        union all
        select f.token_id::text, f.actor_id, f.epoch || '.' || o.access_epoch
        from client_tokens_in_force(${orgId}, now()) f join organisation o on o.id = ${orgId}
        where f.token_id::text = any(${[...new Set(followings.map((f) => f.sessionId))]}::text[])`
      return {
        streams: new Map(streams.map((s) => [s.id, s])),
        people: new Map(people.map((p) => [`${p.sessionId}/${p.memberId}`, p.epoch])),
      }
    })
    for (const following of followings) {
      const stream = now.streams.get(logOf(following.streamId))
      const person = now.people.get(`${following.sessionId}/${following.memberId}`)
      const behind = !stream || !person || stream.headSeq > following.position()
      if (behind || `${person}/${stream.epoch}` !== following.epoch()) following.wake()
    }
  }
}

/** The log behind what is followed: a presence (`organisation/chart`) has none of its own, but the access of its chart. */
const logOf = (streamId: string): string => streamId.slice(streamId.lastIndexOf('/') + 1)
