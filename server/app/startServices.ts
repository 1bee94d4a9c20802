import { grantApproved } from '../accounts/index.js'
import { APPROVAL_EFFECTS } from '../approvals/index.js'
import { sweepSignIn } from '../accounts/index.js'
import { DISCLOSURES } from '../auth/disclosed.js'
import { createPageCursors, PAGE_CURSORS } from '../auth/pageCursor.js'
import { CLOCK, DATABASE } from '../auth/request.js'
import { BREAK_GLASS_ALERT } from '../charts/breakGlass.alert.js'
import { CLIENT_BASIS } from '../charts/clientBasis.js'
import { escalateBreakGlass } from '../charts/escalateBreakGlass.job.js'
import { PART2_BASIS } from '../charts/part2Basis.js'
import { releaseExpired } from '../charts/releaseExpired.job.js'
import {
  agreementApproved,
  clientApproved,
  clientBasis,
  clientChangeApproved,
  createDisclosures,
} from '../clients/index.js'
import type { CodeSets } from '../codesets/model.js'
import { CODE_SETS } from '../codesets/service.js'
import { endExpiredConsents, part2Basis, qualifiedServiceApproved } from '../consents/index.js'
import { forgetExpired } from '../db/expired.js'
import type { Database } from '../db/pool.js'
import { CITATIONS, UPLOAD_LIMITS } from '../documents/index.js'
import { codeSetTables, createEnginePool, EngineError, type EnginePool, type TablesSource } from '../engine/index.js'
import { createFhirValidator } from '../exports/index.js'
import { FHIR_VALIDATOR } from '../exports/service.js'
import { JOBS, type Jobs, startJobs } from '../jobs/index.js'
import type { Clock } from '../kernel/clock.js'
import { Services } from '../kernel/services.js'
import { Hub } from '../live/hub.js'
import { LIVE_METRICS, type LiveMetrics } from '../live/metrics.js'
import { natsBus } from '../live/natsBus.js'
import { createPresenceBoard, PRESENCE } from '../live/presence.js'
import { HUB, startWaker, WAKER } from '../live/wake.js'
import { FEEDS } from '../review/chartFeed.js'
import { lineCitations } from '../suggestions/citations.js'
import { ENGINE, engineRunJob } from '../suggestions/engineRun.job.js'
import { createTrail, TRAIL } from '../trail/writer.js'
import { patientDeletionApproved } from '../retention/index.js'
import { VAULT } from '../vault/service.js'
import type { Vault } from '../vault/vault.js'
import type { Env } from './env.js'
import { every } from './every.js'
import type { Log } from './logger.js'

export interface RunningServices {
  readonly services: Services
  readonly hub: Hub
  /** Without the engine's where it is off on this node: they wait for another one. */
  readonly jobs: Jobs
  /** Lets running jobs end, then closes what was started here. The database stays open. */
  stop(): Promise<void>
}

/** What every request, stream and job asks for, one of each a process. */
export async function startServices(options: {
  env: Pick<Env, 'engineWorkers' | 'uploadMaxBytes' | 'wake'>
  database: Database
  vault: Vault
  clock: Clock
  codeSets: () => CodeSets
  log: Log
  metrics: LiveMetrics
}): Promise<RunningServices> {
  const { env, database, vault, clock, codeSets, log } = options
  const hub = new Hub()
  const waker = await startWaker(database, hub, vault, (what) => log.event('trouble', { what }), {
    clock,
    ...(env.wake && { nats: natsBus(env.wake, vault.derive('wake-ups')) }),
    onConnected: () => log.event('wake-ups', { what: 'connected' }),
  })
  const presence = createPresenceBoard(clock, hub, waker)
  const validator = createFhirValidator()
  const onTrouble = (what: string, error: unknown): void => log.error('trouble', error, { what })
  const trail = createTrail({ database, clock, onTrouble: (error) => onTrouble('access records', error) })
  const engine = env.engineWorkers > 0 ? newEngine(env.engineWorkers, codeSets) : undefined
  const services = new Services()
    .provide(DATABASE, database)
    .provide(CLOCK, clock)
    .provide(VAULT, vault)
    .provide(CODE_SETS, codeSets)
    .provide(PAGE_CURSORS, createPageCursors(vault.derive('page cursors')))
    .provide(HUB, hub)
    .provide(FEEDS, new Map())
    .provide(WAKER, waker)
    .provide(PRESENCE, presence)
    .provide(LIVE_METRICS, options.metrics)
    .provide(UPLOAD_LIMITS, { maxBytes: env.uploadMaxBytes })
    .provide(CITATIONS, lineCitations)
    .provide(FHIR_VALIDATOR, validator)
    .provide(ENGINE, engine ?? NO_ENGINE)
    .provide(TRAIL, trail)
    .provide(CLIENT_BASIS, clientBasis)
    .provide(PART2_BASIS, part2Basis)
    .provide(APPROVAL_EFFECTS, {
      OWN_GRANT: grantApproved,
      PATIENT_DELETION: patientDeletionApproved,
      QUALIFIED_SERVICE: qualifiedServiceApproved,
      AGREEMENT: agreementApproved,
      CLIENT: clientApproved,
      SCOPE: clientChangeApproved,
    })
    .provide(BREAK_GLASS_ALERT, (what) => log.event(what))
  const disclosures = createDisclosures({
    database,
    clock,
    services,
    onTrouble: (error) => onTrouble('disclosures', error),
  })
  services.provide(DISCLOSURES, disclosures)
  const jobs = await startJobs({
    database,
    handlers: {
      'break-glass-review': (data) => escalateBreakGlass(services, data),
      ...(engine && { 'engine-run': engineRunJob(services) }),
    },
    onTrouble,
  })
  services.provide(JOBS, jobs)
  const upkeep = [
    // Open streams have a deadline of their own; this is for requests, which must not pass by an assignment that has ended.
    every(
      1_000,
      () => releaseExpired(services),
      (error) => onTrouble('assignments', error),
    ),
    every(
      1_000,
      () => endExpiredConsents(services),
      (error) => onTrouble('consents', error),
    ),
    every(
      600_000,
      () => forgetExpired(database, clock.now()),
      (error) => onTrouble('expiry', error),
    ),
    every(
      600_000,
      () => sweepSignIn(database, clock.now()),
      (error) => onTrouble('sign-in', error),
    ),
  ]

  return {
    services,
    hub,
    jobs,
    async stop() {
      await Promise.all(upkeep.map((work) => work.stop()))
      await jobs.stop()
      // Its goodbyes still go over the bus.
      presence.close()
      await Promise.all([engine?.close(), validator.close(), waker.close()])
      await Promise.all([trail.close(), disclosures.close()])
    },
  }
}

function newEngine(size: number, codeSets: () => CodeSets): EnginePool {
  let of: CodeSets | undefined
  let tables: TablesSource | undefined
  return createEnginePool({
    size,
    // An import replaces the code sets; the tables packed from the old ones go with them.
    tables(date) {
      const now = codeSets()
      if (!tables || of !== now) tables = codeSetTables(now)
      of = now
      return tables(date)
    },
  })
}

const NO_ENGINE = { runEngine: () => Promise.reject(new EngineError('CLOSED')) }
