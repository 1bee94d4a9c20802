import type { PoaValue, SuggestionRole } from '../../schema/values.js'
import {
  type CodeOnDate,
  defaultRole,
  firstRole,
  type Intended,
  isPrincipalRole,
  type Line,
  type LineProblem,
  type TableState,
} from './model.js'

/** What a decision does to the lines of a chart. Pure: the time, the actor and the tables come in as arguments. */

export interface DecisionContext {
  readonly patientClass: string
  /** The line's own code in the table of the chart's date, and the one a modification names. */
  readonly ownCode: CodeOnDate | undefined
  readonly newCode: CodeOnDate | undefined
  /** Of the line's system on the chart's date. */
  readonly table: TableState
  readonly accepted: readonly Line[]
  readonly poaApplies: boolean
}

export type LineChange = Partial<
  Pick<Line, 'status' | 'role' | 'rank' | 'poa' | 'modifiers' | 'decisionReason' | 'evidenceStale'>
>

export type Decided =
  | { readonly ok: true; readonly change: LineChange; readonly replacement: Replacement | null }
  | { readonly ok: false; readonly problems: readonly LineProblem[] }

export interface Replacement {
  readonly system: string
  readonly code: string
  readonly role: SuggestionRole
  readonly rank: number
  readonly poa: PoaValue | null
  readonly modifiers: readonly string[]
}

export function decide(line: Line, intended: Intended, context: DecisionContext): Decided {
  switch (intended.decision) {
    case 'ACCEPT':
      return accept(line, intended, context)
    case 'REJECT':
      return reject(line, intended)
    case 'MODIFY':
      return modify(line, intended, context)
    case 'RETURN_TO_PROPOSED':
      return line.status === 'PROPOSED'
        ? refuse('ALREADY_PROPOSED', 'This line is a proposal already.')
        : line.status === 'WITHDRAWN'
          ? refuse('WITHDRAWN', 'A withdrawn line cannot be brought back; add the code again.')
          : {
              ok: true,
              change: { status: 'PROPOSED', rank: null, decisionReason: trimmed(intended.reason) },
              replacement: null,
            }
  }
}

/** Accept a line; on an accepted one it changes POA, role or modifiers, or confirms it after an amendment. */
function accept(line: Line, intended: Intended, context: DecisionContext): Decided {
  if (line.status === 'WITHDRAWN')
    return refuse('WITHDRAWN', 'A withdrawn line cannot be accepted; add the code again.')
  const problems = codeProblems(context.ownCode, 'This code', context.table)
  const role = intended.role ?? line.role
  problems.push(...roleProblems(line.kind, role, line.id, context.ownCode, context))
  const poa = intended.poa === undefined ? defaultPoa(line, context) : intended.poa
  problems.push(...poaProblems(poa, context.ownCode), ...modifierProblems(intended.modifiers ?? []))
  if (problems.length > 0) return { ok: false, problems }
  const rank = line.status === 'ACCEPTED' ? line.rank : nextRank(context.accepted)
  return {
    ok: true,
    change: {
      status: 'ACCEPTED',
      role,
      rank,
      poa,
      modifiers: intended.modifiers ?? line.modifiers,
      decisionReason: trimmed(intended.reason),
      // Whoever accepts it has seen the version of the line that is marked: the mark has done its work.
      evidenceStale: false,
    },
    replacement: null,
  }
}

function reject(line: Line, intended: Intended): Decided {
  if (line.status === 'REJECTED') return refuse('ALREADY_REJECTED', 'This line is rejected already.')
  if (line.status === 'WITHDRAWN') return refuse('WITHDRAWN', 'This line is withdrawn already.')
  const reason = trimmed(intended.reason)
  if (!reason)
    return refuse('REASON_REQUIRED', 'Say in a few words why the code is rejected; the audit will ask.', 'reason')
  return { ok: true, change: { status: 'REJECTED', rank: null, decisionReason: reason }, replacement: null }
}

/** Another code instead: the line is rejected and a new one, accepted, stands in its place. */
function modify(line: Line, intended: Intended, context: DecisionContext): Decided {
  if (line.status === 'WITHDRAWN')
    return refuse('WITHDRAWN', 'A withdrawn line cannot be modified; add the code again.')
  if (!intended.code) return refuse('CODE_REQUIRED', 'Name the code that is right instead.', 'code')
  const code = context.newCode
  const problems = codeProblems(code, 'The new code', context.table)
  if (code && code.code === line.code)
    problems.push({ code: 'SAME_CODE', message: 'The new code must differ from the old one.', field: 'code' })
  const keepsRole = (line.status === 'ACCEPTED' && line.role !== 'EXTERNAL_CAUSE') || isPrincipalRole(line.role)
  const role = intended.role ?? (keepsRole ? line.role : defaultRole(line.kind, code ?? { externalCause: false }))
  problems.push(...roleProblems(line.kind, role, line.id, code, context))
  const poa =
    intended.poa === undefined
      ? code?.poaExempt && context.poaApplies
        ? 'EXEMPT'
        : line.poa === 'EXEMPT'
          ? null
          : line.poa
      : intended.poa
  problems.push(...poaProblems(poa, code), ...modifierProblems(intended.modifiers ?? []))
  if (problems.length > 0 || !code) return { ok: false, problems }
  return {
    ok: true,
    change: { status: 'REJECTED', rank: null, decisionReason: trimmed(intended.reason) ?? `Replaced by ${code.code}.` },
    replacement: {
      system: code.system,
      code: code.code,
      role,
      rank: line.rank ?? nextRank(context.accepted),
      poa,
      modifiers: intended.modifiers ?? line.modifiers,
    },
  }
}

