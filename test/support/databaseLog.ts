import { createReadStream, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { inject } from 'vitest'
import './globalSetup.js'

/** As an operator might set it who looks for a fault, against all advice: every statement, with every value bound to it. */
export const LOG_EVERYTHING = {
  log_statement: 'all',
  log_parameter_max_length: '-1',
  log_parameter_max_length_on_error: '-1',
  log_error_verbosity: 'default',
  log_min_messages: 'info',
  log_min_error_statement: 'error',
}

/** Every line begins with the name of the database that it speaks of: several test files share one server. */
export const LOG_LINE_PREFIX = '%m [%p] <%d> '
const HEAD = /^\d{4}-\d\d-\d\d \S+ \S+ \[\d+\] <([^>]*)> /

const logFile = (): string => path.join(inject('postgresFolder'), 'postgres.log')

/** Where the log ends now. */
export const logEnd = (): number => (existsSync(logFile()) ? statSync(logFile()).size : 0)

/** What the server has logged of one database from a place in its log on, a piece at a time: it may be very long. */
export async function* logOf(database: string, from = 0): AsyncGenerator<string> {
  if (!existsSync(logFile())) return
  let ours = false
  let piece: string[] = []
  let length = 0
  const lines = createInterface({ input: createReadStream(logFile(), { start: from, encoding: 'utf8' }) })
  for await (const line of lines) {
    // What has no head of its own goes on from the line before.
    const head = HEAD.exec(line)
    if (head) ours = head[1] === database
    if (!ours) continue
    piece.push(line)
    length += line.length + 1
    if (length < PIECE || !head) continue
    yield piece.join('\n')
    piece = []
    length = 0
  }
  if (piece.length > 0) yield piece.join('\n')
}

const PIECE = 4_000_000
