import path from 'node:path'
import { packageRoot } from '../db/migrate.js'

/**
 * What may be said of an error whose message may hold a row's values: what kind it is and where it came from. Drivers
 * put parameters into messages, parsers their input.
 */
export function errorClass(error: unknown): string {
  if (!(error instanceof Error)) return 'NotAnError'
  const name = error.constructor.name || error.name
  return /^[A-Za-z_$][\w$]{0,59}$/.test(name) ? name : 'Error'
}

/** The SQLSTATE or the system's error code of the error or of what caused it. */
export function sqlStateOf(error: unknown): string | undefined {
  for (const link of causes(error)) {
    const { code } = link as { code?: unknown }
    if (typeof code === 'string' && /^[0-9A-Z]{5}$|^[A-Z_]{3,40}$/.test(code)) return code
  }
  return undefined
}

/** Files and lines of the innermost cause, ours first cut to the package. The message is cut off before it is read. */
export function placesOf(error: unknown): string[] | undefined {
  const inner = [...causes(error)].filter((link) => link instanceof Error).at(-1)
  if (!inner?.stack) return undefined
  const message = inner.message
  const begins = message === '' ? 0 : inner.stack.indexOf(message)
  // A stack that does not begin with its message was tampered with: nothing of it is safe to show.
  if (begins < 0) return undefined
  const places: string[] = []
  for (const line of inner.stack.slice(begins + message.length).split('\n')) {
    const place = placeIn(line)
    if (place) places.push(place)
    if (places.length === MOST_PLACES) break
  }
  return places
}

/** The error, what it wraps, and so on; a cycle ends it. */
export function* causes(error: unknown): Generator<unknown> {
  const seen = new Set<unknown>()
  for (let link = error; link instanceof Error && !seen.has(link); ) {
    seen.add(link)
    yield link
    const { originalError, cause } = link as { originalError?: unknown; cause?: unknown }
    link = originalError ?? cause
  }
  // Node joins the failures of several addresses into one error that has none of its own.
  if (error instanceof AggregateError) for (const inner of error.errors) yield* causes(inner)
}

const MOST_PLACES = 8
const ROOT = packageRoot() + path.sep

function placeIn(line: string): string | undefined {
  const found = /^\s+at (?:.* \()?(?:file:\/\/)?(\/[^():]+|[A-Za-z]:[\\/][^():]+|node:[\w/]+):(\d+):\d+\)?$/.exec(line)
  if (!found) return undefined
  const file = found[1]!.replaceAll('\\', '/')
  const inside = file.startsWith(ROOT) ? file.slice(ROOT.length) : file.split('/').slice(-2).join('/')
  return `${inside.replace(/^node:/, 'node/')}:${found[2]}`
}
