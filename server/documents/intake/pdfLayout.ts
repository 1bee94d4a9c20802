/** A piece of text where it stands on the page as displayed: origin at the left of the baseline, y growing downwards. */
export interface Glyphs {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  /** Font size, in the same units. */
  readonly size: number
  /** Direction of writing in degrees clockwise: 0, 90, 180 or 270. */
  readonly turn: number
}

/** Words that stand close together on one baseline. */
interface Run {
  readonly text: string
  readonly x: number
  readonly end: number
}

interface Row {
  readonly y: number
  readonly size: number
  readonly runs: readonly Run[]
}

/**
 * The text of a page in the order a person reads it. Rows come from baselines, not from the order in the file; columns
 * of prose are read one after the other, the cells of a table across; text turned on its side follows at the end.
 */
export function readingOrder(glyphs: readonly Glyphs[]): string {
  const byTurn = new Map<number, Glyphs[]>()
  for (const piece of glyphs) {
    if (piece.text.trim() === '' || !(piece.size > 0)) continue
    const group = byTurn.get(piece.turn) ?? []
    group.push(straighten(piece))
    byTurn.set(piece.turn, group)
  }
  const groups = [...byTurn.values()].sort((a, b) => b.length - a.length)
  return groups.map((group) => toText(inOrder(rowsOf(group), 0))).join('\n\n')
}

function straighten(piece: Glyphs): Glyphs {
  const { x, y } = piece
  if (piece.turn === 90) return { ...piece, x: y, y: -x }
  if (piece.turn === 180) return { ...piece, x: -x, y: -y }
  if (piece.turn === 270) return { ...piece, x: -y, y: x }
  return piece
}

function rowsOf(glyphs: readonly Glyphs[]): Row[] {
  const sorted = [...glyphs].sort((a, b) => a.y - b.y || a.x - b.x)
  const rows: Row[] = []
  let members: Glyphs[] = []
  const close = (): void => {
    if (members.length > 0) rows.push(rowOf(members))
    members = []
  }
  for (const piece of sorted) {
    const base = members[0]
    // Half the smaller size keeps a raised figure on its line and two tight lines apart.
    if (base !== undefined && piece.y - base.y > Math.min(base.size, piece.size) / 2) close()
    members.push(piece)
  }
  close()
  return rows
}

function rowOf(members: readonly Glyphs[]): Row {
  const sorted = [...members].sort((a, b) => a.x - b.x)
  const runs: { text: string; x: number; end: number }[] = []
  let before: Glyphs | null = null
  for (const piece of sorted) {
    // Bold is often faked by drawing the same words twice, a hair apart.
    if (before !== null && before.text === piece.text && piece.x - before.x < piece.size * 0.2) continue
    before = piece
    const run = runs.at(-1)
    const gap = run === undefined ? 0 : piece.x - run.end
    if (run === undefined || gap > piece.size * 1.2) {
      runs.push({ text: piece.text, x: piece.x, end: piece.x + piece.width })
      continue
    }
    const spaced = /\s$/.test(run.text) || /^\s/.test(piece.text)
    run.text += (gap > piece.size * 0.15 && !spaced ? ' ' : '') + piece.text
    run.end = Math.max(run.end, piece.x + piece.width)
  }
  return { y: members[0]!.y, size: Math.max(...members.map((m) => m.size)), runs }
}

/** Rows with columns of prose taken apart. At most three cuts deep: no page has more columns that are worth telling. */
function inOrder(rows: readonly Row[], depth: number): Row[] {
  const band = depth < 3 ? columnsOf(rows) : null
  if (band === null) return [...rows]
  const side = (keep: (run: Run) => boolean): Row[] =>
    rows
      .slice(band.from, band.to)
      .map((row) => ({ ...row, runs: row.runs.filter(keep) }))
      .filter((row) => row.runs.length > 0)
  return [
    ...inOrder(rows.slice(0, band.from), depth + 1),
    ...inOrder(
      side((run) => run.x < band.gutter),
      depth + 1,
    ),
    ...inOrder(
      side((run) => run.x >= band.gutter),
      depth + 1,
    ),
    ...inOrder(rows.slice(band.to), depth + 1),
  ]
}

interface Band {
  readonly from: number
  readonly to: number
  readonly gutter: number
}

/** The longest stretch of rows that a gutter parts into two columns of prose, or null. */
function columnsOf(rows: readonly Row[]): Band | null {
  let best: Band | null = null
  for (const gutter of gutterCandidates(rows)) {
    let from = 0
    for (let at = 0; at <= rows.length; at += 1) {
      const row = rows[at]
      if (row !== undefined && !row.runs.some((run) => run.x < gutter && run.end > gutter)) continue
      const band = { from, to: at, gutter }
      if (at - from > (best === null ? 0 : best.to - best.from) && isProse(rows.slice(from, at), gutter)) best = band
      from = at + 1
    }
  }
  return best
}

/** Left edges at which several runs begin, away from the left margin. */
function gutterCandidates(rows: readonly Row[]): number[] {
  const edges = new Map<number, number>()
  const left = rows.reduce((least, row) => Math.min(least, row.runs[0]?.x ?? least), Number.POSITIVE_INFINITY)
  for (const row of rows) {
    for (const run of row.runs) {
      if (run.x - left < row.size * 5) continue
      const edge = Math.floor(run.x / 2) * 2
      edges.set(edge, (edges.get(edge) ?? 0) + 1)
    }
  }
  const frequent = [...edges].filter(([, count]) => count >= 4).sort((a, b) => b[1] - a[1])
  return frequent.slice(0, 6).map(([edge]) => edge - 0.5)
}

/** Prose fills its column from edge to edge on most lines and has many words to a line; the cells of a table do not. */
function isProse(rows: readonly Row[], gutter: number): boolean {
  const left = rows.flatMap((row) => extent(row.runs.filter((run) => run.x < gutter)))
  const right = rows.flatMap((row) => extent(row.runs.filter((run) => run.x >= gutter)))
  return [left, right].every((lines) => {
    if (lines.length < 4) return false
    const start = Math.min(...lines.map((line) => line.x))
    const width = Math.max(...lines.map((line) => line.end)) - start
    const full = lines.filter((line) => line.x - start < width * 0.15 && line.end - start > width * 0.75)
    const words = lines.reduce((sum, line) => sum + line.text.trim().split(/\s+/).length, 0)
    return full.length >= lines.length * 0.55 && words >= lines.length * 4
  })
}

function extent(runs: readonly Run[]): Run[] {
  const [first] = runs
  if (first === undefined) return []
  return [{ text: runs.map((run) => run.text).join(' '), x: first.x, end: Math.max(...runs.map((run) => run.end)) }]
}

/** A line per row, its runs two spaces apart, a blank line where the page leaves one. */
function toText(rows: readonly Row[]): string {
  let text = ''
  let above: Row | null = null
  for (const row of rows) {
    if (above !== null) {
      const gap = row.y - above.y
      text += gap < 0 || gap > Math.max(above.size, row.size) * 1.8 ? '\n\n' : '\n'
    }
    text += row.runs.map((run) => run.text.trim()).join('  ')
    above = row
  }
  return text
}
