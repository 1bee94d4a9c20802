import { EnvError } from '../app/env.js'
import { DatabaseError } from '../db/databaseErrors.js'
import { EmbeddedError } from '../db/embeddedErrors.js'
import { ChartroomError } from '../kernel/errors.js'
import { KeyFileError } from '../vault/keyFile.js'

/** A command that was asked for in a way that cannot be; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * A figure that could not be measured. Figures work on invented people alone, and whoever runs one mends it: what went
 * wrong is told in its own words, at LOG_LEVEL debug with its place.
 */
export class FigureError extends Error {
  override readonly name = 'FigureError'
  constructor(figure: string, error: unknown, options: { readonly stack: boolean }) {
    const told = options.stack && error instanceof Error && error.stack ? error.stack : wordsOf(error)
    super(`The figure ${figure} could not be measured: ${told}`, { cause: error })
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}, because of ${wordsOf(error.cause)}`
}

/** Lines of columns, each as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[], indent = '  '): string {
  const widths = rows.reduce<number[]>((wide, row) => row.map((cell, i) => Math.max(wide[i] ?? 0, cell.length)), [])
  return rows
    .map((row) => indent + row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!))).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

/**
 * What to tell a person about a failed command. Errors that we wrote speak for themselves. Of all others the message
 * may hold a row's values (a database driver puts parameters into it, a parser its input), and a terminal is often a
 * log: only kind, code and place are shown.
 */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'Something went wrong, and it did not say what.'
  if (isOurs(error)) return error.message
  const { code, syscall, cause } = error as NodeJS.ErrnoException & { cause?: unknown }
  if (code === 'EADDRINUSE') return 'The port is taken. Stop what listens there, or set PORT (or --port) to another.'
  if (syscall === 'listen' && code === 'EACCES') return 'This user may not listen on that port. Set PORT above 1023.'
  if (syscall === 'listen' || syscall === 'getaddrinfo')
    return `HOST is not an address of this machine (${code}). Set it to one, such as 127.0.0.1.`
  if (typeof syscall === 'string') return error.message
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return [
    `Something went wrong: ${error.name}${code ? ` ${code}` : ''}`,
    ...frames.slice(0, 12),
    ...(cause instanceof Error ? [`because of ${explain(cause)}`] : []),
  ].join('\n')
}

const isOurs = (error: Error): boolean =>
  error instanceof EnvError ||
  error instanceof EmbeddedError ||
  error instanceof DatabaseError ||
  error instanceof KeyFileError ||
  error instanceof UsageError ||
  error instanceof FigureError ||
  error instanceof ChartroomError
