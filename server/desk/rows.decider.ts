/** What became of a set of rows between two looks. Pure. */

export interface Row {
  readonly id: string
}

export interface RowChanges<R extends Row> {
  /** New or changed, in the order in which they stand now. */
  readonly changed: readonly R[]
  readonly goneIds: readonly string[]
}

/** What was shown last, by id, as text. */
export type Shown = ReadonlyMap<string, string>

export const shownOf = (rows: readonly Row[]): Shown => new Map(rows.map((row) => [row.id, JSON.stringify(row)]))

/** Folded into what was shown, it gives exactly `rows`; nothing where nothing changed. */
export function changesOf<R extends Row>(shown: Shown, rows: readonly R[]): RowChanges<R> | undefined {
  const now = shownOf(rows)
  const changed = rows.filter((row) => now.get(row.id) !== shown.get(row.id))
  const goneIds = [...shown.keys()].filter((id) => !now.has(id))
  return changed.length > 0 || goneIds.length > 0 ? { changed, goneIds } : undefined
}