export const nextRank = (accepted: readonly Pick<Line, 'rank'>[]): number =>
  accepted.reduce((highest, line) => Math.max(highest, line.rank ?? 0), 0) + 1

/** @param table where the code was looked for; what is missing decides what a person can do about it. */
export function codeProblems(
  code: CodeOnDate | undefined,
  subject: string,
  table: TableState = 'FOUND',
): LineProblem[] {
  if (!code && table !== 'FOUND') return [TABLE_PROBLEMS[table]]
  if (!code)
    return [
      {
        code: 'CODE_NOT_IN_TABLE',
        message: `${subject} is not in the code table of the date of service. Search for a code that is.`,
        field: 'code',
      },
    ]
  if (!code.billable)
    return [
      {
        code: 'CODE_NOT_BILLABLE',
        message: `${subject} is a heading, not a billable code. Choose one of the codes below it.`,
        field: 'code',
      },
    ]
  return []
}

const TABLE_PROBLEMS: Readonly<Record<Exclude<TableState, 'FOUND'>, LineProblem>> = {
  NO_DATE: {
    code: 'NO_DATE',
    message: 'The chart has no date of service or discharge, so no table can be asked: enter it in the abstract first.',
    field: 'code',
  },
  NO_TABLE: {
    code: 'NO_TABLE',
    message: 'No table of this code system covers the date of service: have it imported, then add the code.',
    field: 'system',
  },
}

/**
 * A principal or first-listed diagnosis is one, is a diagnosis, and is neither an external cause nor a manifestation
 * (guidelines I.C.20.a.6, I.A.13); the role of an external cause is for external causes. An external cause may still be
 * secondary: some payers ask for it among the other diagnoses.
 */
export function roleProblems(
  kind: Line['kind'],
  role: SuggestionRole,
  lineId: string | null,
  code: CodeOnDate | undefined,
  context: Pick<DecisionContext, 'patientClass' | 'accepted'>,
): LineProblem[] {
  if (kind === 'PROCEDURE')
    return role === 'PROCEDURE' ? [] : [{ code: 'ROLE', message: 'A procedure has the role PROCEDURE.', field: 'role' }]
  if (role === 'PROCEDURE')
    return [{ code: 'ROLE', message: 'A diagnosis cannot have the role PROCEDURE.', field: 'role' }]
  if (role === 'EXTERNAL_CAUSE' && code && !code.externalCause)
    return [
      {
        code: 'NOT_EXTERNAL_CAUSE',
        message: 'Only a code of chapter 20 (V00 to Y99) is an external cause; give this one another role.',
        field: 'role',
      },
    ]
  if (!isPrincipalRole(role)) return []
  if (role !== firstRole(context.patientClass))
    return [
      {
        code: 'ROLE',
        message: `The first diagnosis of this chart has the role ${firstRole(context.patientClass)}.`,
        field: 'role',
      },
    ]
  if (code && (code.externalCause || code.manifestation))
    return [
      {
        code: 'NEVER_PRINCIPAL',
        message: 'An external cause or a manifestation code is never principal or first-listed.',
        field: 'role',
      },
    ]
  if (context.accepted.some((line) => line.id !== lineId && isPrincipalRole(line.role)))
    return [
      {
        code: 'PRINCIPAL_TAKEN',
        message: 'Another line is principal. Reorder the lines to change which one it is.',
        field: 'role',
      },
    ]
  return []
}

export function poaProblems(poa: PoaValue | null | undefined, code: CodeOnDate | undefined): LineProblem[] {
  if (poa === 'EXEMPT' && code && !code.poaExempt)
    return [
      {
        code: 'POA_NOT_EXEMPT',
        message: 'This code is not on the POA-exempt list of its date: give Y, N, U or W.',
        field: 'poa',
      },
    ]
  return []
}

/** Two characters each, letters or digits (HCPCS and CPT modifiers); four at most, as on a claim line. */
export function modifierProblems(modifiers: readonly string[]): LineProblem[] {
  if (modifiers.length <= 4 && modifiers.every((m) => /^[0-9A-Z]{2}$/.test(m))) return []
  return [
    {
      code: 'MODIFIER',
      message: 'A line has at most four modifiers of two characters, capital letters or digits.',
      field: 'modifiers',
    },
  ]
}

/** What stands already, else EXEMPT where the list says so; the engine's proposal is shown, never taken silently. */
function defaultPoa(line: Line, context: DecisionContext): PoaValue | null {
  if (line.poa) return line.poa
  return context.poaApplies && context.ownCode?.poaExempt ? 'EXEMPT' : null
}

const trimmed = (text: string | null | undefined): string | null => text?.trim() || null

const refuse = (code: string, message: string, field?: string): Decided => ({
  ok: false,
  problems: [field ? { code, message, field } : { code, message }],
})
