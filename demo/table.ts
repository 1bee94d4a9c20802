/** What came of the story for one actor. */
export interface ActorRow {
  readonly actor: string
  /** Events that the actor's sight shows, in the spans it followed. */
  readonly expected: number
  readonly delivered: number
  readonly duplicates: number
  readonly losses: number
  /** SHA-256 of what was received, and of the log projected independently under that actor's sight. */
  readonly received: string
  readonly projected: string
}

export interface DemoTable {
  readonly eventsWritten: number
  readonly rows: readonly ActorRow[]
}

export function printTable(table: DemoTable, promises: number, print: (line: string) => void): void {
  print(`\nEvents written to the chart's log: ${table.eventsWritten}`)
  const head = ['actor', 'delivered', 'duplicates', 'losses', 'received', 'projected', '']
  const lines = table.rows.map((r) => [
    r.actor,
    `${r.delivered} of ${r.expected}`,
    String(r.duplicates),
    String(r.losses),
    r.received.slice(0, 16),
    r.projected.slice(0, 16),
    r.received === r.projected ? 'equal' : 'DIFFERENT',
  ])
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((l) => l[i]!.length)))
  for (const line of [head, ...lines])
    print(
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
  print(`\n${promises} promises kept.`)
}
