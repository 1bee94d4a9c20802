import type { DisclosureKind, FieldClass } from '../../schema/values.js'
import type { Disclosed, Disclosures } from '../auth/disclosed.js'
import type { ClientGrant } from '../auth/scope.js'
import type { Session } from '../auth/session.js'
import type { Viewer } from '../auth/viewer.js'
import { recordDisclosureMade, recordReliance } from '../consents/index.js'
import type { Database } from '../db/pool.js'
import type { Clock } from '../kernel/clock.js'
import { ChartroomError } from '../kernel/errors.js'
import { newId } from '../kernel/ids.js'
import type { Services } from '../kernel/services.js'
import { shownTo } from './clientBasis.js'

/** What left to one third party about one chart or consent. */
interface Made extends Disclosed {
  readonly kind: DisclosureKind
  readonly memberId: string
  readonly client: Pick<ClientGrant, 'purpose' | 'vendor'>
  readonly classes: readonly FieldClass[]
}

interface Waiting {
  readonly made: readonly Made[]
  resolve(): void
  reject(error: Error): void
}

export interface DisclosureWriter extends Disclosures {
  /** Resolves when everything taken is written or refused. */
  close(): Promise<void>
}

/**
 * One disclosure for each chart or consent, kind and token: what one token reads of it, for its few minutes, is one series
 * (45 CFR 164.528(b)(3)). Group commit: what arrives while a batch is written is the next batch, so that an answer waits for
 * two commits at most and shares both.
 */
export function createDisclosures(options: {
  database: Database
  clock: Clock
  services: Services
  onTrouble: (error: unknown) => void
}): DisclosureWriter {
  const { database, clock, services, onTrouble } = options
  const waiting = new Map<string, Waiting[]>()
  const writing = new Map<string, Promise<void>>()
  const written = new Set<string>()

  return {
    async made(claims, { client, memberId, disclosed }, classes) {
      if (!client || memberId === undefined) return
      const told = [...classes].filter((it) => it !== 'OPEN' && it !== 'WORK')
      const keyOf = ({ id, kind }: Pick<Made, 'id' | 'kind'>): string => `${claims.sessionId}/${id}/${kind}`
      const fresh = [...disclosed.values()].flatMap((it): Made[] => {
        const kind = kindOf(it, told)
        return kind ? [{ ...it, kind, memberId, client, classes: told }] : []
      })
      const unwritten = fresh.filter((it) => !written.has(keyOf(it)))
      if (unwritten.length === 0) return
      await enqueue(claims.orgId, unwritten)
      for (const it of unwritten) remember(keyOf(it))
    },
    async close() {
      await Promise.all(writing.values())
    },
  }

  function enqueue(orgId: string, made: readonly Made[]): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.set(orgId, [...(waiting.get(orgId) ?? []), { made, resolve, reject }])
      if (!writing.has(orgId)) writing.set(orgId, writeAll(orgId))
    })
  }

  /** Never rejects: each batch tells its own callers. */
  async function writeAll(orgId: string): Promise<void> {
    for (let batch = waiting.get(orgId); batch?.length; batch = waiting.get(orgId)) {
      waiting.delete(orgId)
      try {
        await writeBatch(
          orgId,
          batch.flatMap(({ made }) => made),
        )
        for (const { resolve } of batch) resolve()
      } catch (error) {
        onTrouble(error)
        for (const { reject } of batch) reject(notRecorded())
      }
    }
    writing.delete(orgId)
  }

  function writeBatch(orgId: string, all: readonly Made[]): Promise<void> {
    return database.write(orgId, async (tx) => {
      const now = clock.now()
      for (const { chartId, patientId, facilityId, consentIds, kind, memberId, client, classes } of all) {
        // Of the viewer no more is asked than who it was.
        const viewer = { orgId, memberId } as Viewer
        const session: Session = { viewer, tx, now, services, memory: new Map() }
        const id = newId(now.getTime())
        for (const consentId of consentIds)
          await recordReliance(session, { consentId, disclosureId: id, purpose: client.purpose })
        const place = { id: chartId, patientId, facilityId }
        await recordDisclosureMade(session, place, {
          id,
          kind,
          submissionNumber: null,
          disclosure: shownTo(client, classes),
          decision: { allowed: true, reasons: [], notices: [], consentIds },
        })
      }
    })
  }

  function remember(key: string): void {
    written.add(key)
    if (written.size > MOST_REMEMBERED) written.delete(written.values().next().value!)
  }
}

/** What was forgotten is written a second time, which tells the same twice and hides nothing. */
const MOST_REMEMBERED = 50_000

/** The most that the classes say. That there is a chart, and its state, tells nothing of a person; a consent does. */
function kindOf({ chartId }: Disclosed, told: readonly FieldClass[]): DisclosureKind | undefined {
  if (chartId === null) return 'DEMOGRAPHICS'
  if (told.length === 0) return undefined
  if (told.includes('CLINICAL')) return 'MEDICAL_RECORD'
  return told.includes('IDENTITY') ? 'DEMOGRAPHICS' : 'BILLING_RECORD'
}

const notRecorded = (): ChartroomError =>
  new ChartroomError('UNAVAILABLE', 'This disclosure could not be recorded, so it is not answered. Try again soon.')
