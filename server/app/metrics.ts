import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { CATALOGUE } from '../kernel/errors.js'
import type { LiveGauges, LiveMetrics } from '../live/metrics.js'

/** The numbers of one process, in the text format that Prometheus reads. */
export interface Metrics {
  readonly live: LiveMetrics
  readonly contentType: string
  text(): Promise<string>
  close(): void
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const READERS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]

/** Labels take words of fixed lists and nothing else: never an id, a name, an address or a text of a client. */
export function createMetrics(): Metrics {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  const gauges = gaugesOf(register)
  const sources = new Set<() => LiveGauges>()

  const subscribers = new Gauge({
    name: 'chartroom_subscribers',
    help: 'Open subscriptions, over sockets and over HTTP.',
    labelNames: ['stream'],
    registers,
  })
  const refused = new Counter({
    name: 'chartroom_subscriptions_refused_total',
    help: 'Subscriptions that did not begin, by the code of the answer.',
    labelNames: ['code'],
    registers,
  })
  const dropped = new Counter({
    name: 'chartroom_connections_dropped_total',
    help: 'Sockets and streams over HTTP that this node ended, by reason.',
    labelNames: ['reason'],
    registers,
  })
  const frames = new Counter({
    name: 'chartroom_frames_delivered_total',
    help: 'Frames handed to connections: one execution counts once for every reader.',
    labelNames: ['path'],
    registers,
  })
  const executions = new Counter({
    name: 'chartroom_executions_total',
    help: 'Executions behind these frames.',
    labelNames: ['path'],
    registers,
  })
  const events = new Counter({
    name: 'chartroom_events_delivered_total',
    help: 'Events of logs in these frames, once for every reader.',
    labelNames: ['path'],
    registers,
  })
  const fanOut = new Histogram({
    name: 'chartroom_fan_out_readers',
    help: 'Readers that one execution served.',
    buckets: READERS,
    registers,
  })
  const sinceWake = new Histogram({
    name: 'chartroom_wake_to_deliver_seconds',
    help: 'From a wake-up on this node to its frame handed to the connections, once an execution.',
    buckets: SECONDS,
    registers,
  })
  const sinceCommit = new Histogram({
    name: 'chartroom_commit_to_deliver_seconds',
    help: 'From the instant in the newest event, just before its commit, to its frame handed over, once an execution.',
    buckets: SECONDS,
    registers,
  })
  const snapshots = new Counter({
    name: 'chartroom_snapshots_total',
    help: 'Snapshots, by cause.',
    labelNames: ['cause'],
    registers,
  })
  const resumes = new Counter({
    name: 'chartroom_resumes_total',
    help: 'Streams that began after a cursor, by what came of it.',
    labelNames: ['outcome'],
    registers,
  })
  const accessChanges = new Histogram({
    name: 'chartroom_access_change_to_effect_seconds',
    help: 'From when this node heard of a change of access to when the stream changed or ended.',
    labelNames: ['change'],
    buckets: SECONDS,
    registers,
  })

  return {
    live: {
      subscribed: (stream) => subscribers.inc({ stream }),
      unsubscribed: (stream) => subscribers.dec({ stream }),
      refused: (code) => refused.inc({ code: Object.hasOwn(CATALOGUE, code) ? code : 'INTERNAL' }),
      dropped: (reason) => dropped.inc({ reason }),
      delivered({ path, events: of, readers, sinceWakeMs, sinceCommitMs }) {
        executions.inc({ path })
        frames.inc({ path }, readers)
        events.inc({ path }, of * readers)
        fanOut.observe(readers)
        if (sinceWakeMs !== undefined) sinceWake.observe(sinceWakeMs / 1_000)
        // Another node's clock may run ahead of ours.
        if (sinceCommitMs !== undefined) sinceCommit.observe(Math.max(0, sinceCommitMs) / 1_000)
      },
      snapshot: (cause) => snapshots.inc({ cause }),
      resumed: (outcome) => resumes.inc({ outcome }),
      accessChanged: (change, milliseconds) => accessChanges.observe({ change }, milliseconds / 1_000),
      watch(read) {
        sources.add(read)
        return () => void sources.delete(read)
      },
    },
    contentType: register.contentType,
    async text() {
      const read = [...sources].map((source) => source())
      for (const [name, { gauge, of, scale }] of Object.entries(gauges)) {
        gauge.set(of(read.map((source) => source[name as keyof LiveGauges] ?? 0)) * scale)
      }
      return register.metrics()
    },
    close() {
      register.clear()
      sources.clear()
    },
  }
}

interface Read {
  readonly gauge: Gauge
  readonly of: (values: readonly number[]) => number
  readonly scale: number
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const highest = (values: readonly number[]): number => Math.max(0, ...values)

function gaugesOf(register: Registry): Readonly<Record<keyof LiveGauges, Read>> {
  const gauge = (name: string, help: string, of = sum, scale = 1): Read => ({
    gauge: new Gauge({ name: `chartroom_${name}`, help, registers: [register] }),
    of,
    scale,
  })
  return {
    sockets: gauge('sockets', 'Open WebSockets.'),
    httpStreams: gauge('http_streams', 'Open streams over HTTP (server-sent events).'),
    followers: gauge('followers', 'Followers that wake-ups reach; a feed counts once, however many read it.'),
    feeds: gauge('feeds', 'Charts that this node reads once for all who follow them.'),
    groups: gauge('groups', 'Groups of subscribers with one execution.'),
    grouped: gauge('grouped_subscribers', 'Subscribers in these groups; others look for themselves.'),
    queuedFrames: gauge('queued_frames', 'Frames that wait for slow readers.'),
    queuedBytes: gauge('queued_bytes', 'Bytes that wait for slow readers.'),
    oldestQueuedMs: gauge('oldest_queued_seconds', 'Age of the frame that has waited longest.', highest, 0.001),
  }
}
