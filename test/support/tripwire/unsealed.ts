/** What the design leaves unsealed, because lists are filtered and sorted by it and claims are written from it. */
export const UNSEALED: ReadonlySet<string> = new Set([
  'chart.account_number',
  'chart.payer',
  'chart.service_line',
  'chart.disposition',
  'chart.attending_provider',
  'chart.operating_provider',
  'suggestion.performer',
  'patient_identifier.assigner',
])

const COLUMNS_BY_TABLE = new Map<string, string[]>()
for (const place of UNSEALED) {
  const [table, column] = place.split('.') as [string, string]
  COLUMNS_BY_TABLE.set(table, [...(COLUMNS_BY_TABLE.get(table) ?? []), column])
}

/**
 * Whether a line of the database's log belongs to a statement that writes a column left unsealed: the statement itself, or
 * its values, which the next line of the same connection holds. Lines are asked in the order of the log.
 */
export function unsealedWrites(): (line: string) => boolean {
  const byConnection = new Map<string, boolean>()
  let connection = ''
  return (line) => {
    const head = /^\d{4}-\S+ \S+ \S+ \[(\d+)\] <[^>]*> (\w+):/.exec(line)
    if (head) {
      connection = head[1]!
      if (head[2] === 'LOG') byConnection.set(connection, writesOne(line))
    } else if (!byConnection.get(connection)) {
      // A statement may go on over several lines.
      byConnection.set(connection, writesOne(line))
    }
    return byConnection.get(connection) ?? false
  }
}

function writesOne(statement: string): boolean {
  const [, table] = /\b(?:insert into|update) "?(\w+)"?/i.exec(statement) ?? []
  return (COLUMNS_BY_TABLE.get(table ?? '') ?? []).some((column) => statement.includes(column))
}
