import type { Tx } from './pool.js'

/**
 * A read transaction in which equal statements run once. For several who read in one consistent snapshot: the same text
 * with the same values gives the same rows, whoever asks, so that what asks for each stays as it is written for one.
 * Rows that are shared are frozen. Only for read-only transactions of repeatable read.
 */
export function sharingStatements(tx: Tx): Tx {
  const running = new Map<string, Promise<unknown>>()
  return new Proxy(tx, {
    apply(target, self, args: unknown[]) {
      const query: unknown = Reflect.apply(target as unknown as (...a: unknown[]) => unknown, self, args)
      if (isTemplate(args)) shareWhenSent(query as Statement)
      return query
    },
  })

  /** A fragment of a statement looks like one until it is awaited: only then it is looked for. */
  function shareWhenSent(query: Statement): void {
    const send = query.then.bind(query) as Statement['then']
    query.then = (...handlers) => once(query, send).then(...handlers)
  }

  function once(query: Statement, send: Statement['then']): Promise<unknown> {
    const key = textOf(query)
    if (key === undefined) return new Promise((resolve, reject) => void send(resolve, reject))
    let rows = running.get(key)
    if (!rows) {
      rows = new Promise((resolve, reject) => void send((result) => resolve(frozen(result)), reject))
      running.set(key, rows)
    }
    return rows
  }
}

interface Statement {
  readonly strings: readonly string[]
  readonly args: readonly unknown[]
  then(...handlers: Parameters<Promise<unknown>['then']>): Promise<unknown>
}

const isTemplate = ([first]: readonly unknown[]): boolean =>
  Array.isArray((first as { raw?: unknown } | undefined)?.raw)

const isStatement = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && 'strings' in value && 'args' in value

/** The statement with all its values; undefined where a value has no text of its own. */
function textOf({ strings, args }: Statement): string | undefined {
  let text = ''
  for (const [i, string] of strings.entries()) {
    text += string
    if (i >= args.length) continue
    const value = args[i]
    const written = isStatement(value) ? textOf(value) : valueOf(value)
    if (written === undefined) return undefined
    text += isStatement(value) ? written : `\0${written}\0`
  }
  return text
}

function valueOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value)
  if (value instanceof Date) return `@${value.getTime()}`
  if (!Array.isArray(value)) return undefined
  const items = value.map(valueOf)
  return items.includes(undefined) ? undefined : `[${items.join(',')}]`
}

function frozen(rows: unknown): unknown {
  if (Array.isArray(rows)) for (const row of rows) Object.freeze(row)
  return Object.freeze(rows)
}
