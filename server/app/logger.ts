import { type DestinationStream, type Logger, pino } from 'pino'
import type { Env } from './env.js'
import { errorClass, placesOf, sqlStateOf } from './errorFacts.js'

/**
 * The log. It can write what stands in EVENTS and FIELDS and nothing else: an event by name, and values of a fixed
 * shape under fixed names. What does not fit is dropped and counted, so that a careless call loses a value and never
 * tells one.
 */
export interface Log {
  event(name: EventName, fields?: LogFields): void
  /** An error that an operator should look at: its class, its SQLSTATE, where it was thrown. Never its message. */
  error(name: EventName, error: unknown, fields?: LogFields): void
  /** Values refused since the start. */
  dropped(): number
  flush(): void
}

const EVENTS = {
  starting: 'info',
  listening: 'info',
  stopping: 'info',
  stopped: 'info',
  database: 'info',
  'wake-ups': 'info',
  'code sets loaded': 'info',
  operation: 'info',
  'sign-in': 'info',
  'socket opened': 'debug',
  'socket closed': 'info',
  'socket refused': 'warn',
  throttled: 'warn',
  'break-glass': 'warn',
  'break-glass escalated': 'error',
  trouble: 'error',
  failed: 'error',
} as const satisfies Record<string, 'debug' | 'info' | 'warn' | 'error'>

export type EventName = keyof typeof EVENTS

const matches =
  (form: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && form.test(value)
const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const PLACE = /^[\w@.+/-]{1,120}:\d{1,6}$/

/** The shape of every field. Free text has none. */
const FIELDS = {
  /** The name a client gave its operation. */
  operation: matches(/^[_A-Za-z]\w{0,63}$/),
  /** SHA-256 of the text of the operation, shortened. */
  hash: matches(/^[0-9a-f]{16,64}$/),
  kind: matches(/^(query|mutation|subscription)$/),
  transport: matches(/^(http|ws|sse)$/),
  /** A code of the catalogue, or OK. */
  outcome: matches(/^[A-Z_]{2,40}$/),
  status: isCount,
  durationMs: isCount,
  statements: isCount,
  count: isCount,
  closeCode: isCount,
  port: isCount,
  orgId: matches(UUID),
  /** SHA-256 of an account's address. */
  account: matches(/^[0-9a-f]{64}$/),
  clientAddress: matches(/^[0-9a-fA-F:.]{2,45}$/),
  errorClass: matches(/^[A-Za-z_$][\w$]{0,59}$/),
  sqlState: matches(/^[0-9A-Z]{5}$|^E[A-Z]{2,20}$|^CONNECT(ION)?_[A-Z]{3,20}$/),
  at: (value: unknown): boolean => Array.isArray(value) && value.length <= 12 && value.every(matches(PLACE)),
  /** A sentence of our own source, such as "sweep failed". */
  what: matches(/^[A-Za-z][A-Za-z ,:;'()/-]{0,99}$/),
} as const satisfies Record<string, (value: unknown) => boolean>

export type LogFields = { readonly [K in keyof typeof FIELDS]?: string | number | readonly string[] | undefined }

/** @param destination where lines go; standard error by default, because standard output is for people */
export function createLog(
  level: Env['logLevel'],
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log {
  const log: Logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  let droppedValues = 0

  return {
    event: write,
    error(name, error, fields = {}) {
      write(name, { ...fields, errorClass: errorClass(error), sqlState: sqlStateOf(error), at: placesOf(error) })
    },
    dropped: () => droppedValues,
    flush: () => log.flush(),
  }

  function write(name: EventName, fields: LogFields = {}): void {
    if (!Object.hasOwn(EVENTS, name)) return void droppedValues++
    const kept: Record<string, unknown> = {}
    let refused = 0
    for (const [field, value] of Object.entries(fields)) {
      if (value === undefined) continue
      if (Object.hasOwn(FIELDS, field) && FIELDS[field as keyof typeof FIELDS](value)) kept[field] = value
      else refused++
    }
    droppedValues += refused
    log[EVENTS[name]](refused > 0 ? { event: name, ...kept, dropped: refused } : { event: name, ...kept })
  }
}
