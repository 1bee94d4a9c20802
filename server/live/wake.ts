import { randomBytes } from 'node:crypto'
import type { Database } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { systemClock } from '../kernel/clock.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import type { Vault } from '../vault/vault.js'
import { type Bus, MESSAGE_BYTES, type OpenBus } from './bus.js'
import type { Hub } from './hub.js'
import { nodeBus } from './nodeBus.js'
import { notifyBus } from './notifyBus.js'
import { type Sweep, startSweep } from './sweep.js'

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
  /** After the commit that ended sign-ins: every process looks at those it serves. */
  sessionsEnded(): void
  /** For a part of every node that tells its like on the others something of its own. */
  wire(kinds: readonly string[], ear: WireEar): (word: string) => void
  readonly sweep: Sweep
  /** Whether the bus that was set up is there, as far as is known; without NATS others are told by NOTIFY meanwhile. */
  connected(): boolean
  close(): Promise<void>
}

export interface WireEar {
  /** A word of one of its kinds from another node, cut at `/`. */
  heard(parts: readonly string[]): void
  /** The bus is there, or there again: what was told in between is lost. */
  connected(): void
}

/** How often a process asks whether a key that it holds open was destroyed and the wake-up was lost. */
const KEY_SWEEP_MS = 60_000
/** Words kept for a bus that does not take them. Beyond it they are dropped, and others look within a second. */
const MOST_PENDING = 20_000

/**
 * A message is words parted by spaces, the first `n/<node>/<number>`, which no other has; a word is its kind and ids,
 * parted by `/`.
 * @param more `nats` beside NOTIFY, by which every node is reached; `openBus` instead of both
 */
export async function startWaker(
  database: Database,
  hub: Hub,
  vault: Pick<Vault, 'opened' | 'forget'>,
  onTrouble: (what: string) => void,
  more: {
    readonly nats?: OpenBus
    readonly openBus?: OpenBus
    readonly clock?: Clock
    readonly onConnected?: () => void
  } = {},
): Promise<Waker> {
  const node = randomBytes(8).toString('hex')
  const self = `n/${node}/`
  let sent = 0
  const pending = new Set<string>()
  const wires = new Map<string, WireEar>()
  let looking: Promise<void> | undefined
  let flushing: Promise<void> | undefined
  let closed = false

  const sweep = startSweep({ database, hub, clock: more.clock ?? systemClock, onTrouble })
  const bus: Bus = await (more.openBus ?? nodeBus(node, notifyBus(database), more.nats))({
    heard(message) {
      const [from, ...words] = message.split(' ')
      // Its own words have been delivered already, without the way round.
      if (!from!.startsWith(self)) for (const word of words) deliver(word)
    },
    // Also after a lost connection: what was said in between is lost, so everyone looks again.
    connected() {
      hub.wakeAll()
      lookAtKeys()
      for (const ear of new Set(wires.values())) ear.connected()
      more.onConnected?.()
    },
    trouble: onTrouble,
  })
  const keySweep = setInterval(lookAtKeys, KEY_SWEEP_MS)
  keySweep.unref()

  return {
    stream: (orgId, streamId) => send(`s/${orgId}/${streamId}`),
    access: (orgId) => send(`a/${orgId}`),
    keyDestroyed: (orgId, patientId) => send(`k/${orgId}/${patientId}`),
    sessionsEnded: () => send('e'),
    wire(kinds, ear) {
      for (const kind of kinds) wires.set(kind, ear)
      return tell
    },
    sweep,
    connected: () => bus.connected(),
    async close() {
      closed = true
      clearInterval(keySweep)
      await Promise.all([flushing, sweep.stop(), looking])
      await bus.close()
    },
  }

  /** This node looks at once; the others are told. */
  function send(word: string): void {
    deliver(word)
    tell(word)
  }

  function tell(word: string): void {
    if (closed) return
    if (pending.size >= MOST_PENDING) {
      pending.clear()
      onTrouble('wake-ups dropped')
    }
    pending.add(word)
    flushing ??= flush()
  }

  function deliver(word: string): void {
    const parts = word.split('/')
    const [kind, orgId, id] = parts
    if (kind === 's' && orgId && id) {
      hub.wakeStream(id)
      // Whatever changes a chart may change its organisation's board, which is followed under that one's id.
      hub.wakeStream(orgId)
    } else if (kind === 'a' && orgId) hub.wakeOrganisation(orgId)
    else if (kind === 'k' && orgId && id) vault.forget(orgId, id)
    else if (kind === 'e') sweep.now()
    else wires.get(kind!)?.heard(parts)
  }

  function lookAtKeys(): void {
    looking ??= forgetDestroyed(database, vault)
      .catch(() => onTrouble('look at keys failed'))
      .finally(() => (looking = undefined))
  }

  /** What comes while a message is under way goes with the next: the more is written, the fewer messages a commit. */
  async function flush(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    while (pending.size > 0) {
      let message = self + (++sent).toString(36)
      for (const word of pending) {
        if (message.length + 1 + word.length > MESSAGE_BYTES) break
        message += ` ${word}`
        pending.delete(word)
      }
      await bus.publish(message)
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
