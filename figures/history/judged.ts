import type { Class, Command, Commit, History, Standing } from './record.js'

export const FAULT_KINDS = [
  /** An event that should have come did not, in the middle or at the end. */
  'LOST',
  /** An event came twice, or after a snapshot that held it already. */
  'DOUBLED',
  'ORDER',
  /** `previous` is not the event before it that this viewer sees. */
  'CHAIN',
  /** An event of another chart's log. */
  'FOREIGN',
  /** An event that was never committed, or is not what was committed. */
  'PHANTOM',
  /** More was shown than was allowed at its commit or at any time from then to its delivery. */
  'LEAK',
  /** Less was shown than was allowed, or nothing. */
  'WITHHELD',
  /** A snapshot that does not hold just what stands up to its cursor. */
  'SNAPSHOT',
  /** Of equal sight, and yet not the same bytes. */
  'BYTES',
  /** A command that was acknowledged and is not there. */
  'COMMAND_LOST',
  /** A command that was done twice, or done though it was refused, or that nobody sent. */
  'COMMAND',
  /** The log itself has a hole or says something twice. */
  'LOG',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export interface Fault {
  readonly kind: FaultKind
  readonly what: string
}

/** A step with the place in the log from which on it is certain that it held. */
export interface Held {
  /** Null: nothing. */
  readonly sees: ReadonlySet<Class> | null
  /** Not in force before it was sent. */
  readonly sentAt: number
  /** Events from this position on were committed after it. */
  readonly firmFrom: number
}

export interface Index {
  readonly commands: ReadonlyMap<string, Command>
  readonly logs: ReadonlyMap<string, readonly Commit[]>
  readonly commits: ReadonlyMap<string, Placed>
  held(person: string, chartId: string): readonly Held[]
}

export interface Placed {
  readonly chartId: string
  readonly commit: Commit
}

/** What the checks look up again and again. */
export function indexed(history: History): Index {
  const commands = new Map(history.commands.map((command) => [command.id, command]))
  const commits = new Map<string, Placed>()
  for (const [chartId, log] of history.logs) for (const commit of log) commits.set(commit.cursor, { chartId, commit })
  const held = new Map(
    history.standings.map((standing) => [
      `${standing.person}/${standing.chartId}`,
      heldOf(standing, history.logs.get(standing.chartId) ?? [], commands),
    ]),
  )
  return {
    commands,
    logs: history.logs,
    commits,
    held: (person, chartId) => held.get(`${person}/${chartId}`) ?? [],
  }
}

/**
 * A command that stands in the chart's own log changed access at that very place. One that does not is ordered by what its
 * sender knows: an event whose command was sent after the answer is after it.
 */
function heldOf(standing: Standing, log: readonly Commit[], commands: ReadonlyMap<string, Command>): Held[] {
  return standing.steps.map(({ sees, commandId }) => {
    const classes = sees && new Set(sees)
    if (commandId === null) return { sees: classes, sentAt: Number.NEGATIVE_INFINITY, firmFrom: 0 }
    const command = commands.get(commandId)
    const own = log.find((commit) => commit.commandId === commandId)
    const answeredAt = command?.answeredAt ?? Number.POSITIVE_INFINITY
    const after = log.find(({ commandId: id }) => id !== null && (commands.get(id)?.sentAt ?? 0) > answeredAt)
    return {
      sees: classes,
      sentAt: command?.sentAt ?? Number.NEGATIVE_INFINITY,
      firmFrom: own?.seq ?? after?.seq ?? Number.POSITIVE_INFINITY,
    }
  })
}

/** What may have been in force when something of this place of the log was sent and came at this time. */
export const inForce = (held: readonly Held[], seq: number, at: number): Held[] =>
  held.filter((step, i) => step.sentAt <= at && (held[i + 1]?.firmFrom ?? Number.POSITIVE_INFINITY) > seq)

/** Classes that a snapshot or an event can show, by which it is told what it was seen under. */
export const SHOWN: readonly Class[] = ['ACCOUNT_REF', 'CLINICAL']

export const shownOf = (sees: Iterable<Class>): string => {
  const classes = new Set(sees)
  return SHOWN.filter((it) => classes.has(it)).join(' and ') || 'neither account nor content'
}
