import type { Line, Member } from './types.js'

/** What an auditor made of a chart beside what stands on it. Pure. */
export interface Comparison {
  readonly auditor: Member
  readonly rows: readonly ComparedLine[]
}

export interface ComparedLine {
  readonly kind: 'SAME' | 'DIFFERS' | 'TAKEN_UP' | 'ONLY_AUDITOR' | 'ONLY_CODER'
  readonly auditors: Line | undefined
  readonly coders: Line | undefined
}

/**
 * For every auditor with codes of their own on the chart, such as those of a revealed blind pass: each of them beside the
 * accepted line of the same code, and each accepted line that the auditor does not have. What was withdrawn counts not.
 */
export function compareLines(lines: readonly Line[]): Comparison[] {
  const theirs = lines.filter((it) => it.origin === 'AUDITOR' && it.author && it.status !== 'WITHDRAWN')
  const auditors = new Map(theirs.map((it) => [it.author!.id, it.author!]))
  return [...auditors.values()].map((auditor) => ({ auditor, rows: rowsOf(lines, theirs, auditor.id) }))
}

function rowsOf(lines: readonly Line[], theirs: readonly Line[], auditorId: string): ComparedLine[] {
  const own = theirs.filter((it) => it.author!.id === auditorId)
  const standing = lines.filter((it) => it.status === 'ACCEPTED' && !own.includes(it))
  const found = new Set<Line>()
  const rows = own.map((auditors): ComparedLine => {
    const coders = standing.find((it) => !found.has(it) && it.system === auditors.system && it.code === auditors.code)
    if (coders) found.add(coders)
    if (!coders) return { kind: auditors.status === 'ACCEPTED' ? 'TAKEN_UP' : 'ONLY_AUDITOR', auditors, coders }
    return { kind: differences(auditors, coders).length > 0 ? 'DIFFERS' : 'SAME', auditors, coders }
  })
  const rest = standing.filter((it) => !found.has(it))
  return [...rows, ...rest.map((coders): ComparedLine => ({ kind: 'ONLY_CODER', auditors: undefined, coders }))].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || codeOf(a).localeCompare(codeOf(b)),
  )
}

/** In what two lines of one code differ. What the auditor left open is no difference. */
export const differences = (auditors: Line, coders: Line): ('role' | 'poa')[] =>
  (['role', 'poa'] as const).filter((field) => auditors[field] !== null && auditors[field] !== coders[field])

const codeOf = (row: ComparedLine): string => (row.auditors ?? row.coders)?.code ?? ''

/** What has to be decided stands first. */
const KINDS: readonly ComparedLine['kind'][] = ['ONLY_AUDITOR', 'ONLY_CODER', 'DIFFERS', 'TAKEN_UP', 'SAME']
