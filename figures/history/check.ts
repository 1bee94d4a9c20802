import { checkCommands } from './checkCommands.js'
import { checkStream } from './checkStream.js'
import { type Fault, indexed } from './judged.js'
import type { History } from './record.js'

/**
 * Judges a history at rest (design, section 5; PROTOCOL.md): everything that somebody was allowed to see came once, in
 * order, in an unbroken chain, and nothing else came; what was acknowledged is there, once. Pure: the same history, the
 * same faults.
 */
export function check(history: History): Fault[] {
  const index = indexed(history)
  const faults = checkCommands(history, index)
  const bytes = new Map<string, { readonly bytes: string; readonly viewer: string }>()
  for (const stream of history.streams) faults.push(...checkStream(stream, index, bytes))
  return faults
}
